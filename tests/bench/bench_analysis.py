"""Static analysis of a form of 300 questions and 100 rules, and of the forms of the demo city.

Run: `python tests/bench/bench_analysis.py`. Bar: 300 ms of CPU time, the share saving has at the desk (issue 3,
section 2). Exit code 1 when it is missed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from forms_engine.domain import check_document, read_flow
from forms_engine.domain.analysis import analyse
from forms_engine.domain.flow import open_document
from forms_engine.domain.reading import Reporter
from tests.bench.bench_flow import count_rules, make_flow, measure

ROOT = Path(__file__).resolve().parents[2]
BAR = 300.0


def analysing(document: dict[str, Any]) -> Any:
    """The analysis alone, over a form that has been read."""
    report = Reporter()
    reader = open_document(document, report)
    assert reader is not None
    flow = reader.read()
    return lambda: analyse(flow, reader.ruled, Reporter())


def main() -> int:
    document, _ = make_flow()
    demo = [json.loads(path.read_text()) for path in sorted((ROOT / "cms/demo_city/forms").glob("*.json"))]
    slowest = max(demo, key=lambda one: measure(analysing(one), 3)[0])
    print(f"{count_rules(document)} rules; slowest of the demo city: {slowest['key']}")
    rows: list[tuple[str, tuple[float, float, float], float | None]] = [
        ("analysis, 300 questions", measure(analysing(document), 15), BAR),
        ("read, 300 questions", measure(lambda: read_flow(document), 15), None),
        ("check_document, 300", measure(lambda: check_document(document), 15), BAR),
        ("analysis, slowest demo form", measure(analysing(slowest), 15), BAR),
    ]
    print(f"{'median of':<30}{'CPU ms':>10}{'wall ms':>10}{'p95 wall':>10}{'bar':>8}")
    for name, (cpu, wall, slow), bar in rows:
        print(f"{name:<30}{cpu:>10.1f}{wall:>10.1f}{slow:>10.1f}{bar or '':>8}")
    return int(any(bar is not None and cpu > bar for _, (cpu, _, _), bar in rows))


if __name__ == "__main__":
    raise SystemExit(main())
