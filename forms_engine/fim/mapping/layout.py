"""Where everything goes: steps a citizen can work through, and one stable path for each position of the schema.

Ids are the FIM ids in small letters, so that a path stays the same however often the schema is imported. A large
group is spread over several steps by its sub groups; `known_steps` (the steps of an earlier import) keeps that
decision, so that a new version does not move questions to other paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms_engine.fim.model import DataField, Group, Position, Reference, Rule, Schema

MANY_QUESTIONS = 12  # on one page; more are spread over several steps
MANY_OPTIONAL = 20  # the same for a group that need not be filled in
OWN_STEP = 4  # questions a sub group needs to be worth a step of its own
MAX_ID = 60
SINGLES = "antrag"
DOCUMENTS = "unterlagen"


@dataclass(slots=True, eq=False)
class Place:
    """One position of the schema and where it stands in the form."""

    position: Position
    id: str
    path: str
    ids: tuple[str, ...]  # FIM ids from the top to here
    address: str  # positions from the top to here: 0.2.1
    parent: Place | None = field(default=None, repr=False)
    children: list[Place] = field(default_factory=list)
    is_step: bool = False  # the group itself is the step: no node of its own
    apart: list[Place] = field(default_factory=list)  # children with steps of their own

    @property
    def element(self) -> DataField | Group:
        return self.position.element

    @property
    def group(self) -> Group:
        if not isinstance(self.element, Group):
            raise TypeError(self.path)
        return self.element

    @property
    def key(self) -> str:
        """Unique for each position, whatever the steps are."""
        return f"{self.parent.key}.{self.id}" if self.parent else self.id

    @property
    def is_multiple(self) -> bool:
        """Whether several answers make sense here. A list of yes and no may be repeated in FIM, but not by a person."""
        codes = self.element.codes if isinstance(self.element, DataField) else None
        yes_no = codes is not None and {code.name.casefold().strip() for code in codes} == {"ja", "nein"}
        return self.position.is_repeated and not yes_no

    @property
    def kept(self) -> list[Place]:
        """The children that stay in the step of the group."""
        return [child for child in self.children if child not in self.apart]

    def walk(self) -> Iterator[Place]:
        yield self
        for child in self.children:
            yield from child.walk()

    def row(self) -> Place | None:
        """The nearest repeated group that this place is inside of."""
        place = self.parent
        while place is not None and not place.position.is_repeated:
            place = place.parent
        return place


@dataclass(slots=True)
class Step:
    id: str
    title: str
    places: list[Place]
    group: Place | None = None  # the group whose questions these are, None for gathered single fields
    intro: str = ""


@dataclass(slots=True)
class Layout:
    steps: list[Step]
    top: list[Place]

    def walk(self) -> Iterator[Place]:
        for place in self.top:
            yield from place.walk()


def plan_layout(
    schema: Schema, *, known_steps: frozenset[str] = frozenset(), silent: frozenset[str] = frozenset()
) -> Layout:
    """`silent`: keys of fields that nobody is asked. They make no step of their own."""
    top = _places(schema.children, None)
    singles = [place for place in top if isinstance(place.element, DataField)]
    documents = [place for place in singles if _is_file(place)]
    questions = [place for place in singles if not _is_file(place)]
    steps: list[Step] = []
    for place in top:
        if isinstance(place.element, Group):
            steps += _Splitter(known_steps).steps(place)
        elif questions and place is questions[0]:
            steps.append(_gathered(SINGLES, "Angaben zum Antrag", questions))
    if documents:
        steps.append(_gathered(DOCUMENTS, "Unterlagen", documents))
    _join_silent(steps, silent)
    _tell_apart(steps)
    return Layout(steps, top)


def _join_silent(steps: list[Step], silent: frozenset[str]) -> None:
    """Fields that nobody is asked join the next step instead of making an empty page."""
    empty = next((step for step in steps if step.id == SINGLES and all(one.key in silent for one in step.places)), None)
    others = [step for step in steps if step is not empty]
    if empty is None or not others:
        return
    steps.remove(empty)
    for place in empty.places:
        place.path = f"{others[0].id}.{place.id}"
    others[0].places[:0] = empty.places


def count_questions(place: Place) -> int:
    """How many questions a citizen may see here at once (rows counted once)."""
    return sum(1 for one in place.walk() if isinstance(one.element, DataField) and one.element.kind in _ASKED)


_ASKED = frozenset({"input", "select"})


def _is_file(place: Place) -> bool:
    return isinstance(place.element, DataField) and place.element.datatype == "file"


def _with_ids(positions: tuple[Position, ...]) -> Iterator[tuple[Position, str]]:
    """Short keys, unique among siblings."""
    taken: set[str] = set()
    for position in positions:
        base = position.element.id.lower()
        ident, number = base, 2
        while ident in taken:
            ident, number = f"{base}_{number}", number + 1
        taken.add(ident)
        yield position, ident


def _places(positions: tuple[Position, ...], parent: Place | None) -> list[Place]:
    places = []
    for index, (position, ident) in enumerate(_with_ids(positions)):
        ids = (*(parent.ids if parent else ()), position.element.id)
        place = Place(position, ident, "", ids, f"{parent.address}.{index}" if parent else str(index), parent)
        if isinstance(position.element, Group):
            place.children = _places(position.element.children, place)
        places.append(place)
    return places


def _set_paths(place: Place, path: str) -> None:
    place.path = path
    for child in place.children:
        _set_paths(child, f"{path}.{child.id}")


def _gathered(ident: str, title: str, places: list[Place]) -> Step:
    for place in places:
        _set_paths(place, f"{ident}.{place.id}")
    return Step(ident, title, places)


class _Splitter:
    """Turns one top group into one step, or into several by its sub groups."""

    def __init__(self, known_steps: frozenset[str]) -> None:
        self._known = known_steps

    def steps(self, place: Place) -> list[Step]:
        return self._split(place, place.id)

    def _split(self, place: Place, ident: str) -> list[Step]:
        """A group that stands exactly once is the step; any other is a node inside its step."""
        place.is_step = place.position.minimum == place.position.maximum == 1 and not place.group.choice
        if not place.position.is_repeated and not place.group.choice:
            place.apart = [child for child in place.children if self._is_own_step(place, child, ident)]
        steps = self._own_steps(place, ident)
        for child in place.apart:
            steps += self._split(child, f"{ident}_{child.id}")
        if place.is_step:
            place.path = steps[0].id  # a group of nothing but large groups has no step of its own
        return steps

    def _own_steps(self, place: Place, ident: str) -> list[Step]:
        if not place.is_step:
            place.path = f"{ident}.{place.id}"
        for child in place.kept:
            _set_paths(child, f"{ident if place.is_step else place.path}.{child.id}")
        if not place.is_step:
            return [Step(ident, place.element.label, [place], place)]
        return [Step(ident, place.element.label, place.kept, place, place.element.help)] if place.kept else []

    def _is_own_step(self, place: Place, child: Place, ident: str) -> bool:
        own = f"{ident}_{child.id}"
        if not isinstance(child.element, Group) or len(own) > MAX_ID:
            return False
        if ident in self._known:
            return own in self._known
        most = MANY_QUESTIONS if place.is_step else MANY_OPTIONAL
        return own in self._known or (count_questions(place) > most and count_questions(child) >= OWN_STEP)


def _tell_apart(steps: list[Step]) -> None:
    """Two steps with one title get the title of the group around them in front."""
    titles = [step.title for step in steps]
    for step in steps:
        around = step.group.parent if step.group else None
        if titles.count(step.title) > 1 and around is not None:
            step.title = f"{around.element.label}: {step.title}"


def inherited_references(place: Place) -> tuple[Reference, ...]:
    """The legal basis of the nearest place that names one; the schema's own stands at the form."""
    here: Place | None = place
    while here is not None:
        found = here.element.references + here.position.references
        if found:
            return tuple(dict.fromkeys(found))
        here = here.parent
    return ()


def rules_of(layout: Layout, schema: Schema) -> Iterator[tuple[Place | None, Rule]]:
    """Each rule with the place of the element that carries it; None is the schema."""
    for rule in schema.rules:
        yield None, rule
    for place in layout.walk():
        for rule in place.element.rules:
            yield place, rule
