"""An editor offers the people with open drafts to go on with the version that is online."""

from __future__ import annotations

import re

import pytest

from forms_engine.domain import editing
from forms_engine.models import FlowMigration, FlowVersion
from tests.forms_engine.desk.test_desk import editor
from tests.forms_engine.factories import Citizen, publish, signed_in
from tests.forms_engine.test_migrations_of_drafts import changed, choose, publish_next

pytestmark = pytest.mark.django_db


def url(version: FlowVersion, rest: str = "") -> str:
    return f"/admin/formulare/{version.form.key}/umzug/{rest}"


def inputs(html: str) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    found = dict(re.findall(r'<input type="text"[^>]* name="([^"]+)"[^>]* value="([^"]*)"', html))
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', body)[1]
    return found


def test_page__with_open_drafts__counts_them_by_version() -> None:
    old = publish()
    Citizen(old), Citizen(old)
    new = publish_next(old.form, changed(old.document))
    Citizen(new)
    client = signed_in(editor("editor"))

    html = " ".join(client.get(url(old)).content.decode().split())

    assert re.search(r"Version 2 \(online\)</td> <td>[^<]+</td> <td>1</td>", html)
    assert re.search(r"Version 1</td> <td>[^<]+</td> <td>2</td>", html)
    assert url(old, "1/") in html


def test_proposal__published_as_it_stands__moves_a_draft() -> None:
    old = publish()
    citizen = Citizen(old)
    citizen.fill(**{"person.story": "Ein lieber Hund"})
    new = publish_next(old.form, changed(old.document))
    client = signed_in(editor("chief_editor"))
    html = client.get(url(old, "1/")).content.decode()
    assert "„Anmerkung“ fragen wir nicht mehr." in html

    checked = client.post(url(old, "1/"), inputs(html) | {"do": "check"})
    assert "Keine Antwort geht verloren" in checked.content.decode()
    assert not FlowMigration.objects.exists()
    answer = client.post(url(old, "1/"), inputs(html) | {"do": "publish"})

    assert answer.status_code == 302
    assert "angeboten seit" in client.get(url(old)).content.decode()
    answers = choose(citizen, "move", new).json()["answers"]
    assert (answers["person.full_name"], "person.story" in answers) == ("Jürgen Groß", False)


def test_edited__option_default_and_forbidden__are_published() -> None:
    old = publish()
    document = editing.update_node(old.document, "person.name", {"label": {"de": "Ihr Name", "en": "Name"}})
    node = {"id": "abroad", "type": "yes_no", "label": {"de": "Aus dem Ausland?", "en": "From abroad?"}}
    publish_next(old.form, editing.add_node(document, "dog", node))
    client = signed_in(editor("chief_editor"))
    page = inputs(client.get(url(old, "1/")).content.decode())
    page |= {"to:person.story": "", "reason:de:person.story": "Nicht nötig.", "default:dog.abroad": "false"}

    refused = client.post(url(old, "1/"), page | {"do": "publish", "forbidden": "1"})
    assert refused.status_code == 422
    assert "warum die alte Fassung nicht mehr gilt" in refused.content.decode()
    client.post(url(old, "1/"), page | {"do": "publish", "forbidden": "1", "forbidden:de": "Neue Satzung"})

    made = FlowMigration.objects.get()
    assert made.forbidden == {"de": "Neue Satzung"}
    assert made.document["rules"] == [
        {
            "rule": "drop",
            "path": "person.story",
            "reason": {"de": "Nicht nötig."} | made.document["rules"][0]["reason"],
        },
        {"rule": "default", "path": "dog.abroad", "value": False},
    ]
    assert 'value="Nicht nötig."' in client.get(url(old, "1/")).content.decode()


def test_edited__so_that_answers_would_be_lost__is_refused_in_words() -> None:
    old = publish()
    publish_next(old.form, changed(old.document))
    client = signed_in(editor("chief_editor"))
    page = inputs(client.get(url(old, "1/")).content.decode()) | {"reason:de:person.story": "", "do": "publish"}

    answer = client.post(url(old, "1/"), page)

    assert answer.status_code == 422
    assert "„Anmerkung“ entfällt. Bitte sagen Sie" in answer.content.decode()
    assert not FlowMigration.objects.exists()


def test_publishing_and_withdrawing__as_an_editor__is_refused() -> None:
    old = publish()
    publish_next(old.form, changed(old.document))
    anne, chief = signed_in(editor("editor")), signed_in(editor("chief_editor"))
    html = anne.get(url(old, "1/")).content.decode()
    assert "Umzug veröffentlichen" not in html
    assert anne.post(url(old, "1/"), inputs(html) | {"do": "publish"}).status_code in {302, 403}
    assert not FlowMigration.objects.exists()

    chief.post(url(old, "1/"), inputs(html) | {"do": "publish"})
    assert anne.post(url(old, "1/zurueckziehen/")).status_code in {302, 403}
    assert FlowMigration.objects.get().withdrawn_at is None
    chief.post(url(old, "1/zurueckziehen/"))
    assert FlowMigration.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("rest", ["2/", "9/"])
def test_migration__from_the_version_online_or_none__does_not_exist(rest: str) -> None:
    old = publish()
    publish_next(old.form, changed(old.document))

    assert signed_in(editor("editor")).get(url(old, rest)).status_code == 404
