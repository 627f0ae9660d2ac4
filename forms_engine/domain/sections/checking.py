"""What a document has to be so that forms can use it as a section, and what a use has to look like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from forms_engine.domain.reading import KEY, Fields, Place, Reporter

from .uses import MEMBER, find_use_around, is_section, list_uses

HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
MEMBERS = {"key", "hash", "other"}
OF_THE_FORM = {
    "requirements": "Voraussetzungen",
    "bring": "eine Liste zum Bereithalten",
    "declaration": "eine Erklärung",
    "retention": "eine Aufbewahrung",
}


def read_reference(entry: Fields) -> None:
    """The member `section` of a step or group."""
    source = entry.object(MEMBER)
    if source is None:
        return
    reference = Fields(source, entry.at / "Baustein", entry.report)
    key, made = reference.string("key", pattern=KEY, longest=100), source.get("hash")
    is_whole = key and isinstance(made, str) and HASH.fullmatch(made) and isinstance(source.get("other", False), bool)
    if not is_whole:
        message = "Die Verbindung zum Baustein ist nicht lesbar. Lösen Sie sie und fügen Sie den Baustein neu ein."
        entry.report.error("section_invalid", reference.at, message)
    reference.unknown(MEMBERS)


def check_sections(document: dict[str, Any], report: Reporter) -> None:
    """Sections do not nest, and one has a single step and nothing that only a whole form can have."""
    for use in list_uses(document):
        if is_section(document) or find_use_around(document, use.path):
            message = f"„{use.title}“ ist selbst ein Baustein. Ein Baustein kann keinen anderen enthalten."
            report.error("section_nested", Place().into(use.path, f"Baustein „{use.title}“"), message)
    if is_section(document):
        check_shape(document, report)


def check_shape(document: Mapping[str, Any], report: Reporter) -> None:
    steps = document.get("steps")
    if isinstance(steps, list) and len(steps) > 1:
        message = "Ein Baustein hat genau einen Schritt. Machen Sie aus den anderen eigene Bausteine oder Gruppen."
        report.error("section_steps", Place(), message)
    if isinstance(steps, list) and any(isinstance(step, dict) and step.get("when") is not None for step in steps):
        message = "Der Schritt eines Bausteins hat keine Bedingung: Wann er gefragt wird, sagt das Formular."
        report.error("section_steps", Place(), message)
    for name, called in OF_THE_FORM.items():
        if document.get(name):
            message = f"Dieser Baustein hat {called}. Das wirkt nur in einem Formular und wird nicht übernommen."
            report.warn("section_member", Place(), message)
