"""Sections and forms that use them, for the tests. Nothing is shared: each call makes a new document."""

from __future__ import annotations

from typing import Any

from accounts.api import Unit
from forms_engine.domain.sections.changing import insert_section
from forms_engine.models import Form
from forms_engine.services.forms import create_form, publish_form, save_draft_document
from tests.forms_engine.factories import de, dog_document, make_unit

Document = dict[str, Any]
HAS_TITLE = {"==": [{"var": "angaben.has_title"}, True]}


def person_section(**changes: Any) -> Document:
    """With a rule inside, a shared list, a datum of the applicant, a purpose for all its questions."""
    nodes = [
        {"id": "name", "type": "text", "label": de("Name"), "autocomplete": "name"},
        {"id": "birth_date", "type": "date", "label": de("Geburtsdatum", "Date of birth")},
        {"id": "has_title", "type": "yes_no", "label": de("Haben Sie einen Titel?")},
        {"id": "title", "type": "choice", "label": de("Titel"), "codelist": "titles", "visible": HAS_TITLE},
    ]
    return {
        "format": "flow/1",
        "key": "person",
        "kind": "section",
        "locales": ["de", "en"],
        "default_locale": "de",
        "title": de("Person"),
        "unit": "buergerservice",
        "purpose": de("Damit wir wissen, wer Sie sind."),
        "legal_basis": [{"title": "DSGVO Artikel 6"}],
        "codelists": {"titles": [{"value": "dr", "label": de("Dr.")}, {"value": "prof", "label": de("Prof.")}]},
        "steps": [{"id": "angaben", "title": de("Über Sie"), "nodes": nodes}],
    } | changes


def changed_section(section: Document, *, without: str = "", label: str = "") -> Document:
    """The section with one question less, or with another wording of the first."""
    [step] = section["steps"]
    nodes = [node for node in step["nodes"] if node["id"] != without]
    if label:
        nodes[0] = nodes[0] | {"label": de(label)}
    return section | {"steps": [step | {"nodes": nodes}]}


def form_using(section: Document, parent: str = "dog", new_id: str = "holder", **changes: Any) -> Document:
    """The dog form with the section as a group (or as a step, parent "")."""
    return insert_section(dog_document(**changes), section, parent, new_id=new_id, title=de("Zur Person"))


def publish_section(document: Document | None = None, unit: Unit | None = None) -> Form:
    """A section forms can use."""
    document = document or person_section()
    section = create_form(document, unit=unit or make_unit(document["unit"]))
    publish_form(section, by=None)
    return section


def publish_again(section: Form, document: Document) -> Form:
    """Its next version."""
    version = section.draft_version
    saved = save_draft_document(section, document, by=None, summary="x", expected_version=version)
    publish_form(saved, by=None)
    return saved
