"""Handing in happens once, whole or not at all."""

from __future__ import annotations

import json
import threading
import time
import uuid
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.api import Writes, audit, crypto, outbox
from common.models import IdempotencyKey
from forms_engine.models import Case, Draft, Form, StoredFile, Submission
from forms_engine.services import drafts
from forms_engine.services.submissions import KIND, open_contact, open_payload
from tests.forms_engine.factories import API, Citizen, png, publish


@pytest.mark.django_db
def test_submit__without_a_key__is_refused():
    citizen = Citizen(publish())
    citizen.fill()

    answer = citizen.client.post(citizen.url("/submit"), '{"declaration":true}', content_type="application/json")

    assert answer.status_code == 400
    assert citizen.submit(key="x" * 65).status_code == 400


@pytest.mark.django_db
def test_submit__repeated__gives_the_same_answer_and_one_application():
    citizen, key = Citizen(publish()), str(uuid.uuid4())
    citizen.fill()

    first = citizen.submit(key=key, email="ada@example.org")
    again = citizen.submit(key=key, email="ada@example.org")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.json() == again.json()
    assert first.json()["email_sent_to"] == "ada@example.org"
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_submit__same_key_other_body__is_refused_and_overwrites_nothing():
    citizen, key = Citizen(publish()), str(uuid.uuid4())
    citizen.fill()
    citizen.submit(key=key)

    assert citizen.submit(key=key, email="eve@example.org").status_code == 422
    assert not Submission.objects.get().contact


@pytest.mark.django_db
def test_submit__same_key_of_another_draft__never_reveals_its_answer():
    version, key = publish(), str(uuid.uuid4())
    mine, other = Citizen(version), Citizen(version)
    mine.fill()
    other.fill()

    assert mine.submit(key=key).json()["reference"] != other.submit(key=key).json()["reference"]


@pytest.mark.django_db
def test_submit__second_time_with_a_new_key__says_that_it_arrived():
    citizen = Citizen(publish())
    citizen.fill()
    citizen.submit()

    assert citizen.submit().status_code == 410


@pytest.mark.django_db
def test_submit__refused__stores_no_answer_for_the_key():
    citizen, key = Citizen(publish()), str(uuid.uuid4())

    assert citizen.submit(key=key).status_code == 422
    assert not IdempotencyKey.objects.exists()
    citizen.fill()
    assert citizen.submit(key=key).status_code == 201


@pytest.mark.django_db
def test_submit__stored__holds_what_counts_encrypted_and_nothing_in_clear():
    citizen = Citizen(publish())
    citizen.fill()
    receipt = citizen.submit(email="ada@example.org").json()

    submission = Submission.objects.get()
    payload = open_payload(submission)
    assert payload["answers"]["person.name"] == "Jürgen Groß"
    assert payload["calculated"] == {"dog.fee": "192.00"}
    assert open_contact(submission) == {"email": "ada@example.org", "code": receipt["access_code"]}
    stored_answer = json.dumps(IdempotencyKey.objects.get().body)
    assert receipt["access_code"] not in stored_answer
    assert "ada@example.org" not in stored_answer
    with pytest.raises(crypto.DecryptionFailed):
        crypto.decrypt(bytes(submission.payload), context="forms_engine.submission:other:payload")


@pytest.mark.django_db
def test_submit__stored__has_its_deliveries_and_its_audit_entry():
    citizen = Citizen(publish())
    citizen.fill()
    citizen.submit()

    submission = Submission.objects.get()
    assert [d.destination for d in outbox.deliveries_for(KIND, str(submission.pk))] == ["case_inbox"]
    assert [e.action for e in audit.list_events(f"submission:{submission.pk}")] == ["submission.receive"]


@pytest.mark.django_db(transaction=True)
def test_submit__failing_in_the_middle__leaves_the_draft_as_it_was(caplog):
    citizen = Citizen(publish())
    citizen.fill()

    write = Writes.run

    def write_and_fail(writes):
        write(writes)
        raise OperationalError("gone")

    with mock.patch("forms_engine.services.submissions.Writes.run", write_and_fail):
        answer = citizen.submit()

    assert answer.status_code == 503
    assert citizen.token not in caplog.text
    assert answer.headers["Retry-After"] == "5"
    assert not Submission.objects.exists()
    assert citizen.get().json()["complete"] is True
    assert citizen.submit().status_code == 201


@pytest.mark.django_db
def test_submit__reference_taken__draws_another_one():
    version = publish()
    first, second = Citizen(version), Citizen(version)
    first.fill()
    second.fill()
    taken = first.submit().json()["reference"]

    with mock.patch("common.ids.new_reference", side_effect=[taken, "JEN-2222-2222"]):
        assert second.submit().json()["reference"] == "JEN-2222-2222"


@pytest.mark.django_db
def test_submit__queries__are_few_and_known():
    citizen = Citizen(publish())
    citizen.fill()

    with CaptureQueriesContext(connection) as queries:
        assert citizen.submit().status_code == 201

    kinds = [q["sql"].split()[0] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "SET LOCAL"))]
    if connection.vendor == "postgresql":
        assert kinds == ["SELECT"], kinds  # all writes follow the SET LOCAL in the same round trip
    else:  # draft; close, submission, delivery, audit, answer of the key
        assert kinds == ["SELECT", "UPDATE", "INSERT", "INSERT", "INSERT", "INSERT"], kinds


@pytest.mark.django_db
def test_submit__form_without_any_destination__still_becomes_a_case():
    version = publish()
    Form.objects.update(destinations=[])
    citizen = Citizen(version)
    citizen.fill()
    citizen.submit()
    outbox.run_due()

    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_submit__sixteen_at_once_with_one_key__is_one_application():
    citizen, key = Citizen(publish()), str(uuid.uuid4())
    citizen.fill()

    answers = _at_once(16, lambda: citizen.submit_as(Client(), key))

    assert sorted(status for status, _ in answers) == [200] * 15 + [201]
    assert len({json.dumps(body, sort_keys=True) for _, body in answers}) == 1
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_submit__at_once_with_different_keys__is_one_application():
    citizen = Citizen(publish())
    citizen.fill()

    answers = _at_once(8, lambda: citizen.submit_as(Client(), str(uuid.uuid4())))

    statuses = [status for status, _ in answers]
    assert statuses.count(201) == 1
    assert set(statuses) <= {201, 409, 410}
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_change__many_at_once_without_revision__loses_none():
    citizen = Citizen(publish())
    paths = ["person.name", "person.story", "dog.count"]

    def change(path):
        body = json.dumps({"answers": {path: "5"}})
        answer = Client().patch(f"{API}/drafts/{citizen.token}", body, content_type="application/json")
        return answer.status_code, None

    jobs = iter(paths)
    lock = threading.Lock()

    def next_change():
        with lock:
            path = next(jobs)
        return change(path)

    assert [status for status, _ in _at_once(3, next_change)] == [200] * 3
    assert set(citizen.get().json()["answers"]) == set(paths)
    assert Draft.objects.get().revision == 4


@pytest.mark.django_db(transaction=True)
def test_delete__while_it_is_handed_in__never_takes_the_files_of_an_application(monkeypatch):
    citizen = Citizen(publish())
    citizen.fill()
    citizen.upload("a.png", png())
    read, handed_in = threading.Event(), []
    look = drafts.access_draft

    def slow_look(token):
        found = look(token)
        read.set()
        time.sleep(0.5)  # the moment in which the application used to slip through
        return found

    def hand_in():
        read.wait(5)
        try:
            handed_in.append(citizen.submit_as(Client(), str(uuid.uuid4()))[0])
        finally:
            connection.close()

    monkeypatch.setattr(drafts, "access_draft", slow_look)
    thread = threading.Thread(target=hand_in)
    thread.start()
    Client().delete(citizen.url())
    thread.join()

    assert handed_in[0] in {201, 404, 409}
    assert StoredFile.objects.count() == Submission.objects.count()


def _at_once(count, work):
    """Run `work` in so many threads that start together; each with its own database connection."""
    found, gate = [], threading.Barrier(count)

    def run():
        try:
            gate.wait()
            found.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == count
    return found
