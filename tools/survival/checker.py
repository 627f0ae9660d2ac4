"""Compares what clients were told, what the city has stored and what the receiver has. Pure: knows no process."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tools.survival.city import KEY
from tools.survival.clients import LATER, NO_ANSWER, RECEIVED, Handing

EXPLAINED = RECEIVED | LATER | {NO_ANSWER}
DESTINATIONS = frozenset({"case_inbox", KEY})


@dataclass
class Verdict:
    """Each entry is one sentence about one application; empty lists are what we want."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing doubled, nothing we could not explain."""
        return not (self.lost or self.doubled or self.unexplained)


def judge(handings: Iterable[Handing], stored: Mapping[str, Any], arrivals: Iterable[Mapping[str, str]]) -> Verdict:
    """`stored` as tools.survival.stored prints it, `arrivals` the lines of the receiver's log."""
    verdict, handings = Verdict(), list(handings)
    told = {handing.key: handing.reference for handing in handings if handing.reference}
    _compare_receipts(verdict, told, stored)
    _explain_answers(verdict, handings)
    _compare_deliveries(verdict, stored)
    _compare_receiver(verdict, told, arrivals)
    return verdict


def _compare_receipts(verdict: Verdict, told: Mapping[str, str], stored: Mapping[str, Any]) -> None:
    references = Counter(reference for _number, reference in stored["submissions"])
    answers = dict(stored["keys"])
    for key, reference in told.items():
        if not references[reference]:
            verdict.lost.append(f"{reference}: receipt given, application not stored")
        elif answers.get(key) != reference:
            verdict.lost.append(f"{reference}: receipt given, the key's answer is {answers.get(key)}")
    known = Counter(told.values())
    verdict.doubled += [f"{reference}: stored {n} times" for reference, n in references.items() if n > 1]
    verdict.doubled += [f"{reference}: given to {n} clients" for reference, n in known.items() if n > 1]
    verdict.doubled += [f"{reference}: stored, no client has it" for reference in references if reference not in known]


def _explain_answers(verdict: Verdict, handings: list[Handing]) -> None:
    for handing in handings:
        strange = [status for status in handing.answers if status not in EXPLAINED]
        if strange:
            verdict.unexplained.append(f"{handing.key}: answered {strange}")
        if not handing.reference:
            verdict.unexplained.append(f"{handing.key}: no receipt after {len(handing.answers)} tries")


def _compare_deliveries(verdict: Verdict, stored: Mapping[str, Any]) -> None:
    """Every application has one confirmed delivery for each destination, and is one case."""
    states: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, destination, state, _number, error in stored["deliveries"]:
        states[subject].append((destination, state))
        if state != "confirmed":
            verdict.unexplained.append(f"{subject}: delivery to {destination} is {state} ({error})")
    cases = Counter(stored["cases"])
    for number, reference in stored["submissions"]:
        names = Counter(destination for destination, _state in states[number])
        verdict.lost += [f"{reference}: no delivery to {name}" for name in DESTINATIONS - set(names)]
        verdict.doubled += [f"{reference}: {n} deliveries to {name}" for name, n in names.items() if n > 1]
        if not cases[number]:
            verdict.lost.append(f"{reference}: no case")


def _compare_receiver(verdict: Verdict, told: Mapping[str, str], arrivals: Iterable[Mapping[str, str]]) -> None:
    """The receiver has each application once, under one id of a delivery."""
    taken: dict[str, list[str]] = defaultdict(list)
    for arrival in arrivals:
        if arrival["outcome"] == "accepted":
            taken[arrival["reference"]].append(arrival["delivery"])
    verdict.lost += [
        f"{reference}: never reached the receiver" for reference in told.values() if reference not in taken
    ]
    verdict.doubled += [f"{ref}: taken {len(ids)} times by the receiver" for ref, ids in taken.items() if len(ids) > 1]
    unknown = set(taken) - set(told.values())
    verdict.doubled += [f"{reference}: the receiver has it, no client does" for reference in unknown]
