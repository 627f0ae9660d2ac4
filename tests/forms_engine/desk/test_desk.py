"""An editor models a form at the desk: every page, every refusal."""

from __future__ import annotations

import json

import pytest

from accounts.api import add_membership, ensure_unit, ensure_user
from forms_engine.models import Form, FormChange
from forms_engine.services.forms import create_form

pytestmark = pytest.mark.django_db


def document(**extra):
    return {
        "format": "flow/1",
        "key": "hund",
        "kind": "application",
        "locales": ["de", "en"],
        "default_locale": "de",
        "title": {"de": "Hund anmelden"},
        "unit": "steuern",
        "purpose": {"de": "Hundesteuer"},
        "legal_basis": [{"title": "Hundesteuersatzung"}],
        "steps": [
            {
                "id": "person",
                "title": {"de": "Über Sie"},
                "nodes": [
                    {"id": "name", "type": "text", "label": {"de": "Ihr Name"}},
                    {"id": "born", "type": "date", "label": {"de": "Ihr Geburtstag"}},
                    {"id": "more", "type": "yes_no", "label": {"de": "Haben Sie mehr als einen Hund?"}},
                ],
            }
        ],
    } | extra


def editor(role="chief_editor", unit="steuern"):
    from django.contrib.auth.models import Permission

    user = ensure_user(f"{role}-{unit}@jena.example", password="x", first_name=role, last_name="Test")
    add_membership(user, ensure_unit(unit, name=unit.title()), role=role)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.fixture
def desk(client):
    """A signed-in chief editor and a form of hers."""
    user = editor()
    client.force_login(user)
    form = create_form(document(), unit=ensure_unit("steuern", name="Steuern"), by=user)
    return client, form


def url(form, *parts):
    return "/admin/formulare/" + "".join(f"{part}/" for part in (form.key, *parts))


def question(**extra):
    posted = {
        "id": "colour",
        "label__de": "Welche Farbe hat Ihr Hund?",
        "required": "always",
        "visible": "",
        "version": "1",
    }
    return posted | extra


PAGES = [
    "",
    "angaben",
    "voraussetzungen",
    "listen",
    "uebersetzungen",
    "verlauf",
    "schritt/neu",
    "schritt/person",
    "frage/person.name",
]


@pytest.mark.parametrize("page", PAGES)
def test_page__own_form__opens(desk, page):
    client, form = desk
    response = client.get(url(form, *filter(None, [page.strip("/")])))
    assert response.status_code == 200
    assert "Hund anmelden" in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_page__form_of_another_unit__does_not_exist(desk, client, page):
    _, form = desk
    client.force_login(editor("chief_editor", "jugend"))
    assert client.get(url(form, *filter(None, [page.strip("/")]))).status_code == 404


def test_page__clerk_without_admin__is_sent_to_the_sign_in(desk, client):
    _, form = desk
    clerk = ensure_user("c@jena.example", password="x", first_name="C", last_name="D")
    add_membership(clerk, ensure_unit("steuern", name="Steuern"))
    client.force_login(clerk)
    assert client.get(url(form)).status_code == 302


@pytest.mark.parametrize(
    "type_key",
    [
        "text",
        "long_text",
        "integer",
        "decimal",
        "money",
        "date",
        "yes_no",
        "choice",
        "multi_choice",
        "email",
        "phone",
        "iban",
        "address",
        "file",
        "content",
        "calculated",
        "group",
        "date_range",
        "signature",
        "country",
        "tax_id",
    ],
)
def test_add_node__each_type__opens_and_saves(desk, type_key):
    client, form = desk
    address = f"{url(form, 'frage', 'neu')}?in=person&type={type_key}"
    assert client.get(address).status_code == 200
    extra = {"formula": "2 * 3,50"} if type_key == "calculated" else {}
    if "choice" in type_key:
        extra = {"option-0-label__de": "Braun", "option-1-label__de": "Schwärzlich"}
    assert client.post(address, question(**extra)).status_code == 302
    form.refresh_from_db()
    node = form.draft["steps"][0]["nodes"][-1]
    assert (node["id"], node["type"]) == ("colour", type_key)
    if "choice" in type_key:
        assert [o["value"] for o in node["options"]] == ["braun", "schwaerzlich"]
    if type_key == "calculated":
        assert node["value"] == {"*": [2, "3.5"]}


def test_edit_node__condition_built__becomes_a_rule_and_a_sentence(desk):
    client, form = desk
    tree = {"join": "and", "items": [{"path": "person.more", "measure": "value", "operator": "yes", "value": ""}]}
    response = client.post(url(form, "satz"), {"tree": json.dumps(tree)})
    assert "mehr als einen Hund" in response.json()["sentence"]
    add = f"{url(form, 'frage', 'neu')}?in=person&type=integer"
    client.post(add, question(visible=json.dumps(tree), **{"set-min": "2"}))
    form.refresh_from_db()
    node = form.draft["steps"][0]["nodes"][-1]
    assert node["visible"] == {"==": [{"var": "person.more"}, True]}
    assert node["min"] == 2


LINES = {
    "question-0-label__de": "Leinenführig",
    "question-0-label__en": "Walks on a lead",
    "question-0-value": "lead",
    "question-1-label__de": "Verträgt sich",
    "question-1-optional": "1",
    "option-0-label__de": "Ja",
    "option-1-label__de": "Nein",
}


def test_matrix__modelled_at_the_desk__has_lines_and_answers_that_rules_can_ask_about(desk):
    client, form = desk
    add = f"{url(form, 'frage', 'neu')}?in=person&type=matrix"
    assert "Zeilen" in client.get(add).content.decode()
    assert client.post(add, question(id="skills", **LINES, **{"set-several": ""})).status_code == 302
    tree = {"join": "and", "items": [{"path": "person.skills.lead", "operator": "eq", "value": "nein"}]}
    why = f"{url(form, 'frage', 'neu')}?in=person&type=text"
    form.refresh_from_db()
    client.post(why, question(id="why", visible=json.dumps(tree), version=str(form.draft_version)))

    form.refresh_from_db()
    matrix, why = form.draft["steps"][0]["nodes"][-2:]
    assert matrix["questions"] == [
        {"value": "lead", "label": {"de": "Leinenführig", "en": "Walks on a lead"}},
        {"value": "vertraegt_sich", "label": {"de": "Verträgt sich"}, "required": False},
    ]
    assert [option["value"] for option in matrix["options"]] == ["ja", "nein"]
    assert why["visible"] == {"==": [{"var": "person.skills.lead"}, "nein"]}


def test_matrix__edited__keeps_the_help_the_page_does_not_show(desk):
    client, form = desk
    client.post(f"{url(form, 'frage', 'neu')}?in=person&type=matrix", question(id="skills", **LINES))
    form.refresh_from_db()
    form.draft["steps"][0]["nodes"][-1]["questions"][0]["help"] = {"de": "Auch in der Stadt"}
    form.save()

    posted = question(id="skills", **LINES, version=str(form.draft_version)) | {"question-0-label__de": "An der Leine"}
    assert client.post(url(form, "frage", "person.skills"), posted).status_code == 302

    form.refresh_from_db()
    line = form.draft["steps"][0]["nodes"][-1]["questions"][0]
    assert (line["label"]["de"], line["help"]) == ("An der Leine", {"de": "Auch in der Stadt"})


def test_choice__edited__keeps_condition_and_help_of_its_answers(desk):
    client, form = desk
    hidden = {"visible": {"==": [{"var": "person.more"}, True]}, "help": {"de": "Nur im Sommer"}}
    answers = {
        "option-0-label__de": "Hund",
        "option-0-value": "dog",
        "option-1-label__de": "Katze",
        "option-1-value": "cat",
    }
    client.post(f"{url(form, 'frage', 'neu')}?in=person&type=choice", question(id="pet", **answers))
    form.refresh_from_db()
    form.draft["steps"][0]["nodes"][-1]["options"][1] |= hidden
    form.save()

    posted = question(id="pet", version=str(form.draft_version), **answers) | {"option-1-label__de": "Kater"}
    assert client.post(url(form, "frage", "person.pet"), posted).status_code == 302

    form.refresh_from_db()
    dog, cat = form.draft["steps"][0]["nodes"][-1]["options"]
    assert dog == {"value": "dog", "label": {"de": "Hund"}}
    assert cat == {"value": "cat", "label": {"de": "Kater"}} | hidden


def test_edit_node__renamed__rules_follow(desk):
    client, form = desk
    tree = {"join": "and", "items": [{"path": "person.more", "operator": "yes"}]}
    client.post(f"{url(form, 'frage', 'neu')}?in=person&type=text", question(visible=json.dumps(tree)))
    posted = {"id": "several", "label__de": "Haben Sie mehrere Hunde?", "required": "always", "version": "2"}
    client.post(url(form, "frage", "person.more"), posted)
    form.refresh_from_db()
    nodes = form.draft["steps"][0]["nodes"]
    assert nodes[2]["id"] == "several"
    assert nodes[3]["visible"] == {"==": [{"var": "person.several"}, True]}


def test_edit_node__mistakes__are_said_beside_the_place_and_nothing_is_saved(desk):
    client, form = desk
    response = client.post(url(form, "frage", "person.name"), {"id": "Groß!", "label__de": "", "required": "always"})
    assert response.status_code == 422
    assert "Bitte geben Sie eine Frage" in response.content.decode()
    assert Form.objects.get(pk=form.pk).draft_version == 1


def test_edit_node__double_key__is_refused(desk):
    client, form = desk
    response = client.post(f"{url(form, 'frage', 'neu')}?in=person&type=text", question(id="name"), follow=True)
    assert Form.objects.get(pk=form.pk).draft_version == 1
    assert "name" in response.content.decode()


def test_save__somebody_else_was_faster__nothing_is_overwritten(desk):
    client, form = desk
    client.post(f"{url(form, 'frage', 'neu')}?in=person&type=text", question())
    response = client.post(
        f"{url(form, 'frage', 'neu')}?in=person&type=text", question(id="other", version="1"), follow=True
    )
    assert "inzwischen geändert" in response.content.decode()
    assert Form.objects.get(pk=form.pk).draft_version == 2


def act(client, form, name, path):
    form.refresh_from_db()
    client.post(url(form, "aktion"), {"action": name, "path": path, "version": form.draft_version})
    form.refresh_from_db()
    return [node["id"] for node in form.draft["steps"][0]["nodes"]]


def test_action__move_copy_delete_undo__do_what_they_say(desk):
    client, form = desk
    assert act(client, form, "down", "person.name") == ["born", "name", "more"]
    assert act(client, form, "up", "person.name") == ["name", "born", "more"]
    assert len(act(client, form, "copy", "person.born")) == 4
    assert act(client, form, "delete", "person.more")[-1] != "more"
    assert act(client, form, "undo", "")[-1] == "more"
    assert FormChange.objects.filter(form=form).count() == 6


def test_action__delete_what_a_rule_needs__is_refused(desk):
    client, form = desk
    tree = {"join": "and", "items": [{"path": "person.more", "operator": "yes"}]}
    client.post(f"{url(form, 'frage', 'neu')}?in=person&type=text", question(visible=json.dumps(tree)))
    assert "more" in act(client, form, "delete", "person.more")


def test_publish__chief_editor__puts_it_online(desk):
    client, form = desk
    response = client.post(url(form, "veroeffentlichen"), follow=True)
    form.refresh_from_db()
    assert form.live.number == 1
    assert "Version 1 ist online" in response.content.decode()


def test_publish__editor__may_not(desk, client):
    _, form = desk
    client.force_login(editor("editor"))
    client.post(url(form, "veroeffentlichen"))
    form.refresh_from_db()
    assert form.live is None


def test_publish__with_errors__says_how_many(desk):
    client, form = desk
    broken = document()
    broken["steps"][0]["nodes"][0]["visible"] = {"==": [{"var": "person.gone"}, 1]}
    Form.objects.filter(pk=form.pk).update(draft=broken)
    response = client.post(url(form, "veroeffentlichen"), follow=True)
    form.refresh_from_db()
    assert form.live is None
    assert "zu beheben" in response.content.decode()
    assert "person.gone" in response.content.decode()


def test_settings__saved__are_in_the_document(desk):
    client, form = desk
    posted = {
        "title__de": "Hund anmelden oder abmelden",
        "unit": "steuern",
        "minutes": "5",
        "retention": "24",
        "retention_law": "Aktenplan",
        "locales": ["en", "de-simple"],
        "law-0-title": "Satzung",
        "law-0-url": "",
    }
    assert client.post(url(form, "angaben"), posted).status_code == 302
    form.refresh_from_db()
    assert form.title == "Hund anmelden oder abmelden"
    assert form.draft["locales"] == ["de", "en", "de-simple"]
    assert form.draft["retention"] == {"submission_months": 24, "law": "Aktenplan"}


def test_translations__saved__stand_beside_the_original(desk):
    client, form = desk
    page = client.get(f"{url(form, 'uebersetzungen')}?sprache=en").content.decode()
    assert "Ihr Name" in page
    client.post(f"{url(form, 'uebersetzungen')}?sprache=en", {"text:person.name|label": "Your name"})
    form.refresh_from_db()
    assert form.draft["steps"][0]["nodes"][0]["label"] == {"de": "Ihr Name", "en": "Your name"}


def test_requirements__built__carry_rule_and_advice(desk):
    client, form = desk
    tree = {"join": "and", "items": [{"path": "person.born", "measure": "age", "operator": "ge", "value": "18"}]}
    posted = {
        "req-0-title__de": "Sie sind volljährig.",
        "req-0-rule": json.dumps(tree),
        "req-0-failed__de": "Bitten Sie Ihre Eltern.",
        "bring-0-text__de": "Ihren Ausweis",
    }
    assert client.post(url(form, "voraussetzungen"), posted).status_code == 302
    form.refresh_from_db()
    (requirement,) = form.draft["requirements"]
    assert requirement["rule"] == {">=": [{"age": [{"var": "person.born"}]}, 18]}
    assert form.draft["bring"][0]["text"] == {"de": "Ihren Ausweis"}
    assert client.get(url(form, "voraussetzungen")).status_code == 200


def test_codelist__saved__can_be_chosen(desk):
    client, form = desk
    client.post(url(form, "listen"), {"name": "farben", "option-0-label__de": "Braun"})
    form.refresh_from_db()
    assert form.draft["codelists"] == {"farben": [{"value": "braun", "label": {"de": "Braun"}}]}
    assert client.get(f"{url(form, 'listen')}?liste=farben").status_code == 200
    assert "farben" in client.get(f"{url(form, 'frage', 'neu')}?in=person&type=choice").content.decode()


def test_create__new_form__has_a_first_step(desk):
    client, _ = desk
    unit = ensure_unit("steuern", name="Steuern")
    client.post("/admin/formulare/neu/", {"title": "Katze anmelden", "key": "katze", "unit": unit.pk})
    form = Form.objects.get(key="katze")
    assert [step["id"] for step in form.draft["steps"]] == ["angaben"]
    again = client.post("/admin/formulare/neu/", {"title": "Katze", "key": "katze", "unit": unit.pk})
    assert "hat schon ein anderes" in again.content.decode()


def test_content__rich_text__is_cleaned():
    from forms_engine.desk.inputs import clean_html

    assert (
        clean_html('<p data-block-key="x">Hallo <script>alert(1)</script><b onclick="x">du</b></p>')
        == "<p>Hallo <b>du</b></p>"
    )


def test_form_of_300_questions__outline_opens_and_one_question_saves_quickly(desk, django_assert_max_num_queries):
    client, form = desk
    nodes = [{"id": f"q{n}", "type": "text", "label": {"de": f"Frage {n}"}} for n in range(300)]
    big = document()
    big["steps"][0]["nodes"] = nodes
    Form.objects.filter(pk=form.pk).update(draft=big)
    with django_assert_max_num_queries(30):
        page = client.get(url(form))
    assert page.content.decode().count("desk-node__main") == 300
    with django_assert_max_num_queries(40):
        client.post(
            url(form, "frage", "person.q7"), {"id": "q7", "label__de": "Neu", "required": "always", "version": "1"}
        )
    form.refresh_from_db()
    assert form.draft["steps"][0]["nodes"][7]["label"] == {"de": "Neu"}


@pytest.mark.parametrize("tree", ["[" * 5000, "{", "[]", '{"items": 3}', "null"])
def test_sentence__hostile_tree__is_answered_calmly(desk, tree):
    client, form = desk
    assert client.post(url(form, "satz"), {"tree": tree}).status_code == 200


@pytest.mark.parametrize("formula", ['{"+":' * 4000, "{", "(" * 500, ""])
def test_formula__hostile__is_refused_beside_the_field_and_nothing_is_saved(desk, formula):
    client, form = desk
    address = f"{url(form, 'frage', 'neu')}?in=person&type=calculated"
    assert client.post(address, question(formula=formula)).status_code == 422
    assert Form.objects.get(pk=form.pk).draft_version == 1
