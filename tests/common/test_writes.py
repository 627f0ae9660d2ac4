"""Rows written in one go are the rows the ORM would have written."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from common.api import Writes, audit, outbox
from common.models import AuditEvent, Delivery

pytestmark = pytest.mark.django_db


def delivery(destination="case_inbox"):
    return outbox.new_delivery(kind="test", subject_id="1", destination=destination, purpose="Grüße % ; '")


def test_writes__rows_of_several_models__are_stored_as_the_orm_would():
    one, event = delivery(), audit.new_event(actor=None, action="a.b", obj="t:1", fields=["x"], reason="weil; %s")
    writes = Writes()
    writes.insert(one)
    writes.insert(event)
    with transaction.atomic():
        assert writes.run() == [1, 1]

    assert model_to_dict(Delivery.objects.get()) == model_to_dict(one)
    stored = AuditEvent.objects.get()
    assert (stored.at, stored.fields, stored.reason, stored.seal_no) == (event.at, ["x"], "weil; %s", None)
    assert stored.pk


def test_writes__statement_that_changes_nothing__says_so_at_its_place():
    writes = Writes()
    writes.insert(delivery())
    place = writes.add("UPDATE common_delivery SET attempts = 1 WHERE destination = %s", ["nowhere"])
    writes.insert(delivery("email"))
    with transaction.atomic():
        assert writes.run()[place] == 0
    assert Delivery.objects.count() == 2


def test_writes__one_that_fails__leaves_none_behind():
    writes = Writes()
    writes.insert(delivery("email"))
    writes.insert(delivery())
    writes.insert(delivery())
    with pytest.raises(IntegrityError), transaction.atomic():
        writes.run()
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_writes__outside_a_transaction__are_refused():
    writes = Writes()
    writes.insert(delivery())
    with pytest.raises(RuntimeError):
        writes.run()
    assert not Delivery.objects.exists()


def test_writes__on_postgresql__are_one_round_trip():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one statement at a time")
    writes = Writes()
    for number in range(5):
        writes.insert(delivery(str(number)))
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        writes.run()
    assert len(queries) == 1


def test_writes__wrong_statement__is_the_databases_own_error():
    writes = Writes()
    writes.add("UPDATE nowhere SET a = 1")
    with pytest.raises(DatabaseError), transaction.atomic():
        writes.run()
