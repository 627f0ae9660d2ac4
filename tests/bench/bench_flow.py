"""Flow of 300 questions and 100 rules: how long loading and evaluating take. Run: `python tests/bench/bench_flow.py`.

Bars (issue 2, section 8): evaluate median below 2 ms, load below 1 s. Exit code 1 when one is missed. Wall clock and
CPU time are both shown; the bar is held against CPU time, so that other programs on the machine do not count.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from forms_engine.domain import evaluate, load_flow, step_view, summary_view

TODAY = date(2026, 3, 1)
QUESTIONS = 300
RULES = 100
STEPS = 15
PER_STEP = QUESTIONS // STEPS

Json = dict[str, Any]


def text(de: str) -> Json:
    return {"de": de, "en": f"{de} (en)"}


def question(step: int, at: int) -> tuple[Json, Any]:
    """One question and its answer; the mix of types is that of real forms: mostly text, choice, date, yes/no."""
    number = step * PER_STEP + at
    base: Json = {"id": f"q{at}", "label": text(f"Frage {number}"), "help": text("Ein Hinweis.")}
    kinds: list[tuple[Json, Any]] = [
        ({"type": "text", "max_length": 80}, f"Antwort Nummer {number}"),
        ({"type": "yes_no"}, number % 3 != 0),
        ({"type": "date", "max": "today"}, "1990-05-17"),
        ({"type": "choice", "options": [{"value": f"v{n}", "label": text(f"Wert {n}")} for n in range(6)]}, "v2"),
        ({"type": "integer", "min": 0, "max": 9999}, number),
        ({"type": "money", "min": "0"}, f"{number}.50"),
        ({"type": "text"}, "Jena"),
        ({"type": "long_text"}, "Mehr als ein Satz. " * 5),
        ({"type": "multi_choice", "options": [{"value": f"m{n}", "label": text(f"M {n}")} for n in range(5)]}, ["m1"]),
        ({"type": "decimal", "places": 2}, "12.25"),
    ]
    settings, answer = kinds[at % len(kinds)]
    if number % 60 == 17:
        settings, answer = {"type": "email"}, "erika.mustermann@beispiel.de"
    if number % 60 == 27:
        settings, answer = {"type": "phone"}, "03641 123456"
    if number % 100 == 37:
        settings, answer = {"type": "iban"}, "DE89370400440532013000"
    return base | settings, answer


def rule(step: int, at: int) -> Any:
    """Conditions on questions of this step and the one before: comparison, date, membership, joined by and/or."""
    here, before = f"s{step}", f"s{max(step - 1, 0)}"
    kinds = [
        {"and": [{"var": f"{here}.q1"}, {">=": [{"var": f"{here}.q4"}, 0]}]},
        {"or": [{"==": [{"var": f"{before}.q3"}, "v2"]}, {"in": [{"var": f"{before}.q3"}, ["v1", "v5"]]}]},
        {">=": [{"age": [{"var": f"{before}.q2"}]}, 18]},
        {"and": [{"not": {"is_empty": {"var": f"{before}.q0"}}}, {"<": [{"var": f"{before}.q5"}, "5000.00"]}]},
        {">": [{"+": [{"var": f"{before}.q5"}, {"*": [{"var": f"{before}.q9"}, 2]}]}, 10]},
        {"in": ["m1", {"var": f"{before}.q8"}]},
        {"!=": [{"var": f"{before}.q3"}, "v4"]},
    ]
    return kinds[at % len(kinds)]


def make_flow(questions: int = QUESTIONS, rules: int = RULES) -> tuple[Json, Json]:
    """A document and complete answers for it."""
    steps: list[Json] = []
    answers: Json = {}
    left = rules
    for step in range(questions // PER_STEP):
        nodes = []
        for at in range(PER_STEP):
            node, answer = question(step, at)
            if step and at >= 10 and left:
                left -= 1
                node[("visible", "required", "visible")[at % 3]] = rule(step, at)
            nodes.append(node)
            answers[f"s{step}.{node['id']}"] = answer
        steps.append({"id": f"s{step}", "title": text(f"Schritt {step}"), "nodes": nodes})
    document = {
        "format": "flow/1", "key": "grosses-formular", "kind": "application", "locales": ["de", "en"],
        "default_locale": "de", "title": text("Großes Formular"), "purpose": text("Messung"),
        "legal_basis": [{"title": "§ 1"}], "steps": steps,
    }  # fmt: skip
    return document, answers


def measure(action: Callable[[], Any], rounds: int) -> tuple[float, float, float]:
    """Milliseconds: median CPU time, median and 95th percentile of wall clock."""
    wall, cpu = [], []
    for _ in range(rounds):
        start, start_cpu = time.perf_counter(), time.thread_time()
        action()
        cpu.append((time.thread_time() - start_cpu) * 1000)
        wall.append((time.perf_counter() - start) * 1000)
    return statistics.median(cpu), statistics.median(wall), statistics.quantiles(wall, n=20)[-1]


def count_rules(document: Json) -> int:
    nodes = [node for step in document["steps"] for node in step["nodes"]]
    return sum(isinstance(node.get(role), dict) for node in nodes for role in ("visible", "required"))


def main() -> int:
    document, answers = make_flow()
    flow = load_flow(document)
    outcome = evaluate(flow, answers, today=TODAY)
    size = len(json.dumps(document)) // 1024
    print(f"{len(flow.nodes)} questions, {count_rules(document)} rules, {size} kB; errors: {len(outcome.errors)}, "
          f"visible: {len(outcome.visible)}")  # fmt: skip
    rows: list[tuple[str, tuple[float, float, float], float | None]] = [
        ("load_flow", measure(lambda: load_flow(document), 15), 1000.0),
        ("evaluate, all answered", measure(lambda: evaluate(flow, answers, today=TODAY), 500), 2.0),
        ("evaluate, nothing answered", measure(lambda: evaluate(flow, {}, today=TODAY), 500), 2.0),
        ("step_view", measure(lambda: step_view(flow, outcome, "s7", "de", answers), 100), None),
        ("summary_view", measure(lambda: summary_view(flow, outcome, "de"), 50), None),
    ]
    print(f"{'median of':<28}{'CPU ms':>10}{'wall ms':>10}{'p95 wall':>10}{'bar':>10}")
    for name, (cpu, wall, slow), bar in rows:
        print(f"{name:<28}{cpu:>10.3f}{wall:>10.3f}{slow:>10.3f}{bar or '':>10}")
    return int(any(bar is not None and cpu > bar for _, (cpu, _, _), bar in rows))


if __name__ == "__main__":
    raise SystemExit(main())
