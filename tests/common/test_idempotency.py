"""One effect a key, whatever happens."""

import threading

import pytest
from django.db import connection

from common import audit
from common.idempotency import KeyReused, run_once
from common.models import AuditEvent, IdempotencyKey


def effect():
    audit.record(actor=None, action="test.effect", obj="t:1")
    return 201, {"reference": "JEN-1"}


@pytest.mark.django_db
def test_run_once__same_request_again__replays_the_answer_without_a_second_effect():
    first = run_once("scope", "key", b"f" * 32, effect)
    second = run_once("scope", "key", b"f" * 32, effect)
    assert (first.status, first.body, first.replayed) == (201, {"reference": "JEN-1"}, False)
    assert (second.status, second.body, second.replayed) == (201, {"reference": "JEN-1"}, True)
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_run_once__other_request_under_the_key__is_refused_and_nothing_overwritten():
    run_once("scope", "key", b"f" * 32, effect)
    with pytest.raises(KeyReused):
        run_once("scope", "key", b"g" * 32, effect)
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_run_once__effect_fails__key_is_free_again():
    def fail():
        raise ValueError

    with pytest.raises(ValueError):
        run_once("scope", "key", b"f" * 32, fail)
    assert not IdempotencyKey.objects.exists()
    assert run_once("scope", "key", b"f" * 32, effect).replayed is False


@pytest.mark.django_db(transaction=True)
def test_run_once__eight_at_the_same_time__one_effect():
    outcomes, start = [], threading.Barrier(8)

    def call():
        start.wait()
        outcomes.append(run_once("scope", "key", b"f" * 32, effect))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(o.replayed for o in outcomes) == [False] + [True] * 7
    assert AuditEvent.objects.count() == 1
