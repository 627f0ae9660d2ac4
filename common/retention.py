"""What is deleted, after how long, and by which law. Each app registers its rules; the worker follows them every hour,
`manage.py retain` at once.

One rule is one promise to a person. It says in German what goes and when, so that the list can stand in the record of
processing activities (Article 30 DSGVO). The legal bases are yardsticks, to be reviewed by the data-protection officer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from common.outbox.worker import register_duty
from common.registry import Registry

HOURLY = timedelta(hours=1)


@dataclass(frozen=True)
class Rule:
    """`due` counts what is over and changes nothing; `delete` deletes it, may run twice and in two workers at once, and
    returns how many."""

    what: str
    when: str
    law: str
    due: Callable[[], int]
    delete: Callable[[], int]


rules: Registry[Rule] = Registry("retention")


def register_rule(
    name: str, *, what: str, when: str, law: str, due: Callable[[], int], delete: Callable[[], int]
) -> None:
    """Let the worker delete this every hour."""
    rules.register(name, Rule(what, when, law, due, delete))
    register_duty(f"retain: {name}", every=HOURLY, run=delete)
