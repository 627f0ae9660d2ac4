"""A scale with words: agreement, satisfaction, quality, ease, frequency (1 to 5, high is good), or how likely somebody
would recommend (0 to 10). Stored as the whole number, so that rules and statistics can count with it.

The words come with the type: an editor chooses a scale and need not translate it, and every survey asks the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import one_of

from .choice import ChoiceField

DEFAULT = "agreement"
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "agreement": {
        "de": ("stimme gar nicht zu", "stimme eher nicht zu", "teils, teils", "stimme eher zu", "stimme voll zu"),
        "en": ("strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"),
        "de-simple": ("stimmt gar nicht", "stimmt eher nicht", "stimmt zum Teil", "stimmt eher", "stimmt ganz"),
    },
    "satisfaction": {
        "de": ("sehr unzufrieden", "unzufrieden", "teils, teils", "zufrieden", "sehr zufrieden"),
        "en": ("very dissatisfied", "dissatisfied", "neither", "satisfied", "very satisfied"),
    },
    "quality": {
        "de": ("sehr schlecht", "schlecht", "mittel", "gut", "sehr gut"),
        "en": ("very poor", "poor", "fair", "good", "very good"),
    },
    "ease": {
        "de": ("sehr schwierig", "schwierig", "teils, teils", "einfach", "sehr einfach"),
        "en": ("very difficult", "difficult", "neither", "easy", "very easy"),
        "de-simple": ("sehr schwer", "schwer", "nicht schwer und nicht leicht", "leicht", "sehr leicht"),
    },
    "frequency": {
        "de": ("nie", "selten", "manchmal", "oft", "immer"),
        "en": ("never", "rarely", "sometimes", "often", "always"),
    },
    "recommend": {
        "de": ("0 – sehr unwahrscheinlich", *map(str, range(1, 10)), "10 – sehr wahrscheinlich"),
        "en": ("0 – very unlikely", *map(str, range(1, 10)), "10 – very likely"),
        "de-simple": ("0 – bestimmt nicht", *map(str, range(1, 10)), "10 – bestimmt"),
    },
}


def words_of_scale(settings: Settings, locale: str) -> Mapping[int, str]:
    """Number -> word, from the lowest to the highest."""
    scale = settings.get("scale", DEFAULT)
    words = WORDS[scale].get(locale) or WORDS[scale]["de"]
    return dict(enumerate(words, start=0 if scale == "recommend" else 1))


@field_types.register
class ScaleField(FieldType):
    key = "scale"
    name: ClassVar = {"de": "Skala", "en": "Scale"}
    kind = "integer"
    settings: ClassVar = {"scale": one_of("Welche Skala (sonst Zustimmung: agreement)", *WORDS)}
    messages: ClassVar = {
        name: ChoiceField.messages[name] for name in ("required", "required_question", "choice_invalid")
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        if raw is None or raw == "":
            return None
        if isinstance(raw, str):
            raw = raw.strip()
            if not raw:
                return None
            raw = int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 2 else raw
        if type(raw) is not int or raw not in words_of_scale(settings, "de"):
            return Fault("choice_invalid")
        return raw

    def display(self, value: int, locale: str, settings: Settings = NO_SETTINGS) -> str:
        return words_of_scale(settings, locale).get(value, str(value))

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "integer", "enum": list(words_of_scale(settings, "de"))}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        words = words_of_scale(settings, locale)
        return {"options": [{"value": str(number), "label": word, "help": ""} for number, word in words.items()]}
