"""In a rush so many a second are let in, in the order they came, and nobody loses their place."""

from __future__ import annotations

import json
import random
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common import waiting_room
from common.models import WaitingLine

START = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def rush(settings):
    """Ten a second, and five at once."""
    settings.RUSH_STARTS_PER_SECOND, settings.RUSH_BURST = 10, 5


def let_in(tickets: list[str]) -> list[bool]:
    return [place.is_let_in for place in waiting_room.enter(tickets)]


@pytest.mark.django_db
def test_line__of_two_thousand_in_ten_seconds__lets_in_by_number_and_no_faster_than_it_may(rush):
    pick, tickets, entered = random.Random(1), {}, []
    with time_machine.travel(START, tick=False) as moment:
        for _second in range(10):
            for place in waiting_room.enter([""] * 200):
                if place.is_let_in:
                    entered.append(place.number)
                else:
                    tickets[place.number] = place.ticket
            moment.shift(timedelta(seconds=1))
        assert entered == [1, 2, 3, 4, 5]
        seconds = 10
        while tickets:
            asked = pick.sample(sorted(tickets), len(tickets))  # they look in any order
            for place in waiting_room.enter([tickets[number] for number in asked]):
                if place.is_let_in:
                    entered.append(place.number)
                    del tickets[place.number]
                else:
                    assert place.number > max(entered)
                    tickets[place.number] = place.ticket
            moment.shift(timedelta(seconds=10))
            seconds += 10
    assert sorted(entered) == list(range(1, 2001))
    assert seconds == 210  # all were in at 200, not at 190: (2,000 - 5) / 10 a second


@pytest.mark.django_db
def test_quiet_hour__nobody_waits__and_the_burst_does_not_grow_with_time(rush):
    with time_machine.travel(START, tick=False) as moment:
        for _person in range(30):
            assert let_in([""]) == [True]
            moment.shift(timedelta(milliseconds=100))
        moment.shift(timedelta(hours=3))
        assert let_in([""] * 7) == [True] * 5 + [False] * 2


@pytest.mark.django_db
def test_place__reloaded_forged_and_slept_over__is_kept_while_it_is_good(rush):
    with time_machine.travel(START, tick=False) as moment:
        waiting = waiting_room.enter([""] * 45)[-1]
        assert (waiting.number, waiting.ahead, waiting.seconds) == (45, 39, 4)
        again = waiting_room.enter([waiting.ticket])[0]
        assert (again.number, again.ahead) == (45, 39)  # reloaded
        forged = waiting.ticket.replace(".45.", ".1.")
        assert waiting_room.enter([forged, "t.1.9.x", "ü.."])[0].number == 46
        moment.shift(timedelta(seconds=waiting.seconds + 599))
        turn = waiting_room.enter([waiting.ticket])[0]  # the tab slept
        assert (turn.is_let_in, turn.number) == (True, 45)
        moment.shift(timedelta(seconds=2))
        assert waiting_room.enter([waiting.ticket])[0].number > 45  # abandoned too long: a new number
        with CaptureQueriesContext(connection) as queries:
            assert let_in([turn.ticket]) == [True]
        assert len(queries) == 0
        moment.shift(timedelta(seconds=waiting_room.PASS_SECONDS))
        assert waiting_room.enter([turn.ticket])[0].number > 45


@pytest.mark.django_db
def test_clock__of_another_host_behind__lets_nobody_in_twice(rush):
    with time_machine.travel(START, tick=False):
        waiting_room.enter([""] * 10)
    with time_machine.travel(START - timedelta(seconds=5), tick=False):
        assert let_in([""]) == [False]
    assert WaitingLine.objects.get().admitted_thousandths == 5_000


@pytest.mark.django_db(transaction=True)
def test_numbers__drawn_at_once_by_many__are_all_different(rush):
    drawn: list[int] = []

    def draw() -> None:
        try:
            drawn.extend(waiting_room.take_numbers(1)[0] for _ in range(10))
        finally:
            connection.close()

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(drawn) == list(range(1, 41))


@pytest.mark.django_db
def test_gate__asking_for_many__gets_their_places_in_order(rush):
    answer = Client().post("/internal/admissions", json.dumps({"tickets": [""] * 7}), content_type="application/json")

    places = answer.json()["places"]
    assert [(place["number"], place["is_let_in"]) for place in places] == [(n, n <= 5) for n in range(1, 8)]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"tickets": 3}', '{"tickets": [1]}', json.dumps({"tickets": [""] * 501})]
)
def test_gate__asking_nonsense__is_refused(body):
    assert Client().post("/internal/admissions", body, content_type="application/json").status_code == 422
