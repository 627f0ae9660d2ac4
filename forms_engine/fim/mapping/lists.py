"""The code lists of the document: equal lists are kept once, a list that is only named is looked up."""

from __future__ import annotations

from forms_engine.fim.codelists import OURS, CodeLists
from forms_engine.fim.mapping.layout import Place
from forms_engine.fim.model import Code, DataField
from forms_engine.fim.report import CHANGED, Report

Json = dict[str, object]


class ListShelf:
    def __init__(self, source: CodeLists, report: Report) -> None:
        self._source = source
        self._report = report
        self._keys: dict[tuple[Code, ...], str] = {}

    def key_for(self, field: DataField, place: Place) -> str | None:
        """The key of the field's list in the document; None where the list is not at hand."""
        if field.codes is not None:
            return self._put(field.codes, field.id.lower())
        if field.code_list is None:
            return None
        found = self._source.find(field.code_list)
        if found is None:
            return None
        if found.origin == OURS:
            self._report.note(
                CHANGED, field.id, f"Codeliste {field.code_list.uri} liegt nicht bei: {OURS} genommen, bitte mit der "
                f"amtlichen Fassung {field.code_list.version or 'ohne Version'} vergleichen", place.path,
            )  # fmt: skip
        return self._put(found.codes, found.key)

    def key_of(self, field: DataField) -> str:
        """The key of a list that stands in the file, also where nobody is asked to choose from it."""
        return self._put(field.codes or (), field.id.lower())

    def document(self) -> Json:
        return {key: [_option(code) for code in codes] for codes, key in self._keys.items()}

    def _put(self, codes: tuple[Code, ...], wanted: str) -> str:
        if codes not in self._keys:
            key, number = wanted, 2
            while key in self._keys.values():
                key, number = f"{wanted}_{number}", number + 1
            self._keys[codes] = key
        return self._keys[codes]


def _option(code: Code) -> Json:
    option: Json = {"value": code.value, "label": {"de": code.name}}
    if code.help:
        option["help"] = {"de": code.help}
    return option
