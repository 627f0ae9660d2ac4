"""Text over several lines. Stored exactly as typed."""

from __future__ import annotations

from typing import Any, ClassVar

from forms_engine.fields.base import Settings
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import whole

from .text import TextField

LONGEST = 20_000


@field_types.register
class LongTextField(TextField):
    key = "long_text"
    name: ClassVar = {"de": "Text (mehrere Zeilen)", "en": "Text (several lines)"}
    settings: ClassVar = {
        "min_length": whole("Mindestens so viele Zeichen", maximum=LONGEST),
        "max_length": whole("Höchstens so viele Zeichen (sonst 20000)", minimum=1, maximum=LONGEST),
        "rows": whole("Höhe des Eingabefelds in Zeilen", minimum=2, maximum=40),
    }
    longest: ClassVar[int] = LONGEST

    def view(self, settings: Settings, today: Any, locale: str) -> dict[str, Any]:
        return super().view(settings, today, locale) | {"rows": settings.get("rows", 5)}
