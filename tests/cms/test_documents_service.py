"""The document of a service: members, data and words, languages."""

from datetime import date
from decimal import Decimal

import pytest

from cms.models import ContactPoint, RelatedService, ServiceContact, ServiceKey
from tests.cms import factories
from tests.cms.reading import ask, committed, make_faq, make_location, make_situation, translate

pytestmark = pytest.mark.django_db
FEES = [
    ("fixed", {"label": "Erster Hund", "amount": Decimal(96), "currency": "EUR", "legal_basis": "§ 5"}),
    (
        "range",
        {"label": "Weitere", "amount": Decimal(10), "amount_max": Decimal("20.5"), "currency": "EUR", "text": ""},
    ),
    ("table", {"label": "Tabelle", "currency": "EUR", "rows": [{"label": "klein", "amount": Decimal("1.5")}]}),
    ("formula", {"label": "Rechnung", "text": "3 Prozent", "currency": "EUR"}),
    ("free", {"label": "Blindenhund", "text": "kostenlos"}),
]


def make_full_service():
    department = factories.make_department()
    unit = department.unit
    contact = ContactPoint.objects.create(
        name="Team Hundesteuer", phone="03641 1", unit=unit, locale=factories.make_locale(), slug="team"
    )
    service = factories.make_service(
        department,
        teaser="So melden Sie Ihren Hund an.",
        summary="<p>Kurz.</p>",
        fees=FEES,
        fees_text="<p>Je Jahr.</p>",
        deadlines=[("deadline", {"kind": "notice", "label": "Anmelden", "amount": 2, "unit": "week", "text": "Frist"})],
        documents=[("document", {"title": "Chip", "note": "Nummer", "original": False, "required": True})],
        procedure=[("step", {"title": "Ausfüllen", "text": "<p>Online.</p>"})],
        processing_min=1,
        processing_max=2,
        processing_unit="week",
        keywords="Hundesteuer, Dackel",
        synonyms="Köter",
        channels=[("on_site", {"location": make_location(), "label": "", "text": "Mit Termin", "url": ""})],
        availability="limited",
        availability_reason="Umbau",
        availability_since=date(2026, 11, 1),
        review_date=date(2027, 1, 1),
    )
    service.life_situations = [make_situation()]
    service.service_keys = [ServiceKey(key="99050012104000")]
    service.service_contacts = [ServiceContact(contact_point=contact)]
    other = factories.make_service(department, "Hund abmelden")
    service.related_services = [RelatedService(service=other)]
    with committed():
        service.save_revision().publish()
        make_faq("was-kostet", "Was kostet ein Hund?", service)
    return service


def test_service__all_fields_filled__carries_every_member_of_the_contract():
    make_full_service()
    body = ask("/de/services/hund-anmelden")

    assert body["type"] == "service"
    assert (body["lang"], body["locale"], body["untranslated"]) == ("de", "de", [])
    assert [fee["amount"] for fee in body["fees"]["items"]] == ["96.00", "10.00", None, None, None]
    assert body["fees"]["items"][1]["amount_max"] == "20.50"
    assert body["fees"]["items"][2]["rows"] == [{"label": "klein", "amount": "1.50"}]
    assert body["deadlines"][0] | {"text": ""} == {
        "kind": "notice", "label": "Anmelden", "amount": 2, "unit": "week", "date": None, "text": "",
    }  # fmt: skip
    assert body["processing_time"] == {"min": 1, "max": 2, "unit": "week", "text": ""}
    assert body["documents"] == [{"title": "Chip", "note": "Nummer", "original": False, "required": True}]
    assert body["procedure"] == [{"title": "Ausfüllen", "text": "<p>Online.</p>"}]
    assert body["keys"] == ["99050012104000"]
    assert body["keywords"] == ["Hundesteuer", "Dackel"]
    assert body["unit"]["slug"] == body["unit"]["key"] == "steuern"
    assert body["contact_points"][0]["name"] == "Team Hundesteuer"
    assert body["channels"][0]["location"]["slug"] == "rathaus"
    assert body["status"] == {
        "state": "limited", "reason": "Umbau", "since": "2026-11-01", "expected_until": None,
    }  # fmt: skip
    assert body["life_situations"] == [{"slug": "familie", "title": "Familie"}]
    assert [card["slug"] for card in body["related"]] == ["hund-abmelden"]
    assert [entry["slug"] for entry in body["faq"]] == ["was-kostet"]
    assert body["review_date"] == "2027-01-01"
    assert body["translations"] == {"de": "/leistungen/hund-anmelden"}
    assert body["modules"]["05"] == "summary"


def test_service__no_translation__is_german_as_a_whole():
    make_full_service()
    body = ask("/en/services/hund-anmelden")
    assert (body["lang"], body["untranslated"]) == ("de", ["*"])
    assert body["title"] == "Hund anmelden"
    assert body["url"] == "/en/leistungen/hund-anmelden"


def test_service__partly_translated__names_what_is_still_german():
    page = translate(make_full_service(), title="Register a dog", summary="<p>In short.</p>")
    body = ask("/en/services/hund-anmelden")

    assert (body["title"], body["lang"]) == ("Register a dog", "en")
    assert body["summary"] == "<p>In short.</p>"
    assert {"teaser", "fees", "documents", "procedure"} <= set(body["untranslated"])
    assert not {"title", "summary", "notes"} & set(body["untranslated"])
    assert body["translations"] == {"de": "/leistungen/hund-anmelden", "en": "/en/leistungen/hund-anmelden"}
    assert page.live


def test_service__translation_lags_behind__data_stays_german_and_true():
    service = make_full_service()
    english = [("fixed", {"label": "First dog", "amount": Decimal(80), "currency": "EUR"}), *FEES[1:]]
    translate(service, fees=english, availability="available")
    body = ask("/en/services/hund-anmelden")

    assert body["fees"]["items"][0]["label"] == "First dog"
    assert body["fees"]["items"][0]["amount"] == "96.00"
    assert body["status"]["state"] == "limited"


def test_service__translated_rows_no_longer_fit__german_rows_win_and_are_marked():
    translate(make_full_service(), fees=[("free", {"label": "Free of charge", "text": ""})])
    body = ask("/en/services/hund-anmelden")
    assert [fee["kind"] for fee in body["fees"]["items"]] == ["fixed", "range", "table", "formula", "free"]
    assert "fees" in body["untranslated"]


def test_service__leichte_sprache__leaves_prose_out_instead_of_filling_it_in():
    service = make_full_service()
    service.description = "<p>Ein langer Text in schwerer Sprache.</p>"
    service.save_revision().publish()
    translate(service, "de-simple", title="Einen Hund anmelden", summary="<p>Sie haben einen Hund.</p>", description="")
    body = ask("/de-simple/services/hund-anmelden")

    assert (body["lang"], body["title"]) == ("de-simple", "Einen Hund anmelden")
    assert body["description"] == ""
    assert body["fees"]["items"][0]["amount"] == "96.00"


def test_service__leichte_sprache_missing__is_standard_german_and_says_so():
    make_full_service()
    assert ask("/de-simple/services/hund-anmelden")["untranslated"] == ["*"]


def test_service__translation_without_german_original__is_only_there_in_its_language():
    service = make_full_service()
    translate(service, title="Register a dog")
    service.unpublish()
    assert ask("/en/services/hund-anmelden")["title"] == "Register a dog"
    ask("/de/services/hund-anmelden", status=404)
    ask("/de-simple/services/hund-anmelden", status=404)
