"""What an XDatenfelder 3.0 file says, as plain values (FIM's own words, decoded, nothing interpreted)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """`bezug`: the legal basis in words, with a link where FIM gives one."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """`regel`: prose. The script element is empty in every released schema."""

    id: str
    version: str
    name: str
    text: str
    kind: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """One official rule tree of the element that carries it; its names mean direct children of that element.

    `effect`: require or forbid (the target, while `condition` is true), valid (`condition` must hold). `condition` is
    the JSON of the portal (`trees` lists the operators) or the literal true.
    """

    effect: str
    target: str
    message: str
    condition: Any


@dataclass(frozen=True, slots=True)
class Code:
    value: str
    name: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class CodeListReference:
    """`codelisteReferenz`: a list that is published elsewhere; the file carries only its name."""

    uri: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Constraints:
    """`praezisierung`: attributes only, all optional, values as written."""

    min_length: int | None = None
    max_length: int | None = None
    min_value: str | None = None
    max_value: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """What fields, groups and the schema have in common. `name` is the clerk's term, `label` the citizen's.

    `record` is all the file says about the element itself (see `record`), for the way back.
    """

    id: str
    version: str
    name: str
    label: str
    output_label: str = ""
    help: str = ""
    output_help: str = ""
    status: str = ""
    references: tuple[Reference, ...] = ()
    rules: tuple[Rule, ...] = ()
    trees: tuple[Tree, ...] = ()
    relations: int = 0
    record: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DataField(Element):
    kind: str = "input"
    datatype: str = "text"
    constraints: Constraints = Constraints()
    content: str = ""
    prefill: str = "keine"
    codes: tuple[Code, ...] | None = None
    code_list: CodeListReference | None = None
    max_size: int | None = None
    media_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group(Element):
    choice: bool = False  # art X: exactly one of the children
    children: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """`struktur`: how often an element stands at this place. `maximum` None is `*`."""

    minimum: int
    maximum: int | None
    element: DataField | Group
    references: tuple[Reference, ...] = ()

    @property
    def is_repeated(self) -> bool:
        return self.maximum is None or self.maximum > 1

    @property
    def is_required(self) -> bool:
        return self.minimum > 0


@dataclass(frozen=True, slots=True)
class Schema(Element):
    """The whole file. A file with a single group is read as a schema of that one group."""

    description: str = ""
    children: tuple[Position, ...] = ()
    skipped: dict[str, int] = field(default_factory=dict)

    def walk(self) -> Iterator[Position]:
        """Every position of the tree, parents first."""
        yield from walk(self.children)


def walk(positions: tuple[Position, ...]) -> Iterator[Position]:
    for position in positions:
        yield position
        if isinstance(position.element, Group):
            yield from walk(position.element.children)
