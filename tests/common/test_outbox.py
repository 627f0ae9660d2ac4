"""docs/mechanisms/outbox.md as tests: each rule of the page, with a frozen clock."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from common import audit, clock
from common.models import Delivery, DeliveryAttempt, Destination
from common.outbox import (
    PermanentFailure,
    Sent,
    TransientFailure,
    handlers,
    oldest_waiting_seconds,
    resend_delivery,
    run_due,
    schedule_delivery,
)
from common.outbox.inbox import DeliveryNotDead
from common.outbox.lease import backoff_seconds, claim, deliver

pytestmark = pytest.mark.django_db
START = "2026-11-23 12:00:00+00:00"


class Receiver:
    """A destination that does what the test tells it to, and remembers what arrived."""

    def __init__(self, *script):
        self.script, self.arrived = list(script), []

    def __call__(self, delivery):
        self.arrived.append(delivery.pk)
        step = self.script.pop(0) if self.script else Sent()
        if isinstance(step, Exception):
            raise step
        if callable(step):
            return step()
        return step


@pytest.fixture
def receiver(monkeypatch):
    receiver = Receiver()
    monkeypatch.setitem(handlers.handlers._items, "test", receiver)
    return receiver


def schedule(subject="s1", destination="office"):
    return schedule_delivery(kind="test", subject_id=subject, destination=destination)


def test_delivery__taken_with_receipt__is_confirmed(receiver):
    receiver.script = [Sent(remote_ref="r1", confirmed=True)]
    delivery = schedule()
    assert run_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.remote_ref) == ("confirmed", "r1")
    assert delivery.confirmed_at is not None


def test_delivery__taken_without_receipt__is_only_sent(receiver):
    delivery = schedule()
    run_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.confirmed_at) == ("sent", None)


def test_delivery__fails_for_now__waits_and_comes_again_with_the_same_id(receiver):
    receiver.script = [TransientFailure("Timeout", "keine Antwort", retry_after=30)]
    with time_machine.travel(START, tick=False) as time:
        delivery = schedule()
        run_due()
        delivery.refresh_from_db()
        assert delivery.state == "retry"
        assert delivery.due_at >= clock.now() + timedelta(seconds=30)
        assert run_due() == 0
        time.shift(timedelta(hours=2))
        assert run_due() == 1
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert receiver.arrived == [delivery.pk, delivery.pk]
    outcomes = list(DeliveryAttempt.objects.order_by("lease_no").values_list("outcome", flat=True))
    assert outcomes == ["retry", "sent"]


def test_delivery__refused__is_dead_and_a_person_sends_it_again(receiver):
    receiver.script = [PermanentFailure("Refused", "Das Postfach gibt es nicht.")]
    delivery = schedule()
    run_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error_text) == ("dead", "Das Postfach gibt es nicht.")
    clerk = User.objects.create_user("clerk@jena.example")
    resend_delivery(delivery, by=clerk, reason="Adresse berichtigt")
    assert run_due() == 1
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    event = audit.list_events(f"delivery:{delivery.pk}").get()
    assert (event.action, event.actor, event.reason) == ("delivery.resend", clerk, "Adresse berichtigt")


def test_resend__not_dead__is_refused(receiver):
    delivery = schedule()
    with pytest.raises(DeliveryNotDead):
        resend_delivery(delivery, by=User.objects.create_user("c@jena.example"), reason="x")


def test_delivery__failing_for_two_weeks__is_dead(receiver):
    with time_machine.travel(START, tick=False) as time:
        delivery = schedule()
        time.shift(timedelta(days=15))
        receiver.script = [TransientFailure("Timeout", "keine Antwort")]
        run_due()
    delivery.refresh_from_db()
    assert delivery.state == "dead"


def test_delivery__plugin_raises_anything__row_is_kept_for_another_try(receiver):
    receiver.script = [KeyError("defect")]
    delivery = schedule()
    run_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error_class) == ("retry", "KeyError")
    assert "defect" not in delivery.error_text


def test_delivery__kind_nobody_knows__is_dead_with_a_reason():
    delivery = schedule_delivery(kind="unknown", subject_id="s", destination="d")
    run_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error_class) == ("dead", "UnknownKind")


def test_lease__worker_died__another_takes_over_when_the_lease_ends(receiver):
    with time_machine.travel(START, tick=False) as time:
        delivery = schedule()
        assert [d.pk for d in claim("office", limit=5)] == [delivery.pk]
        assert claim("office", limit=5) == []
        time.shift(timedelta(seconds=21))
        assert [d.lease_no for d in claim("office", limit=5)] == [2]


def test_lease__late_finisher__is_fenced_and_changes_nothing(receiver):
    with time_machine.travel(START, tick=False) as time:
        schedule()
        current = []

        def stopped_for_too_long():
            time.shift(timedelta(seconds=21))
            current.extend(claim("office", limit=1))
            raise PermanentFailure("Late", "zu spät")

        receiver.script = [stopped_for_too_long, Sent(remote_ref="right")]
        (late,) = claim("office", limit=1)
        assert deliver(late) == "fenced"
        assert deliver(current[0]) == "sent"
    assert Delivery.objects.get().remote_ref == "right"


def test_finish__ends_before_the_attempt_is_written__is_not_confirmed_and_comes_again(receiver, monkeypatch):
    """Found by `make survival`: killed between the two, a delivery was confirmed and no attempt proved it."""
    receiver.script = [Sent(confirmed=True), Sent(confirmed=True)]
    with time_machine.travel(START, tick=False) as time:
        delivery = schedule()
        with monkeypatch.context() as killed:
            killed.setattr(DeliveryAttempt.objects, "get_or_create", lambda **_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                run_due()
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempt_log.count()) == ("leased", 0)
        time.shift(timedelta(seconds=21))
        run_due()
    delivery.refresh_from_db()
    assert (delivery.state, [a.outcome for a in delivery.attempt_log.all()]) == ("confirmed", ["confirmed"])


def test_breaker__five_failures__rests_a_minute_and_holds_back_no_other(receiver):
    with time_machine.travel(START, tick=False) as time:
        for number in range(5):
            schedule(f"s{number}")
        receiver.script = [TransientFailure("Down", "nicht erreichbar") for _ in range(5)]
        run_due()
        assert Destination.objects.get(name="office").breaker == "open"
        Delivery.objects.update(due_at=clock.now())
        schedule("other", destination="other-office")
        assert run_due() == 1
        time.shift(timedelta(seconds=61))
        assert run_due() == 5
    assert Destination.objects.get(name="office").breaker == "closed"


def test_schedule__same_thing_to_the_same_place_twice__is_refused_by_the_database(receiver):
    from django.db import IntegrityError, transaction

    schedule()
    with pytest.raises(IntegrityError), transaction.atomic():
        schedule()


@pytest.mark.parametrize("attempts", [1, 5, 12, 500])
def test_backoff__any_attempt__stays_between_zero_and_an_hour(attempts):
    assert all(0 <= backoff_seconds(attempts) <= min(3600, 5 * 2 ** min(attempts, 12)) for _ in range(50))


def test_oldest_waiting__says_how_long_the_oldest_has_waited(receiver):
    with time_machine.travel(START, tick=False) as time:
        assert oldest_waiting_seconds() == 0
        schedule()
        time.shift(timedelta(minutes=5))
        assert oldest_waiting_seconds() == 300


def test_delivery__lease_lost_while_it_waited_in_the_batch__is_not_delivered_a_second_time(receiver):
    schedule("s1")
    with time_machine.travel(START, tick=False) as traveller:
        Delivery.objects.update(due_at=clock.now())
        (slow,) = claim("office", limit=3)
        traveller.shift(timedelta(seconds=21))
        (quick,) = claim("office", limit=3)
        assert deliver(quick) == "sent"
        assert deliver(slow) == "fenced"
    assert receiver.arrived == [quick.pk]


def test_delivery__waited_in_the_batch__gets_a_whole_lease_when_its_turn_comes(receiver):
    schedule("s1")
    with time_machine.travel(START, tick=False) as traveller:
        Delivery.objects.update(due_at=clock.now())
        (late,) = claim("office", limit=3)
        traveller.shift(timedelta(seconds=15))
        ends = []
        receiver.script = [lambda: ends.append(Delivery.objects.get().due_at) or Sent()]
        deliver(late)
        assert ends == [clock.now() + timedelta(seconds=20)]
