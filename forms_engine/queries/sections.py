"""Which state of a section a form has, and which forms use a section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain.sections.changing import is_true_copy
from forms_engine.domain.sections.copying import section_hash
from forms_engine.domain.sections.uses import Use, list_uses
from forms_engine.models import FlowVersion, Form, SectionUse

Document = dict[str, Any]
KEEP = 512
_hashes: dict[str, str] = {}


@dataclass(frozen=True)
class States:
    """What a section has published: each state forms can have, by `section_hash`, with its newest version."""

    section: Form | None
    live: FlowVersion | None = None
    live_hash: str = ""
    by_hash: dict[str, FlowVersion] = field(default_factory=dict)

    def is_current(self, made: str) -> bool:
        return bool(self.live_hash) and made == self.live_hash


@dataclass(frozen=True)
class UseState:
    """One use of a form: `version` is the state it has, None where this system has not published that state."""

    use: Use
    states: States
    is_altered: bool  # the form has not exactly the nodes this state gives it

    @property
    def version(self) -> FlowVersion | None:
        return self.states.by_hash.get(self.use.hash)

    @property
    def name(self) -> str:
        return self.states.section.title if self.states.section else self.use.key

    @property
    def is_current(self) -> bool:
        return self.states.is_current(self.use.hash) and not self.is_altered

    @property
    def can_take_over(self) -> bool:
        return self.states.live is not None and not self.is_current


@dataclass
class FormUse:
    """A form that uses a section: in its draft, online, or both."""

    form: Form
    draft: list[SectionUse] = field(default_factory=list)
    live: list[SectionUse] = field(default_factory=list)


def get_states(section: Form | None) -> States:
    """The states of a section that can be used. One query."""
    if section is None or not section.is_section:
        return States(None)
    by_hash: dict[str, FlowVersion] = {}
    live, live_hash = None, ""
    for version in section.versions.order_by("number"):
        made = hash_of(version)
        by_hash[made] = version
        if version.pk == section.live_id:
            live, live_hash = version, made
    return States(section, live, live_hash, by_hash)


def find_states(keys: Iterable[str]) -> dict[str, States]:
    """The states of several sections by key; a section that is not here has none."""
    wanted = set(keys)
    found = {form.key: form for form in Form.objects.filter(key__in=wanted, is_section=True).select_related("unit")}
    return {key: get_states(found.get(key)) for key in wanted}


def list_use_states(document: Document) -> list[UseState]:
    """All uses of a form with the state each has, in the order of the form."""
    uses = list_uses(document)
    states = find_states(use.key for use in uses) if uses else {}
    return [look_at(document, use, states[use.key]) for use in uses]


def look_at(document: Document, use: Use, states: States) -> UseState:
    version = states.by_hash.get(use.hash)
    is_altered = version is not None and not is_true_copy(document, use.path, version.document)
    return UseState(use, states, is_altered)


def list_forms_using(section: Form) -> list[FormUse]:
    """Every form that uses the section in its draft or online, by title."""
    found: dict[int, FormUse] = {}
    rows = SectionUse.objects.filter(section=section.key).select_related("form__unit").defer("form__draft")
    for row in rows.order_by("form__title", "pk"):
        use = found.setdefault(row.form_id, FormUse(row.form))
        (use.live if row.is_live else use.draft).append(row)
    return list(found.values())


def find_behind(forms: Iterable[Form]) -> set[int]:
    """Ids of those forms whose draft has an older state of a section than the one that is published."""
    rows = list(SectionUse.objects.filter(form__in=[form.pk for form in forms], is_live=False))
    states = find_states(row.section for row in rows) if rows else {}
    return {row.form_id for row in rows if states[row.section].live and not states[row.section].is_current(row.hash)}


def list_sections_used(document: Document) -> dict[str, list[Document]]:
    """The states of sections a form has, as documents, by key, the oldest first: what has to travel with it.
    One that is not known here is left out."""
    used = {(one.use.key, one.version.number, one.version) for one in list_use_states(document) if one.version}
    found: dict[str, list[Document]] = {}
    for key, _, version in sorted(used, key=lambda entry: entry[:2]):
        found.setdefault(key, []).append(version.document)
    return found


def hash_of(version: FlowVersion) -> str:
    """`section_hash` of a version, worked out once a process: what its hash names never changes."""
    found = _hashes.get(version.hash)
    if found is None:
        found = _hashes[version.hash] = section_hash(version.document)
        while len(_hashes) > KEEP:
            _hashes.pop(next(iter(_hashes)), None)
    return found
