"""`make fuzz`: the two implementations of the rules, Python and TypeScript, on the same random pairs of rule and data.

python -m tools.fuzz [--pairs 1000000] [--seed 1]

Half of the pairs is form mode, half jsonlogic mode; most are well-typed, the rest is not. Compared is the canonical
JSON of what comes of a pair: value or error, in form mode also type, findings and the questions read. No tolerance.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain.outline import list_nodes, write_outline
from tools.fuzzing import form_pairs, jsonlogic_pairs
from tools.fuzzing.chance import Chance
from tools.fuzzing.lab import LAB
from tools.fuzzing.twin import Twin

BATCH = 1_000
DATASETS = 60  # a batch
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """A pair on which the two disagree."""

    pair: Any
    python: str
    typescript: str

    def __str__(self) -> str:
        pair = json.dumps(self.pair, ensure_ascii=False)
        return f"{pair}\n  Python      {self.python}\n  TypeScript  {self.typescript}"


@dataclass(slots=True)
class Outcome:
    pairs: int = 0
    defined: int = 0  # pairs with a value: neither error nor finding nor undefined
    differences: list[Difference] = field(default_factory=list)


def compare(pairs: int, seed: int) -> Outcome:
    """Compare so many pairs; the same seed gives the same pairs."""
    outcome, chance = Outcome(), Chance(seed)
    with Twin() as twin:
        twin.send({"mode": "setup", "outline": write_outline(list_nodes(LAB))})
        twin.receive()
        for size, is_form in batches(pairs):
            compare_batch(outcome, twin, *(form_batch if is_form else jsonlogic_batch)(chance, size))
            if sys.stdout.isatty():
                print(f"\r{outcome.pairs:,} pairs, {len(outcome.differences)} differences", end="", flush=True)
    return outcome


def batches(pairs: int) -> Iterator[tuple[int, bool]]:
    for at, start in enumerate(range(0, pairs, BATCH)):
        yield min(BATCH, pairs - start), at % 2 == 0


def form_batch(chance: Chance, size: int) -> tuple[dict[str, Any], Iterator[str]]:
    """What the twin is sent, and what Python makes of it."""
    data = [form_pairs.make_data(chance) for _ in range(DATASETS)]
    pairs = [form_pairs.make_pair(chance, DATASETS) for _ in range(size)]
    values = [form_pairs.read(one) for one in data]
    batch = {"mode": "form", "data": data, "pairs": [pair.as_json() for pair in pairs]}
    return batch, (form_pairs.run(pair, values[pair.data]) for pair in pairs)


def jsonlogic_batch(chance: Chance, size: int) -> tuple[dict[str, Any], Iterator[str]]:
    pairs = [jsonlogic_pairs.make_pair(chance) for _ in range(size)]
    return {"mode": "jsonlogic", "pairs": pairs}, map(jsonlogic_pairs.run, pairs)


def compare_batch(outcome: Outcome, twin: Twin, batch: dict[str, Any], results: Iterator[str]) -> None:
    twin.send(batch)
    ours = list(results)  # while Node computes its own
    for pair, python, typescript in zip(batch["pairs"], ours, twin.receive(), strict=True):
        outcome.pairs += 1
        outcome.defined += has_value(python)
        if python != typescript:
            data = batch["data"][pair[3]] if "data" in batch else None
            outcome.differences.append(Difference([*pair, data], python, typescript))


def has_value(result: str) -> bool:
    found = json.loads(result)  # noqa: TID251 - our own text
    if "values" in found:
        return not found["findings"] and any(value is not None for value in found["values"])
    return found.get("value") is not None


def main() -> int:
    parser = argparse.ArgumentParser(description="compare the rules of Python and TypeScript")
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.monotonic()
    outcome = compare(options.pairs, options.seed)
    for difference in outcome.differences[:MOST_SHOWN]:
        print(f"\n{difference}")
    share = 100 * outcome.defined / max(outcome.pairs, 1)
    print(
        f"\n{outcome.pairs:,} pairs (seed {options.seed}), {len(outcome.differences)} differences, "
        f"{share:.0f} % with a value, {time.monotonic() - started:.0f} s"
    )
    return 1 if outcome.differences else 0


if __name__ == "__main__":
    sys.exit(main())
