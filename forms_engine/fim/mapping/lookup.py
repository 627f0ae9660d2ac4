"""What names and values in a rule mean: a place of the form, a code of its list. Refuses what is not certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms_engine.fim.codelists import CodeLists
from forms_engine.fim.mapping.conditions import Is, Value
from forms_engine.fim.mapping.layout import Layout, Place
from forms_engine.fim.model import DataField

BOOLEANS = {"wahr": True, "true": True, "ja": True, "falsch": False, "false": False, "nein": False}
NUMBERS = frozenset({"num", "num_int", "num_currency"})
TEXTS = frozenset({"text", "text_latin"})


class Unclear(Exception):
    """The rule is read, but not certain here. `str()` is the reason, half a German sentence."""


@dataclass(slots=True)
class Lookup:
    layout: Layout
    codelists: CodeLists

    def find(self, bearer: Place | None, name: str) -> Place:
        """The place a prose rule names: a direct child of the element that carries it, else the only one below."""
        chain = tuple(name.split("."))
        children = self.children(bearer)
        near = [child for child in children if (child.element.id,) == chain]
        if len(near) == 1:
            return near[0]
        inside = [place for child in children for place in child.walk() if place.ids[-len(chain) :] == chain]
        if near or len(inside) != 1:
            raise Unclear(f"{name} kommt {len(near or inside)}-mal vor" if near or inside else f"{name} gibt es nicht")
        return inside[0]

    def child(self, bearer: Place | None, name: str) -> Place:
        """The direct child that an official tree names."""
        ident = name.removeprefix("self.")
        found = [child for child in self.children(bearer) if child.element.id == ident]
        if len(found) != 1:
            raise Unclear(f"{ident} kommt {len(found)}-mal vor" if found else f"{ident} gibt es nicht")
        return found[0]

    def children(self, bearer: Place | None) -> list[Place]:
        return bearer.children if bearer else self.layout.top

    def equals(self, source: Place, codes: Iterable[str | bool | int]) -> Is:
        """The answer at `source` is one of `codes`, repaired where only zeros or a name behind the code differ."""
        check_answer(source)
        values = tuple(self._value(source, code) for code in codes)
        return Is(source, values, frozenset(self._possible(source)))

    def codes(self, field: DataField) -> list[str] | None:
        """The codes of a field, None where its list is not at hand."""
        if field.codes is not None:
            return [code.value for code in field.codes]
        found = self.codelists.find(field.code_list) if field.code_list else None
        return [code.value for code in found.codes] if found else None

    def is_list_missing(self, place: Place) -> bool:
        field = place.element
        return isinstance(field, DataField) and field.code_list is not None and self.codes(field) is None

    def _possible(self, source: Place) -> Iterable[Value]:
        field = source.element
        assert isinstance(field, DataField)  # noqa: S101 - for the type checker: `_value` has looked
        return (True, False) if field.datatype == "bool" else self.codes(field) or ()

    def _value(self, source: Place, code: str | bool | int) -> Value:
        field = source.element
        if not isinstance(field, DataField) or field.kind in {"label", "hidden", "locked"}:
            raise Unclear(f"{source.element.id} hat keine Antwort, die sich vergleichen lässt")
        if field.datatype == "bool":
            value = BOOLEANS.get(str(code).lower())
            if value is None:
                raise Unclear(f"bei {field.id} wird Ja oder Nein geantwortet, nicht „{code}“")
            return value
        if isinstance(code, bool):
            raise Unclear(f"bei {field.id} wird nicht Ja oder Nein geantwortet")
        codes = self.codes(field)
        if codes is None:
            return _plain_value(field, str(code))
        return _repaired(str(code), codes) or _no_code(field, str(code))


def check_answer(source: Place) -> None:
    """Refuses what has several answers that no single value can be compared with."""
    field = source.element
    is_list = isinstance(field, DataField) and (field.kind == "select" or field.codes or field.code_list)
    if source.is_multiple and not is_list:
        raise Unclear(f"{source.element.id} darf mehrfach stehen")


def _plain_value(field: DataField, code: str) -> str:
    """A field without a list at hand compares as the text or number it is."""
    if field.datatype not in TEXTS | NUMBERS or (field.datatype in NUMBERS and not code.lstrip("-").isdigit()):
        raise Unclear(f"{field.id} lässt sich nicht mit „{code}“ vergleichen")
    return code


def _repaired(code: str, codes: list[str]) -> str | None:
    """`01` and `001 Auskunft wurde beantragt` mean the code 001."""
    for candidate in (code, *code.split()[:1]):
        if candidate in codes:
            return candidate
        same = [known for known in codes if candidate.isdigit() and known.lstrip("0") == candidate.lstrip("0")]
        if len(same) == 1:
            return same[0]
    return None


def _no_code(field: DataField, code: str) -> str:
    raise Unclear(f"„{code}“ steht nicht in der Liste von {field.id}")
