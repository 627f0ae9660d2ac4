"""What an import took, what it changed and what it left, in words for the person who imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Report:
    """Counts by name (`groups`, `fields`, `code_lists`, `rules`, `steps`, …) and one note for each deviation."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)
    rules: list[tuple[str, str, str, str]] = field(default_factory=list)  # path, id, text, what was proposed
    skipped: dict[str, int] = field(default_factory=dict)

    def note(self, kind: str, source: str, text: str, path: str = "") -> None:
        self.notes.append(Note(kind, source, text, path))

    def lines(self) -> Iterator[str]:
        yield from self._taken()
        for kind, title in TITLES.items():
            yield from self._noted(kind, title)
        yield from self._rules()
        yield from self._skipped()

    def _taken(self) -> Iterator[str]:
        count = self.counts
        yield (
            f"Übernommen: {count['steps']} Schritte, {count['groups']} Gruppen, {count['fields']} Felder, "
            f"{count['code_lists']} Codelisten ({count['codes']} Werte), {count['rules']} Regeln als Text."
        )

    def _noted(self, kind: str, title: str) -> Iterator[str]:
        chosen = [note for note in self.notes if note.kind == kind]
        if not chosen:
            return
        yield f"{title} ({len(chosen)}):"
        grouped: dict[tuple[str, str], list[str]] = {}
        for note in chosen:
            grouped.setdefault((note.source, note.text), []).append(note.path)
        for (source, text), paths in grouped.items():
            places = f" ({len(paths)} Stellen)" if len(paths) > 1 else (f" ({paths[0]})" if paths[0] else "")
            yield f"  {source}: {text}{places}"

    def _rules(self) -> Iterator[str]:
        if not self.rules:
            return
        proposed = sum(1 for rule in self.rules if rule[3])
        yield f"Noch zu modellieren ({len(self.rules)} Regeln, für {proposed} steht ein Vorschlag im Entwurf):"
        for path, identity, text, proposal in self.rules:
            short = " ".join(text.split())
            yield f"  {identity} an {path or 'Formular'}: {short[:140]}{'…' if len(short) > 140 else ''}"
            if proposal:
                yield f"      Vorschlag: {proposal}"

    def _skipped(self) -> Iterator[str]:
        if self.skipped:
            parts = ", ".join(f"{number} × {tag}" for tag, number in sorted(self.skipped.items()) if number)
            yield f"Gelesen und nicht übernommen (Redaktionsangaben ohne Bedeutung für das Formular): {parts}."
