"""Applies rules: official trees always, prose where it was read with certainty. Everything else stays to be modelled.

A name in a prose rule means a direct child of the element that carries the rule; further down or further away it must
be the only one of that name. A code must be in the list of the source; `01` for `001` is repaired, anything else
refuses the rule. One target may be named by several rules: they are weighed together, and where they do not fit, all of
them stay prose. Where an element has official trees, they are what its prose says, and its prose is not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from forms_engine.fim.codelists import CodeLists
from forms_engine.fim.laender import KEYS
from forms_engine.fim.mapping.checks import CheckWriter, can_choose, choose, exclusive_pair
from forms_engine.fim.mapping.claims import Claim, ClaimWriter, Key, circular_keys
from forms_engine.fim.mapping.conditions import Condition, Empty, InLaender, Not, all_of, as_rule, places_of
from forms_engine.fim.mapping.effects import Effects
from forms_engine.fim.mapping.layout import Layout, Place, rules_of
from forms_engine.fim.mapping.lookup import Lookup, Unclear
from forms_engine.fim.mapping.official import Official, read_trees
from forms_engine.fim.mapping.proposals import suggest
from forms_engine.fim.mapping.variables import variable
from forms_engine.fim.model import DataField, Group, Rule, Schema, Tree
from forms_engine.fim.prose import ID, AtLeastOne, Conditional, Either, Meaning, Prefilled, read_prose
from forms_engine.fim.prose import REQUIRE as REQUIRED
from forms_engine.fim.prose import Condition as Said

TREE, PROSE, OPEN = "tree", "prose", "open"
NAMES = re.compile(ID)
ID_IN_TREE = re.compile(r"[FG]\d{5,}")
DAY, MONTH, YEAR = "F60000000231", "F60000000232", "F60000000233"
MONTH_NEEDED, DATE_EXISTS = "R60000000023", "R60000000024"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one prose rule. `text`: what the form does, or for an open one what a person might model."""

    by: str
    text: str


@dataclass(slots=True)
class Applied:
    """Outcomes by rule, and the official trees that the form could not take, with the reason."""

    outcomes: dict[Key, Outcome] = field(default_factory=dict)
    refused: list[tuple[Place | None, Tree, str]] = field(default_factory=list)
    trees: int = 0


def apply_rules(
    layout: Layout, schema: Schema, effects: Effects, *, codelists: CodeLists | None = None, land: str = ""
) -> Applied:
    """Fills `effects`. `land`: the Land of the city (TH), for the proposals."""
    return _Applier(layout, schema, effects, Lookup(layout, codelists or CodeLists()), land).run()


class _Applier:
    def __init__(self, layout: Layout, schema: Schema, effects: Effects, lookup: Lookup, land: str) -> None:
        self._layout = layout
        self._schema = schema
        self._effects = effects
        self._lookup = lookup
        self._land = land
        self._rules = list(rules_of(layout, schema))
        self._done: dict[Key, str] = {}
        self._why: dict[Key, str] = {}
        self._by_tree: dict[tuple[str, frozenset[str]], list[str]] = {}

    def run(self) -> Applied:
        bearers = [(None, self._schema.trees), *((place, place.element.trees) for place in self._layout.walk())]
        official = read_trees([(place, trees) for place, trees in bearers if trees], self._lookup)
        self._choice_groups()
        said = self._read(official)
        claims = self._claims(said, official.claims)
        self._choose_pairs(official, claims)
        self._write_claims(official, claims)
        self._write_checks(official, claims)
        for key, place, meanings in said:
            for meaning in meanings:
                self._single(key, place, meaning)
        return self._applied(official)

    # -- official trees ----------------------------------------------------------------------------------------------

    def _choose_pairs(self, official: Official, claims: list[Claim]) -> None:
        """Checks that a question in front makes needless go before everything that looks at what is surely filled."""
        claimed = {claim.target.key for claim in (*official.claims, *claims)}
        for check in list(official.checks):
            pair = exclusive_pair(check.condition)
            if check.bearer and pair and can_choose(check.bearer, pair, claimed):
                choose(self._effects, check.bearer, pair)
                official.checks.remove(check)
                self._note_tree(check.bearer, check.tree, "Eine Frage davor: welche der Gruppen angegeben wird.")

    def _write_claims(self, official: Official, claims: list[Claim]) -> None:
        every = [*official.claims, *claims]
        circular = circular_keys(official.claims)
        writer = ClaimWriter(self._layout, self._effects, every)
        for claim in every:
            try:
                done = writer.write(claim, circular=claim.target.key in circular)
            except Unclear as reason:
                official.refused += [(claim.target.parent, tree, str(reason)) for tree in claim.trees]
                continue
            said = f"„{_line(claim.target)}“ {done}."
            for tree in claim.trees:
                self._note_tree(claim.target.parent, tree, said)
            for key in sorted(claim.rules):
                before = self._done.get(key, "")
                self._done[key] = before if said in before else f"{before} {said}".strip()

    def _write_checks(self, official: Official, claims: list[Claim]) -> None:
        writer = CheckWriter(self._layout, self._effects, [*official.claims, *claims])
        for check in official.checks:
            try:
                self._note_tree(
                    check.bearer, check.tree, writer.write(check.bearer, check.condition, check.tree.message)
                )
            except Unclear as reason:
                official.refused.append((check.bearer, check.tree, str(reason)))

    def _note_tree(self, bearer: Place | None, tree: Tree, done: str) -> None:
        key = (bearer.key if bearer else "", _ids_of(tree))
        self._by_tree.setdefault(key, []).append(done)

    # -- prose -------------------------------------------------------------------------------------------------------

    def _read(self, official: Official) -> list[tuple[Key, Place | None, tuple[Meaning, ...]]]:
        """The meanings of the prose rules that no official tree covers."""
        read: list[tuple[Key, Place | None, tuple[Meaning, ...]]] = []
        for place, rule in self._rules:
            key = _key(place, rule)
            if _is_covered(rule, place.element.trees if place else self._schema.trees):
                continue
            if not self._known_rule(key, place, rule):
                read.append((key, place, read_prose(rule.text)))
        return read

    def _known_rule(self, key: Key, place: Place | None, rule: Rule) -> bool:
        """Rules of the building-block library, known by their id."""
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
                choose(self._effects, place, place.children)

    def _claims(self, read: list[tuple[Key, Place | None, tuple[Meaning, ...]]], official: list[Claim]) -> list[Claim]:
        """What prose demands of targets that no official tree speaks of. Rules that do not fit together are left."""
        refused: set[Key] = set()
        taken = {claim.target.key for claim in official}
        while True:
            claims = self._gather(read, refused, taken)
            circular = circular_keys([*official, *claims])
            failed: dict[Key, str] = {}
            for claim in claims:
                if claim.target.key in circular:
                    failed |= dict.fromkeys(claim.rules, f"„{_line(claim.target)}“ würde von sich selbst abhängen")
                elif not _fits(claim):
                    failed |= dict.fromkeys(claim.rules, f"die Regeln zu „{_line(claim.target)}“ passen nicht zusammen")
            if not failed:
                return claims
            self._why |= failed
            refused |= set(failed)

    def _gather(
        self, read: list[tuple[Key, Place | None, tuple[Meaning, ...]]], refused: set[Key], taken: set[str]
    ) -> list[Claim]:
        claims: dict[str, Claim] = {}
        for key, place, meanings in read:
            conditionals = [meaning for meaning in meanings if isinstance(meaning, Conditional)]
            if not conditionals or key in refused:
                continue
            try:
                resolved = [self._resolve(place, meaning, taken) for meaning in conditionals]
            except Unclear as reason:
                self._why[key] = str(reason)
                refused.add(key)
                continue
            for condition, kind, target in resolved:
                claim = claims.setdefault(target.key, Claim(target))
                (claim.required if kind == REQUIRED else claim.forbidden).append(condition)
                claim.rules.add(key)
        return list(claims.values())

    def _resolve(self, bearer: Place | None, meaning: Conditional, taken: set[str]) -> tuple[Condition, str, Place]:
        target = self._lookup.find(bearer, meaning.target)
        if target.key in taken:
            raise Unclear(f"„{_line(target)}“ hat schon einen amtlichen Regelbaum")
        parts: list[Condition] = []
        if meaning.scope is not None:
            laender = InLaender(tuple(KEYS[land] for land in meaning.scope.laender if land in KEYS))
            if len(laender.keys) < len(meaning.scope.laender) or not laender.keys:
                raise Unclear("ein Land darin ist unbekannt")
            parts.append(Not(laender) if meaning.scope.others else laender)
        if meaning.condition is not None:
            parts.append(self._condition(bearer, meaning.condition))
        condition = all_of(parts)
        for source in places_of(condition):
            _check_reach(source, target)
        return condition, meaning.kind, target

    def _condition(self, bearer: Place | None, said: Said) -> Condition:
        source = self._lookup.find(bearer, said.source)
        if self._lookup.is_list_missing(source):
            raise Unclear(f"die Codeliste von „{_line(source)}“ liegt nicht bei")
        found = self._lookup.equals(source, said.codes)
        if not found.possible:
            raise Unclear(f"„{_line(source)}“ ist keine Auswahl")
        return Not(found) if said.negated else found

    # -- one target, no condition ------------------------------------------------------------------------------------

    def _single(self, key: Key, place: Place | None, meaning: Meaning) -> None:
        try:
            if isinstance(meaning, Prefilled):
                self._prefill(key, place, meaning)
            elif isinstance(meaning, Either):
                self._either(key, place, meaning)
            elif isinstance(meaning, AtLeastOne):
                self._at_least_one(key, place, meaning)
        except Unclear as reason:
            self._why[key] = str(reason)

    def _prefill(self, key: Key, place: Place | None, meaning: Prefilled) -> None:
        target = self._lookup.find(place, meaning.target)
        element = target.element
        if not isinstance(element, DataField) or target.position.is_repeated:
            raise Unclear(f"„{_line(target)}“ nimmt keinen einzelnen Wert auf")
        code: str | bool = meaning.code
        if self._lookup.codes(element) is not None:
            code = self._lookup.equals(target, [meaning.code]).values[0]
        self._effects.of(target).constant = str(code)
        self._done[key] = f"Fester Wert „{code}“, wird nicht gefragt."

    def _either(self, key: Key, place: Place | None, meaning: Either) -> None:
        targets = [self._lookup.find(place, name) for name in meaning.targets]
        ruled = [target for target in targets if self._effects.at(target).visible is not None]
        if len(ruled) == len(targets):
            self._done[key] = "Durch die Bedingungen dieser Gruppen schon erfüllt."
            return
        if ruled or place is None or not can_choose(place, targets, ()):
            raise Unclear("die Gruppen stehen nicht frei nebeneinander")
        choose(self._effects, place, targets)
        self._done[key] = "Eine Frage davor: welche der Gruppen angegeben wird."

    def _at_least_one(self, key: Key, place: Place | None, meaning: AtLeastOne) -> None:
        targets = [self._lookup.find(place, name) for name in meaning.targets]
        last = targets[-1]
        effect = self._effects.of(last)
        plain = all(isinstance(one.element, DataField) and one.position.minimum == 0 for one in targets)
        if not plain or last.position.is_repeated or effect.required is not None or effect.visible is not None:
            raise Unclear("es sind nicht alles freiwillige Felder ohne weitere Regel")
        for target in targets[:-1]:
            _check_reach(target, last)
        effect.required = as_rule(all_of(Empty(one) for one in targets[:-1]), last)
        self._done[key] = f"„{_line(last)}“ ist Pflicht, solange die anderen Angaben leer sind."

    # -- what became of each rule ------------------------------------------------------------------------------------

    def _applied(self, official: Official) -> Applied:
        applied = Applied(
            refused=official.refused, trees=sum(len(place.element.trees) for place in self._layout.walk())
        )
        applied.trees += len(self._schema.trees)
        refused = {(bearer.key if bearer else "", _ids_of(tree)) for bearer, tree, _reason in official.refused}
        for place, rule in self._rules:
            applied.outcomes[_key(place, rule)] = self._outcome(place, rule, refused)
        return applied

    def _outcome(self, place: Place | None, rule: Rule, refused: set[tuple[str, frozenset[str]]]) -> Outcome:
        key, named = _key(place, rule), _names(rule)
        if key in self._done:
            return Outcome(PROSE, self._done[key])
        bearer = place.key if place else ""
        if _is_covered(rule, place.element.trees if place else self._schema.trees):
            if not any(where == bearer and ids & named for where, ids in refused):
                told = [done for (where, ids), all_done in self._by_tree.items() if where == bearer and ids & named
                        for done in all_done]  # fmt: skip
                return Outcome(TREE, " ".join(dict.fromkeys(told)))
            self._why.setdefault(key, "ein amtlicher Regelbaum dazu ließ sich nicht übernehmen")
        return Outcome(OPEN, suggest(rule, place, self._lookup, reason=self._why.get(key, ""), land=self._land))


def _fits(claim: Claim) -> bool:
    """Whether what prose says about one target makes one clear rule."""
    if claim.required and claim.forbidden:
        return claim.is_exclusive
    is_field = isinstance(claim.target.element, DataField)
    return claim.target.position.minimum > 0 or bool(claim.forbidden) or is_field


def _is_covered(rule: Rule, trees: tuple[Tree, ...]) -> bool:
    """Whether the trees of the element are the translation of the rule: they speak of everything it names."""
    named = _names(rule)
    return bool(named) and named <= frozenset[str]().union(*(_ids_of(tree) for tree in trees))


def _names(rule: Rule) -> frozenset[str]:
    return frozenset(chain.rpartition(".")[2] for chain in NAMES.findall(rule.text))


def _ids_of(tree: Tree) -> frozenset[str]:
    return frozenset(ID_IN_TREE.findall(f"{json.dumps(tree.condition)} {tree.target}"))


def _check_reach(source: Place, target: Place) -> None:
    """The source must stand in a row around the target, or in none, and neither inside the other."""
    inside = source.key == target.key or source.key.startswith(f"{target.key}.")
    if inside or (source.row() is not None and source.row() not in set(_rows(target))):
        raise Unclear(f"„{_line(source)}“ steht nicht in derselben Zeile wie „{_line(target)}“")


def _rows(place: Place) -> Iterator[Place]:
    row = place.row()
    while row is not None:
        yield row
        row = row.row()


def _key(place: Place | None, rule: Rule) -> Key:
    return (place.key if place else "", rule.id)


def _line(place: Place) -> str:
    return " ".join(place.element.label.split())
