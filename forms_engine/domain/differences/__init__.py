"""The difference between two versions of a form, in sentences an editor would say.

`list_differences(before, after)` takes any two documents of a form, right or wrong. Each changed member has a sentence:
those with a file of their own here, all others by name. Pure.
"""

from __future__ import annotations

from typing import Any

from .comparing import Comparison, Difference
from .form import compare_form
from .layout import compare_steps, follow_renamed

__all__ = ["Difference", "list_differences"]


def list_differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What is new, gone, moved or changed, in the order of the form. The same documents have no difference."""
    if before == after:
        return []
    before, renamed = follow_renamed(before, after)
    comparison = Comparison(before, after)
    comparison.found += renamed
    compare_form(comparison)
    compare_steps(comparison)
    return comparison.found
