"""Offices with what they do, where they are and whom to ask."""

from __future__ import annotations

from typing import Any

from cms.documents import cards
from cms.documents.addresses import document_key
from cms.documents.library import Library
from cms.documents.registry import DocumentType
from cms.documents.rendered import Rendered
from cms.documents.rendering import Rendering
from cms.documents.types.location import location_units
from cms.documents.voice import Voice
from cms.models import ContactPoint, Location, OrganisationalUnit


class UnitType(DocumentType):
    """An office as citizens see it."""

    name = "unit"

    def refs(self, library: Library) -> list[str]:
        return library.snippet_keys(OrganisationalUnit)

    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        versions = rendering.library.snippet(OrganisationalUnit, ref)
        if not rendering.is_readable(versions):
            return None
        voice: Voice[OrganisationalUnit] = Voice(versions, rendering.locale)
        card = cards.unit_card(rendering, ref) or {}
        voice.words("name", lambda row: row.name)
        body = {
            "type": self.name,
            "id": ref,
            "locale": rendering.locale,
            **card,
            "lang": voice.lang,
            "description": voice.words("description", lambda row: rendering.html(row.description)),
            "tasks": voice.words("tasks", lambda row: [block.value for block in row.tasks]),
            "parent": cards.unit_ref(rendering, rendering.library.key_of(OrganisationalUnit, voice.lead.parent_id)),
            "locations": _locations(ref, voice.lead, rendering),
            "services": _services(ref, rendering),
            "contact_points": _contact_points(ref, rendering),
            "untranslated": [],
        }
        body["untranslated"] = voice.untranslated
        return Rendered(
            subject=self.subject(ref),
            key=document_key(rendering.locale, "units", card["slug"]),
            locale=rendering.locale,
            lang=voice.lang,
            body=body,
            card=card,
            position=cards.sort_key(card["name"]),
        )


def _locations(ref: str, unit: OrganisationalUnit, rendering: Rendering) -> list[dict[str, Any]]:
    """The main location first, then the others that say this office is there."""
    rendering.uses_group(f"unit-location:{ref}")
    library = rendering.library
    main = library.key_of(Location, unit.main_location_id)
    keys = [main] if main else []
    for key in library.snippet_keys(Location):
        versions = library.snippet(Location, key)
        lead = versions.get("de") or next(iter(versions.values()))
        if key != main and ref in location_units(lead, rendering):
            keys.append(key)
    found = (cards.location_card(rendering, key) for key in keys)
    return [card for card in found if card]


def _services(ref: str, rendering: Rendering) -> list[dict[str, Any]]:
    rendering.uses_group(f"unit:{ref}")
    members = [key for key, record in rendering.library.service_records.items() if record.unit == ref]
    return cards.service_cards(rendering, members)


def _contact_points(ref: str, rendering: Rendering) -> list[dict[str, Any]]:
    library = rendering.library
    rendering.uses_group(f"unit-contact:{ref}")
    keys = [key for key in library.snippet_keys(ContactPoint) if _belongs_to(library, key, ref)]
    return cards.contact_cards(rendering, keys)


def _belongs_to(library: Library, contact: str, unit: str) -> bool:
    versions = library.snippet(ContactPoint, contact)
    lead = versions.get("de") or next(iter(versions.values()))
    return library.key_of(OrganisationalUnit, lead.unit_id) == unit
