"""What a field type is. One file in `contrib/` is one type; docs/how-to/add-a-field-type.md walks through it.

The life of an answer: `parse` (what a browser or a client sends -> Python value) -> `check` (limits of the question)
-> rules see the value -> `to_json` (stored) and `display` (shown to people). Everything here is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar

from .messages import Message
from .settings import Setting
from .texts import Text

Settings = Mapping[str, Any]
Reader = Callable[[Any, date], Any]

NO_SETTINGS: Settings = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer cannot be taken: a code of the type's `messages` and what to put into its text."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SettingFault:
    """Settings that do not go together, told to the editor in German."""

    setting: str
    message: str


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a matrix. `value` is its name in rules and in the stored answer."""

    value: str
    label: Text
    help: Text | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer that has several: what people call it, and what rules see of it (`kind` as of a type)."""

    label: Text
    kind: str = "text"
    values: Mapping[str, Any] | None = None  # codes of an enum


class FieldType:
    """Base of all field types. `key` is the `type` in the flow document.

    `kind` is what rules see: text, integer, decimal, date, bool, enum, enum_list, files, address, record (an object of
    the parts `parts_of` names) or "" (no value).
    """

    key: ClassVar[str] = ""
    name: ClassVar[Text] = {}
    kind: ClassVar[str] = "text"
    is_question: ClassVar[bool] = True
    has_options: ClassVar[bool] = False
    has_questions: ClassVar[bool] = False  # several questions with the same options
    parts: ClassVar[tuple[str, ...]] = ()  # names of inputs the browser may send one by one: `<path>.<part>`
    settings: ClassVar[Mapping[str, Setting]] = {}
    messages: ClassVar[Mapping[str, Message]] = {}
    autocomplete: ClassVar[str | None] = None  # HTML token proposed when the question is about the applicant

    def check_settings(self, settings: Settings) -> Iterable[SettingFault]:
        """Settings that contradict each other, such as min > max."""
        low, high = settings.get("min"), settings.get("max")
        if low is not None and high is not None and low > high:
            yield SettingFault("min", "Der kleinste Wert (min) ist größer als der größte (max).")

    def parse(self, raw: Any, settings: Settings) -> Any:
        """Python value of an input; None = nothing entered; a `Fault` = not readable. Never raises."""
        raise NotImplementedError

    def check(self, value: Any, settings: Settings, today: date) -> Fault | None:
        """Limits of this question. Only called with what `parse` returned."""
        return None

    def to_json(self, value: Any) -> Any:
        """The stored form; `parse(to_json(value))` is `value`."""
        return value

    def display(self, value: Any, locale: str, settings: Settings = NO_SETTINGS) -> str:
        """The value as people read it."""
        return str(value)

    def parts_of(self, settings: Settings) -> Mapping[str, Part]:
        """The parts of the value, by the name rules call them: `<path>.<name>`."""
        return {}

    def chosen(self, value: Any) -> list[Any]:
        """The options a value names, of a type with options."""
        return value if isinstance(value, list) else [value]

    def picture(self, value: Any) -> Mapping[str, Any] | None:
        """What of the value is drawn: a path of SVG with the `width` and `height` of its area."""
        return None

    def display_raw(self, raw: Any) -> str:
        """An input that `parse` cannot read, as it was typed; one in parts in the order of `parts`."""
        if isinstance(raw, Mapping):
            return " ".join(text for part in self.parts if (text := str(raw.get(part) or "").strip()))
        return ", ".join(map(str, raw)) if isinstance(raw, list) else "" if raw is None else str(raw)

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        """JSON Schema of the stored form, for OpenAPI and for other programs."""
        return {"type": "string"}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        """Limits and hints a front end needs to show the input."""
        return {}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        """What the message `required` of this type may name, for example an `example`."""
        return {}

    def reader(self, settings: Settings) -> Reader:
        """Parse and check in one call, made once when the flow is loaded. Override only for speed."""

        parse, check = self.parse, self.check

        def read(raw: Any, today: date) -> Any:
            value = parse(raw, settings)
            if value is None or type(value) is Fault:
                return value
            fault = check(value, settings, today)
            return value if fault is None else fault

        return read
