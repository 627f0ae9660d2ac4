"""Text over several lines. Stored exactly as typed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import Fault, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import whole

from .text import TEXT_MESSAGES, TextField

LONGEST = 20_000
MOST_WORDS = 5_000


@field_types.register
class LongTextField(TextField):
    key = "long_text"
    name: ClassVar = {"de": "Text (mehrere Zeilen)", "en": "Text (several lines)"}
    settings: ClassVar = {
        "min_length": whole("Mindestens so viele Zeichen", maximum=LONGEST),
        "max_length": whole("Höchstens so viele Zeichen (sonst 20000)", minimum=1, maximum=LONGEST),
        "max_words": whole("Höchstens so viele Wörter", minimum=1, maximum=MOST_WORDS),
        "rows": whole("Höhe des Eingabefelds in Zeilen", minimum=2, maximum=40),
    }
    messages: ClassVar = TEXT_MESSAGES | {
        "text_too_many_words": message(
            "{label}: Bitte kürzen Sie den Text auf höchstens {max} Wörter. Jetzt sind es {count}.",
            "{label}: Please shorten the text to at most {max} words. It now has {count}.",
            "Der Text ist zu lang. Bitte schreiben Sie höchstens {max} Wörter. Jetzt sind es {count} Wörter.",
        ),
    }
    longest: ClassVar[int] = LONGEST

    def check(self, value: str, settings: Settings, today: date) -> Fault | None:
        """Words are what stands between white space, as word processors count them."""
        most, count = settings.get("max_words"), len(value.split())
        if most is not None and count > most:
            return Fault("text_too_many_words", {"max": most, "count": count})
        return super().check(value, settings, today)

    def view(self, settings: Settings, today: Any, locale: str) -> dict[str, Any]:
        words = {"max_words": settings["max_words"]} if "max_words" in settings else {}
        return super().view(settings, today, locale) | words | {"rows": settings.get("rows", 5)}
