"""What a migration most likely is, from the difference of two versions: an editor looks at it before it counts."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms_engine.domain.model import Flow, Node, Step
from forms_engine.fields import Text, say

from .document import Migration, OptionChange
from .fitting import has_same_rows, is_compatible, takes_answer

GONE = {
    "de": "Diese Angabe brauchen wir nicht mehr.",
    "en": "We no longer need this answer.",
    "de-simple": "Diese Angabe brauchen wir nicht mehr.",
}
OPTION_GONE = {
    "de": "Diese Antwort gibt es nicht mehr. Bitte wählen Sie eine andere.",
    "en": "This option no longer exists. Please choose another one.",
    "de-simple": "Diese Antwort gibt es nicht mehr. Bitte wählen Sie eine andere Antwort.",
}


def propose_migration(old: Flow, new: Flow) -> Migration:
    """Questions keep their path where it still fits; else one with the same name takes its place: in the same group,
    with the same id elsewhere, or the only one with that name. What finds no place is dropped, and said so."""
    return Proposal(old, new).build()


@dataclass(slots=True)
class Proposal:
    old: Flow
    new: Flow
    moves: dict[str, str] = field(default_factory=dict)
    drops: dict[str, Text] = field(default_factory=dict)
    options: dict[tuple[str, str], OptionChange] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    @property
    def migration(self) -> Migration:
        return Migration(self.old.hash, self.new.hash, self.moves, self.options, self.drops)

    def build(self) -> Migration:
        self.taken = {path for path, node in self.old.nodes.items() if self.stays(node)}
        for step in self.old.steps:
            self.place_step(step)
        for node in self.old.nodes.values():
            if node.is_group or takes_answer(node):
                self.place(node)
        return self.migration

    def stays(self, node: Node) -> bool:
        """Something of the same kind at the same path: not free for others."""
        found = self.new.nodes.get(node.path)
        return found is not None and fits(node, found)

    def place_step(self, step: Step) -> None:
        if self.new.find_step(step.id):
            return
        free = [one for one in self.new.steps if not self.old.find_step(one.id)]
        same = [
            one for one in free if say(one.title, "de") == say(step.title, "de") and one.id not in self.moves.values()
        ]
        if len(same) == 1:
            self.moves[step.id] = same[0].id

    def place(self, node: Node) -> None:
        expected = self.migration.target_of(node.path) or node.path
        found = self.find(node, expected)
        if found is not None:
            self.taken.add(found.path)
            if found.path != expected:
                self.moves[node.path] = found.path
            self.place_options(node, found)
        elif takes_answer(node):
            self.drops[node.path] = GONE

    def find(self, node: Node, expected: str) -> Node | None:
        here = self.new.nodes.get(expected)
        if here is not None and self.suits(node, here) and (expected == node.path or expected not in self.taken):
            return here
        free = [one for path, one in self.new.nodes.items() if path not in self.taken and self.suits(node, one)]
        twins = [one for one in free if name_of(one) == name_of(node)]
        parent = expected.rpartition(".")[0]
        for same in (
            [one for one in twins if one.path.rpartition(".")[0] == parent],
            [one for one in twins if one.id == node.id],
            twins,
        ):
            if len(same) == 1:
                return same[0]
        return None

    def suits(self, node: Node, found: Node) -> bool:
        if node.is_group and node.repeat is None:
            return fits(node, found)
        return fits(node, found) and has_same_rows(node, found, self.migration)

    def place_options(self, node: Node, found: Node) -> None:
        offered = {option.value for option in found.options}
        known = {option.value for option in node.options}
        fresh = {say(option.label, "de"): option.value for option in found.options if option.value not in known}
        for option in node.options if found.options else ():
            if option.value not in offered:
                becomes = fresh.get(say(option.label, "de"))
                change = OptionChange(becomes) if becomes else OptionChange(None, OPTION_GONE)
                self.options[node.path, option.value] = change


def fits(node: Node, found: Node) -> bool:
    if node.is_group:
        return found.is_group and (node.repeat is None) == (found.repeat is None)
    return takes_answer(node) and is_compatible(node, found)


def name_of(node: Node) -> str:
    return say(node.label, "de")
