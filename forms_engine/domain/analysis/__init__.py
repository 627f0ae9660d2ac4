"""Static analysis: what an editor would otherwise learn from a citizen (docs/mechanisms/analysis.md).

Works on a flow that has been read and whose rules are compiled. Conditions are translated into constraints
(`conditions`, `comparing`) over what each answer can be (`domains`, `limits`, `ranges`), and a solver (`solving`) looks
for a way to fulfil them. Where it finds none there is none: nothing is claimed that can hold.
"""

from __future__ import annotations

from forms_engine.domain.model import Flow
from forms_engine.domain.reading import Reporter
from forms_engine.domain.ruling import Ruled

from .ahead import check_ahead
from .privacy import check_retention
from .reach import Reach

__all__ = ["analyse"]


def analyse(flow: Flow, ruled: list[Ruled], report: Reporter) -> None:
    """Report what is wrong with the rules of a flow as a whole. Pure; never raises."""
    for rule in ruled:
        if rule.compiled.is_usable:
            check_ahead(flow, rule, report)
    Reach(flow, ruled, report).check()
    check_retention(flow, report)
