"""Places to nodes of the flow document: label, help, legal basis, source; optional groups; repeats.

An optional group (`0:1`) with required questions is asked for: whether anything is to be said about it. The other way,
requiring a question only once its neighbour is filled, needs rules that point at each other, shows a page of fields
of which nobody says whether they matter, and punishes one stray entry with five errors. One plain question is what
citizens understand, and it works without JavaScript. Where every question of the group is optional nothing is asked.
"""

from __future__ import annotations

from forms_engine.fim.mapping.effects import Choice, Effect, Effects
from forms_engine.fim.mapping.elements import ElementTable
from forms_engine.fim.mapping.fields import LOCALE, Json, Workshop, map_field
from forms_engine.fim.mapping.layout import Place, inherited_references
from forms_engine.fim.mapping.variables import variable
from forms_engine.fim.model import DataField, Group, Reference
from forms_engine.fim.report import ADDED, CHANGED

MAX_REPEAT_DEPTH = 3  # as forms_engine.domain reads it
MOST_ROWS_SET = 1_000
ANSWER = "wert"
ASKED = "angeben"
NEVER_REQUIRED = frozenset({"content", "calculated"})


class NodeMaker:
    def __init__(self, shop: Workshop, effects: Effects, elements: ElementTable) -> None:
        self._shop = shop
        self._effects = effects
        self._elements = elements
        self.count = shop.report.counts

    def nodes(self, places: list[Place]) -> list[Json]:
        return [node for place in places for node in self._place(place)]

    def children(self, around: Place, places: list[Place]) -> list[Json]:
        """The nodes of `places` inside the group `around`, with the questions that choose between some of them."""
        nodes: list[Json] = []
        for place in places:
            starts = [choice for choice in self._effects.choices.get(around.key, ()) if choice.targets[0] is place]
            nodes += [self._chooser(choice, around) for choice in starts]
            nodes += self._place(place)
        return nodes

    def _place(self, place: Place) -> list[Json]:
        if isinstance(place.element, DataField):
            self.count["fields"] += 1
            return [self._field(place.element, place)]
        self.count["groups"] += 1
        return self._group(place.element, place)

    def _field(self, field: DataField, place: Place) -> Json:
        effect = self._effects.at(place)
        node = {"id": place.id, **self._constant(field, effect, place)}
        self._note_depth(place)
        if _repeats(place) and node["type"] not in {"multi_choice", "file", *NEVER_REQUIRED}:
            return self._rows_of(field, place, node, effect)
        if node["type"] not in NEVER_REQUIRED:
            node["required"] = effect.required if effect.required is not None else place.position.is_required
        return {**node, **self._common(place, effect)}

    def _constant(self, field: DataField, effect: Effect, place: Place) -> Json:
        if effect.constant is None:
            return map_field(field, place, self._shop)
        return {"type": "calculated", "value": effect.constant, "result": "text", "show": False}

    def _rows_of(self, field: DataField, place: Place, node: Json, effect: Effect) -> Json:
        """A repeated field that is no upload and no list: a group with one question a row."""
        answer = {**node, "id": ANSWER, "label": {LOCALE: _line(field.label)}, "required": True}
        text = f"„{field.name}“ darf mehrfach stehen: Gruppe mit einer Frage je Zeile"
        self._shop.report.note(CHANGED, field.id, text, place.path)
        required = {} if effect.required is None else {"required": effect.required}
        return {
            "id": place.id, "type": "group", "repeat": _repeat(place), **required, **self._common(place, effect),
            "nodes": [answer],
        }  # fmt: skip

    def _group(self, group: Group, place: Place) -> list[Json]:
        effect = self._effects.at(place)
        node: Json = {"id": place.id, "type": "group", **self._common(place, effect)}
        self._note_depth(place)
        if _repeats(place):
            node["repeat"] = _repeat(place)
        if effect.required is not None and not (effect.required is True and self._effects.is_surely_filled(place)):
            node["required"] = effect.required
        node["nodes"] = self.children(place, place.kept)
        nodes = [node] if node["nodes"] or not place.apart else []
        shown = self.shown_rule(place)
        if shown is not None:
            node["visible"] = shown
        if self._is_asked(place, effect):
            nodes.insert(0, self._question(place, effect))
        return nodes

    def shown_rule(self, place: Place) -> Json | bool | None:
        """When the group is there: what steps that hold a part of it depend on."""
        effect = self._effects.at(place)
        if not self._is_asked(place, effect):
            return effect.visible
        wanted: Json | bool = _asked_rule(place)
        if effect.demanded is not None:
            wanted = {"or": [effect.demanded, wanted]}
        return wanted if effect.visible is None else {"and": [effect.visible, wanted]}

    def _note_depth(self, place: Place) -> None:
        if place.is_multiple and not _repeats(place) and _needs_rows(place):
            text = f"Mehr als {MAX_REPEAT_DEPTH} Wiederholungen ineinander: hier nur einmal"
            self._shop.report.note(CHANGED, place.element.id, text, place.path)

    def _is_asked(self, place: Place, effect: Effect) -> bool:
        optional = place.position.minimum == 0 and not _repeats(place)
        return optional and not effect.is_exact and _has_required(place)

    def _question(self, place: Place, effect: Effect) -> Json:
        """Whether an optional group is filled in. Not asked while a rule wants it or forbids it."""
        label = _line(place.element.label)
        text = f"Frage, ob „{label}“ angegeben wird (die Gruppe ist freiwillig)"
        self._shop.report.note(ADDED, place.element.id, text, f"{place.path}_{ASKED}")
        free = [] if effect.visible is None else [effect.visible]
        if effect.demanded is not None:
            free.append({"not": [{"coalesce": [effect.demanded, False]}]})
        return {
            "id": f"{place.id}_{ASKED}",
            "type": "yes_no",
            "required": True,
            **({"visible": free[0] if len(free) == 1 else {"and": free}} if free else {}),
            "label": {LOCALE: _whether(label)},
            "source": {"added": place.address},
        }

    def _chooser(self, choice: Choice, place: Place) -> Json:
        """Exactly one of several groups: one question decides which of them is shown."""
        text = f"Frage, welche Angabe von „{place.element.name}“ gemacht wird"
        self._shop.report.note(ADDED, place.element.id, text, f"{place.path}.{choice.id}")
        return {
            "id": choice.id,
            "type": "choice",
            "options": [{"value": one.id, "label": {LOCALE: _line(one.element.label)}} for one in choice.targets],
            "required": True,
            "label": {LOCALE: "Was möchten Sie angeben?"},
            "source": {"added": place.address},
        }

    def _common(self, place: Place, effect: Effect) -> Json:
        element = place.element
        common: Json = {"label": {LOCALE: _line(element.label)}}
        if element.help and not (isinstance(element, DataField) and element.kind == "label" and not element.content):
            common["help"] = {LOCALE: element.help}
        references = inherited_references(place)
        if references:
            common["legal_basis"] = legal_basis(references)
        if effect.visible is not None:
            common["visible"] = effect.visible
        if effect.valid:
            common["valid"] = effect.valid
        common["source"] = {"fim": self._elements.source_of(place)}
        self._note_prefill(place)
        return common

    def _note_prefill(self, place: Place) -> None:
        element = place.element
        if isinstance(element, DataField) and element.prefill != "keine":
            text = f"Vorbefüllung „{element.prefill}“: woher der Wert kommt, steht nicht in der Datei"
            self._shop.report.note("left", element.id, text, place.path)


def legal_basis(references: tuple[Reference, ...]) -> list[Json]:
    return [
        {"title": one.text, **({"url": one.link} if one.link and one.link.startswith(("https://", "http://")) else {})}
        for one in references
    ]


def _repeats(place: Place) -> bool:
    """Whether this place gets rows: a form has at most three repeats inside each other."""
    row, depth = place.row(), 0
    while row is not None:
        row, depth = row.row(), depth + 1
    return place.is_multiple and depth < MAX_REPEAT_DEPTH


def _needs_rows(place: Place) -> bool:
    """Groups and plain questions repeat by rows; uploads and lists take several answers by themselves."""
    element = place.element
    return isinstance(element, Group) or (element.kind == "input" and element.datatype != "file")


def _repeat(place: Place) -> Json:
    label = _line(place.element.label)
    repeat: Json = {"min": min(place.position.minimum, MOST_ROWS_SET)}
    if place.position.maximum is not None:
        repeat["max"] = min(place.position.maximum, MOST_ROWS_SET)
    return {**repeat, "item_label": {LOCALE: label}, "add_label": {LOCALE: f"{label} hinzufügen"}}


def _whether(label: str) -> str:
    """The question whether something is given; the topic comes first, so that messages can quote it."""
    return (
        f"Möchten Sie {label} machen?" if label.startswith("Angaben ") else f"{label}: Möchten Sie dazu etwas angeben?"
    )


def _asked_rule(place: Place) -> Json:
    return {"==": [{"var": variable(place, f"{place.path}_{ASKED}")}, True]}


def _has_required(place: Place) -> bool:
    """Whether filling nothing at all would be an error inside this group."""
    for child in place.children:
        if not child.position.is_required:
            continue
        if isinstance(child.element, Group):
            if _has_required(child) or child.position.is_repeated:
                return True
        elif child.element.kind in {"input", "select"}:
            return True
    return False


def _line(text: str) -> str:
    return " ".join(text.split())
