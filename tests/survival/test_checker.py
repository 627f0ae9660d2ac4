"""The judge of `make survival` finds what it is there to find: a check that never fails proves nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tools.survival.checker import Verdict, judge
from tools.survival.city import KEY
from tools.survival.clients import Handing
from tools.survival.plan import Event, longest_gaps

Facts = tuple[list[Handing], dict[str, list[Any]], list[dict[str, str]]]


def one_application() -> Facts:
    """Handed in at the second try, stored, a case, delivered after one repeat."""
    handing = Handing("key-1", started=1.0, acknowledged=2.0, reference="JEN-1", answers=[503, 201])
    stored: dict[str, list[Any]] = {
        "submissions": [["1", "JEN-1"]],
        "keys": [["key-1", "JEN-1"]],
        "cases": ["1"],
        "deliveries": [["1", "case_inbox", "confirmed", "d1", ""], ["1", KEY, "confirmed", "d2", ""]],
    }
    arrivals = [{"delivery": "d2", "reference": "JEN-1", "outcome": outcome} for outcome in ("accepted", "repeat")]
    return [handing], stored, arrivals


def problems(verdict: Verdict) -> list[str]:
    return [kind for kind in ("lost", "doubled", "unexplained") if getattr(verdict, kind)]


def test_judge__all_is_as_told__is_clean():
    assert judge(*one_application()).is_clean


@pytest.mark.parametrize("table", ["submissions", "keys", "cases", "deliveries"])
def test_judge__row_missing_behind_a_receipt__is_lost(table: str):
    handings, stored, arrivals = one_application()
    stored[table] = []
    assert "lost" in problems(judge(handings, stored, arrivals))


def test_judge__receiver_never_saw_it__is_lost():
    handings, stored, _arrivals = one_application()
    assert problems(judge(handings, stored, [])) == ["lost"]


def test_judge__stored_without_anybody_having_a_receipt__is_doubled():
    handings, stored, arrivals = one_application()
    stored["submissions"].append(["2", "JEN-2"])
    assert "doubled" in problems(judge(handings, stored, arrivals))


def test_judge__receiver_took_it_under_two_ids__is_doubled():
    handings, stored, arrivals = one_application()
    arrivals.append({"delivery": "d3", "reference": "JEN-1", "outcome": "accepted"})
    assert problems(judge(handings, stored, arrivals)) == ["doubled"]


def test_judge__two_clients_with_one_number__is_doubled():
    handings, stored, arrivals = one_application()
    handings.append(Handing("key-2", started=1.0, acknowledged=2.0, reference="JEN-1", answers=[201]))
    assert "doubled" in problems(judge(handings, stored, arrivals))


def test_judge__server_error_on_the_way__is_unexplained():
    handings, stored, arrivals = one_application()
    handings[0].answers.insert(0, 500)
    assert problems(judge(handings, stored, arrivals)) == ["unexplained"]


def test_judge__delivery_not_confirmed__is_unexplained():
    handings, stored, arrivals = one_application()
    stored["deliveries"][1][2] = "dead"
    assert problems(judge(handings, stored, arrivals)) == ["unexplained"]


def test_judge__no_receipt_at_all__is_unexplained():
    handings, stored, arrivals = one_application()
    handings.append(Handing("key-2", started=1.0, answers=[0, 503]))
    assert problems(judge(handings, stored, arrivals)) == ["unexplained"]


def test_longest_gaps__after_two_faults__are_counted_for_the_later_one_only():
    events = [Event("worker killed", 1.0, 1.0), Event("disk full", 5.0, 7.5)]
    assert longest_gaps([0.5, 1.25, 1.5, 4.75, 8.0], events) == {"worker killed": 3.25, "disk full": 3.25}
