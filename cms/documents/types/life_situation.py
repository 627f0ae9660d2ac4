"""Life situations with their services."""

from __future__ import annotations

from cms.documents import cards
from cms.documents.addresses import document_key
from cms.documents.library import Library
from cms.documents.registry import DocumentType
from cms.documents.rendered import Rendered
from cms.documents.rendering import Rendering
from cms.documents.voice import Voice
from cms.models import LifeSituation


class LifeSituationType(DocumentType):
    """A moment in life that leads to several services."""

    name = "life_situation"

    def refs(self, library: Library) -> list[str]:
        return library.snippet_keys(LifeSituation)

    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        versions = rendering.library.snippet(LifeSituation, ref)
        if not rendering.is_readable(versions):
            return None
        voice: Voice[LifeSituation] = Voice(versions, rendering.locale)
        card = cards.situation_card(rendering, voice)
        rendering.uses_group(f"life_situation:{ref}")
        members = [key for key, record in rendering.library.service_records.items() if ref in record.situations]
        services = cards.service_cards(rendering, members)
        return Rendered(
            subject=self.subject(ref),
            key=document_key(rendering.locale, "life-situations", card["slug"]),
            locale=rendering.locale,
            lang=voice.lang,
            body={
                "type": self.name,
                "id": ref,
                "locale": rendering.locale,
                **card,
                "lang": voice.lang,
                "count": len(services),
                "services": services,
                "untranslated": voice.untranslated,
            },
            card=card,
            groups=("all:life_situation",),
            position=f"{voice.lead.position:05d} {cards.sort_key(card['title'])}",
        )
