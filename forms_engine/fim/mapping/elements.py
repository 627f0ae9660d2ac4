"""What the file says about each element, once, beside the form: the way back to XDatenfelder reads it there.

`source.elements` of the document: "<id> <version>" -> record. A file in which two elements share id and version and
still differ (it may not) keeps both: the second as "<id> <version> #2", named by `entry` at its node.
"""

from __future__ import annotations

from forms_engine.fim.mapping.conditions import Json
from forms_engine.fim.mapping.layout import Layout, Place
from forms_engine.fim.mapping.lists import ListShelf
from forms_engine.fim.model import DataField, Element
from forms_engine.fim.record import Record
from forms_engine.fim.trees import from_script, to_script


class ElementTable:
    def __init__(self, layout: Layout) -> None:
        self._elements: dict[str, Element] = {}
        self._records: dict[str, Record] = {}
        self._entries: dict[int, str] = {}
        for place in layout.walk():
            self._entries[id(place.element)] = self._keep(place.element)

    def document(self, shelf: ListShelf) -> Json:
        """The table. Called once all lists that somebody chooses from have their keys."""
        for key, element in self._elements.items():
            if isinstance(element, DataField) and element.codes is not None:
                self._records[key]["werte"] = shelf.key_of(element)
        return self._records

    def source_of(self, place: Place) -> Json:
        """Whence a node comes: the element, its place in the schema and how often it stands there."""
        position = place.position
        most = "*" if position.maximum is None else position.maximum
        entry = self._entries[id(position.element)]
        basis = [[one.text, one.link] if one.link else one.text for one in position.references]
        return {
            **source_of(position.element),
            "at": place.address,
            "count": f"{position.minimum}:{most}",
            **({"bezug": basis} if basis else {}),
            **({"entry": entry} if "#" in entry else {}),
        }

    def _keep(self, element: Element) -> str:
        record = record_of(element)
        base = f"{element.id} {element.version}"
        key, number = base, 2
        while self._records.get(key, record) != record:
            key, number = f"{base} #{number}", number + 1
        self._records.setdefault(key, record)
        self._elements.setdefault(key, element)
        return key


def source_of(element: Element) -> Json:
    """Whence a part comes: FIM id and version, the clerk's term, the label on paper where it differs."""
    source: Json = {"id": element.id, "version": element.version, "name": element.name}
    if element.output_label and element.output_label != element.label:
        source["output_label"] = element.output_label
    if element.output_help and element.output_help != element.help:
        source["output_help"] = element.output_help
    return source


def record_of(element: Element) -> Record:
    """The record, with the official trees as the script of the first rule that has none."""
    record = dict(element.record)
    rules = [dict(rule) for rule in record.get("regel", ())]
    if not element.trees or not rules:
        return record
    script = to_script(element.trees)
    if not any(rule.get("skript") == script for rule in rules):
        free = next((rule for rule in rules if not rule.get("skript") or from_script(rule["skript"])), rules[0])
        free["skript"] = script
    return {**record, "regel": rules}
