"""Logic, form mode: typed JSON-Logic compiled to closures. The language is specified in docs/reference/logic.md."""

from . import operators as _operators  # noqa: F401 - registers the operators
from .compiling import (
    MAX_DEPTH,
    MAX_NODES,
    OPERATORS,
    Compiled,
    Frame,
    Reference,
    Rows,
    Run,
    Scope,
    Trouble,
    Values,
    compile_rule,
    measure,
)
from .types import Type

__all__ = [
    "MAX_DEPTH",
    "MAX_NODES",
    "OPERATORS",
    "Compiled",
    "Frame",
    "Reference",
    "Rows",
    "Run",
    "Scope",
    "Trouble",
    "Type",
    "Values",
    "compile_rule",
    "measure",
]
