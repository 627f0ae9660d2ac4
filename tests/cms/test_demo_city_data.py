"""The demo city's content is complete and coherent: every field, every reference, every amount."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from cms.domain.amounts import find_untyped_amounts
from cms.wording import AccessibilityFeature, Availability, DeadlineKind, TimeUnit
from tests.cms.demo_city import FORMS, SERVICES, all_services, keys_of, nulls, read_form, read_yaml, service, texts

ICONS = {"family", "home", "car", "work", "money", "health", "id", "building", "leisure", "new-in-town"}
CHANNEL_FIELDS = {
    "online_form": "form_key",
    "external_link": "url",
    "on_site": "location",
    "post": "address",
    "phone": "phone",
}
SERVICE_FIELDS = {
    "slug", "title", "official_name", "teaser", "audience", "summary", "description", "prerequisites",
    "prerequisite_items", "documents", "procedure", "fees", "deadlines", "processing_time", "legal_bases", "notes",
    "appeal", "further", "forms", "keys", "unit", "contact_points", "channels", "status", "keywords", "synonyms",
    "life_situations", "related", "faq", "owner", "review_date",
}  # fmt: skip
TRANSLATED_FIELDS = {
    "title", "official_name", "teaser", "audience", "summary", "description", "prerequisites", "prerequisite_items",
    "documents", "procedure", "fees", "deadlines", "processing_time", "notes", "appeal", "further", "channels",
    "status", "keywords", "synonyms",
}  # fmt: skip
ROW_FIELDS = {
    "documents": {"title", "note", "original", "required"},
    "procedure": {"title", "text"},
    "deadlines": {"kind", "label", "amount", "unit", "date", "text"},
    "legal_bases": {"title", "url"},
    "further": {"title", "url"},
    "forms": {"title", "url"},
    "channels": {"kind", "label", "text", *CHANNEL_FIELDS.values()},
}
FEE_FIELDS = {
    "fixed": {"amount"},
    "range": {"amount", "amount_max"},
    "table": {"rows"},
    "formula": {"text"},
    "free": set(),
}


def test_demo_city__counted__has_what_was_promised() -> None:
    online = [one for one in all_services() if any(c["kind"] == "online_form" for c in one["channels"])]
    languages = [set(one.get("translations", {})) for one in all_services()]
    assert len(SERVICES) >= 25
    assert len(online) == 11 == len(FORMS)
    assert len(read_yaml("faq.yaml")) == 40
    assert len(read_yaml("units.yaml")) == 8
    assert len(read_yaml("locations.yaml")) == 6
    assert 8 <= len(read_yaml("life_situations.yaml")) <= 10
    assert sum("en" in found for found in languages) >= 8
    assert sum("de-simple" in found for found in languages) >= 5


def test_faq__translated__ten_in_english_and_five_in_easy_german() -> None:
    languages = [set(entry.get("translations", {})) for entry in read_yaml("faq.yaml")]
    assert sum("en" in found for found in languages) >= 10
    assert sum("de-simple" in found for found in languages) >= 5


def test_statuses__of_all_services__one_is_limited_and_one_unavailable() -> None:
    states = [one["status"]["state"] for one in all_services()]
    assert {"limited", "unavailable"} <= set(states)
    assert states.count("available") >= len(states) - 3


def test_fees__of_all_services__use_every_kind() -> None:
    assert {item["kind"] for one in all_services() for item in one["fees"]["items"]} == set(FEE_FIELDS)


@pytest.mark.parametrize("situation", sorted(keys_of("life_situations.yaml", "slug")))
def test_life_situation__listed__leads_to_services(situation: str) -> None:
    assert sum(situation in one["life_situations"] for one in all_services()) >= 3


def test_units__linked__know_their_parent_and_address() -> None:
    for unit in read_yaml("units.yaml"):
        assert unit["address"] in keys_of("locations.yaml", "slug")
        assert unit["parent"] is None or unit["parent"] in keys_of("units.yaml")
        assert len(unit["tasks"]["de"]) == len(unit["tasks"]["en"])


def test_locations__described__lie_in_jena_and_say_who_is_there() -> None:
    for place in read_yaml("locations.yaml"):
        assert 50.85 < place["geo"]["lat"] < 51.0
        assert 11.5 < place["geo"]["lon"] < 11.7
        assert set(place["units"]) <= keys_of("units.yaml")
        assert {fact["key"] for fact in place["accessibility"]} <= set(AccessibilityFeature.values)
        assert {fact["state"] for fact in place["accessibility"]} <= {"yes", "partly", "no"}


def test_opening_hours__listed__end_after_they_begin() -> None:
    for place in read_yaml("locations.yaml"):
        hours = place["hours"]
        exceptional = [span for day in hours["exceptions"] for span in day.get("spans", [])]
        assert all(span["from"] < span["to"] for span in [*hours["regular"], *exceptional])
        assert all(day["from"] <= day["to"] and day["reason"]["de"] for day in hours["exceptions"])
        assert all(bool(day.get("spans")) == (day["state"] == "open") for day in hours["exceptions"])


def test_contact_points__linked__belong_to_a_unit_and_a_location() -> None:
    for point in read_yaml("contact_points.yaml"):
        assert point["unit"] in keys_of("units.yaml")
        assert point["location"] in keys_of("locations.yaml", "slug")


def test_life_situations__named__have_a_drawing_and_three_languages() -> None:
    found = read_yaml("life_situations.yaml")
    assert {one["icon"] for one in found} == ICONS
    assert all(set(one[name]) == {"de", "en", "de-simple"} for one in found for name in ("title", "teaser"))


def test_faq__linked__names_services_that_exist_and_are_linked_back() -> None:
    for entry in read_yaml("faq.yaml"):
        assert 3 <= len(entry["alternatives"]) <= 5
        assert entry["services"]
        for slug in entry["services"]:
            assert entry["slug"] in service(slug)["faq"]


@pytest.mark.parametrize("slug", SERVICES)
def test_service__read__has_every_field_and_nothing_empty(slug: str) -> None:
    one = service(slug)
    assert set(one) - {"translations"} == SERVICE_FIELDS
    assert one["slug"] == slug
    empty = {name for name in SERVICE_FIELDS if not one[name]}
    assert empty <= {"further", "forms", "keys", "faq"}
    assert {path.rpartition("/")[2] for path in nulls(one)} <= {"url"}


@pytest.mark.parametrize("slug", SERVICES)
def test_service__read__has_only_known_fields_in_rows(slug: str) -> None:
    one = service(slug)
    for name, known in ROW_FIELDS.items():
        for document in (one, *one.get("translations", {}).values()):
            assert all(set(row) <= known for row in document.get(name, []))
    assert all(date.fromisoformat(row["date"]) for row in one["deadlines"] if "date" in row)
    assert {row["kind"] for row in one["deadlines"]} <= set(DeadlineKind.values)
    units = {row["unit"] for row in one["deadlines"] if "unit" in row} | {one["processing_time"]["unit"]}
    assert units <= set(TimeUnit.values)
    assert all(row.get("amount", 1) >= 1 for row in one["deadlines"])


@pytest.mark.parametrize("slug", SERVICES)
def test_service__linked__points_to_things_that_exist(slug: str) -> None:
    one = service(slug)
    assert one["unit"] in keys_of("units.yaml")
    assert set(one["contact_points"]) <= keys_of("contact_points.yaml")
    assert set(one["life_situations"]) <= keys_of("life_situations.yaml", "slug")
    assert set(one["related"]) <= set(SERVICES) - {slug}
    assert set(one["faq"]) <= keys_of("faq.yaml", "slug")
    assert all(re.fullmatch(r"99\d{12}", key) for key in one["keys"])


@pytest.mark.parametrize("slug", SERVICES)
def test_channels__of_a_service__carry_what_their_kind_needs(slug: str) -> None:
    channels = service(slug)["channels"]
    assert channels
    for channel in channels:
        assert channel[CHANNEL_FIELDS[channel["kind"]]]
        assert channel.get("form_key", FORMS[0]) in FORMS
        assert channel.get("location", "rathaus-am-markt") in keys_of("locations.yaml", "slug")


@pytest.mark.parametrize("slug", SERVICES)
def test_form__of_a_service__belongs_to_the_same_unit(slug: str) -> None:
    one = service(slug)
    for channel in one["channels"]:
        if channel["kind"] == "online_form":
            assert read_form(channel["form_key"])["unit"] == one["unit"]


@pytest.mark.parametrize("slug", SERVICES)
def test_fees__of_a_service__are_typed_and_have_a_legal_basis(slug: str) -> None:
    for item in service(slug)["fees"]["items"]:
        assert FEE_FIELDS[item["kind"]] <= set(item)
        assert set(item) <= {"kind", "label", "currency", "amount", "amount_max", "rows", "text", "legal_basis"}
        assert item["legal_basis"]
        amounts = [row["amount"] for row in item.get("rows", [])] + [
            item[n] for n in ("amount", "amount_max") if n in item
        ]
        assert all(isinstance(amount, str) and re.fullmatch(r"\d+\.\d\d", amount) for amount in amounts)


@pytest.mark.parametrize("slug", SERVICES)
def test_fees__in_words__name_no_amount_that_no_row_has(slug: str) -> None:
    """What a service says in its summary about money is in its rows, or explained in words there."""
    one = service(slug)
    typed = [Decimal(text) for _, text in texts(one["fees"]["items"]) if re.fullmatch(r"\d+\.\d\d", text)]
    assert find_untyped_amounts(" ".join((one["summary"], one["teaser"])), [*typed, Decimal(300)]) == []


@pytest.mark.parametrize("slug", SERVICES)
def test_status__not_available__gives_a_reason_and_a_date(slug: str) -> None:
    status = service(slug)["status"]
    assert status["state"] in Availability.values
    if status["state"] != "available":
        assert status["reason"]
        assert status["since"] < status["expected_until"]


@pytest.mark.parametrize("slug", SERVICES)
def test_teaser__of_a_service__fits_into_a_card(slug: str) -> None:
    one = service(slug)
    teasers = [one["teaser"], *(found["teaser"] for found in one.get("translations", {}).values())]
    assert all(len(teaser) <= 150 for teaser in teasers)


@pytest.mark.parametrize("slug", SERVICES)
def test_search_words__of_a_service__are_more_than_its_title(slug: str) -> None:
    one = service(slug)
    assert len(one["synonyms"]) >= 5
    assert all("," not in word and len(word) <= 60 for word in one["keywords"] + one["synonyms"])


@pytest.mark.parametrize("slug", [slug for slug in SERVICES if service(slug).get("translations")])
def test_translation__of_a_service__covers_every_text_and_fits_row_by_row(slug: str) -> None:
    one = service(slug)
    for locale, found in one["translations"].items():
        assert set(found) <= TRANSLATED_FIELDS
        wanted = {
            "title",
            "official_name",
            "teaser",
            "audience",
            "summary",
            "description",
            "prerequisites",
            "notes",
            "appeal",
        }
        assert all(found.get(name) for name in wanted)
        for name in ("documents", "deadlines", "channels"):
            assert len(found[name]) == len(one[name]), (locale, name)
        fees = zip(one["fees"]["items"], found["fees"]["items"], strict=True)
        assert all(len(german.get("rows", [])) == len(other.get("rows", [])) for german, other in fees)


def test_pages__read__are_in_three_languages_and_say_that_this_is_a_demo() -> None:
    pages = read_yaml("pages.yaml")
    assert {page["path"] for page in pages["pages"]} == {"ueber", "impressum", "datenschutz", "barrierefreiheit"}
    for page in pages["pages"]:
        assert all(set(page[name]) == {"de", "en", "de-simple"} for name in ("title", "teaser", "body"))
        assert "Vorführung" in page["body"]["de"]
        assert "demonstration" in page["body"]["en"]
    assert set(pages["home"]["featured"]) <= set(SERVICES)
    assert len(pages["home"]["featured"]) >= 6
