"""Measures our rules against one peer in this process: `python logic_worker.py FOLDER_OF_THE_PEER` prints JSON.

Both evaluate the same trees on the same answers, in turns; ours are compiled once before, theirs are read anew each
time because the peers know no other way. CPU time, microseconds an evaluation.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.bench.fim_trees import Form, list_forms

ROUNDS = 7
REPEATS = 3  # of all trees a round


def main() -> int:
    sys.path.insert(0, sys.argv[1])
    from json_logic import jsonLogic

    forms = [comparable(form, jsonLogic) for form in list_forms()]
    ours = [(rule.run, values) for form in forms for rule in form.rules for values in form.values]
    theirs = [(rule.peer, data) for form in forms for rule in form.rules for data in form.data]
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(ROUNDS):
        times["ours"].append(measure(lambda: [run(values, ()) for run, values in ours]) / len(ours))
        times["theirs"].append(measure(lambda: [jsonLogic(rule, data) for rule, data in theirs]) / len(theirs))
    found = {name: statistics.median(one) for name, one in times.items()}
    print(json.dumps(found | {"trees": sum(len(form.rules) for form in forms), "evaluations": len(ours)}))
    return 0


def comparable(form: Form, peer: Callable[[Any, Any], Any]) -> Form:
    """The trees both can evaluate, where they say the same wherever ours is defined."""
    good = [rule for rule in form.rules if rule.peer is not None]
    for rule in good:
        for values, data in zip(form.values, form.data, strict=True):
            answer = rule.run(values, ())
            assert answer is None or bool(peer(rule.peer, data)) is answer, (rule.source, values)
    return Form(good, form.values, form.data)


def measure(work: Callable[[], object]) -> float:
    """Microseconds of CPU."""
    started = time.process_time()
    for _ in range(REPEATS):
        work()
    return (time.process_time() - started) * 1e6 / REPEATS


if __name__ == "__main__":
    sys.exit(main())
