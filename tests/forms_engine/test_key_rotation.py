"""A new key comes, the old one goes, and nobody who applies in between notices."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from common.api import crypto, outbox
from forms_engine.models import Submission
from forms_engine.services.submissions import open_contact, open_payload
from tests.forms_engine.factories import API, Citizen, case_in_inbox, make_clerk, png, publish, signed_in

pytestmark = pytest.mark.django_db
OLD, NEW = "old:" + "A" * 43 + "=", "new:" + "B" * 43 + "="


def say(*options: str) -> str:
    out = io.StringIO()
    call_command("rotate_keys", *options, stdout=out, no_color=True)
    return out.getvalue()


def full_case(version=None):
    """An application with all that is encrypted: contact, file, PDF, note, and a mail that waits."""
    citizen = Citizen(version or publish())
    citizen.fill()
    citizen.upload("hund.png", png())
    citizen.submit(email="ada@jena.example")
    submission = Submission.objects.latest("received_at")
    outbox.run_due()
    clerk = signed_in(make_clerk(submission.unit))
    note = json.dumps({"status": "in_progress", "note": "Wir prüfen das."})
    clerk.post(f"{API}/cases/{submission.case.pk}/status", note, content_type="application/json")
    return submission, clerk


def test_rotation__everything_stored__opens_with_the_new_key_alone(settings):
    settings.ENCRYPTION_KEYS = OLD
    submission, clerk = full_case()
    settings.ENCRYPTION_KEYS = f"{NEW},{OLD}"
    with pytest.raises(CommandError, match="brauchen noch einen anderen"):
        say("--check")

    assert "Dateien: 1 umgelegt" in say()

    settings.ENCRYPTION_KEYS = NEW
    assert "old" not in say("--check")
    submission.refresh_from_db()
    assert open_payload(submission)["answers"]["person.name"] == "Jürgen Groß"
    assert open_contact(submission)["email"] == "ada@jena.example"
    case = clerk.get(f"{API}/cases/{submission.case.pk}")
    assert case.status_code == 200
    assert "Wir prüfen das." in case.content.decode()
    (file,) = submission.files.all()
    assert clerk.get(f"{API}/cases/{submission.case.pk}/files/{file.pk}").status_code == 200
    assert clerk.get(f"{API}/cases/{submission.case.pk}/summary.pdf").content.startswith(b"%PDF")
    assert outbox.run_due()


def test_rotation__while_somebody_applies__loses_neither(settings):
    settings.ENCRYPTION_KEYS = OLD
    citizen = Citizen(publish())
    citizen.fill()
    citizen.upload("hund.png", png())

    settings.ENCRYPTION_KEYS = f"{NEW},{OLD}"
    say()
    settings.ENCRYPTION_KEYS = NEW

    assert "Jürgen Groß" in citizen.get("/summary").content.decode()
    assert citizen.submit().status_code == 201
    assert open_payload(Submission.objects.get())["answers"]["person.name"] == "Jürgen Groß"


def test_rotation__again__changes_nothing(settings):
    settings.ENCRYPTION_KEYS = f"{NEW},{OLD}"
    case_in_inbox()
    before = bytes(Submission.objects.get().payload)
    say()
    assert bytes(Submission.objects.get().payload) == before


def test_rotation__key_thrown_away_too_early__is_said_and_changes_nothing(settings):
    settings.ENCRYPTION_KEYS = OLD
    case_in_inbox()
    before = bytes(Submission.objects.get().payload)
    settings.ENCRYPTION_KEYS = NEW
    with pytest.raises(CommandError, match="öffnet kein Schlüssel"):
        say()
    assert bytes(Submission.objects.get().payload) == before


def test_rotation__row_written_in_between__is_left_to_its_writer(settings, monkeypatch):
    settings.ENCRYPTION_KEYS = OLD
    case_in_inbox()
    settings.ENCRYPTION_KEYS = f"{NEW},{OLD}"
    rewrap = crypto.rewrap

    def rewrap_late(blob, *, context):
        Submission.objects.update(payload=b"written meanwhile")
        return rewrap(blob, context=context)

    monkeypatch.setattr(crypto, "rewrap", rewrap_late)
    say()
    assert bytes(Submission.objects.get().payload) == b"written meanwhile"
