"""Trying a form out: test cases that live with the form, why a condition holds, what the test cases exercise.

docs/mechanisms/test-cases.md explains it. Works on a flow whose rules are compiled; pure.
"""

from __future__ import annotations

from .case import SavedCase, read_cases
from .coverage import Coverage, CoveredRule, measure_coverage
from .editing import delete_case, find_case, put_case, rename_in_cases
from .expecting import KINDS, Expectation, list_expectations
from .judging import Judgement, judge_rules
from .running import CaseResult, Deviation, check_cases, run_case, run_cases

__all__ = [
    "KINDS",
    "CaseResult",
    "Coverage",
    "CoveredRule",
    "Deviation",
    "Expectation",
    "Judgement",
    "SavedCase",
    "check_cases",
    "delete_case",
    "find_case",
    "judge_rules",
    "list_expectations",
    "measure_coverage",
    "put_case",
    "read_cases",
    "rename_in_cases",
    "run_case",
    "run_cases",
]
