"""Text between the questions. Has no answer; `text` is a small, safe subset of HTML, checked by the loader."""

from __future__ import annotations

from typing import Any, ClassVar

from forms_engine.fields.base import FieldType, Settings
from forms_engine.fields.registry import field_types


@field_types.register
class ContentField(FieldType):
    key = "content"
    name: ClassVar = {"de": "Hinweistext", "en": "Text for information"}
    kind = ""
    is_question = False

    def parse(self, raw: Any, settings: Settings) -> Any:
        return None
