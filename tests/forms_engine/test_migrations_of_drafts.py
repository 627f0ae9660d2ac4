"""A form changes and an open draft may come along: proposed, published, consented to, and no answer lost on the way."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from common.api import audit
from forms_engine.domain import editing
from forms_engine.domain.migration import MigrationUnreadable, propose_migration
from forms_engine.domain.migration.document import write_migration
from forms_engine.models import Draft, FlowMigration, FlowVersion, Form, Submission
from forms_engine.services.flows import cached_flow
from forms_engine.services.forms import publish_form, save_draft_document
from forms_engine.services.migrations import MigrationRefused, publish_migration, withdraw_migration
from forms_engine.services.submissions import open_payload
from tests.forms_engine.factories import Citizen, de, dog_document, make_clerk, make_unit, png, publish

pytestmark = pytest.mark.django_db
Json = dict[str, Any]


def changed(document: Json) -> Json:
    """Another id, another step, a question gone, a question new, the rows and the file in another place."""
    document = editing.rename_node(document, "person.name", "full_name")
    document = editing.delete_node(document, "person.story")
    document = editing.rename_node(document, "family", "household")
    document = editing.rename_node(document, "household.children", "kids")
    document = editing.move_node(document, "dog.photo", "person")
    node = {"id": "breed", "type": "text", "label": de("Rasse", "Breed"), "required": True}
    return editing.add_node(document, "dog", node)


def publish_next(form: Form, document: Json) -> FlowVersion:
    form.refresh_from_db()
    save_draft_document(form, document, by=None, summary="geändert", expected_version=form.draft_version)
    return publish_form(form, by=None)


def proposal(old: FlowVersion, new: FlowVersion) -> Json:
    found = propose_migration(cached_flow(old), cached_flow(new))
    return write_migration(found, versions=(old.number, new.number))


def offer(old: FlowVersion, new: FlowVersion, **more: Any) -> FlowMigration:
    return publish_migration(old.form, proposal(old, new), by=None, **more)


def prepared(citizen: Citizen) -> Json:
    """All kinds of answers: text, date, two rows, a file."""
    citizen.fill(**{"person.story": "Ein lieber Hund"})
    for name in ("Ada", "Ben"):
        rows = citizen.patch(rows={"add": ["family.children"]}).json()["answers"]["family.children"]
        citizen.patch({f"family.children.{rows[-1]}.name": name})
    assert citizen.upload("hund.png", png()).status_code == 201
    answers: Json = citizen.get().json()["answers"]
    return answers


def choose(citizen: Citizen, choice: str, version: FlowVersion | None = None) -> Any:
    body = {"choice": choice, "hash": version.hash if version else ""}
    return citizen.client.post(citizen.url("/migration"), json.dumps(body), content_type="application/json")


def moved_citizen() -> tuple[Citizen, FlowVersion, FlowVersion, Json]:
    old = publish()
    citizen = Citizen(old)
    answers = prepared(citizen)
    new = publish_next(old.form, changed(old.document))
    offer(old, new)
    return citizen, old, new, answers


def test_proposal__of_renamed_moved_and_deleted_questions__names_each_once() -> None:
    old = publish()
    new = publish_next(old.form, changed(old.document))

    rules = proposal(old, new)["rules"]

    assert {(r["from"], r["to"]) for r in rules if r["rule"] == "move"} == {
        ("person.name", "person.full_name"),
        ("family", "household"),
        ("family.children", "household.kids"),
        ("dog.photo", "person.photo"),
    }
    assert [r["path"] for r in rules if r["rule"] == "drop"] == ["person.story"]


def test_draft__without_a_published_migration__stays_and_is_asked_nothing() -> None:
    citizen = Citizen(old := publish())
    publish_next(old.form, changed(old.document))

    assert citizen.get().json()["migration"] is None
    assert citizen.get("/migration").status_code == 404


def test_offer__before_the_choice__says_what_is_taken_new_and_left() -> None:
    citizen, _old, new, answers = moved_citizen()

    page = citizen.get("/migration?locale=en").json()

    assert (page["state"], page["must"], page["offered"]["version"]) == ("offered", False, new.number)
    assert [(one["label"], one["text"], one["reason"]) for one in page["left"]] == [
        ("Remark", "Ein lieber Hund", "We no longer need this answer.")
    ]
    assert [one["label"] for one in page["new_questions"]] == ["Breed"]
    taken = {one["path"]: one for one in page["taken"]}
    assert taken["person.full_name"]["text"] == "Jürgen Groß"
    assert taken["person.photo"]["files"][0]["name"] == "hund.png"
    assert [one["text"] for path, one in taken.items() if path.startswith("household.kids.")] == ["Ada", "Ben"]
    assert citizen.get().json()["answers"] == answers  # looking changes nothing


def test_move__with_rows_and_files__takes_every_answer_along() -> None:
    citizen, _old, new, answers = moved_citizen()

    state = choose(citizen, "move", new).json()

    rows = answers["family.children"]
    assert state["flow"]["hash"] == new.hash
    assert state["answers"]["person.full_name"] == "Jürgen Groß"
    assert [state["answers"][f"household.kids.{row}.name"] for row in rows] == ["Ada", "Ben"]
    assert state["answers"]["person.photo"] == answers["dog.photo"]
    assert [(file["path"], file["name"]) for file in state["files"]] == [("person.photo", "hund.png")]
    assert len(state["answers"]) == len(answers) - 1
    page = citizen.get("/migration").json()
    assert (page["state"], page["can_go_back"]) == ("moved", True)
    assert [one["text"] for one in page["left"]] == ["Ein lieber Hund"]


def test_moved_draft__handed_in__is_an_application_of_the_new_version_and_keeps_nothing_else() -> None:
    citizen, _old, new, _answers = moved_citizen()
    choose(citizen, "move", new)
    citizen.patch({"dog.breed": "Mops"})

    receipt = citizen.submit()

    assert receipt.status_code == 201, receipt.content
    found = Submission.objects.get(reference=receipt.json()["reference"])
    assert found.flow_id == new.pk
    assert open_payload(found)["answers"]["dog.breed"] == "Mops"
    assert found.files.count() == 1
    row = Draft.objects.get()
    assert (bytes(row.answers), bytes(row.moves)) == (b"", b"")


def test_moved_draft__in_the_database__is_unreadable_for_the_authority() -> None:
    citizen, _old, new, _answers = moved_citizen()
    choose(citizen, "move", new)

    assert b"lieber" not in bytes(Draft.objects.get().moves)


def test_move_back__after_moving__restores_every_answer_and_the_way_forth_keeps_the_new_ones() -> None:
    citizen, old, new, answers = moved_citizen()
    choose(citizen, "move", new)
    citizen.patch({"dog.breed": "Mops"})

    back = choose(citizen, "back").json()

    assert (back["flow"]["hash"], back["answers"]) == (old.hash, answers)
    assert [file["path"] for file in back["files"]] == ["dog.photo"]
    assert back["migration"]["declined"] is True
    citizen.patch({"person.name": "Juliane Groß"})
    forth = choose(citizen, "move", new).json()["answers"]
    assert (forth["dog.breed"], forth["person.full_name"]) == ("Mops", "Juliane Groß")


def test_stay__chosen_once__is_not_asked_again_until_there_is_another_version() -> None:
    citizen, old, new, answers = moved_citizen()

    state = choose(citizen, "stay", new).json()

    assert (state["flow"]["hash"], state["answers"]) == (old.hash, answers)
    assert citizen.get().json()["migration"]["declined"] is True
    newest = publish_next(old.form, editing.set_texts(new.document, "person.full_name", "de", {"label": "Voller Name"}))
    offer(new, newest)
    assert citizen.get().json()["migration"] == {
        "version": newest.number,
        "hash": newest.hash,
        "must": False,
        "declined": False,
    }
    assert citizen.submit().status_code == 201


def test_stay__with_what_was_never_offered__is_refused_and_stores_nothing() -> None:
    citizen, _old, _new, _answers = moved_citizen()

    answer = choose(citizen, "stay", FlowVersion(hash="f" * 64))

    assert answer.status_code == 409
    assert citizen.get().json()["migration"]["declined"] is False


def test_stay__with_a_version_that_is_forbidden__is_refused_with_the_reason() -> None:
    citizen = Citizen(old := publish())
    citizen.fill()
    new = publish_next(old.form, changed(old.document))
    offer(old, new, forbidden={"de": "Seit 1. Januar gilt die neue Satzung."})

    for refused in (choose(citizen, "stay", new), citizen.submit()):
        assert (refused.status_code, refused.json()["detail"]) == (409, "Seit 1. Januar gilt die neue Satzung.")
    choose(citizen, "move", new)
    assert citizen.get("/migration").json()["can_go_back"] is False
    assert choose(citizen, "back").status_code == 409


def test_two_tabs__one_moves__the_other_moves_too_and_what_it_typed_finds_its_place() -> None:
    citizen, old, new, _answers = moved_citizen()
    first = choose(citizen, "move", new).json()

    assert choose(citizen, "move", new).json() == first  # the second tab asks for what is done already
    row = first["answers"]["household.kids"][0]
    late = {"person.name": "Juliane", f"family.children.{row}.name": "Adele", "person.story": "Zwei", "dog.chip": None}
    answer = citizen.patch(late, flow_hash=old.hash, rows={"add": ["family.children"]})

    answers = answer.json()["answers"]
    assert (answers["person.full_name"], answers[f"household.kids.{row}.name"]) == ("Juliane", "Adele")
    assert "dog.chip" not in answers
    assert len(answers["household.kids"]) == 3
    assert [one["text"] for one in citizen.get("/migration").json()["left"]] == ["Zwei"]
    assert choose(citizen, "back").json()["answers"]["person.name"] == "Juliane"


def test_tab_of_the_new_version__after_going_back__keeps_what_it_typed_for_going_forth() -> None:
    citizen, _old, new, answers = moved_citizen()
    choose(citizen, "move", new)
    choose(citizen, "back")

    assert citizen.patch({"dog.breed": "Mops"}, flow_hash=new.hash).json()["answers"] == answers
    assert choose(citizen, "move", new).json()["answers"]["dog.breed"] == "Mops"


def test_answers_of_a_version_the_draft_never_was_in__are_refused() -> None:
    citizen, _old, new, _answers = moved_citizen()

    assert citizen.patch({"dog.breed": "Mops"}, flow_hash=new.hash).status_code == 409


def test_row_removed_in_the_new_version__its_file_and_answers_come_back_with_the_old_one() -> None:
    document = dog_document()
    photo = {"id": "photo", "type": "file", "label": de("Foto"), "required": False, "accept": ["image/png"], "max": 1}
    document["steps"][2]["nodes"][0]["nodes"].append(photo)
    citizen = Citizen(old := publish(document))
    row = citizen.patch(rows={"add": ["family.children"]}).json()["answers"]["family.children"][0]
    assert citizen.upload("kind.png", png(), path=f"family.children.{row}.photo").status_code == 201
    answers = citizen.get().json()["answers"]
    new = publish_next(old.form, editing.rename_node(old.document, "family.children", "kids"))
    offer(old, new)
    moved = choose(citizen, "move", new).json()
    assert [file["path"] for file in moved["files"]] == [f"family.kids.{row}.photo"]

    citizen.patch(rows={"remove": [f"family.kids.{row}"]})

    back = choose(citizen, "back").json()
    assert back["answers"] == answers
    assert [file["path"] for file in back["files"]] == [f"family.children.{row}.photo"]


def test_chain__of_two_migrations__composes_to_the_newest_version() -> None:
    citizen, old, new, answers = moved_citizen()
    newest = publish_next(old.form, editing.rename_node(new.document, "person.full_name", "called"))
    offer(new, newest)

    state = choose(citizen, "move", newest).json()

    assert state["flow"]["version"] == newest.number
    assert state["answers"]["person.called"] == "Jürgen Groß"
    assert len(state["answers"]) == len(answers) - 1
    assert choose(citizen, "back").json()["answers"] == answers


def test_choice__of_a_version_no_longer_on_offer__is_refused() -> None:
    citizen, _old, new, answers = moved_citizen()
    withdraw_migration(FlowMigration.objects.get(), by=None)

    assert choose(citizen, "move", new).status_code == 409
    assert citizen.get().json()["answers"] == answers


def test_options__renamed_and_gone__are_replaced_or_listed() -> None:
    document = dog_document()
    options = [{"value": value, "label": de(label)} for value, label in (("m", "Mops"), ("w", "Wolf"), ("d", "Dogge"))]
    for name, kind in (("breed", "choice"), ("mix", "multi_choice")):
        document["steps"][1]["nodes"].append({"id": name, "type": kind, "label": de(name), "options": options})
    citizen = Citizen(old := publish(document))
    citizen.patch({"dog.breed": "w", "dog.mix": ["m", "w", "d"]})
    after = copy.deepcopy(old.document)
    for node in after["steps"][1]["nodes"][-2:]:
        node["options"] = [{"value": "pug", "label": de("Mops")}, {"value": "d", "label": de("Dogge")}]
    new = publish_next(old.form, after)
    offer(old, new)

    left = citizen.get("/migration").json()["left"]
    answers = choose(citizen, "move", new).json()["answers"]

    assert [(one["label"], one["text"]) for one in left] == [("breed", "Wolf"), ("mix", "Wolf")]
    assert (answers.get("dog.breed"), answers["dog.mix"]) == (None, ["pug", "d"])


def test_default__for_a_new_question__is_there_after_the_move_in_every_row() -> None:
    citizen, old, new, _answers = moved_citizen()
    node = {"id": "at_home", "type": "yes_no", "label": de("Wohnt hier?")}
    newest = publish_next(old.form, editing.add_node(new.document, "household.kids", node))
    document = proposal(new, newest)
    document["rules"].append({"rule": "default", "path": "household.kids.at_home", "value": True})
    publish_migration(old.form, document, by=None)

    answers = choose(citizen, "move", newest).json()["answers"]

    assert [answers[f"household.kids.{row}.at_home"] for row in answers["household.kids"]] == [True, True]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"rule": "move", "from": "person.name", "to": "dog.breed"}, "doubled"),
        ({"rule": "move", "from": "person.birth_date", "to": "dog.breed"}, "type_clash"),
        ({"rule": "move", "from": "person.name", "to": "nowhere.name"}, "target_unknown"),
        ({"rule": "move", "from": "family.children.name", "to": "dog.breed"}, "rows_clash"),
        ({"rule": "drop", "path": "person.name", "reason": {}}, "reason_missing"),
        ({"rule": "drop", "path": "person.nobody", "reason": {"de": "weg"}}, "source_unknown"),
        ({"rule": "default", "path": "dog.count", "value": 2}, "default_needless"),
        ({"rule": "default", "path": "dog.nothing", "value": 2}, "default_unknown"),
        (None, "lost"),
    ],
)
def test_migration__that_would_lose_or_mix_up_answers__is_refused(rule: Json | None, code: str) -> None:
    old = publish()
    new = publish_next(old.form, changed(old.document))
    document = proposal(old, new)
    if rule is None:
        document["rules"] = [one for one in document["rules"] if one["rule"] != "drop"]
    else:
        names = {rule.get("from"), rule.get("path")}
        document["rules"] = [
            one for one in document["rules"] if not names & {one.get("from"), one.get("path")} - {None}
        ]
        document["rules"].append(rule)
        if code == "doubled":
            document["rules"].append({"rule": "move", "from": "person.story", "to": "dog.breed"})
            document["rules"] = [one for one in document["rules"] if one.get("path") != "person.story"]

    with pytest.raises(MigrationRefused) as refused:
        publish_migration(old.form, document, by=None)

    assert code in {problem.code for problem in refused.value.problems}
    assert not FlowMigration.objects.exists()


@pytest.mark.parametrize(
    "document", [None, {}, {"format": "flow-migration/1"}, {"format": "flow-migration/1", "rules": 3}]
)
def test_migration__that_is_none__is_refused(document: Any) -> None:
    with pytest.raises(MigrationUnreadable):
        publish_migration(publish().form, document, by=None)


def test_circle__of_migrations__is_refused() -> None:
    old = publish()
    new = publish_next(old.form, changed(old.document))
    offer(old, new)

    with pytest.raises(MigrationRefused, match="ziehen Sie ihn zuerst zurück"):
        offer(new, old)


def test_publishing__by_roles__needs_the_right_to_publish_and_is_audited() -> None:
    old = publish(unit=(unit := make_unit()))
    new = publish_next(old.form, changed(old.document))
    chief = make_clerk(unit, "chief_editor")
    with pytest.raises(PermissionDenied):
        publish_migration(old.form, proposal(old, new), by=make_clerk(unit, "editor"))

    made = publish_migration(old.form, proposal(old, new), by=chief)
    again = publish_migration(old.form, proposal(old, new), by=chief)
    withdraw_migration(again, by=chief)

    made.refresh_from_db()
    assert made.withdrawn_at is not None  # by the one that came after it
    actions = [event.action for event in audit.list_events(f"form:{old.form.key}")]
    assert actions == ["migration.publish", "migration.publish", "migration.withdraw"]


def test_two_migrations_away__of_one_version__are_refused_by_the_database() -> None:
    old = publish()
    new = publish_next(old.form, changed(old.document))
    made = offer(old, new)
    made.pk = None

    with pytest.raises(IntegrityError):
        made.save(force_insert=True)
