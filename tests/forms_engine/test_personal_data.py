"""What the city keeps about a person is given to them, or deleted, and nobody else's with it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from common.api import audit, outbox
from common.models import Delivery, IdempotencyKey
from forms_engine.documents.renderer import RenderingFailed
from forms_engine.models import Case, CaseEvent, StoredFile, Submission, SubmissionDocument
from tests.forms_engine.factories import API, Citizen, make_person, png, publish, signed_in, submitted

pytestmark = pytest.mark.django_db
BY = "dsb@jena.example"


@pytest.fixture(autouse=True)
def officer():
    return make_person(BY, superuser=True)


def run(command: str, *options: str) -> str:
    out = io.StringIO()
    call_command(command, *options, "--by", BY, "--reason", "Antrag der Person", stdout=out)
    return out.getvalue()


def with_file(email: str) -> Submission:
    citizen = Citizen(publish())
    citizen.fill()
    citizen.upload("hund.png", png())
    reference = citizen.submit(email=email).json()["reference"]
    outbox.run_due()
    return Submission.objects.get(reference=reference)


def test_export__by_the_address_of_the_receipt__holds_all_of_this_person_only(tmp_path):
    mine, other = with_file("ada@jena.example"), with_file("grace@jena.example")
    out = tmp_path / "ada.zip"
    assert "1 Anträge" in run("export_person", "--email", "ADA@jena.example", "--out", str(out))
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        told = json.loads(archive.read(f"{mine.reference}/antrag.json"))
        assert archive.read(f"{mine.reference}/zusammenfassung.pdf").startswith(b"%PDF")
    assert f"{mine.reference}/dateien/1-hund.png" in names
    assert not [name for name in names if other.reference in name]
    assert told["application"]["answers"]["person.name"] == "Jürgen Groß"
    assert told["contact"] == {"email": "ada@jena.example"}
    assert [e["status"] for e in told["history"]] == ["received"]
    (event,) = audit.list_events(f"submission:{mine.pk}").filter(action="submission.export")
    assert (event.actor_name, event.reason) == (BY, "Antrag der Person")


def test_export__by_account__finds_what_was_sent_without_an_address(tmp_path):
    person = make_person("citizen@jena.example")
    citizen = Citizen(publish(), client=signed_in(person))
    citizen.fill()
    citizen.submit()
    assert Submission.objects.get().owner == person
    assert "1 Anträge" in run("export_person", "--email", "citizen@jena.example", "--out", str(tmp_path / "x.zip"))


def test_own_data__of_who_is_signed_in__hold_their_applications_only():
    person, other = make_person("citizen@jena.example"), make_person("other@jena.example")
    mine = []
    for who in (person, person, other):
        citizen = Citizen(publish(), client=signed_in(who))
        citizen.fill()
        citizen.upload("hund.png", png())
        mine.append(citizen.submit().json()["reference"])
    foreign = mine.pop()
    outbox.run_due()
    answer = signed_in(person).get(f"{API}/me/data.zip")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/zip", "no-store")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == set(mine)
        assert archive.read(f"{mine[0]}/dateien/1-hund.png").startswith(b"\x89PNG")
        assert foreign not in str(archive.namelist())
    event = audit.list_events(f"submission:{Submission.objects.get(reference=mine[0]).pk}").last()
    assert (event.action, event.actor_name) == ("submission.export", "citizen@jena.example")


def test_own_data__summary_cannot_be_rendered__the_zip_is_whole_and_says_so(monkeypatch):
    person = make_person("citizen@jena.example")
    citizen = Citizen(publish(), client=signed_in(person))
    citizen.fill()
    reference = citizen.submit().json()["reference"]

    def fail(_submission):
        raise RenderingFailed("summary")

    monkeypatch.setattr("forms_engine.services.personal_data.get_summary_pdf", fail)
    answer = signed_in(person).get(f"{API}/me/data.zip")
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            f"{reference}/antrag.json",
            f"{reference}/zusammenfassung.pdf.nicht-enthalten.txt",
        }


def test_own_data__nobody_or_nothing__is_refused():
    assert Client().get(f"{API}/me/data.zip").status_code in (401, 403)
    assert signed_in(make_person("new@jena.example")).get(f"{API}/me/data.zip").status_code == 404


def test_export__file_is_there__is_not_overwritten(tmp_path):
    submission, _code = submitted()
    (tmp_path / "x.zip").write_text("mine")
    with pytest.raises(CommandError, match="gibt es schon"):
        run("export_person", "--reference", submission.reference, "--out", str(tmp_path / "x.zip"))
    assert (tmp_path / "x.zip").read_text() == "mine"


def test_erase__closed_case__leaves_nothing_but_the_audit_entry():
    mine, other = with_file("ada@jena.example"), with_file("grace@jena.example")
    Case.objects.filter(submission=mine).update(status="closed")
    assert mine.reference in run("erase_person", "--email", "ada@jena.example")
    assert Submission.objects.count() == 2
    run("erase_person", "--email", "ada@jena.example", "--yes")
    assert list(Submission.objects.all()) == [other]
    for kept in (Case, CaseEvent, StoredFile, SubmissionDocument):
        assert kept.objects.count() == 1, kept
    assert not Delivery.objects.filter(subject_id=str(mine.pk)).exists()
    assert not IdempotencyKey.objects.filter(body__reference=mine.reference).exists()
    assert [e.action for e in audit.list_events(f"submission:{mine.pk}")][-2:] == [
        "submission.erase",
        "submission.delete",
    ]
    call_command("reconcile", stdout=io.StringIO())


def test_erase__case_still_open__deletes_nothing_and_says_why():
    submission = with_file("ada@jena.example")
    with pytest.raises(CommandError, match="noch offen"):
        run("erase_person", "--reference", submission.reference, "--yes")
    assert Submission.objects.exists()


@pytest.mark.parametrize("command", ["export_person", "erase_person"])
def test_person__unknown_or_nobody_responsible__is_an_error(command, tmp_path):
    more = ["--out", str(tmp_path / "x.zip")] if command == "export_person" else []
    with pytest.raises(CommandError, match="kein Antrag"):
        run(command, "--reference", "JEN-2222-3333", *more)
    with pytest.raises(CommandError, match="Administratorin"):
        call_command(command, "--email", "a@b.example", "--by", "x@y.example", "--reason", "so", *more)
