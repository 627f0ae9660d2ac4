"""Application forms of the demo city and the sections they use, published through the form engine."""

from __future__ import annotations

from accounts.api import get_unit
from cms.importers.demo.source import City
from cms.importers.ledger import Ledger
from forms_engine.api import Form, create_form, offer_section, publish_form, save_draft_document


def load_forms(city: City, ledger: Ledger) -> int:
    """Create or renew and publish what changed in the files. Returns how many were written."""
    changed = 0
    for document in [*city.sections, *city.forms]:
        key = f"form:{document['key']}"
        if ledger.is_unchanged(key, document):
            continue
        form = Form.objects.filter(key=document["key"]).first()
        if form is None:
            form = create_form(document, unit=get_unit(document["unit"]), summary="Aus der Demo-Stadt")
        else:
            save_draft_document(
                form, document, by=None, summary="Aus der Demo-Stadt erneuert", expected_version=form.draft_version
            )
        publish_form(form, by=None)
        if form.is_section:
            offer_section(form, to_all=True, by=None)
        ledger.note(key, document)
        changed += 1
    return changed
