"""Random JSON: plain values with the ones that have caught engines out."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

NUMBERS = [
    0,
    -0.0,
    1,
    -1,
    2,
    3,
    7,
    -7,
    10,
    18,
    100,
    0.1,
    0.2,
    0.5,
    1.15,
    -2.5,
    1.005,
    1e-7,
    1.5e-10,
    1e21,
    1e308,
    -1e308,
    5e-324,
    2**31,
    2**53,
    2**53 - 1,
    2**53 + 1,
    -(2**53) - 1,
    9007199254740993,
    123456789012345680000,
    10**30,
]
TEXTS = [
    "",
    " ",
    "a",
    "b",
    "B",
    "x",
    "abc",
    "0",
    "1",
    "-1",
    " 1 ",
    "2.50",
    "1e3",
    "1,50",
    "0x10",
    ".5",
    "5.",
    "1_000",
    "٣",
    "Infinity",
    "NaN",
    "true",
    "null",
    "9007199254740993",
    "1" * 40,
    "ä",
    "a\u0308",
    "ß",
    "😀",
    "\ufb33",
    "😀x",
    "e\u0301\u0323",
    "가",
    "\ufeff",
    "\x1c",
    "\u2028",
    "2026-02-28",
    "2024-02-29",
    "2023-02-29",
    "2026-03-29",
    "0001-01-01",
    "9999-12-31",
    "0000-01-01",
    "2026-2-1",
    "20260228",
    "P1M",
    "P1Y",
    "P30D",
    "-P14D",
    "P0D",
    "PT1H",
    "P9999Y",
    "row",
    "a.b",
    "length",
    "__proto__",
    "constructor",
]
KEYS = ["a", "b", "c", "list", "rows", "x", "", "0", "__proto__", "type", "index", "current", "accumulator"]


class Chance:
    """One seeded source of values; `depth` bounds how deep they nest."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def one(self, choices: Any) -> Any:
        return choices[int(self.random.random() * len(choices))]

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def upto(self, most: int) -> int:
        return int(self.random.random() * (most + 1))

    def number(self) -> Any:
        if self.happens(0.6):
            return self.one(NUMBERS)
        return self.random.choice([self.random.randint(-50, 50), round(self.random.uniform(-1e4, 1e4), self.upto(4))])

    def decimal(self) -> str:
        """Plain notation, up to 45 digits, a third of them with a long tail of zeros or fives."""
        digits = "".join(self.one("0123456789") for _ in range(1 + self.upto(self.one([3, 12, 36]))))
        tail = self.one(["", "", "0", "5", "50000", "49999"])
        point = self.upto(len(digits))
        fraction = digits[point:] + tail
        return self.one(["", "-"]) + (digits[:point] or "0") + (f".{fraction}" if fraction else "")

    def day(self) -> str:
        """A day of the calendar, most of them within a century."""
        near = self.random.randint(700_000, 745_000)
        return date.fromordinal(near if self.happens(0.8) else self.random.randint(1, 3_652_059)).isoformat()

    def span(self) -> str:
        parts = [f"{self.upto(40)}{unit}" for unit in "YMWD" if self.happens(0.5)]
        return self.one(["", "", "-"]) + "P" + ("".join(parts) or "0D")

    def scalar(self) -> Any:
        draw = self.random.random()
        if draw < 0.35:
            return self.number()
        if draw < 0.75:
            return self.one(TEXTS)
        return self.one([None, True, False])

    def json(self, depth: int = 2) -> Any:
        draw = self.random.random()
        if depth <= 0 or draw < 0.5:
            return self.scalar()
        if draw < 0.8:
            return [self.json(depth - 1) for _ in range(self.upto(4))]
        return {self.one(KEYS): self.json(depth - 1) for _ in range(self.upto(3))}
