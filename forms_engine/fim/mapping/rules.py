"""Applies the prose rules that were read with certainty. Every rule stays in `todo` for a person to confirm.

A name in a rule means a direct child of the element that carries the rule; further down or further away it must be
the only one of that name. A code must be in the list of the source; `01` for `001` is repaired, anything else refuses
the rule. One target may be named by several rules: they are weighed together, and where they do not fit, all of them
stay prose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from forms_engine.fim.codelists import CodeLists
from forms_engine.fim.mapping.effects import Effects, Json
from forms_engine.fim.mapping.layout import Layout, Place, rules_of
from forms_engine.fim.mapping.variables import variable
from forms_engine.fim.model import DataField, Group, Rule, Schema
from forms_engine.fim.prose import REQUIRE as REQUIRED
from forms_engine.fim.prose import AtLeastOne, Condition, Conditional, Either, Meaning, Prefilled, read_prose

Key = tuple[str, str]  # key of the bearing element, rule id
BOOLEANS = {"wahr": True, "true": True, "ja": True, "falsch": False, "false": False, "nein": False}
DAY, MONTH, YEAR = "F60000000231", "F60000000232", "F60000000233"
MONTH_NEEDED, DATE_EXISTS = "R60000000023", "R60000000024"


class Unclear(Exception):
    """The rule is read, but not certain here."""


@dataclass(frozen=True, slots=True)
class Test:
    """A resolved condition: the answer at `source` is (not) among `values`."""

    source: Place
    values: tuple[str | bool, ...]
    negated: bool
    possible: frozenset[str | bool]

    @property
    def true_for(self) -> frozenset[str | bool]:
        return self.possible - set(self.values) if self.negated else frozenset(self.values)


@dataclass(slots=True)
class Claim:
    """What the rules say about one target."""

    target: Place
    required: list[Test] = field(default_factory=list)
    forbidden: list[Test] = field(default_factory=list)
    rules: set[Key] = field(default_factory=set)


def propose(layout: Layout, schema: Schema, effects: Effects, *, codelists: CodeLists | None = None) -> dict[Key, str]:
    """Fills `effects`; returns for each rule that was applied, one German sentence on what was done."""
    return _Proposer(layout, schema, effects, codelists or CodeLists()).run()


class _Proposer:
    def __init__(self, layout: Layout, schema: Schema, effects: Effects, codelists: CodeLists) -> None:
        self._layout = layout
        self._effects = effects
        self._codelists = codelists
        self._rules = list(rules_of(layout, schema))
        self._done: dict[Key, str] = {}

    def run(self) -> dict[Key, str]:
        read: list[tuple[Key, Place | None, tuple[Meaning, ...]]] = []
        for place, rule in self._rules:
            key = (place.key if place else "", rule.id)
            if not self._known_rule(key, place, rule):
                read.append((key, place, read_prose(rule.text)))
        self._choice_groups()
        self._conditionals(read)
        for key, place, meanings in read:
            for meaning in meanings:
                self._single(key, place, meaning)
        return self._done

    # -- rules of the building-block library, known by their id -------------------------------------------------

    def _known_rule(self, key: Key, place: Place | None, rule: Rule) -> bool:
        parts = {child.element.id: child for child in place.children} if place else {}
        if rule.id not in {MONTH_NEEDED, DATE_EXISTS} or not {DAY, MONTH, YEAR} <= set(parts):
            return False
        day, month, year = ({"var": variable(parts[one], parts[one].path)} for one in (DAY, MONTH, YEAR))
        if rule.id == MONTH_NEEDED:
            self._effects.of(parts[MONTH]).required = {"not": [{"is_empty": [day]}]}
            self._done[key] = "Der Monat ist Pflicht, sobald der Tag angegeben ist."
            return True
        unknown = {"and": [{"is_empty": [day]}, {"is_empty": [month]}]}
        self._effects.of(parts[DAY]).valid.append(
            {
                "rule": {"or": [unknown, {"is_valid_date": [day, month, year]}]},
                "message": {"de": "Dieses Datum gibt es nicht. Bitte prüfen Sie Tag, Monat und Jahr."},
            }
        )
        self._done[key] = "Tag, Monat und Jahr müssen ein Datum ergeben, das es gibt."
        return True

    def _choice_groups(self) -> None:
        """Art X: exactly one of the children."""
        for place in self._layout.walk():
            if isinstance(place.element, Group) and place.element.choice and len(place.children) > 1:
                self._choose(place, place.children)

    def _choose(self, around: Place, targets: list[Place]) -> None:
        chooser = self._effects.add_choice(around, targets)
        for target in targets:
            effect = self._effects.of(target)
            effect.visible = {"==": [{"var": variable(target, chooser)}, target.id]}
            effect.required = True if isinstance(target.element, DataField) else None

    # -- Wenn …, dann … -----------------------------------------------------------------------------------------

    def _conditionals(self, read: list[tuple[Key, Place | None, tuple[Meaning, ...]]]) -> None:
        refused: set[Key] = set()
        while True:
            claims = self._claims(read, refused)
            failed = {key for claim in claims for key in claim.rules if not self._fits(claim)}
            failed |= self._circular(claims)
            if not failed:
                break
            refused |= failed
        for claim in claims:
            self._apply(claim)

    def _claims(self, read: list[tuple[Key, Place | None, tuple[Meaning, ...]]], refused: set[Key]) -> list[Claim]:
        claims: dict[str, Claim] = {}
        for key, place, meanings in read:
            conditionals = [meaning for meaning in meanings if isinstance(meaning, Conditional)]
            if not conditionals or key in refused:
                continue
            try:
                resolved = [self._resolve(place, meaning) for meaning in conditionals]
            except Unclear:
                refused.add(key)
                continue
            for test, kind, target in resolved:
                claim = claims.setdefault(target.key, Claim(target))
                (claim.required if kind == REQUIRED else claim.forbidden).append(test)
                claim.rules.add(key)
        return list(claims.values())

    def _resolve(self, bearer: Place | None, meaning: Conditional) -> tuple[Test, str, Place]:
        target = self._find(bearer, meaning.target)
        source = self._find(bearer, meaning.condition.source)
        _check_reach(source, target)
        return self._test(source, meaning.condition), meaning.kind, target

    def _test(self, source: Place, condition: Condition) -> Test:
        values = tuple(self._value(source, code) for code in condition.codes)
        return Test(source, values, condition.negated, frozenset(self._possible(source)))

    def _possible(self, source: Place) -> Iterable[str | bool]:
        element = source.element
        if isinstance(element, DataField) and element.datatype == "bool":
            return (True, False)
        return self._codes(element) if isinstance(element, DataField) else ()

    def _value(self, source: Place, code: str) -> str | bool:
        element = source.element
        if not isinstance(element, DataField) or element.kind in {"label", "hidden", "locked"}:
            raise Unclear
        if element.datatype == "bool":
            if code.lower() not in BOOLEANS:
                raise Unclear
            return BOOLEANS[code.lower()]
        codes = self._codes(element)
        if code in codes:
            return code
        same = [known for known in codes if known.lstrip("0") == code.lstrip("0") and code.isdigit()]
        if len(same) != 1:
            raise Unclear
        return same[0]

    def _codes(self, element: DataField) -> list[str]:
        if element.codes is not None:
            return [code.value for code in element.codes]
        found = self._codelists.find(element.code_list) if element.code_list else None
        if found is None:
            raise Unclear
        return [code.value for code in found.codes]

    def _find(self, bearer: Place | None, name: str) -> Place:
        chain = tuple(name.split("."))
        children = bearer.children if bearer else self._layout.top
        near = [child for child in children if (child.element.id,) == chain]
        if len(near) == 1:
            return near[0]
        inside = [place for child in children for place in child.walk() if place.ids[-len(chain) :] == chain]
        if near or len(inside) != 1:
            raise Unclear
        return inside[0]

    def _fits(self, claim: Claim) -> bool:
        """Whether the claims on one target make one clear rule."""
        if claim.target.position.minimum > 0:
            return not (claim.required and claim.forbidden) or _are_opposite(claim)
        if claim.required and claim.forbidden:
            return _are_opposite(claim)
        return bool(claim.forbidden) or isinstance(claim.target.element, DataField)

    def _circular(self, claims: list[Claim]) -> set[Key]:
        """Rules that would make a question depend on itself."""
        needs: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            for place in claim.target.walk():
                needs[place.key] |= {test.source.key for test in (*claim.required, *claim.forbidden)}
        circular = {path for path in needs if _reaches(path, path, needs)}
        return {key for claim in claims if claim.target.key in circular for key in claim.rules}

    def _apply(self, claim: Claim) -> None:
        effect = self._effects.of(claim.target)
        if claim.forbidden or claim.target.position.minimum > 0:
            shown = claim.required or [replace(test, negated=not test.negated) for test in claim.forbidden]
            join = "or" if claim.required else "and"
            effect.visible = _joined(join, (_rule(claim.target, test) for test in shown))
            if claim.required and isinstance(claim.target.element, DataField):
                effect.required = True
            done = "wird nur gezeigt, wenn die Bedingung zutrifft"
        else:
            effect.required = _joined("or", (_rule(claim.target, test) for test in claim.required))
            done = "ist Pflicht, wenn die Bedingung zutrifft"
        for key in sorted(claim.rules):
            said = f"„{' '.join(claim.target.element.label.split())}“ {done}."
            before = self._done.get(key, "")
            self._done[key] = before if said in before else f"{before} {said}".strip()

    # -- one target, no condition -------------------------------------------------------------------------------

    def _single(self, key: Key, place: Place | None, meaning: Meaning) -> None:
        try:
            if isinstance(meaning, Prefilled):
                self._prefill(key, place, meaning)
            elif isinstance(meaning, Either):
                self._either(key, place, meaning)
            elif isinstance(meaning, AtLeastOne):
                self._at_least_one(key, place, meaning)
        except Unclear:
            return

    def _prefill(self, key: Key, place: Place | None, meaning: Prefilled) -> None:
        target = self._find(place, meaning.target)
        element = target.element
        if not isinstance(element, DataField) or target.position.is_repeated:
            raise Unclear
        known = element.codes is not None or (element.code_list and self._codelists.find(element.code_list))
        code = self._value(target, meaning.code) if known else meaning.code
        self._effects.of(target).constant = str(code)
        self._done[key] = f"Fester Wert „{code}“, wird nicht gefragt."

    def _either(self, key: Key, place: Place | None, meaning: Either) -> None:
        targets = [self._find(place, name) for name in meaning.targets]
        ruled = [target for target in targets if self._effects.at(target).visible is not None]
        if len(ruled) == len(targets):
            self._done[key] = "Durch die Bedingungen dieser Gruppen schon erfüllt."
            return
        same = all(target.parent is place and isinstance(target.element, Group) for target in targets)
        optional = all(target.position.minimum == 0 and target.position.maximum == 1 for target in targets)
        if ruled or not same or not optional or place is None:
            raise Unclear
        if any(target.path != f"{place.path}.{target.id}" for target in targets):
            raise Unclear  # spread over several steps
        self._choose(place, targets)
        self._done[key] = "Eine Frage davor: welche der Gruppen angegeben wird."

    def _at_least_one(self, key: Key, place: Place | None, meaning: AtLeastOne) -> None:
        targets = [self._find(place, name) for name in meaning.targets]
        last = targets[-1]
        effect = self._effects.of(last)
        plain = all(isinstance(one.element, DataField) and one.position.minimum == 0 for one in targets)
        if not plain or last.position.is_repeated or effect.required is not None or effect.visible is not None:
            raise Unclear
        for target in targets[:-1]:
            _check_reach(target, last)
        effect.required = _joined("and", ({"is_empty": [_var(last, one)]} for one in targets[:-1]))
        self._done[key] = f"„{last.element.label}“ ist Pflicht, solange die anderen Angaben leer sind."


def _are_opposite(claim: Claim) -> bool:
    """One source, and each of its answers either requires or forbids: shown exactly when required."""
    tests = [*claim.required, *claim.forbidden]
    if any(test.source is not tests[0].source or test.source.is_multiple for test in tests):
        return False
    required = frozenset[str | bool]().union(*(test.true_for for test in claim.required))
    forbidden = frozenset[str | bool]().union(*(test.true_for for test in claim.forbidden))
    return not required & forbidden and required | forbidden == tests[0].possible


def _check_reach(source: Place, target: Place) -> None:
    """The source must stand in a row around the target, or in none, and neither inside the other."""
    rows, place = [], target.row()
    while place is not None:
        rows.append(place)
        place = place.row()
    row = source.row()
    inside = source.key == target.key or source.key.startswith(f"{target.key}.")
    if inside or (row is not None and row not in rows[:2]):
        raise Unclear


def _rule(at: Place, test: Test) -> Json:
    var = _var(at, test.source)
    if test.source.is_multiple:
        tests: list[Json] = [{"in": [value, var]} for value in test.values]
    else:
        tests = [{"==": [var, value]} for value in test.values]
    found = _joined("or", tests)
    return {"not": [found]} if test.negated else found


def _var(at: Place, source: Place) -> Json:
    return {"var": variable(at, source.path)}


def _joined(operator: str, rules: Iterable[Json]) -> Json:
    found: list[Json] = []
    for rule in rules:
        if rule not in found:
            found.append(rule)
    return found[0] if len(found) == 1 else {operator: found}


def _reaches(start: str, goal: str, needs: dict[str, set[str]]) -> bool:
    seen, waiting = set(), list(needs.get(start, ()))
    while waiting:
        path = waiting.pop()
        if path == goal:
            return True
        if path not in seen:
            seen.add(path)
            waiting += needs.get(path, ())
    return False
