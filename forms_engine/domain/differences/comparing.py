"""Two documents side by side: names, texts and rules of both in words, and the sentences found so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain.flow import read_flow
from forms_engine.domain.model import Flow
from forms_engine.domain.reading import LANGUAGES
from forms_engine.domain.wording import sentence

Raw = dict[str, Any]
LONGEST = 160
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence. `path` is the step or question it is about, "" for the form."""

    path: str
    sentence: str


@dataclass(slots=True)
class Comparison:
    before: Raw
    after: Raw
    found: list[Difference] = field(default_factory=list)
    old: Flow | None = None
    new: Flow | None = None

    def __post_init__(self) -> None:
        self.old, self.new = read_flow(self.before)[0], read_flow(self.after)[0]

    def add(self, path: str, said: str) -> None:
        self.found.append(Difference(path, said))

    def condition(self, rule: Any, path: str, *, is_old: bool) -> str:
        """A condition as „wenn …“; "immer" where there is none."""
        if rule is None or rule is True:
            return "immer"
        if rule is False:
            return "nie"
        said = self.formula(rule, path, is_old=is_old)
        return said[:1].lower() + said[1:] if said.startswith("Wenn ") else said

    def formula(self, rule: Any, path: str, *, is_old: bool) -> str:
        flow = self.old if is_old else self.new
        return sentence(rule, flow, "de", place=path or None).rstrip(".") if flow else "eine Regel"

    def rule(self, path: str, subject: str, old: Any, new: Any) -> None:
        """A changed condition: „<subject> jetzt: wenn B; vorher: wenn A.“"""
        if old == new:
            return
        now, then = self.condition(new, path, is_old=False), self.condition(old, path, is_old=True)
        if now == then:
            self.add(path, f"{subject} wie bisher {now}; nur die Schreibweise der Regel ist anders.")
        else:
            self.add(path, f"{subject} jetzt{follow(now)}; vorher{follow(then)}.")

    def text(self, path: str, called: str, old: Any, new: Any) -> None:
        """A changed text: one sentence a language."""
        old, new = as_texts(old), as_texts(new)
        for locale in dict.fromkeys([*new, *old]):
            if old.get(locale) == new.get(locale):
                continue
            language = "" if locale == "de" else f" ({LANGUAGES.get(locale, locale)})"
            if locale not in old:
                self.add(path, f"{called}{language} ist neu: {shown(new[locale])}.")
            elif locale not in new:
                self.add(path, f"{called}{language} ist entfallen: {shown(old[locale])}.")
            else:
                self.add(path, f"{called}{language} lautet jetzt {shown(new[locale])}; vorher {shown(old[locale])}.")

    def value(self, path: str, called: str, old: Any, new: Any) -> None:
        """Any other changed member."""
        if old == new:
            return
        if new is None:
            self.add(path, f"{called} ist entfallen; vorher {shown(old)}.")
        else:
            self.add(path, f"{called} ist jetzt {shown(new)}" + (f"; vorher {shown(old)}." if old is not None else "."))


def follow(condition: str) -> str:
    """With the comma a clause needs: „, wenn …“, „ immer“."""
    return f", {condition}" if condition.startswith("wenn ") else f" {condition}"


def as_texts(texts: Any) -> dict[str, Any]:
    return texts if isinstance(texts, dict) else {} if texts is None else {"de": texts}


def shown(value: Any) -> str:
    """A value in a sentence: texts in quotation marks and not too long, yes and no in words."""
    if isinstance(value, bool):
        return "„ja“" if value else "„nein“"
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        value = ", ".join(map(str, value))
    if isinstance(value, str):
        plain = " ".join(TAG.sub(" ", value).split())
        return f"„{plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + '…'}“"
    return str(value) if isinstance(value, int | float) else "etwas anderes"


def by_id(items: Any, name: str = "id") -> dict[str, Raw]:
    """The objects of a list by their id; what has none is left out."""
    found = items if isinstance(items, list) else []
    return {item[name]: item for item in found if isinstance(item, dict) and isinstance(item.get(name), str)}


def in_other_order(old: Iterable[str], new: Iterable[str]) -> bool:
    """Do those that are in both stand in another order?"""
    old, new = list(old), list(new)
    return [one for one in old if one in new] != [one for one in new if one in old]


def name_of(item: Raw, fallback: str = "") -> str:
    """Label or title, in German or any language."""
    texts = as_texts(item.get("label") or item.get("title") or item.get("text"))
    text = texts.get("de") or next((one for one in texts.values() if one), "")
    return " ".join(TAG.sub(" ", str(text)).split())[:LONGEST] or fallback or str(item.get("id", ""))
