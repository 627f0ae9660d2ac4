"""What the checks say reaches the editor: beside its place, after a change elsewhere, in the list, when publishing."""

from __future__ import annotations

import copy

import pytest

from accounts.api import ensure_unit
from forms_engine.desk.findings import findings_at, list_news, say_elsewhere, tally
from forms_engine.models import Form
from forms_engine.services.forms import create_form
from tests.forms_engine.desk.test_desk import document, editor, url

pytestmark = pytest.mark.django_db


def with_hidden_question():
    """„Wie viele?“ is asked of those with more than one dog; „Warum?“ needs it of those with one."""
    made = copy.deepcopy(document(locales=["de"]))
    more = {"var": "person.more"}
    made["steps"][0]["nodes"] += [
        {"id": "count", "type": "integer", "label": {"de": "Wie viele?"}, "visible": {"==": [more, True]}},
        {
            "id": "why",
            "type": "text",
            "label": {"de": "Warum?"},
            "visible": {"and": [{"==": [more, False]}, {">": [{"var": "person.count"}, 2]}]},
        },
    ]
    return made


@pytest.fixture
def desk(client):
    user = editor()
    client.force_login(user)
    return client, create_form(with_hidden_question(), unit=ensure_unit("steuern", name="Steuern"), by=user)


def test_outline__rule_that_relies_on_a_hidden_question__is_said_beside_it(desk):
    client, form = desk
    page = client.get(url(form)).content.decode()
    assert "Die Regel braucht eine Antwort auf „Wie viele?“" in page
    assert 'href="#person.why"' in page


def test_form_list__form_with_an_error__counts_it(desk):
    client, _ = desk
    assert "1 Fehler" in client.get("/admin/formulare/").content.decode()


def test_settings__personal_data_without_retention__are_pointed_out(desk):
    client, form = desk
    changed = copy.deepcopy(form.draft)
    changed["steps"][0]["nodes"][0]["data_category"] = "personal"
    form.draft = changed
    form.save()
    assert "wie lange Anträge aufbewahrt werden" in client.get(url(form, "angaben")).content.decode()


def test_publish__contradiction_in_the_rules__is_refused(desk):
    client, form = desk
    client.post(url(form, "veroeffentlichen"))
    assert Form.objects.get(pk=form.pk).live is None


def test_change__that_breaks_another_rule__is_said_with_its_place():
    before = with_hidden_question()
    before["steps"][0]["nodes"][-1]["visible"] = {">": [{"var": "person.count"}, 2]}
    after = with_hidden_question()
    [news] = list_news(before, after)
    assert news.code == "relies_on_hidden"
    assert say_elsewhere([news], "person.count")[0].startswith("Dadurch neu, Schritt „Über Sie“ › Frage „Warum?“")
    assert say_elsewhere([news], "person.why") == []


def test_tally__sound_and_unsound_draft__says_it_in_words():
    assert str(tally(document(locales=["de"]))) == "in Ordnung"
    assert str(tally(with_hidden_question())) == "1 Fehler"
    assert [found.path for found in findings_at(with_hidden_question(), "person.why")] == ["person.why"]
