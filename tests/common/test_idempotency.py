"""One stored answer a key, for the request it was given to."""

import pytest
from django.db import IntegrityError, transaction

from common.idempotency import KeyReused, Outcome, delete_expired_keys, find_answer, new_answer
from common.models import IdempotencyKey

pytestmark = pytest.mark.django_db
FIRST = Outcome(201, {"reference": "JEN-1"}, replayed=False)


def remember(key="key", fingerprint=b"f" * 32, outcome=FIRST):
    new_answer("scope", key, fingerprint, outcome).save()


def test_find_answer__same_request_again__is_the_stored_answer():
    remember()
    assert find_answer("scope", "key", b"f" * 32) == Outcome(201, {"reference": "JEN-1"}, replayed=True)


def test_find_answer__other_request_under_the_key__is_refused():
    remember()
    with pytest.raises(KeyReused):
        find_answer("scope", "key", b"g" * 32)


def test_find_answer__other_person_or_never_answered__is_none():
    remember()
    assert find_answer("other scope", "key", b"f" * 32) is None
    assert find_answer("scope", "other key", b"f" * 32) is None


def test_new_answer__second_one_for_a_key__cannot_be_written():
    remember()
    with pytest.raises(IntegrityError), transaction.atomic():
        remember(outcome=Outcome(201, {"reference": "JEN-2"}, replayed=False))
    assert IdempotencyKey.objects.get().body == {"reference": "JEN-1"}


def test_delete_expired_keys__after_fourteen_days__forgets():
    remember()
    IdempotencyKey.objects.update(expires_at="2020-01-01T00:00:00Z")
    remember(key="young")
    assert delete_expired_keys() == 1
    assert IdempotencyKey.objects.get().key == "young"
