"""Sections as the desk shows them: the state a form has, what taking over would do, which forms a change touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from forms_engine.desk.findings import list_news
from forms_engine.desk.outline import Line, StepLines, text_of
from forms_engine.domain.differences import Difference, list_differences
from forms_engine.domain.editing import EditRefused
from forms_engine.domain.sections.changing import TakeOverRefused, list_obstacles, renew
from forms_engine.domain.sections.copying import ASKS_NOTHING, first_step, section_hash
from forms_engine.domain.sections.uses import list_uses
from forms_engine.models import FlowVersion, Form, SectionUse
from forms_engine.queries.sections import FormUse, States, UseState, get_states, list_forms_using, list_use_states
from forms_engine.services.sections import renewed_draft

Document = dict[str, Any]
MOST_SAID = 3
NOT_KNOWN = "auf einem Stand, den es hier nicht gibt"


def day_of(version: FlowVersion) -> str:
    return date_format(timezone.localtime(version.published_at), "j. F Y")


def name_state(states: States, made: str) -> str:
    """Which state this is, as the end of a sentence: „aktuell“, „auf Stand vom 3. November 2026 (Version 1)“."""
    version = states.by_hash.get(made)
    if version is None:
        return NOT_KNOWN
    if states.is_current(made):
        return "aktuell"
    return f"auf Stand vom {day_of(version)} (Version {version.number})"


def say_use(state: UseState) -> str:
    """The state of one use as a sentence."""
    if state.states.section is None:
        return "Diesen Baustein gibt es hier nicht. Die Fragen bleiben, wie sie sind."
    if state.is_altered:
        return "Die Fragen weichen vom Baustein ab."
    if state.is_current:
        return "Die Fragen sind auf dem neuesten Stand des Bausteins."
    live = state.states.live
    newer = f" Seit dem {day_of(live)} gibt es einen neueren (Version {live.number})." if live else ""
    return f"Die Fragen sind {name_state(state.states, state.use.hash)}.{newer}"


def add_uses(document: Document, steps: list[StepLines]) -> None:
    """Write beside each step and group of the outline that follows a section how it stands, and mark what is copied."""
    by_path = {state.use.path: state for state in list_use_states(document)}
    if not by_path:
        return
    for step in steps:
        step.use = by_path.get(step.id)
        for line in step.lines:
            line.use = by_path.get(line.path)
            line.is_copied = is_inside(line, by_path)


def is_inside(line: Line, paths: Iterable[str]) -> bool:
    return any(line.path.startswith(f"{path}.") for path in paths)


def keep_true(before: Document, after: Document) -> Document:
    """Copies that were true before a change are true after it: a new language of the form, or a group around that can
    now be given several times, changes how the section's questions read."""
    altered = [state for state in list_use_states(after) if state.is_altered and state.version]
    if not altered:
        return after
    true_before = {state.use for state in list_use_states(before) if not state.is_altered}
    for state in altered:
        if state.use in true_before and state.version:
            after = renew(after, state.use.path, state.version.document)
    return after


def list_questions(section: Document) -> list[str]:
    """What a section asks, to choose by."""
    nodes = first_step(section).get("nodes") or []
    asked = [node for node in nodes if isinstance(node, dict) and node.get("type") not in ASKS_NOTHING]
    return [text_of(node.get("label"), "de", str(node.get("id", ""))) for node in asked]


@dataclass
class Outlook:
    """What taking over would do to one form: what is in the way, what would be wrong or red then, what changes."""

    obstacles: list[str] = field(default_factory=list)
    news: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    document: Document | None = None

    @property
    def is_smooth(self) -> bool:
        return not self.obstacles and not self.news


def look_ahead(form: Form, states: States) -> Outlook:
    """Try it on the draft; nothing is saved."""
    try:
        document = renewed_draft(form, states)
    except TakeOverRefused as refused:
        return Outlook(obstacles=list(refused.obstacles))
    return outlook_of(form.draft, document)


def outlook_of(before: Document, after: Document) -> Outlook:
    errors = [found for found in list_news(before, after) if found.is_error]
    said = [f"{found.place}: {found.message_de}" for found in errors[:MOST_SAID]]
    rest = len(errors) - len(said)
    news = said + ([f"Und {rest} weitere Fehler."] if rest else [])
    return Outlook(news=news, differences=list_differences(before, after), document=after)


@dataclass
class FormRow:
    """One form that uses a section, as a row of its table."""

    form: Form
    may_edit: bool
    draft: str
    live: str
    group: str
    outlook: Outlook | None = None  # where something is to take over and the person may do it
    before_publishing: list[str] = field(default_factory=list)  # what the section's draft would put in the way

    @property
    def where(self) -> str:
        """„Entwurf aktuell, online auf Stand vom …“"""
        if self.draft == self.live:
            return f"Entwurf und online {self.draft}"
        draft = f"Entwurf {self.draft}" if self.draft else "im Entwurf nicht mehr"
        return f"{draft}, online {self.live}" if self.live else draft


@dataclass
class Usage:
    """Everything about who uses a section."""

    states: States
    rows: list[FormRow]
    is_new: bool  # does the draft of the section differ from what is published, in what forms get?
    steps: list[tuple[str, list[Difference]]]  # from each older state in use to the published one

    @property
    def sentence(self) -> str:
        """„Diese 4 Formulare nutzen den Baustein: 3 aktuell, 1 auf Stand vom …“"""
        if not self.rows:
            return "Noch nutzt kein Formular diesen Baustein."
        counted = Counter(row.group for row in self.rows)
        parts = ", ".join(f"{number} {group}" for group, number in counted.items())
        return f"{say_forms(len(self.rows))} den Baustein: {parts}."

    @property
    def to_take_over(self) -> list[FormRow]:
        return [row for row in self.rows if row.outlook and row.outlook.document]


def say_forms(number: int) -> str:
    return "Dieses Formular nutzt" if number == 1 else f"Diese {number} Formulare nutzen"


def look_at_usage(section: Form, editable: set[int]) -> Usage:
    """Which forms use the section and how each stands. `editable`: ids of the forms the person may change."""
    states = get_states(section)
    is_new = section.live is None or section_hash(section.draft) != states.live_hash
    rows = [
        make_row(use, states, section, may_edit=use.form.pk in editable, is_new=is_new)
        for use in list_forms_using(section)
    ]
    rows.sort(key=lambda row: (row.group == "aktuell", row.form.title))
    return Usage(states, rows, is_new, list_steps(states, rows))


def make_row(use: FormUse, states: States, section: Form, *, may_edit: bool, is_new: bool) -> FormRow:
    form = use.form
    behind = any(not states.is_current(row.hash) for row in use.draft)
    row = FormRow(form, may_edit, name_all(states, use.draft), name_all(states, use.live), name_group(states, use))
    if behind and may_edit and states.live:
        row.outlook = look_ahead(form, states)
    if is_new:
        row.before_publishing = list_coming_obstacles(form.draft, section)
    return row


def name_all(states: States, rows: list[SectionUse]) -> str:
    return ", ".join(dict.fromkeys(name_state(states, row.hash) for row in rows))


def name_group(states: States, use: FormUse) -> str:
    """What is counted in the sentence: the state of the draft, and whether it is online yet."""
    behind = [row for row in use.draft if not states.is_current(row.hash)]
    if behind:
        return name_state(states, behind[0].hash)
    if not use.draft:
        return "nur noch online"
    waits = any(not states.is_current(row.hash) for row in use.live)
    return "übernommen, aber noch nicht veröffentlicht" if waits else "aktuell"


def list_coming_obstacles(document: Document, section: Form) -> list[str]:
    """What would be in the way of taking over what the section's draft says."""
    found: list[str] = []
    for use in list_uses(document):
        if use.key == section.key:
            try:
                found += list_obstacles(document, use.path, section.draft)
            except EditRefused as refused:
                found.append(str(refused))
    return found


def list_steps(states: States, rows: list[FormRow]) -> list[tuple[str, list[Difference]]]:
    """In plain words: from each older state a form still has to the one that is published."""
    if states.live is None:
        return []
    used = {row.draft for row in rows} | {row.live for row in rows}
    older = [
        (made, version)
        for made, version in states.by_hash.items()
        if not states.is_current(made) and any(name_state(states, made) in said for said in used)
    ]
    return [
        (f"Version {version.number} vom {day_of(version)}", list_differences(version.document, states.live.document))
        for _, version in sorted(older, key=lambda pair: pair[1].number)
    ]
