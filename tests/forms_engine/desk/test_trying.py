"""An editor tries the draft, saves what came out as a test case, and a red one keeps the form offline."""

from __future__ import annotations

import json
import re

import pytest

from forms_engine.domain import editing
from forms_engine.models import Form
from forms_engine.services.forms import create_form, publish_form, save_draft_document
from tests.cms.demo_city import FORMS, read_form
from tests.forms_engine.desk.test_desk import desk, url  # noqa: F401 - the fixture is used by its name

pytestmark = pytest.mark.django_db
MORE = {"==": [{"var": "person.more"}, True]}


@pytest.fixture
def trying(desk):  # noqa: F811 - pytest hands it over under this name
    client, form = desk
    node = {"id": "count", "type": "integer", "label": {"de": "Wie viele?", "en": "How many?"}, "visible": MORE}
    document = editing.add_node(form.draft, "person", node)
    save_draft_document(form, document, by=None, summary="x", expected_version=1)
    return client, form


ALL = {"asked": ["person.name", "person.born", "person.more"], "a:person.name": "Ada", "a:person.born": "1980-01-01"}


def page(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", response.content.decode())


def test_try__answers_posted__shows_way_values_errors_and_why(trying):
    client, form = trying
    assert "Ausprobieren" in page(client.get(url(form, "ausprobieren")))
    found = page(client.post(url(form, "ausprobieren"), ALL | {"a:person.more": "ja"}))
    assert "Schritt „Über Sie“ wird gefragt" in found
    assert "Wenn „Haben Sie mehr als einen Hund?“ mit „Ja“ beantwortet ist" in found
    assert 'name="a:person.count"' in found
    assert "Noch nicht: 1 Angabe fehlt" in found
    answers = json.dumps({"person.name": "Ada", "person.born": "1980-01-01", "person.more": True})
    found = page(
        client.post(url(form, "ausprobieren"), {"answers": answers, "asked": "person.more", "a:person.more": ""})
    )
    assert 'name="a:person.count"' not in found
    assert "noch offen" in found
    assert form.changes.count() == 2


def test_try__every_field_type__has_an_input_and_gives_its_answer_back(desk):  # noqa: F811 - the fixture
    client, form = desk
    for key in FORMS:
        source = read_form(key) | {"unit": "steuern"}
        made = Form.objects.filter(key=key).first() or create_form(source, unit=form.unit)
        for number in (1, 2):
            opened = page(client.get(url(made, "ausprobieren") + f"?fall=fall_{number}"))
            assert source["tests"][number - 1]["name"] in opened
            assert ("Der Antrag kann so abgesendet werden." in opened) is (number == 1)


def test_try__long_text__is_an_input(desk):  # noqa: F811 - the fixture
    client, form = desk
    node = {"id": "story", "type": "long_text", "label": {"de": "Warum?"}, "rows": 7}
    save_draft_document(form, editing.add_node(form.draft, "person", node), by=None, summary="x", expected_version=1)
    assert '<textarea id="a:person.story"' in page(client.get(url(form, "ausprobieren")))


def test_try__hostile_state__is_refused_and_nothing_changes(trying):
    client, form = trying
    for answers in ("[1]", "{", '{"a": NaN}', "9" * 300):
        assert client.post(url(form, "ausprobieren"), {"answers": answers}).status_code in {200, 302}
    assert page(client.post(url(form, "ausprobieren"), {"asked": "no.such", "a:no.such": "x", "today": "nie"}))


def save(client, form, **extra):
    posted = ALL | {"a:person.more": "nein", "name": "Nur ein Hund", "today": "2026-03-01", "confirm": "all"}
    return client.post(url(form, "ausprobieren"), posted | extra)


def test_case__confirmed__is_saved_and_green(trying):
    client, form = trying
    assert save(client, form).status_code == 302
    form.refresh_from_db()
    [case] = form.draft["tests"]
    assert case["name"] == "Nur ein Hund"
    assert case["expected"]["questions"] == {"person.count": False}
    assert case["expected"]["complete"] is True
    found = page(client.get(url(form, "testfaelle")))
    assert "Alle 1 Testfälle grün" in found
    assert "Es fehlt ein Testfall, in dem „Haben Sie mehr als einen Hund?“ mit „Ja“ beantwortet ist." in found
    assert 'value="Ada"' in page(client.get(url(form, "ausprobieren") + "?fall=fall_1"))


def test_case__nothing_confirmed_or_no_name__is_asked_again_and_keeps_the_answers(trying):
    client, form = trying
    assert "mindestens eine Zeile" in page(save(client, form, confirm="chosen"), 422)
    found = page(save(client, form, name=""), 422)
    assert "geben Sie dem Testfall einen Namen" in found
    assert "Ada" in found


def test_case__that_should_be_otherwise__is_red_and_blocks_publishing_until_mended(trying):
    client, form = trying
    assert save(client, form, confirm="chosen", **{"line-1": "anders"}).status_code == 302
    form.refresh_from_db()
    assert form.draft["tests"][0]["expected"] == {"questions": {"person.count": True}}
    found = page(client.get(url(form, "testfaelle")))
    assert "1 von 1 Testfällen rot" in found
    answer = client.post(url(form, "veroeffentlichen"), follow=True)
    assert "Testfall „Nur ein Hund“ ist rot" in page(answer)
    form.refresh_from_db()
    assert form.live is None
    client.post(url(form, "testfaelle", "loeschen"), {"case": "fall_1"})
    client.post(url(form, "veroeffentlichen"))
    form.refresh_from_db()
    assert form.live is not None


def test_change__that_turns_a_case_red__is_said_after_saving(trying):
    client, form = trying
    save(client, form)
    posted = {"id": "count", "label__de": "Wie viele?", "label__en": "How many?", "required": "always", "visible": ""}
    found = page(client.post(url(form, "frage", "person.count"), posted | {"version": "3"}, follow=True))
    assert "Dadurch neu, Testfall „Nur ein Hund“" in found


def test_publish__only_test_cases_changed__stays_the_version_that_is_online(trying):
    client, form = trying
    first = publish_form(form, by=None)
    save(client, form)
    form.refresh_from_db()
    assert "Es gibt nichts Neues zu veröffentlichen" in page(client.get(url(form)))
    assert publish_form(form, by=None) == first
    assert b"Nur ein Hund" not in client.get(f"/api/v1/flows/{form.key}?locale=de").content


def test_try__draft_that_cannot_be_read__says_what_to_mend_first(trying):
    client, form = trying
    broken = editing.delete_node(form.draft, "person.more", force=True)
    save_draft_document(form, broken, by=None, summary="x", expected_version=2)
    for name in ("ausprobieren", "testfaelle"):
        assert "Bitte beheben Sie zuerst" in page(client.get(url(form, name)))
