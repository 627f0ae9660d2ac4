"""What people type, what it becomes, and what they are told when it cannot be read."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from forms_engine.domain import as_json, parse_input
from forms_engine.fields import Fault, FieldRegistry, FieldType, field_types
from forms_engine.fields.contrib.scale import WORDS
from tests.forms_engine.domain.flows import TODAY, check, flow_of, node, options, text

PICK = {"values": {"a": None, "b": None}, "options": ()}
HOME = {"street": "Markt", "house_number": "1", "postcode": "07743", "place": "Jena"}


def read(kind, raw, **settings):
    made = {name: field_types.get(kind).settings[name].read(value) for name, value in settings.items()}
    if field_types.get(kind).has_options:
        made |= PICK
    return field_types.get(kind).reader(made)(raw, TODAY)


def code(kind, raw, **settings):
    found = read(kind, raw, **settings)
    assert isinstance(found, Fault), found
    return found.code


def test_registry__types_of_the_issue__are_all_there():
    wanted = (
        "text long_text integer decimal money date yes_no choice multi_choice email phone iban address file content"
    )
    assert set(wanted.split()) | {"calculated", "group"} <= set(field_types.keys())


@pytest.mark.parametrize("kind", field_types.keys())
def test_field_type__any__reads_blank_as_nothing_and_never_raises(kind):
    for blank in (None, "", " ", [], {}):
        assert read(kind, blank) is None or isinstance(read(kind, blank), Fault) or read(kind, blank) == []
    for odd in (True, 5, 5.5, 10**500, "x" * 100_000, [[]], {"a": []}, ["\ud800"], "\x00", -0.0, float("nan")):
        read(kind, odd)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("integer", " 1.250 ", 1250),
        ("integer", "1 250", 1250),
        ("integer", "12,0", 12),
        ("integer", "-3", -3),
        ("integer", "−3", -3),
        ("integer", 7, 7),
        ("decimal", "12,5", Decimal("12.5")),
        ("decimal", "1.234,5", Decimal("1234.5")),
        ("decimal", "1,234.5", Decimal("1234.5")),
        ("decimal", "1.250", Decimal("1.250")),
        ("decimal", ".5", Decimal("0.5")),
        ("money", " 12,50 ", Decimal("12.50")),
        ("money", "12,50 €", Decimal("12.50")),
        ("money", "EUR 12", Decimal(12)),
        ("money", "5,-", Decimal(5)),
        ("money", "1.250", Decimal(1250)),
        ("money", "1.250,00", Decimal("1250.00")),
        ("date", "1.1.1990", date(1990, 1, 1)),
        ("date", "01.01.1990", date(1990, 1, 1)),
        ("date", "1. Januar 1990", date(1990, 1, 1)),
        ("date", "1 March 1990", date(1990, 3, 1)),
        ("date", "31 12 1990", date(1990, 12, 31)),
        ("date", "1990-01-01", date(1990, 1, 1)),
        ("date", {"day": "9", "month": "8", "year": "1990"}, date(1990, 8, 9)),
        ("date", {"day": "9", "month": "August", "year": "1990"}, date(1990, 8, 9)),
        ("date", "29.2.2024", date(2024, 2, 29)),
        ("yes_no", "ja", True),
        ("yes_no", "Nein", False),
        ("yes_no", "true", True),
        ("yes_no", "off", False),
        ("choice", " a ", "a"),
        ("multi_choice", "b", ["b"]),
        ("multi_choice", ["b", "a", "b"], ["a", "b"]),
        ("email", " Erika@Beispiel.de ", "Erika@Beispiel.de"),
        ("email", "ü@exämple.org", "ü@exämple.org"),
        ("phone", "03641 123456", "03641 123456"),
        ("phone", "+49 (0)3641/123456", "+49 (0)3641/123456"),
        ("phone", "0043 1 5223030", "0043 1 5223030"),
        ("iban", "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("iban", "AT61 1904 3002 3457 3201", "AT611904300234573201"),
        ("scale", " 4 ", 4),
        ("scale", 1, 1),
        ("ranking", ["b", "", "a"], ["b", "a"]),
        ("ranking", "b", ["b"]),
        ("country", "de", "DE"),
        ("country", "Österreich", "AT"),
        ("country", "France", "FR"),
        ("nationality", "staatenlos", "XS"),
        ("nationality", "UA", "UA"),
        ("tax_id", "36 574 261 809", "36574261809"),
        ("tax_id", 36574261809, "36574261809"),
        ("vehicle_plate", "j-ab 123", "J-AB 123"),
        ("vehicle_plate", "GÖ X 1 e", "GÖ-X 1E"),
        ("address", HOME | {"addition": " "}, HOME),
        ("file", "f1", ["f1"]),
    ],
)
def test_input__as_people_type_it__is_read(kind, raw, value):
    found = read(kind, raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("integer", "zwölf", "number_invalid"),
        ("scale", "6", "choice_invalid"),
        ("scale", "0", "choice_invalid"),
        ("scale", True, "choice_invalid"),
        ("scale", "²", "choice_invalid"),
        ("ranking", ["a", "c"], "choice_invalid"),
        ("ranking", ["a", "a"], "ranking_twice"),
        ("country", "XS", "country_unknown"),
        ("country", "Preußen", "country_unknown"),
        ("nationality", 7, "country_unknown"),
        ("tax_id", "36574261890", "tax_id_checksum"),
        ("tax_id", "11111111111", "tax_id_invalid"),
        ("tax_id", "162/123/45678", "tax_id_invalid"),
        ("tax_id", "٣6574261809", "tax_id_invalid"),
        ("vehicle_plate", "J AB 0123", "plate_invalid"),
        ("vehicle_plate", "SHK-AB 1234", "plate_invalid"),
        ("vehicle_plate", "JAB123", "plate_invalid"),
        ("integer", "1,5", "number_not_whole"),
        ("integer", True, "number_invalid"),
        ("integer", "9" * 30, "number_too_long"),
        ("decimal", "1,2,3", "number_invalid"),
        ("decimal", "1e5", "number_invalid"),
        ("decimal", "٣", "number_invalid"),
        ("decimal", "9" * 30, "number_too_long"),
        ("money", "1,250", "number_places"),
        ("money", "12,505", "number_places"),
        ("money", "NaN", "number_invalid"),
        ("date", "29.2.2023", "date_impossible"),
        ("date", "31.4.2023", "date_impossible"),
        ("date", "0.1.2023", "date_impossible"),
        ("date", "1.1.90", "date_year_short"),
        ("date", "1990-W01-1", "date_invalid"),
        ("date", "gestern", "date_invalid"),
        ("date", {"day": "1", "month": "", "year": "1990"}, "date_incomplete"),
        ("date", {"day": "eins", "month": "1", "year": "1990"}, "date_invalid"),
        ("yes_no", "vielleicht", "yes_no_invalid"),
        ("choice", "z", "choice_invalid"),
        ("multi_choice", ["a", "z"], "choice_invalid"),
        ("multi_choice", {"a": True}, "choice_invalid"),
        ("email", "erika", "email_no_at"),
        ("email", "erika@", "email_invalid"),
        ("email", "erika@beispiel", "email_invalid"),
        ("email", "a@b@c.de", "email_invalid"),
        ("email", "a..b@beispiel.de", "email_invalid"),
        ("phone", "123", "phone_invalid"),
        ("phone", "nie", "phone_invalid"),
        ("iban", "DE89370400440532013001", "iban_checksum"),
        ("iban", "DE8937040044053201300", "iban_invalid"),
        ("iban", "meine", "iban_invalid"),
        ("address", {"street": "Markt"}, "address_incomplete"),
        ("address", HOME | {"postcode": "7743"}, "address_postcode"),
        ("address", HOME | {"place": "\x00"}, "text_unreadable"),
        ("address", "Markt 1", "address_invalid"),
        ("file", ["../etc"], "file_invalid"),
        ("file", ["a", "b"], "file_too_many"),
        ("text", 5, "not_text"),
        ("text", "x" * 1001, "text_too_long"),
    ],
)
def test_input__wrong__has_its_code(kind, raw, expected):
    assert code(kind, raw) == expected


@pytest.mark.parametrize(
    ("kind", "settings", "good", "bad", "expected"),
    [
        ("integer", {"min": 0}, 0, -1, "number_too_small"),
        ("integer", {"max": 5}, "5", "6", "number_too_large"),
        ("decimal", {"places": 2}, "1,25", "1,255", "number_places"),
        ("decimal", {"places": 0}, "1.250", "1,5", "number_places"),
        ("money", {"min": "0"}, "0", "-0,01", "number_too_small"),
        ("money", {"max": "10.00"}, "10", "10,01", "number_too_large"),
        ("date", {"min": "today"}, "2026-03-01", "2026-02-28", "date_too_early"),
        ("date", {"max": "today-18y"}, "2008-03-01", "2008-03-02", "date_too_late"),
        ("date", {"max": "2025-12-31"}, "2025-12-31", "2026-01-01", "date_too_late"),
        ("text", {"min_length": 2}, "ab", "a", "text_too_short"),
        ("text", {"max_length": 2}, "äö", "äöü", "text_too_long"),
        ("long_text", {"max_words": 2}, " zwei\n Wörter ", "das sind drei", "text_too_many_words"),
        ("text", {"pattern": "[A-Z]{2}[0-9]+"}, "AB1", "AB1x", "text_pattern"),
        ("multi_choice", {"min": 2}, ["a", "b"], ["a"], "choice_too_few"),
        ("multi_choice", {"max": 1}, ["a"], ["a", "b"], "choice_too_many"),
        ("file", {"max": 2}, ["x", "y"], ["x", "y", "z"], "file_too_many"),
        ("file", {"min": 2, "max": 3}, ["x", "y"], ["x"], "file_too_few"),
    ],
)
def test_limit__at_the_edge__holds(kind, settings, good, bad, expected):
    assert not isinstance(read(kind, good, **settings), Fault)
    assert code(kind, bad, **settings) == expected


@pytest.mark.parametrize(
    ("kind", "raw", "de", "en"),
    [
        ("integer", "1250", "1.250", "1,250"),
        ("decimal", "-1250,5", "−1.250,5", "−1,250.5"),
        ("money", "1250,5", "1.250,50 €", "€1,250.50"),
        ("money", "-3", "−3,00 €", "−€3.00"),
        ("date", "1990-03-01", "01.03.1990", "1 March 1990"),
        ("yes_no", True, "Ja", "Yes"),
        ("iban", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
        ("phone", "03641 123456", "+49 3641 123456", "+49 3641 123456"),
        ("address", HOME, "Markt 1, 07743 Jena", "Markt 1, 07743 Jena"),
        ("file", ["a"], "1 Datei", "1 file"),
    ],
)
def test_display__for_people__follows_the_locale(kind, raw, de, en):
    value, settings = read(kind, raw), {"max": 3}
    found = field_types.get(kind)
    assert found.display(value, "de", settings) == de
    assert found.display(value, "en", settings) == en


def test_display__of_choices__is_their_label():
    flow = flow_of(node("p", "multi_choice", options=options("a", "b"), label="Wahl"))
    found = flow.find_node("s.p")
    assert found.field.display(["a", "b"], "de", found.settings) == "A, B"


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("money", "12,5"), ("decimal", "1,250"), ("decimal", "12,50"), ("decimal", "1234,567"), ("date", "1.2.1990"),
        ("iban", "de89370400440532013000"), ("address", HOME), ("multi_choice", ["b", "a"]), ("integer", "1.000"),
        ("yes_no", "nein"), ("phone", "03641 123456"), ("email", "a@beispiel.de"), ("text", "  x "),
    ],
)  # fmt: skip
def test_stored_form__read_again__is_the_same(kind, raw):
    """Drafts are read, written and read again: nothing may shift, above all no decimal point."""
    found = field_types.get(kind)
    settings = PICK if found.has_options else {"places": 2} if kind == "decimal" and "567" not in str(raw) else {}
    once = found.to_json(found.parse(raw, settings))
    assert found.to_json(found.parse(json.loads(json.dumps(once)), settings)) == once
    jsonschema.validate(once, found.json_schema(settings))


def test_parse_input__money__is_two_places_and_decimal_as_typed():
    flow = flow_of(node("m", "money"), node("d", "decimal"), node("y", "yes_no"), node("b", "date"))
    raw = {"s.m": "12,5", "s.d": " 12,50 ", "s.y": "ja", "s.b": "1.1.1990"}
    assert parse_input(flow, raw) == {"s.m": "12.50", "s.d": "12.50", "s.y": True, "s.b": "1990-01-01"}


def test_parse_input__unreadable_unknown_and_blank__stay_leave_and_clear():
    flow = flow_of(node("b", "date"), node("n"))
    assert parse_input(flow, {"s.b": "morgen", "s.x": "?", "s.n": ""}) == {"s.b": "morgen", "s.n": None}


def test_parse_input__parts_sent_one_by_one__are_put_together():
    flow = flow_of(node("b", "date"), node("home", "address"))
    raw = {"s.b.day": "1", "s.b.month": "2", "s.b.year": "1990", **{f"s.home.{part}": HOME[part] for part in HOME}}
    assert parse_input(flow, raw) == {"s.b": "1990-02-01", "s.home": HOME}


def test_as_json__python_values__become_their_stored_form():
    flow = flow_of(
        node("m", "money"),
        node("b", "date"),
        node("c", "calculated", result="money", value={"*": [{"var": "s.m"}, 2]}),
    )
    outcome = check(flow, {"s.m": "1.5", "s.b": "1.1.1990"})
    assert as_json(flow, outcome.values) == {"s.m": "1.50", "s.b": "1990-01-01", "s.c": "3.00"}


def test_text__of_the_naughty_list__is_stored_and_shown_back_unchanged(shared_data):
    flow = flow_of(node("t"), node("l", "long_text"))
    for naughty in json.loads((shared_data / "naughty/blns/blns.json").read_text()):
        answers = parse_input(flow, {"s.t": naughty, "s.l": naughty})
        assert [answers["s.t"] or "", answers["s.l"] or ""] == [naughty, naughty]
        values = check(flow, answers).values
        assert values.get("s.t") == (naughty if naughty.strip() else None)


def test_registry__new_type_in_one_class__can_be_used():
    registry = FieldRegistry()

    @registry.register
    class ColourField(FieldType):
        key = "colour"

        def parse(self, raw, settings):
            return raw

    assert "colour" in registry
    assert registry.get("colour").kind == "text"
    with pytest.raises(ValueError, match="colour"):
        registry.register(ColourField)


@pytest.mark.parametrize("found", list(field_types), ids=lambda found: found.key)
def test_messages__of_every_type__speak_three_languages_politely(found):
    for name, message in found.messages.items():
        assert set(message) == {"de", "en", "de-simple"}, name
        for words in message.values():
            assert words.rstrip()[-1] in ".?}", words
            assert "ungültig" not in words.lower()
            assert "invalid" not in words.lower()


def test_field_type__name__is_in_german_and_english():
    for found in field_types:
        assert found.name["de"]
        assert found.name["en"]
        assert text(found.name["de"])


def test_countries__list__is_the_world_in_the_order_of_its_language():
    field = field_types.get("country")
    german = [option["label"] for option in field.view({}, TODAY, "de")["options"]]
    english = {option["value"]: option["label"] for option in field.view({}, TODAY, "en")["options"]}

    assert 235 <= len(german) == len(set(german))
    assert german.index("Ägypten") < german.index("Albanien") < german.index("Österreich") < german.index("Zypern")
    assert (english["DE"], english["FR"], english["XK"]) == ("Germany", "France", "Kosovo")
    assert not [name for name in (*german, *english.values()) if "*" in name or not name]


def test_scale__of_any_kind__has_a_word_for_every_number_in_every_language():
    field = field_types.get("scale")
    for scale in WORDS:
        for locale in ("de", "en", "de-simple"):
            options = field.view({"scale": scale}, TODAY, locale)["options"]
            assert len(options) == (11 if scale == "recommend" else 5)
            assert len({option["label"] for option in options}) == len(options)
    assert read("scale", "0", scale="recommend") == 0
    assert field.display(4, "de", {"scale": "satisfaction"}) == "zufrieden"


def test_ranking__more_places_than_asked__is_told():
    assert code("ranking", ["a", "b"], max=1) == "ranking_too_many"
    assert code("ranking", ["a"], min=2) == "ranking_too_few"


@pytest.mark.parametrize(
    ("kind", "stored", "shown"),
    [
        ("tax_id", "36574261809", "36 574 261 809"),
        ("country", "AT", "Österreich"),
        ("nationality", "XS", "staatenlos"),
        ("ranking", ["b", "a"], "1. b, 2. a"),
    ],
)
def test_answer__of_a_new_type__is_shown_as_people_write_it(kind, stored, shown):
    assert field_types.get(kind).display(stored, "de") == shown
