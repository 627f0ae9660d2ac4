"""Dates: `age years_between days_between period add_days add_months add_duration year is_valid_date`.

Years 1-9999, else undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from forms_engine.domain.logic.compiling import NOTHING, Compiler, Expr, Frame, Rows, Run, Values, operator
from forms_engine.domain.logic.durations import add_duration, period
from forms_engine.domain.logic.types import BOOL, DATE, DURATION, INTEGER, Type
from forms_engine.domain.logic.values import age, as_whole, is_valid_date
from forms_engine.fields import dates


def call(runs: Sequence[Run], function: Callable[..., Any]) -> Run:
    """Call with all operands; one undefined makes it undefined."""

    def run(values: Values, rows: Rows) -> Any:
        found = [part(values, rows) for part in runs]
        return None if None in found else function(*found)

    return run


def today(values: Values, rows: Rows) -> Any:
    return values.get("today")


def shift_days(day: date, days: Any) -> date | None:
    whole = as_whole(days)
    return None if whole is None else dates.add_days(day, whole)


def shift_months(day: date, months: Any) -> date | None:
    whole = as_whole(months)
    return None if whole is None else dates.add_months(day, whole)


SIGNATURES: dict[str, tuple[tuple[Type, ...], Type, Callable[..., Any]]] = {
    "years_between": ((DATE, DATE), INTEGER, dates.years_between),
    "days_between": ((DATE, DATE), INTEGER, lambda start, end: (end - start).days),
    "period": ((DATE, DATE), DURATION, period),
    "add_days": ((DATE, INTEGER), DATE, shift_days),
    "add_months": ((DATE, INTEGER), DATE, shift_months),
    "add_duration": ((DATE, DURATION), DATE, add_duration),
    "year": ((DATE,), INTEGER, lambda day: day.year),
    "is_valid_date": ((INTEGER, INTEGER, INTEGER), BOOL, is_valid_date),
}


@operator(*SIGNATURES)
def compile_calendar(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    wanted, result, function = SIGNATURES[name]
    if not compiler.count_args(name, args, len(wanted), len(wanted)):
        return NOTHING
    runs = [compiler.expect(arg, kind, frames, name).run for arg, kind in zip(args, wanted, strict=True)]
    return Expr(result, call(runs, function))


@operator("age")
def compile_age(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    """Whole years today."""
    if not compiler.count_args(name, args, 1, 1):
        return NOTHING
    birth = compiler.expect(args[0], DATE, frames, name).run
    return Expr(INTEGER, call([birth, today], age))
