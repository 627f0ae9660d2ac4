"""Places with address, hours, accessibility and what can be done there."""

from __future__ import annotations

from typing import Any

from cms.documents import cards
from cms.documents.addresses import document_key
from cms.documents.hours import next_days
from cms.documents.library import Library
from cms.documents.registry import DocumentType
from cms.documents.rendered import Rendered
from cms.documents.rendering import Rendering
from cms.documents.voice import Voice
from cms.models import Location, OrganisationalUnit


class LocationType(DocumentType):
    """A place people can visit."""

    name = "location"

    def refs(self, library: Library) -> list[str]:
        return library.snippet_keys(Location)

    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        versions = rendering.library.snippet(Location, ref)
        if not rendering.is_readable(versions):
            return None
        voice: Voice[Location] = Voice(versions, rendering.locale)
        card = cards.location_card(rendering, ref) or {}
        units = location_units(voice.lead, rendering)
        body = {
            "type": self.name,
            "id": ref,
            "locale": rendering.locale,
            **card,
            "lang": voice.lang,
            "accessibility": voice.rows("accessibility", _features),
            "transit": voice.words("transit", lambda row: row.transit),
            "hours": card["hours"] | {"days": next_days(rendering, card["hours"])},
            "services": _services(ref, rendering),
            "units": [card for card in (cards.unit_card(rendering, key) for key in units) if card],
            "untranslated": _untranslated(voice),
        }
        return Rendered(
            subject=self.subject(ref),
            key=document_key(rendering.locale, "locations", card["slug"]),
            locale=rendering.locale,
            lang=voice.lang,
            body=body,
            card=card,
            groups=tuple(sorted(f"unit-location:{key}" for key in units)),
            position=cards.sort_key(card["name"]),
            search=_search(card, body),
            rendered_for=rendering.today,
        )


def location_units(location: Location, rendering: Rendering) -> list[str]:
    """Keys of the offices at a place, by name."""
    found = [rendering.library.key_of(OrganisationalUnit, row.pk) for row in location.units.all()]
    return [key for key in dict.fromkeys(found) if key]


def _features(location: Location) -> list[dict[str, Any]]:
    return [
        {
            "kind": block.value["key"],
            "key": block.value["key"],
            "label": block.value["label"],
            "state": block.value["state"],
            "note": block.value["note"] or "",
        }
        for block in location.accessibility
    ]


def _services(ref: str, rendering: Rendering) -> list[dict[str, Any]]:
    rendering.uses_group(f"location:{ref}")
    members = [key for key, record in rendering.library.service_records.items() if ref in record.locations]
    return cards.service_cards(rendering, members)


def _untranslated(voice: Voice[Location]) -> list[str]:
    """The card has read its fields with a voice of its own; the name is looked at again for this document."""
    voice.words("name", lambda row: row.name)
    return voice.untranslated


def _search(card: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    place = card["address"]
    line = f"{place['street']} {place['house_number']}, {place['postcode']} {place['place']}"
    units = [unit["name"] for unit in body["units"]]
    return {
        "kind": "location",
        "slug": card["slug"],
        "title": card["name"],
        "teaser": line,
        "url": card["url"],
        "lang": card["lang"],
        "names": "",
        "text": " ".join([line, *units, body["transit"]]),
        "synonyms": [],
    }
