"""Logic, jsonlogic mode: rules of other systems, with the coercions of classic JSON-Logic. Specified in
docs/reference/logic.md, part B. Every flow of our own uses form mode, the package around this one.
"""

from . import comparing, computing, controlling, iterating, reading, texting  # noqa: F401 - register
from .compiling import OPERATORS, Scope, apply, compile_rule
from .errors import LogicError

__all__ = ["OPERATORS", "LogicError", "Scope", "apply", "compile_rule"]
