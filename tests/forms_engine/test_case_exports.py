"""Many applications leave in one file only when two people of the office want it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from common.api import audit, clock
from forms_engine.documents.table import safe, to_csv
from forms_engine.models import CaseExport, Submission
from forms_engine.services.case_exports import delete_old_exports
from tests.forms_engine.factories import (
    ANSWERS,
    API,
    Citizen,
    case_in_inbox,
    make_clerk,
    make_person,
    make_unit,
    publish,
    signed_in,
)

pytestmark = pytest.mark.django_db
URL = f"{API}/case-exports"


def application(version, **answers):
    citizen = Citizen(version)
    citizen.patch(ANSWERS | answers)
    return Submission.objects.get(reference=citizen.submit().json()["reference"])


def ask(client, version, **changes):
    today = clock.today().isoformat()
    body = {"unit": version.form.unit.key, "form": version.form.key, "received_from": today, "received_until": today}
    body |= {"reason": "Statistik für den Haushalt"} | changes
    return client.post(URL, json.dumps(body), content_type="application/json")


def decide(client, export_id, *, approve=True):
    return client.post(f"{URL}/{export_id}/decision", {"approve": approve}, content_type="application/json")


def fetch(client, export_id):
    return client.get(f"{URL}/{export_id}/file.csv")


@pytest.fixture
def office():
    """A form with two applications, and two clerks of its office."""
    version = publish()
    found = [application(version), application(version, **{"person.name": "=HYPERLINK(1)"})]
    unit = version.form.unit
    return version, found, signed_in(make_clerk(unit)), signed_in(make_clerk(unit, "lead"))


def test_export__asked_by_one_and_allowed_by_another__holds_each_application_once(office):
    version, found, asking, allowing = office
    asked = ask(asking, version)
    assert asked.status_code == 201, asked.content
    export_id = asked.json()["id"]
    assert decide(allowing, export_id).json()["state"] == "approved"

    file = fetch(asking, export_id)

    assert file.status_code == 200
    assert file["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Vorgangsnummer"] for row in rows] == [submission.reference for submission in found]
    assert [row["Zu Ihrer Person: Name"] for row in rows] == ["Jürgen Groß", "'=HYPERLINK(1)"]
    assert rows[0]["Zum Hund: Wie viele Hunde?"] == "2"
    for submission in found:
        assert audit.list_events(f"submission:{submission.pk}").filter(action="submission.export").count() == 1
    actions = [event.action for event in audit.list_events(f"export:{export_id}")]
    assert actions == ["export.ask", "export.approved", "export.fetch"]


def test_export__own_request__cannot_be_allowed_by_oneself(office):
    version, _found, asking, _allowing = office
    export_id = ask(asking, version).json()["id"]
    assert decide(asking, export_id).status_code == 403
    assert fetch(asking, export_id).status_code == 403
    assert CaseExport.objects.get().state == "asked"


def test_export__two_eyes__are_refused_by_the_database_too(office):
    version, _found, asking, _allowing = office
    ask(asking, version)
    export = CaseExport.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseExport.objects.update(decided_by=export.asked_by)


def test_export__not_allowed_yet_or_refused__gives_no_file(office):
    version, _found, asking, allowing = office
    export_id = ask(asking, version).json()["id"]
    assert fetch(asking, export_id).status_code == 403
    assert decide(allowing, export_id, approve=False).json()["state"] == "refused"
    assert fetch(asking, export_id).status_code == 403
    assert decide(allowing, export_id).status_code == 409


def test_export__allowed__is_fetched_by_who_asked_only_and_for_a_day(office):
    version, _found, asking, allowing = office
    export_id = ask(asking, version).json()["id"]
    decide(allowing, export_id)
    assert fetch(allowing, export_id).status_code == 403
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)):
        assert fetch(asking, export_id).status_code == 403
        assert asking.get(URL).json()["items"][0]["file_url"] == ""


def test_export__person_without_this_office__learns_nothing(office):
    version, _found, asking, _allowing = office
    export_id = ask(asking, version).json()["id"]
    for person in (make_clerk(make_unit("bauen")), make_person(superuser=True), make_person()):
        stranger = signed_in(person)
        assert stranger.get(URL).json() == {"items": [], "choices": []}
        assert decide(stranger, export_id).status_code == 404
        assert fetch(stranger, export_id).status_code == 404
        assert ask(stranger, version).status_code == 422


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"form": "gibt-es-nicht"}, "form"),
        ({"received_from": "2020-01-01", "received_until": "2020-02-01"}, "received_from"),
        ({"received_from": "2099-01-01"}, "received_until"),
        ({"reason": ""}, "reason"),
        ({"received_from": "gestern"}, "received_from"),
    ],
)
def test_export__wrong_request__is_said_beside_the_field_and_nothing_stored(office, changes, path):
    version, _found, asking, _allowing = office
    answer = ask(asking, version, **changes)
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == [path]
    assert not CaseExport.objects.exists()


def test_export__more_than_a_file_should_hold__is_refused(office, monkeypatch):
    version, _found, asking, _allowing = office
    monkeypatch.setattr("forms_engine.services.case_exports.MOST", 1)
    assert "kürzeren Zeitraum" in ask(asking, version).json()["errors"][0]["message"]


def test_export__day__is_a_day_in_the_city():
    with time_machine.travel(datetime(2027, 3, 27, 23, 30, tzinfo=UTC), tick=False):  # 0:30 on the 28th in Jena
        case, _code = case_in_inbox()
        version = case.submission.flow
        client = signed_in(make_clerk(case.unit))
        assert ask(client, version, received_from="2027-03-28", received_until="2027-03-28").status_code == 201
        assert ask(client, version, received_from="2027-03-27", received_until="2027-03-27").status_code == 422


def test_request__after_90_days__is_deleted_and_the_log_keeps_it(office):
    version, _found, asking, _allowing = office
    asked_at = clock.now()
    export_id = ask(asking, version).json()["id"]
    with time_machine.travel(asked_at + timedelta(days=89), tick=False):
        assert delete_old_exports() == 0
    with time_machine.travel(asked_at + timedelta(days=91), tick=False):
        assert delete_old_exports() == 1
    assert not CaseExport.objects.exists()
    assert audit.list_events(f"export:{export_id}").filter(action="export.ask").exists()


def test_choices__are_the_forms_with_applications(office):
    version, _found, asking, _allowing = office
    publish(unit=version.form.unit)
    unit = version.form.unit
    assert asking.get(URL).json()["choices"] == [
        {"form": version.form.key, "title": version.form.title, "unit": unit.key, "unit_name": unit.name}
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+49 3641", "-5", "@x", "\tx", "\rx", "\nx", "\0x", "＝1+1"])
def test_cell__that_looks_like_a_formula__becomes_text(cell):
    assert safe(cell) == f"'{cell}"


def test_table__rows_and_groups__name_their_place():
    items = [
        {"label": "Kinder", "rows": [{"items": [{"label": "Name", "text": "Ada"}]}, {"items": [{"label": "Name"}]}]},
        {"label": "Adresse", "items": [{"label": "Ort", "text": 'Jena; "Mitte"'}]},
    ]
    table = to_csv([(("JEN-1", "1.1.2027", ""), [{"title": "Familie", "items": items}])]).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(table), delimiter=";")
    assert head == ["Vorgangsnummer", "Eingegangen", "Stand", "Kinder 1: Name", "Adresse: Ort"]
    assert row == ["JEN-1", "1.1.2027", "", "Ada", 'Jena; "Mitte"']


def test_table__two_questions_of_one_name__are_two_columns():
    items = [{"label": "Name", "text": "Ada"}, {"label": "Name", "text": "Bo"}]
    table = to_csv([(("JEN-1", "1.1.2027", ""), [{"title": "Familie", "items": items}])]).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(table), delimiter=";")
    assert head[3:] == ["Familie: Name", "Familie: Name (2)"]
    assert row[3:] == ["Ada", "Bo"]


def test_export__from_the_first_to_the_last_day_there_is__is_asked_and_fetched(office):
    version, found, asking, allowing = office
    asked = ask(asking, version, received_from="0001-01-01", received_until="9999-12-31")
    assert asked.status_code == 201
    decide(allowing, asked.json()["id"])
    assert fetch(asking, asked.json()["id"]).content.count(b"\r\n") == 1 + len(found)
    for day in ("0001-01-01", "9999-12-31"):
        assert ask(asking, version, received_from=day, received_until=day).status_code == 422
