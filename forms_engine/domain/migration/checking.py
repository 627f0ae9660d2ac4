"""Is a migration right? Types agree, rows agree, nothing is lost silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from forms_engine.domain.model import Flow, Node
from forms_engine.fields import Fault, say

from .document import Migration
from .fitting import answered_nodes, has_same_rows, is_compatible, takes_answer

SAY_WHERE = "Sagen Sie, wohin die Antwort kommt, oder lassen Sie sie entfallen."
SAY_WHICH = "Sagen Sie, welche an ihre Stelle tritt, oder lassen Sie sie entfallen."


@dataclass(frozen=True, slots=True)
class MigrationProblem:
    """What keeps a migration from being published; `path` is a path of the old version, for a default of the new."""

    code: str
    path: str
    message: str


def check_migration(old: Flow, new: Flow, migration: Migration) -> list[MigrationProblem]:
    """Everything that is wrong with a migration; empty when it can be published."""
    if (migration.source, migration.target) != (old.hash, new.hash):
        message = "Der Umzug gehört zu anderen Versionen. Legen Sie ihn neu an."
        return [MigrationProblem("other_versions", "", message)]
    found = [*unknown_paths(old, new, migration), *reasonless(old, migration)]
    for node in answered_nodes(old):
        found += check_question(node, new, migration)
    return [*found, *doubled(old, new, migration), *bad_defaults(old, new, migration)]


def named(node: Node) -> str:
    return f"„{say(node.label, 'de') or node.path}“"


def unknown_paths(old: Flow, new: Flow, migration: Migration) -> Iterator[MigrationProblem]:
    for path in dict.fromkeys([*migration.moves, *migration.drops, *(at for at, _value in migration.options)]):
        if path not in old.nodes and not old.find_step(path):
            yield MigrationProblem("source_unknown", path, f"„{path}“ gibt es in der alten Version nicht.")
    for path, target in migration.moves.items():
        if target not in new.nodes and not new.find_step(target):
            yield MigrationProblem("target_unknown", path, f"„{target}“ gibt es in der neuen Version nicht.")


def reasonless(old: Flow, migration: Migration) -> Iterator[MigrationProblem]:
    message = "{} entfällt. Bitte sagen Sie den Menschen auf Deutsch, warum."
    for path, reason in migration.drops.items():
        if not reason.get("de", "").strip():
            node = old.nodes.get(path)
            yield MigrationProblem("reason_missing", path, message.format(named(node) if node else f"„{path}“"))
    for (path, value), change in migration.options.items():
        if change.becomes is None and not change.reason.get("de", "").strip():
            yield MigrationProblem("reason_missing", path, message.format(f"Die Antwort „{value}“"))


def check_question(node: Node, new: Flow, migration: Migration) -> Iterator[MigrationProblem]:
    target = migration.target_of(node.path)
    if target is None:
        return
    found = new.nodes.get(target)
    if found is None or not takes_answer(found):
        message = f"{named(node)} gibt es in der neuen Version nicht mehr. {SAY_WHERE}"
        yield MigrationProblem("lost", node.path, message)
    elif not is_compatible(node, found):
        message = f"Die Antwort auf {named(node)} passt nicht zu {named(found)}: Die Art der Frage ist eine andere."
        yield MigrationProblem("type_clash", node.path, message)
    elif not has_same_rows(node, found, migration):
        message = f"{named(node)} steht in anderen Einträgen als {named(found)}. So eine Antwort kann nicht umziehen."
        yield MigrationProblem("rows_clash", node.path, message)
    else:
        yield from check_options(node, found, migration)


def check_options(old: Node, new: Node, migration: Migration) -> Iterator[MigrationProblem]:
    """Each old answer to choose from has a new one, or is said to be gone."""
    if not new.options:
        return
    offered = {option.value for option in new.options}
    for option in old.options:
        change = migration.options.get((old.path, option.value))
        becomes = change.becomes if change else option.value
        if becomes is not None and becomes not in offered:
            message = f"Die Antwort „{say(option.label, 'de')}“ auf {named(old)} gibt es nicht mehr. {SAY_WHICH}"
            yield MigrationProblem("option_lost", old.path, message)


def doubled(old: Flow, new: Flow, migration: Migration) -> Iterator[MigrationProblem]:
    """Two questions whose answers would come to the same place: one would push the other out."""
    targets = [(node, migration.target_of(node.path)) for node in answered_nodes(old)]
    counts = Counter(target for _node, target in targets)
    for node, target in targets:
        if target is not None and counts[target] > 1 and target in new.nodes:
            place = named(new.nodes[target])
            message = f"Zwei Antworten kämen zu {place}, darunter die auf {named(node)}. Nur eine kann dort stehen."
            yield MigrationProblem("doubled", node.path, message)


def bad_defaults(old: Flow, new: Flow, migration: Migration) -> Iterator[MigrationProblem]:
    filled = {migration.target_of(node.path) for node in answered_nodes(old)}
    for path, value in migration.defaults.items():
        node = new.nodes.get(path)
        if node is None or not node.is_question or node.type == "file":
            yield MigrationProblem("default_unknown", path, f"Für „{path}“ kann es keine Vorgabe geben.")
        elif path in filled:
            message = f"{named(node)} bekommt schon eine Antwort von früher. Eine Vorgabe ist nur für neue Fragen."
            yield MigrationProblem("default_needless", path, message)
        elif not is_answer(node, value):
            yield MigrationProblem("default_wrong", path, f"Die Vorgabe für {named(node)} ist keine gültige Antwort.")


def is_answer(node: Node, value: object) -> bool:
    parsed = node.field.parse(value, node.settings)
    if parsed is None or type(parsed) is Fault:
        return False
    chosen = value if isinstance(value, list) else [value]
    return not node.options or all(any(option.value == one for option in node.options) for one in chosen)
