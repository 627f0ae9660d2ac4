"""`+ - * / % min max`: doubles, from left to right. What is infinite or no number raises `NaN`."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from typing import Any

from .coercing import Number, settle, to_number
from .compiling import Run, Scope, operands, operator
from .errors import INVALID, NAN, LogicError

Step = Callable[[Number, Number], Number]


def divide(first: Number, second: Number) -> Number:
    if second == 0:
        raise LogicError(NAN)
    return first / second


def remainder(first: Number, second: Number) -> Number:
    """With the sign of the first, as in JavaScript."""
    if second == 0:
        raise LogicError(NAN)
    return math.fmod(first, second)


STEPS: dict[str, Step] = {
    "+": lambda first, second: first + second,
    "-": lambda first, second: first - second,
    "*": lambda first, second: first * second,
    "/": divide,
    "%": remainder,
    "min": min,
    "max": max,
}
OF_NOTHING: dict[str, Number] = {"+": 0, "*": 1}
BEFORE_ONE: dict[str, Number] = {"-": 0, "/": 1}  # -x is 0 - x, /x is 1 / x
LEAST = {"%": 2}


def folding(name: str) -> Callable[[Any], Run]:
    step, least = STEPS[name], LEAST.get(name, 1)

    def compiling(raw: Any) -> Run:
        parts = operands(raw)

        def run(scope: Scope) -> Number:
            numbers = [to_number(part) for part in parts(scope)]
            if not numbers and name in OF_NOTHING:
                return OF_NOTHING[name]
            if len(numbers) < least:
                raise LogicError(INVALID)
            if len(numbers) == 1 and name in BEFORE_ONE:
                numbers.insert(0, BEFORE_ONE[name])
            return reduce(lambda total, number: settle(step(total, number)), numbers)

        return run

    return compiling


for symbol in STEPS:
    operator(symbol)(folding(symbol))
