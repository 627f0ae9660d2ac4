"""Options put in order, the most important first. Stored as the list of option values in that order.

What was not ranked is not last: it is not in the list. The website shows one list a place, which works by keyboard,
without JavaScript and on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, SettingFault, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import whole

from .choice import ChoiceField, label_of

MOST = 20


@field_types.register
class RankingField(FieldType):
    key = "ranking"
    name: ClassVar = {"de": "Rangfolge", "en": "Ranking"}
    kind = "enum_list"
    has_options = True
    settings: ClassVar = {
        "min": whole("Mindestens so viele Plätze", maximum=MOST),
        "max": whole("So viele Plätze (sonst so viele wie Antworten, höchstens 20)", minimum=1, maximum=MOST),
    }
    messages: ClassVar = {
        "required": message(
            "Bitte wählen Sie bei {label} mindestens den ersten Platz aus.",
            "Please choose at least the first place for {label}.",
            "Hier fehlt Ihre Antwort. Was ist am wichtigsten? Bitte wählen Sie Platz 1 aus.",
        ),
        "choice_invalid": ChoiceField.messages["choice_invalid"],
        "ranking_twice": message(
            "{label}: „{twice}“ steht auf mehreren Plätzen. Bitte wählen Sie jede Antwort nur einmal.",
            "{label}: “{twice}” is on several places. Please choose each answer only once.",
            "Sie haben eine Antwort zweimal gewählt: {twice}. Bitte wählen Sie jede Antwort nur einmal.",
        ),
        "ranking_too_few": message(
            "{label}: Bitte wählen Sie mindestens {min} Plätze aus.",
            "{label}: Please choose at least {min} places.",
            "Bitte wählen Sie mindestens {min} Plätze aus.",
        ),
        "ranking_too_many": message(
            "{label}: Möglich sind höchstens {max} Plätze.",
            "{label}: You can choose at most {max} places.",
            "Das sind zu viele. Es gibt höchstens {max} Plätze.",
        ),
    }

    def check_settings(self, settings: Settings) -> Iterable[SettingFault]:
        yield from super().check_settings(settings)
        if settings.get("min", 0) > len(settings["values"]):
            yield SettingFault("min", "Es sollen mehr Plätze besetzt werden, als die Liste Antworten enthält.")

    def places(self, settings: Settings) -> int:
        most: int = settings.get("max", MOST)
        return min(most, len(settings["values"]))

    def parse(self, raw: Any, settings: Settings) -> Any:
        if isinstance(raw, str):
            raw = [raw]
        if raw is None:
            return None
        if not isinstance(raw, list | tuple) or len(raw) > 10 * MOST:
            return Fault("choice_invalid")
        if not all(isinstance(item, str) for item in raw):
            return Fault("choice_invalid")
        ranked = [item.strip() for item in raw if item.strip()]
        if not set(ranked) <= settings["values"].keys():
            return Fault("choice_invalid")
        return ranked or None

    def check(self, value: list[str], settings: Settings, today: date) -> Fault | None:
        twice = next((item for item in value if value.count(item) > 1), None)
        if twice is not None:
            return Fault("ranking_twice", {"twice": label_of(settings, twice, "de")})
        if len(value) < settings.get("min", 0):
            return Fault("ranking_too_few", {"min": settings["min"]})
        if len(value) > self.places(settings):
            return Fault("ranking_too_many", {"max": self.places(settings)})
        return None

    def display(self, value: list[str], locale: str, settings: Settings = NO_SETTINGS) -> str:
        return ", ".join(f"{place}. {label_of(settings, item, locale)}" for place, item in enumerate(value, start=1))

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": sorted(settings["values"])}}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        return {"max": self.places(settings)} | ({"min": settings["min"]} if "min" in settings else {})
