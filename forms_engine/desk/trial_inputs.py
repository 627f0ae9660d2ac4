"""Inputs of the page "Ausprobieren": how a question is shown there, and how what was posted is read. One class a kind
of input.

A new field type needs nothing here: its input follows from what the type says of itself (its parts, its options, what
rules see of it), and anything else is a line of text, which every type can read. `OWN` names the types that want more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import QueryDict

from forms_engine.domain import Node
from forms_engine.fields import Part, dates, say

View = dict[str, Any]
MOST_FILES = 50


class Input:
    """A line of text. `widget` names it for the template."""

    widget: ClassVar[str] = "text"
    input_type: ClassVar[str] = "text"

    def show(self, node: Node, view: View) -> View:
        """What the template needs beside the view of the node; `value` as it stands in the input."""
        return {"input_type": self.input_type}

    def read(self, posted: QueryDict, name: str, node: Node) -> Any:
        """What was typed, as the field type reads it; None for nothing."""
        text = posted.get(name, "")
        return text if text.strip() else None


class EmailInput(Input):
    input_type = "email"


class PhoneInput(Input):
    input_type = "tel"


class LongInput(Input):
    widget = "long_text"


class DateInput(Input):
    """A date, or a line of text while what was typed is none."""

    def show(self, node: Node, view: View) -> View:
        return {"input_type": date_input(view.get("value"))}


class YesNoInput(Input):
    widget = "yes_no"


class OneInput(Input):
    """One out of options. They may be shown as text and stored as a number."""

    widget = "choice"

    def show(self, node: Node, view: View) -> View:
        return {"value": None if view.get("value") is None else str(view["value"])}


class ManyInput(Input):
    widget = "multi_choice"

    def show(self, node: Node, view: View) -> View:
        return {"value": as_list(view.get("value"))}

    def read(self, posted: QueryDict, name: str, node: Node) -> Any:
        return posted.getlist(name)


class RankingInput(ManyInput):
    """One list a place."""

    widget = "ranking"

    def show(self, node: Node, view: View) -> View:
        ranked = as_list(view.get("value"))
        return {"places": [ranked[at] if at < len(ranked) else "" for at in range(view["max"])]}


class FilesInput(Input):
    """How many files there are: nothing is uploaded to try a form out."""

    widget = "file"

    def show(self, node: Node, view: View) -> View:
        return {"value": len(as_list(view.get("value")))}

    def read(self, posted: QueryDict, name: str, node: Node) -> Any:
        text = posted.get(name, "")
        count = min(int(text), MOST_FILES) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        return [f"beispiel-{number}" for number in range(1, count + 1)] or None


class PartsInput(Input):
    """An answer with parts: one input each, of the kind the part is of."""

    widget = "parts"

    def parts(self, node: Node) -> Mapping[str, Part]:
        return node.field.parts_of(node.settings)

    def show(self, node: Node, view: View) -> View:
        value = view.get("value")
        stored = value if isinstance(value, Mapping) else {}
        options = view.get("options", [])
        parts = self.parts(node).items()
        return {"parts": [show_part(name, part, stored.get(name), options) for name, part in parts]}

    def read(self, posted: QueryDict, name: str, node: Node) -> Any:
        found: View = {}
        for part, about in self.parts(node).items():
            given: Any = [text for text in posted.getlist(f"{name}.{part}") if text.strip()]
            if given:
                found[part] = given if about.kind == "enum_list" else given[-1]
        return found or None


class AddressInput(PartsInput):
    """Only the parts this question asks for."""

    def show(self, node: Node, view: View) -> View:
        asked = {part["name"] for part in view["parts"]}
        return {"parts": [part for part in super().show(node, view)["parts"] if part["name"] in asked]}


class SignatureInput(PartsInput):
    """The name; a drawing that is there stays."""

    def show(self, node: Node, view: View) -> View:
        shown = super().show(node, view)
        for part in shown["parts"]:
            part["kind"] = "hidden" if part["name"] == "drawing" else part["kind"]
        return shown


OWN: Mapping[str, Input] = {
    "address": AddressInput(),
    "date": DateInput(),
    "email": EmailInput(),
    "file": FilesInput(),
    "long_text": LongInput(),
    "phone": PhoneInput(),
    "ranking": RankingInput(),
    "signature": SignatureInput(),
}
TEXT, YES_NO, ONE, MANY, PARTS = Input(), YesNoInput(), OneInput(), ManyInput(), PartsInput()


def input_of(node: Node, view: View | None = None) -> Input:
    """The input of a question. With its view, options a type brings along (a scale) make a list to choose from."""
    if node.repeat:
        return MANY
    if node.type in OWN:
        return OWN[node.type]
    if node.field.parts_of(node.settings):
        return PARTS
    by_kind = {"bool": YES_NO, "enum_list": MANY}
    return by_kind.get(node.field.kind) or (ONE if view and view.get("options") else TEXT)


def show_part(name: str, part: Part, value: Any, options: list[View]) -> View:
    """One part of an answer, as the template shows it."""
    shown = {"name": name, "label": say(part.label, "de"), "kind": part.kind, "options": options}
    if part.kind == "enum_list":
        return shown | {"value": as_list(value)}
    kind = date_input(value) if part.kind == "date" else "text"
    return shown | {"value": "" if value is None else str(value), "input_type": kind}


def date_input(value: Any) -> str:
    is_date = value is None or (isinstance(value, str) and (not value or dates.parse_iso(value) is not None))
    return "date" if is_date else "text"


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
