"""An editor makes a section, puts it into forms, changes it, sees what that touches. Without JavaScript."""

from __future__ import annotations

import re

import pytest

from accounts.api import add_membership, ensure_unit
from forms_engine.domain import editing
from forms_engine.domain.sections.changing import insert_section
from forms_engine.domain.sections.uses import list_uses
from forms_engine.domain.tree import find_raw
from forms_engine.models import Form
from forms_engine.services.forms import create_form, publish_form, save_draft_document
from tests.forms_engine.desk.test_desk import desk, document, editor, url  # noqa: F401 - the fixture is used by its name
from tests.forms_engine.factories import de
from tests.forms_engine.sections import changed_section, person_section, publish_again, publish_section

pytestmark = pytest.mark.django_db


def page(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def section(desk):  # noqa: F811 - pytest hands it over under this name
    """Of the office for citizens, offered to all; the chief editor of the taxes looks after both offices."""
    _client, form = desk
    made = publish_section()
    made.is_offered = True
    made.save()
    add_membership(form.changed_by, ensure_unit("buergerservice", name="Bürgerservice"), role="chief_editor")
    return made


@pytest.fixture
def used(desk, section):  # noqa: F811 - pytest hands it over under this name
    """A form that uses it."""
    client, form = desk
    with_section = insert_section(form.draft, section.draft, "person", new_id="holder", title=de("Zur Person"))
    save_draft_document(form, with_section, by=None, summary="x", expected_version=1)
    return client, form, section


def test_create__new_section__is_modelled_like_a_form_but_has_no_precheck(desk):  # noqa: F811 - the fixture
    client, form = desk
    posted = {"title": "Bankverbindung", "key": "bank", "unit": str(form.unit.pk)}
    found = page(client.post("/admin/formulare/+bausteine/neu/", posted, follow=True))
    assert "Der Baustein „Bankverbindung“ ist angelegt" in found
    assert "Voraussetzungen" not in found
    assert "+ Schritt" not in found
    assert Form.objects.get(key="bank").is_section
    assert page(client.post("/admin/formulare/+bausteine/neu/", posted), 422)
    added = {
        "id": "iban",
        "label__de": "IBAN",
        "label__en": "IBAN",
        "required": "always",
        "visible": "",
        "version": "1",
    }
    client.post("/admin/formulare/bank/frage/neu/?in=angaben&type=iban", added)
    assert find_raw(Form.objects.get(key="bank").draft, "angaben.iban")["type"] == "iban"
    settings = page(client.get("/admin/formulare/bank/angaben/"))
    assert "Name des Bausteins" in settings
    assert "Aufbewahrung" not in settings
    changed = {"title__de": "Konto", "unit": "steuern", "locales": ["en"], "version": "2"}
    assert "Gespeichert" in page(client.post("/admin/formulare/bank/angaben/", changed, follow=True))
    found = page(client.post("/admin/formulare/bank/veroeffentlichen/", {"version": "3"}, follow=True))
    assert "Version 1 ist veröffentlicht" in found
    assert "Noch nutzt kein Formular diesen Baustein." in found


def test_list__sections_and_forms__are_apart_and_foreign_ones_are_only_offered(desk, section):  # noqa: F811 - the fixture
    client, _form = desk
    assert "/admin/formulare/person/" not in page(client.get("/admin/formulare/"))
    assert "/admin/formulare/person/" in page(client.get("/admin/formulare/+bausteine/"))
    client.force_login(editor("editor", "jugend"))
    found = page(client.get("/admin/formulare/+bausteine/"))
    assert "Von anderen Ämtern angeboten" in found
    assert "Name, Geburtsdatum" in found
    assert "/admin/formulare/person/" not in found
    assert client.get("/admin/formulare/person/nutzung/").status_code == 404


def test_insert__chosen_from_the_page_of_kinds__is_a_group_that_cannot_be_edited(desk, section):  # noqa: F811 - the fixture
    client, form = desk
    assert "Oder ein Baustein" in page(client.get(url(form, "frage", "art") + "?in=person"))
    offered = page(client.get(url(form, "baustein-einfuegen") + "?in=person&baustein=person"))
    assert 'value="person" checked' in offered
    posted = {"section": "person", "about": "other", "title": "Zweite Person", "id": "", "version": "1"}
    found = page(client.post(url(form, "baustein-einfuegen") + "?in=person", posted, follow=True))
    form.refresh_from_db()
    [use] = list_uses(form.draft)
    assert (use.path, use.is_other, use.title) == ("person.person", True, "Zweite Person")
    assert "Baustein „Person“" in found
    assert "frage/person.person.name/" not in found
    assert "aus dem Baustein" in found
    assert client.get(url(form, "frage", "person.person.name")).url == url(form, "baustein", "person.person")
    client.post(url(form, "aktion"), {"action": "delete", "path": "person.person.name", "version": "2"})
    form.refresh_from_db()
    assert find_raw(form.draft, "person.person.name")


def test_insert__as_a_step_and_twice__gets_ids_of_its_own(desk, section):  # noqa: F811 - the fixture
    client, form = desk
    assert "Schritt aus einem Baustein" in page(client.get(url(form, "schritt", "neu")))
    posted = {"section": "person", "about": "applicant", "title": "", "id": ""}
    for _ in range(2):
        client.post(url(form, "baustein-einfuegen"), posted)
    form.refresh_from_db()
    assert [use.path for use in list_uses(form.draft)] == ["person_2", "person_3"]
    taken = client.post(url(form, "baustein-einfuegen"), posted | {"id": "person_2"}, follow=True)
    assert "gibt es hier schon" in page(taken)
    assert page(client.post(url(form, "baustein-einfuegen"), {"about": "applicant"}), 422)


def test_insert__section_of_an_office_that_does_not_offer_it__is_no_choice(desk, section):  # noqa: F811 - the fixture
    section.is_offered = False
    section.save()
    client, form = desk
    client.force_login(editor("editor", "steuern"))
    posted = {"section": "person", "about": "applicant", "version": "1"}
    assert page(client.post(url(form, "baustein-einfuegen"), posted), 422)
    assert "Noch hat kein Amt" in page(client.get(url(form, "baustein-einfuegen")))


def test_group_page__of_a_section__sets_title_and_condition_only(used):
    client, form, _ = used
    found = page(client.get(url(form, "frage", "person.holder")))
    assert "Die Fragen darin kommen aus einem Baustein" in found
    assert "Kann mehrmals angegeben werden" not in found
    shown = '{"==": [{"var": "person.more"}, true]}'
    posted = {"id": "keeper", "label__de": "Halterin", "label__en": "Keeper", "visible__expert": shown, "version": "2"}
    client.post(url(form, "frage", "person.holder"), posted)
    form.refresh_from_db()
    [use] = list_uses(form.draft)
    assert (use.path, use.title) == ("person.keeper", "Halterin")
    assert len(find_raw(form.draft, "person.keeper")["nodes"]) == 4
    assert "aktuell" in page(client.get(url(form)))


def test_usage__section_published_anew__says_who_is_behind_and_takes_over_where_chosen(used):
    client, form, section = used
    other = create_form(document(key="katze"), unit=form.unit)
    publish_again(section, changed_section(section.draft, label="Ihr voller Name"))
    found = page(client.get(url(section, "nutzung")))
    assert "Dieses Formular nutzt den Baustein: 1 auf Stand vom" in found
    assert "lautet jetzt „Ihr voller Name“; vorher „Name“." in found
    assert "Geht ohne neue Fehler und ohne roten Testfall." in found
    assert "neuer Stand da" in page(client.get(url(form)))
    assert page(client.get("/admin/formulare/")).count("Baustein mit neuem Stand") == 1
    posted = {"action": "take_over", "form": [form.key, other.key, section.key]}
    found = page(client.post(url(section, "nutzung"), posted, follow=True))
    assert "Übernommen in den Entwurf von „Hund anmelden“." in found
    assert "Dieses Formular nutzt den Baustein: 1 aktuell." in found
    form.refresh_from_db()
    assert find_raw(form.draft, "person.holder.name")["label"]["de"] == "Ihr voller Name"
    assert "Baustein mit neuem Stand" not in page(client.get("/admin/formulare/"))
    assert (form.live, other.draft) == (None, Form.objects.get(key="katze").draft)
    assert "Bitte wählen Sie mindestens ein Formular aus" in page(
        client.post(url(section, "nutzung"), {"action": "take_over"}, follow=True)
    )


def test_usage__before_publishing__names_the_forms_and_what_would_be_in_their_way(used):
    client, form, section = used
    rule = {">=": [{"age": [{"var": "person.holder.birth_date"}]}, 18]}
    needing = editing.update_node(form.draft, "person.more", {"visible": rule})
    needing["steps"][0]["nodes"].append(needing["steps"][0]["nodes"].pop(2))
    save_draft_document(form, needing, by=None, summary="x", expected_version=2)
    less = changed_section(section.draft, without="birth_date")
    save_draft_document(section, less, by=None, summary="x", expected_version=1)
    found = page(client.get(url(section, "nutzung")))
    assert "Frage „Geburtsdatum“ im Schritt „Über Sie“ ist entfallen." in found
    assert "Das betrifft 1 Formular." in found
    assert "könnte diesen Stand nicht übernehmen: „Geburtsdatum“ gibt es in diesem Stand" in found
    assert "Welche Formulare betrifft das?" in page(client.get(url(section)))
    client.post(url(section, "veroeffentlichen"), {"version": "2"})
    found = page(client.get(url(form, "baustein", "person.holder")))
    assert "Geht noch nicht: „Geburtsdatum“ gibt es in diesem Stand des Bausteins nicht" in found
    found = page(client.post(url(form, "baustein", "person.holder"), {"action": "take_over"}, follow=True))
    assert "Bitte ändern Sie zuerst diese Regeln." in found


def test_usage__test_case_that_turns_red__is_said_before_taking_over(used):
    client, form, section = used
    answers = {"person.name": "Ada", "person.born": "1980-01-01", "person.more": False, "person.holder.name": "Ada"}
    answers |= {"person.holder.birth_date": "1980-01-01", "person.holder.has_title": False}
    case = {"id": "c", "name": "Ohne Titel", "today": "2026-01-01", "answers": answers, "expected": {"complete": True}}
    save_draft_document(form, form.draft | {"tests": [case]}, by=None, summary="x", expected_version=2)
    more = person_section()
    more["steps"][0]["nodes"].append({"id": "birth_name", "type": "text", "label": de("Geburtsname")})
    publish_again(section, more)
    for found in (client.get(url(section, "nutzung")), client.get(url(form, "baustein", "person.holder"))):
        assert "Danach ist im Formular zu beheben" in page(found)
        assert "Testfall „Ohne Titel“" in page(found)


def test_use_page__taken_over_and_let_go__are_changes_the_history_can_undo(used):
    client, form, section = used
    publish_again(section, changed_section(section.draft, label="Ihr Name"))
    found = page(client.get(url(form, "baustein", "person.holder")))
    assert "gibt es einen neueren" in found
    assert "„Zur Person“ hat einen anderen Stand des Bausteins „person“." in found
    post = {"action": "take_over", "version": "2"}
    assert "Der neue Stand ist im Entwurf." in page(
        client.post(url(form, "baustein", "person.holder"), post, follow=True)
    )
    post = {"action": "detach", "version": "3"}
    assert "Die Verbindung ist gelöst." in page(client.post(url(form, "baustein", "person.holder"), post, follow=True))
    assert "frage/person.holder.name/" in page(client.get(url(form)))
    assert client.get(url(form, "baustein", "person.holder")).status_code == 404
    client.post(url(form, "aktion"), {"action": "undo", "path": "", "version": "4"})
    form.refresh_from_db()
    assert [use.path for use in list_uses(form.draft)] == ["person.holder"]


def test_use_page__about_somebody_else_and_back__changes_what_the_browser_may_fill_in(used):
    client, form, _ = used
    address = url(form, "baustein", "person.holder")
    for version, token, said in (
        ("2", None, "Es geht jetzt um jemand anderen."),
        ("3", "name", "Es geht jetzt um die"),
    ):
        assert said in page(client.post(address, {"action": "about", "version": version}, follow=True))
        form.refresh_from_db()
        assert find_raw(form.draft, "person.holder.name").get("autocomplete") == token
        assert list_uses(form.draft)[0].is_other is (token is None)
    assert "Diese Aktion gibt es nicht" in page(client.post(address, {"action": "sing"}, follow=True))


def test_use_page__somebody_saved_in_between__changes_nothing(used):
    client, form, _ = used
    post = {"action": "detach", "version": "1"}
    assert "inzwischen geändert" in page(client.post(url(form, "baustein", "person.holder"), post, follow=True))
    form.refresh_from_db()
    assert list_uses(form.draft)


def test_usage__of_a_form_or_a_foreign_section__does_not_exist(used):
    client, form, section = used
    assert client.get(url(form, "nutzung")).status_code == 404
    client.force_login(editor("chief_editor", "jugend"))
    for address in (url(section, "nutzung"), url(form, "baustein", "person.holder"), url(form, "baustein-einfuegen")):
        assert client.get(address).status_code == 404


def test_usage__form_of_another_office__is_named_but_left_to_its_editors(used):
    client, _form, section = used
    foreign = create_form(document(key="kita", title=de("Kita")), unit=ensure_unit("jugend", name="Jugend"))
    with_section = insert_section(foreign.draft, section.draft, "person", new_id="p", title=de("P"))
    save_draft_document(foreign, with_section, by=None, summary="x", expected_version=1)
    publish_again(section, changed_section(section.draft, label="Ihr Name"))
    found = page(client.get(url(section, "nutzung")))
    assert "Diese 2 Formulare nutzen den Baustein: 2 auf Stand vom" in found
    assert "Übernehmen kann das die Redaktion dieses Amts." in found
    assert 'value="kita"' not in found
    client.post(url(section, "nutzung"), {"action": "take_over", "form": ["kita"]})
    assert Form.objects.get(key="kita").draft_version == 2


def test_offer__by_the_chief_editor__opens_the_section_to_all_and_back(used):
    client, _, section = used
    for to, said in (("own", "Neu einfügen kann ihn nur noch Ihr Amt"), ("all", "Alle Ämter können den Baustein")):
        assert said in page(client.post(url(section, "nutzung"), {"action": "offer", "to": to}, follow=True))
        section.refresh_from_db()
        assert section.is_offered is (to == "all")
    client.force_login(editor("editor", "buergerservice"))
    client.post(url(section, "nutzung"), {"action": "offer", "to": "own"})
    section.refresh_from_db()
    assert section.is_offered


def test_translations__of_a_form__leave_the_texts_of_a_section_to_the_section(used):
    client, form, _ = used
    found = page(client.get(url(form, "uebersetzungen")))
    assert "text:person.name|label" in found
    assert "text:person.holder.name|label" not in found


def test_languages__of_the_form_grow__the_copy_follows(used):
    client, form, _ = used
    german = {"title__de": "Hund anmelden", "unit": "steuern", "version": "2"}
    client.post(url(form, "angaben"), german)
    form.refresh_from_db()
    assert find_raw(form.draft, "person.holder.name")["label"] == {"de": "Name"}
    client.post(url(form, "angaben"), german | {"locales": ["en"], "version": "3"})
    form.refresh_from_db()
    assert find_raw(form.draft, "person.holder.name")["label"] == de("Name")


def test_publish__form_whose_section_is_unknown_here__goes_online(used):
    client, form, _section = used
    broken = form.draft | {"steps": [*form.draft["steps"]]}
    find_raw(broken, "person.holder")["section"] = {"key": "elsewhere", "hash": "0" * 64}
    save_draft_document(form, broken, by=None, summary="x", expected_version=2)
    assert "hier nicht veröffentlicht" in page(client.get(url(form)))
    assert "Diesen Baustein gibt es hier nicht." in page(client.get(url(form, "baustein", "person.holder")))
    assert publish_form(form, by=None).number == 1
