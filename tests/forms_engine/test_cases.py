"""The case inbox: who may, what moves, what the applicant is told, what the audit log keeps."""

from __future__ import annotations

import itertools
import json
import uuid

import pytest
from django.core import mail
from django.test import Client

from accounts.api import add_membership
from common.api import audit, outbox
from forms_engine.models import Case
from forms_engine.models.cases import CaseStatus
from forms_engine.services.cases import NEXT
from tests.forms_engine.factories import (
    API,
    case_in_inbox,
    make_clerk,
    make_person,
    make_unit,
    publish,
    signed_in,
    submitted,
)

pytestmark = pytest.mark.django_db


def post(client: Client, url: str, body: dict):
    return client.post(f"{API}{url}", json.dumps(body), content_type="application/json")


def roles(unit, other_unit):
    """Everybody who might try."""
    gone = make_clerk(unit)
    gone.is_active = False
    gone.save()
    return {
        "nobody": Client(),
        "citizen": signed_in(make_person()),
        "clerk": signed_in(make_clerk(unit)),
        "lead": signed_in(make_clerk(unit, "lead")),
        "clerk of another unit": signed_in(make_clerk(other_unit)),
        "administrator": signed_in(make_person(superuser=True)),
        "clerk who left": signed_in(gone),
    }


ACTIONS = {
    "read": lambda client, case: client.get(f"{API}/cases/{case.pk}"),
    "pdf": lambda client, case: client.get(f"{API}/cases/{case.pk}/summary.pdf"),
    "file": lambda client, case: client.get(f"{API}/cases/{case.pk}/files/none"),
    "assign": lambda client, case: post(client, f"/cases/{case.pk}/assign", {"to": None}),
    "status": lambda client, case: post(client, f"/cases/{case.pk}/status", {"status": "in_progress"}),
}
MAY = {"clerk", "lead"}
SIGNED_OUT = {"nobody", "clerk who left"}


@pytest.mark.parametrize(
    ("role", "action"),
    itertools.product(
        ("nobody", "citizen", "clerk", "lead", "clerk of another unit", "administrator", "clerk who left"), ACTIONS
    ),
)
def test_permission__of_each_role_for_each_action__is_as_the_table_says(role, action):
    case, _ = case_in_inbox()
    client = roles(case.unit, make_unit("bauamt"))[role]

    answer = ACTIONS[action](client, case)

    allowed = {"file": 404}.get(action, 200)
    expected = allowed if role in MAY else 401 if role in SIGNED_OUT else 403
    assert answer.status_code == expected, answer.content


@pytest.mark.parametrize("role", ["citizen", "clerk of another unit", "administrator"])
def test_inbox__of_somebody_of_another_unit__is_empty(role):
    case, _ = case_in_inbox()
    client = roles(case.unit, make_unit("bauamt"))[role]

    assert client.get(f"{API}/cases").json()["count"] == 0
    assert client.get(f"{API}/cases?q={case.submission.reference}").json()["count"] == 0


def test_inbox__signed_out__asks_to_sign_in():
    assert Client().get(f"{API}/cases").status_code == 401


def test_change__without_csrf_token__is_refused():
    case, _ = case_in_inbox()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_clerk(case.unit))

    assert post(strict, f"/cases/{case.pk}/status", {"status": "in_progress"}).status_code == 403
    case.refresh_from_db()
    assert case.status == "received"


def test_inbox__filtered__finds_by_status_assignment_unit_and_number():
    version = publish()
    first, _ = case_in_inbox(version)
    second, _ = case_in_inbox(version)
    person = make_clerk(first.unit)
    clerk = signed_in(person)
    post(clerk, f"/cases/{first.pk}/assign", {"to": person.pk})
    post(clerk, f"/cases/{first.pk}/status", {"status": "in_progress"})

    def ids(query):
        return [item["id"] for item in clerk.get(f"{API}/cases?{query}").json()["items"]]

    assert ids("status=in_progress") == [str(first.pk)]
    assert ids("assigned=me") == [str(first.pk)]
    assert ids("assigned=none") == [str(second.pk)]
    assert ids("unit=nirgends") == []
    assert ids(f"q={second.submission.reference.lower()}") == [str(second.pk)]
    assert set(ids("q=hund")) == {str(first.pk), str(second.pk)}


@pytest.mark.parametrize("query", ["status=lost", "assigned=you", "page=0", "page=x", "page=-1", "page=²", "locale=fr"])
def test_inbox__filtered_by_nonsense__says_so(query):
    case, _ = case_in_inbox()

    assert signed_in(make_clerk(case.unit)).get(f"{API}/cases?{query}").status_code == 422


def test_inbox__of_many_cases__is_paged_with_few_queries(django_assert_max_num_queries):
    version = publish()
    for _ in range(22):
        submitted(version)
    outbox.run_due()
    clerk = signed_in(make_clerk(version.form.unit))

    with django_assert_max_num_queries(6):
        first = clerk.get(f"{API}/cases").json()

    assert (first["count"], first["pages"], len(first["items"])) == (22, 2, 20)
    assert len(clerk.get(f"{API}/cases?page=2").json()["items"]) == 2
    assert clerk.get(f"{API}/cases?page=99").json()["page"] == 2


def test_case__opened__shows_the_application():
    case, _ = case_in_inbox()

    opened = signed_in(make_clerk(case.unit)).get(f"{API}/cases/{case.pk}").json()

    texts = {i["label"]: i["text"] for s in opened["sections"] for i in s["items"] if "text" in i}
    assert texts["Name"] == "Jürgen Groß"
    assert [d["state"] for d in opened["deliveries"]] == ["confirmed"]
    assert opened["allowed_statuses"] == ["in_progress", "question", "decided"]
    assert opened["colleagues"]


@pytest.mark.parametrize(("start", "end"), itertools.product(CaseStatus.values, repeat=2))
def test_status__each_step__is_allowed_or_refused_as_the_table_says(start, end):
    case, _ = case_in_inbox()
    Case.objects.filter(pk=case.pk).update(status=start)

    answer = post(signed_in(make_clerk(case.unit)), f"/cases/{case.pk}/status", {"status": end, "note": "Bitte."})

    assert answer.status_code == (200 if end in NEXT[CaseStatus(start)] else 409)


def test_question__without_a_text__is_refused():
    case, _ = case_in_inbox()

    answer = post(signed_in(make_clerk(case.unit)), f"/cases/{case.pk}/status", {"status": "question", "note": "  "})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "note"


def test_status__changed__is_seen_by_the_applicant_without_names_of_staff():
    case, code = case_in_inbox(email="ada@example.org")
    person = make_clerk(case.unit)
    person.first_name, person.last_name = "Karla", "Kolumna"
    person.save()
    post(signed_in(person), f"/cases/{case.pk}/status", {"status": "decided", "note": "Der Bescheid ist unterwegs."})
    outbox.run_due()

    seen = Client().get(f"{API}/submissions/{code}")

    assert seen.json()["status"] == "decided"
    assert seen.json()["status_label"] == "Entschieden"
    assert [step["note"] for step in seen.json()["history"]] == ["", "Der Bescheid ist unterwegs."]
    assert "Kolumna" not in seen.content.decode()
    letter = mail.outbox[-1]
    assert letter.to == ["ada@example.org"]
    assert code in letter.body
    assert "Bescheid" not in letter.body
    assert "Kolumna" not in letter.body


def test_status__changed_by_two_at_once__one_wins(monkeypatch):
    case, _ = case_in_inbox()
    clerk = signed_in(make_clerk(case.unit))
    from forms_engine.services import cases

    honest = cases._refuse_wrong_step

    def meanwhile(found, status, note):
        Case.objects.filter(pk=found.pk).update(version=found.version + 1)
        honest(found, status, note)

    monkeypatch.setattr(cases, "_refuse_wrong_step", meanwhile)

    assert post(clerk, f"/cases/{case.pk}/status", {"status": "in_progress"}).status_code == 409


def test_case__assigned__only_to_a_colleague():
    case, _ = case_in_inbox()
    person, colleague, stranger = make_clerk(case.unit), make_clerk(case.unit), make_clerk(make_unit("bauamt"))
    clerk = signed_in(person)

    assert post(clerk, f"/cases/{case.pk}/assign", {"to": colleague.pk}).json()["assigned_to"]["id"] == colleague.pk
    assert post(clerk, f"/cases/{case.pk}/assign", {"to": stranger.pk}).status_code == 422
    assert post(clerk, f"/cases/{case.pk}/assign", {"to": 999_999}).status_code == 422
    assert post(clerk, f"/cases/{case.pk}/assign", {"to": None}).json()["assigned_to"] is None


def test_case__of_another_unit_or_unknown__does_not_tell_who_exists():
    case, _ = case_in_inbox()
    person = make_clerk(make_unit("bauamt"))
    stranger = signed_in(person)

    answers = [post(stranger, f"/cases/{case.pk}/assign", {"to": to}) for to in (person.pk, 999_999)]
    unknown = [post(stranger, f"/cases/{uuid.uuid4()}/assign", {"to": to}) for to in (person.pk, 999_999)]

    assert [a.status_code for a in answers + unknown] == [403, 403, 404, 404]


def test_audit__of_a_case__has_every_read_change_and_refusal():
    case, _ = case_in_inbox()
    clerk = signed_in(make_clerk(case.unit))
    clerk.get(f"{API}/cases/{case.pk}")
    clerk.get(f"{API}/cases/{case.pk}/summary.pdf")
    post(clerk, f"/cases/{case.pk}/assign", {"to": None})
    post(clerk, f"/cases/{case.pk}/status", {"status": "question", "note": "Geheim?"})
    signed_in(make_clerk(make_unit("bauamt"))).get(f"{API}/cases/{case.pk}")

    events = list(audit.list_events(f"case:{case.pk}"))

    actions = [event.action for event in events]
    assert actions == ["case.read", "case.pdf", "case.assign", "case.status", "case.refused"]
    assert "Geheim" not in str([(event.fields, event.reason) for event in events])


def test_clerk__moved_to_another_unit__loses_the_case_at_once():
    case, _ = case_in_inbox()
    person = make_clerk(case.unit)
    clerk = signed_in(person)
    person.memberships.all().delete()
    add_membership(person, make_unit("bauamt"))

    assert clerk.get(f"{API}/cases/{case.pk}").status_code == 403


def test_case__unknown__is_not_found():
    clerk = signed_in(make_clerk(make_unit()))

    assert clerk.get(f"{API}/cases/6b1d2f0e-6d0c-4f46-9d0f-6d0000000000").status_code == 404
    assert clerk.get(f"{API}/cases/nonsense").status_code == 404
