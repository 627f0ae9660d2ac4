"""The one table, and what is wrong below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tools.survival.faults import FAULTS
from tools.survival.run import Result

BARS = {"web process killed": 2.0, "worker killed": 2.0, "PostgreSQL killed": 8.0}  # seconds without a receipt
SHOWN = 10


def rows() -> dict[str, Callable[[Result], str]]:
    """What is said about a run, by the words for it."""
    shown: dict[str, Callable[[Result], str]] = {
        "faults (that hit)": lambda r: str(len(r.events)),
        "under faults": lambda r: f"{r.seconds:.0f} s",
        "acknowledged": lambda r: str(r.acknowledged),
        "lost": lambda r: str(len(r.verdict.lost)),
        "doubled": lambda r: str(len(r.verdict.doubled)),
        "unexplained": lambda r: str(len(r.verdict.unexplained)),
        "reconcile": lambda r: "findings" if r.reconciled else "green",
        "receipts by a repeat": lambda r: str(r.replays),
        "tries without answer / 503 / 409": lambda r: f"{r.statuses[0]} / {r.statuses[503]} / {r.statuses[409]}",
        "receiver refused or dropped": lambda r: str(r.arrivals["refused"]),
        "receiver saw twice, kept once": lambda r: str(r.arrivals["repeat"]),
        "all delivered after the last": lambda r: f"{r.drained_seconds:.0f} s",
        "receipt, median / 99 %": lambda r: f"{_at(r.waits, 0.5) * 1000:.0f} / {_at(r.waits, 0.99) * 1000:.0f} ms",
    }
    for fault in FAULTS:
        shown[f"{fault.name}: times, longest gap"] = lambda r, name=fault.name: _gap(r, name)
    return shown


def print_table(results: list[Result]) -> None:
    """One column a database."""
    width = max(map(len, rows())) + 1
    print(f"\n| {'':{width}}| " + " | ".join(f"{r.database:>12}" for r in results) + " |")
    print(f"| {'-' * (width - 1)} | " + " | ".join("-" * 11 + ":" for _ in results) + " |")
    for name, value in rows().items():
        print(f"| {name:{width}}| " + " | ".join(f"{value(r):>12}" for r in results) + " |")
    for result in results:
        _print_findings(result)


def bars_missed(results: list[Result]) -> list[str]:
    """Gaps that were longer than promised, one sentence each."""
    return [
        f"{result.database}: {gap:.1f} s without a receipt after {name}, allowed are {BARS[name]:.0f} s"
        for result in results
        for name, gap in result.gaps.items()
        if gap > BARS.get(name, float("inf"))
    ]


def _gap(result: Result, name: str) -> str:
    times = Counter(event.name for event in result.events)[name]
    return f"{times} x, {result.gaps.get(name, 0.0):.2f} s" if times else "-"


def _at(ordered: list[float], share: float) -> float:
    return ordered[int(len(ordered) * share)] if ordered else 0.0


def _print_findings(result: Result) -> None:
    for kind in ("lost", "doubled", "unexplained"):
        for sentence in getattr(result.verdict, kind)[:SHOWN]:
            print(f"{result.database} {kind}: {sentence}")
    if result.reconciled:
        print(f"{result.database} reconcile:\n{result.reconciled}")
    if not result.disk_could_be_full:
        print(f"{result.database}: the disk was never full, mounting a small one needs root")
