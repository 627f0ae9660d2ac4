"""What an import took, what it changed and what it left, in words for the person who imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from forms_engine.fim.record import DROPPED

LEFT = "left"  # in the file, not in the form
CHANGED = "changed"  # in the form, other than the file says
ADDED = "added"  # in the form, not in the file
TITLES = {LEFT: "Nicht übernommen", CHANGED: "Anders übernommen", ADDED: "Ergänzt"}


@dataclass(frozen=True, slots=True)
class Note:
    kind: str
    source: str  # FIM id
    text: str
    path: str = ""


def noted(notes: list[Note], titles: dict[str, str]) -> Iterator[str]:
    """The notes by kind, each text once with the number of its places."""
    for kind, title in titles.items():
        chosen = [note for note in notes if note.kind == kind]
        if chosen:
            yield f"{title} ({len(chosen)}):"
        grouped: dict[tuple[str, str], list[str]] = {}
        for note in chosen:
            grouped.setdefault((note.source, note.text), []).append(note.path)
        for (source, text), paths in grouped.items():
            places = f" ({len(paths)} Stellen)" if len(paths) > 1 else (f" ({paths[0]})" if paths[0] else "")
            yield f"  {source}: {text}{places}"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What became of one prose rule at one place. `by`: tree, prose or open; `text`: what was done or is proposed."""

    path: str
    source: str
    prose: str
    by: str
    text: str


RULE_TITLES = {
    "tree": "Nach dem amtlichen Regelbaum modelliert",
    "prose": "Aus dem Satz gelesen und modelliert, bitte gegenlesen",
    "open": "Noch zu modellieren",
}


@dataclass(slots=True)
class Report:
    """Counts by name (`groups`, `fields`, `code_lists`, `rules`, `steps`, …) and one note for each deviation."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)
    rules: list[RuleLine] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)

    def note(self, kind: str, source: str, text: str, path: str = "") -> None:
        self.notes.append(Note(kind, source, text, path))

    def lines(self) -> Iterator[str]:
        yield from self._taken()
        yield from noted(self.notes, TITLES)
        yield from self._rules()
        yield from self._skipped()

    def _taken(self) -> Iterator[str]:
        count = self.counts
        yield (
            f"Übernommen: {count['steps']} Schritte, {count['groups']} Gruppen, {count['fields']} Felder, "
            f"{count['code_lists']} Codelisten ({count['codes']} Werte), {count['rules']} Regeln, "
            f"{count['trees']} amtliche Regelbäume."
        )

    def _rules(self) -> Iterator[str]:
        for by, title in RULE_TITLES.items():
            chosen = [rule for rule in self.rules if rule.by == by]
            if chosen:
                yield f"{title} ({len(chosen)} von {len(self.rules)} Regeln):"
            for rule in chosen:
                short = " ".join(rule.prose.split())
                yield f"  {rule.source} an {rule.path or 'Formular'}: {short[:140]}{'…' if len(short) > 140 else ''}"
                if rule.text:
                    yield f"      {'Vorschlag' if by == 'open' else 'Im Formular'}: {rule.text}"

    def _skipped(self) -> Iterator[str]:
        for title, chosen in (
            ("Nicht im Formular, aber für den Export aufgehoben", self.skipped.keys() - DROPPED),
            ("Gelesen und nicht übernommen (Beziehungen zwischen FIM-Bausteinen)", self.skipped.keys() & DROPPED),
        ):
            parts = ", ".join(f"{self.skipped[tag]} × {tag}" for tag in sorted(chosen) if self.skipped[tag])
            if parts:
                yield f"{title}: {parts}."
