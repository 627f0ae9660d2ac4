"""Where applications go, what happens when they do not arrive, and who may send them again."""

from __future__ import annotations

import smtplib
from unittest import mock

import pytest
from django.core import mail

from common.api import audit, outbox
from forms_engine import destinations
from forms_engine.models import Case, CaseEvent
from forms_engine.services.delivering import deliver_submission
from forms_engine.services.forms import set_destinations
from forms_engine.services.submissions import KIND
from tests.forms_engine.factories import (
    API,
    form_of,
    make_clerk,
    make_person,
    make_unit,
    publish,
    signed_in,
    submitted,
)

pytestmark = pytest.mark.django_db


def published_to(*keys: str, **unit):
    version = publish(unit=make_unit(**unit))
    set_destinations(form_of(version), list(keys))
    return version


def delivery_of(submission, destination):
    return outbox.deliveries_for(KIND, str(submission.pk)).get(destination=destination)


def test_case__delivered_twice__is_one_case():
    submission, _ = submitted()
    delivery = delivery_of(submission, "case_inbox")

    first, second = deliver_submission(delivery), deliver_submission(delivery)

    assert first == second
    assert first.confirmed
    assert Case.objects.count() == CaseEvent.objects.count() == 1


def test_notice__by_mail__names_number_and_link_but_nothing_of_the_application():
    submission, _ = submitted(published_to("case_inbox", "email"))
    outbox.run_due()

    notice = next(message for message in mail.outbox if message.to == ["steuern@jena.example"])
    assert submission.reference in notice.subject
    assert f"/intern?q={submission.reference}" in notice.body
    assert "Jürgen" not in notice.body
    delivery = delivery_of(submission, "email")
    assert notice.extra_headers["Message-ID"].startswith(f"<{delivery.pk}@")
    assert delivery.state == "sent" or delivery.sent_at


def test_notice__mail_server_away__is_tried_again_and_holds_the_case_back_not_a_moment():
    submission, _ = submitted(published_to("case_inbox", "email"))

    with mock.patch("django.core.mail.EmailMessage.send", side_effect=smtplib.SMTPServerDisconnected("x")):
        outbox.run_due()

    assert delivery_of(submission, "email").state == "retry"
    assert Case.objects.filter(submission=submission).exists()


@pytest.mark.parametrize("destination", ["email", "nowhere"])
def test_delivery__that_cannot_work__is_a_dead_letter_its_clerk_sees_and_sends_again(destination):
    version = published_to("case_inbox", email="")
    form = form_of(version)
    form.destinations = ["case_inbox", destination]
    form.save()
    submission, _ = submitted(version)
    outbox.run_due()
    clerk = signed_in(make_clerk(form.unit))

    dead = clerk.get(f"{API}/dead-letters").json()["items"]
    assert [(item["reference"], item["destination"]) for item in dead] == [(submission.reference, destination)]
    assert dead[0]["last_error"]
    assert clerk.get(f"{API}/cases").json()["items"][0]["deliveries_failed"] == 1

    url = f"{API}/deliveries/{dead[0]['id']}/resend"
    assert clerk.post(url, {"reason": ""}, content_type="application/json").status_code == 422
    answer = clerk.post(url, {"reason": "Postfach eingerichtet"}, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["state"] == "new"
    assert [e.reason for e in audit.list_events(f"delivery:{dead[0]['id']}")] == ["Postfach eingerichtet"]
    assert clerk.post(url, {"reason": "noch einmal"}, content_type="application/json").status_code == 409


def test_dead_letter__of_another_unit__is_neither_seen_nor_sent_again():
    version = published_to("case_inbox", "email", email="")
    submission, _ = submitted(version)
    outbox.run_due()
    url = f"{API}/deliveries/{delivery_of(submission, 'email').pk}/resend"

    for person in (make_clerk(make_unit("bauamt")), make_person(superuser=True), make_person()):
        client = signed_in(person)
        assert client.get(f"{API}/dead-letters").json()["items"] == []
        assert client.post(url, {"reason": "x"}, content_type="application/json").status_code == 403
    assert delivery_of(submission, "email").state == "dead"


def test_delivery__of_another_kind__cannot_be_sent_again_here():
    submitted(email="ada@example.org")
    other = outbox.Delivery.objects.get(kind="mail")
    clerk = signed_in(make_clerk(make_unit()))

    answer = clerk.post(f"{API}/deliveries/{other.pk}/resend", {"reason": "x"}, content_type="application/json")

    assert answer.status_code == 404


def test_form__with_a_destination_nobody_registered__is_refused():
    with pytest.raises(LookupError):
        set_destinations(form_of(publish()), ["case_inbox", "nowhere"])


def test_destinations__registered__are_documented():
    from pathlib import Path

    page = (Path(__file__).resolve().parents[2] / "docs/how-to/add-a-destination.md").read_text()

    assert all(f"`{key}`" in page for key, _ in destinations.registry.items())


def test_destinations__only_a_notice__are_refused_and_nothing_changes():
    form = form_of(publish())
    before = list(form.destinations)
    with pytest.raises(ValueError, match="keep the application"):
        set_destinations(form, ["email"])
    form.refresh_from_db()
    assert form.destinations == before
