"""Questions that belong together; with `repeat` there are rows of them. `nodes` and `repeat` are read by the loader."""

from __future__ import annotations

from typing import Any, ClassVar

from forms_engine.fields.base import FieldType, Settings
from forms_engine.fields.registry import field_types


@field_types.register
class GroupField(FieldType):
    key = "group"
    name: ClassVar = {"de": "Gruppe", "en": "Group"}
    kind = ""
    is_question = False

    def parse(self, raw: Any, settings: Settings) -> Any:
        return None
