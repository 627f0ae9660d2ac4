"""Frequent questions."""

from __future__ import annotations

from cms.documents import cards
from cms.documents.addresses import document_key
from cms.documents.library import Library
from cms.documents.prose import plain_text
from cms.documents.registry import DocumentType
from cms.documents.rendered import Rendered
from cms.documents.rendering import Rendering
from cms.documents.voice import Voice
from cms.models import FaqEntry


class FaqType(DocumentType):
    """A question, its answer, and the services it belongs to."""

    name = "faq"

    def refs(self, library: Library) -> list[str]:
        return library.snippet_keys(FaqEntry)

    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        versions = rendering.library.snippet(FaqEntry, ref)
        if not rendering.is_readable(versions):
            return None
        voice: Voice[FaqEntry] = Voice(versions, rendering.locale)
        services = [key for key, entries in rendering.library.faq_by_service.items() if ref in entries]
        card = cards.faq_card(rendering, voice) | {"services": _service_refs(rendering, services)}
        return Rendered(
            subject=self.subject(ref),
            key=document_key(rendering.locale, "faq", card["slug"]),
            locale=rendering.locale,
            lang=voice.lang,
            body={
                "type": "faq",
                "id": ref,
                "locale": rendering.locale,
                **card,
                "lang": voice.lang,
                "alternatives": (voice.own or voice.lead).alternative_list,
                "untranslated": voice.untranslated,
            },
            card=card,
            groups=tuple(sorted(f"faq:{key}" for key in services)),
            position=f"{voice.lead.position:05d} {cards.sort_key(card['question'])}",
            search=_search(voice, card, rendering),
        )


def _service_refs(rendering: Rendering, keys: list[str]) -> list[dict[str, str]]:
    found = cards.service_cards(rendering, keys)
    return [{"slug": card["slug"], "title": card["title"], "url": card["url"]} for card in found]


def _search(voice: Voice[FaqEntry], card: dict, rendering: Rendering) -> dict[str, object]:
    answer = plain_text(card["answer"])
    return {
        "kind": "faq",
        "slug": card["slug"],
        "title": card["question"],
        "teaser": answer[:200].rsplit(" ", 1)[0] if len(answer) > 200 else answer,
        "url": rendering.path(f"/faq#{card['slug']}"),
        "lang": card["lang"],
        "names": "",
        "text": answer,
        "synonyms": (voice.own or voice.lead).alternative_list,
    }
