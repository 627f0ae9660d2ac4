"""A value computed by a rule. Nobody answers it; `value` is the rule, `result` its type, `show` whether it is shown."""

from __future__ import annotations

from typing import Any, ClassVar

from forms_engine.fields.base import FieldType, Settings
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import flag, one_of

RESULTS = ("integer", "decimal", "money", "date", "text", "yes_no")


@field_types.register
class CalculatedField(FieldType):
    key = "calculated"
    name: ClassVar = {"de": "Berechneter Wert", "en": "Calculated value"}
    kind = ""  # the kind is that of `result`
    is_question = False
    settings: ClassVar = {
        "result": one_of("Art des Ergebnisses", *RESULTS),
        "show": flag("Ob der Wert gezeigt wird (sonst ja)"),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        return None
