"""The start page and pages of free content."""

from __future__ import annotations

from typing import Any

from cms.documents import cards
from cms.documents.addresses import document_key, front_path
from cms.documents.library import Library
from cms.documents.prose import plain_text
from cms.documents.registry import DocumentType
from cms.documents.rendered import Rendered
from cms.documents.rendering import Rendering
from cms.documents.types.service_parts import rich_source
from cms.documents.voice import Voice
from cms.models import ContentPage, HomePage, LifeSituation


class PageType(DocumentType):
    """Imprint, privacy, accessibility statement, about us."""

    name = "page"

    def refs(self, library: Library) -> list[str]:
        return library.page_keys(ContentPage)

    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        versions = rendering.library.page(ContentPage, ref)
        if not rendering.is_readable(versions):
            return None
        voice: Voice[ContentPage] = Voice(versions, rendering.locale)
        path = (voice.own or voice.lead).front_end_path()
        card = {
            "path": path.removeprefix("/seiten/"),
            "title": voice.words("title", lambda page: page.title),
            "teaser": voice.words("teaser", lambda page: page.teaser),
            "lang": voice.lang_of("title"),
            "url": rendering.path(path),
        }
        blocks = voice.words("body", lambda page: _blocks(page, rendering))
        translations = {code: front_path(code, page.front_end_path()) for code, page in sorted(versions.items())}
        return Rendered(
            subject=self.subject(ref),
            key=document_key(rendering.locale, "pages", card["path"]),
            locale=rendering.locale,
            lang=voice.lang,
            body={
                "type": self.name,
                "id": ref,
                "locale": rendering.locale,
                **card,
                "lang": voice.lang,
                "body": blocks,
                "translations": translations,
                "untranslated": voice.untranslated,
            },
            card=card,
            position=cards.sort_key(card["title"]),
            search=_search(card, blocks),
        )


class HomeType(DocumentType):
    """The start page."""

    name = "home"

    def refs(self, library: Library) -> list[str]:
        return library.page_keys(HomePage)

    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        versions = rendering.library.page(HomePage, ref)
        if not rendering.is_readable(versions):
            return None
        voice: Voice[HomePage] = Voice(versions, rendering.locale)
        body = {
            "type": self.name,
            "id": ref,
            "locale": rendering.locale,
            "lang": voice.lang,
            "title": voice.words("title", lambda page: page.title),
            "claim": voice.words("claim", lambda page: page.claim),
            "intro": voice.words("intro", lambda page: rendering.html(page.intro)),
            "hint": _hint(voice, rendering),
            "featured": _featured(voice.lead, rendering),
            "life_situations": _situations(rendering),
            "url": rendering.path("/"),
        }
        return Rendered(
            subject=self.subject(ref),
            key=document_key(rendering.locale, "home"),
            locale=rendering.locale,
            lang=voice.lang,
            body=body | {"untranslated": voice.untranslated},
            card={"title": body["title"], "url": body["url"]},
        )


def _blocks(page: ContentPage, rendering: Rendering) -> list[dict[str, Any]]:
    return [_block(block.block_type, block.value, rendering) for block in page.body]


def _block(kind: str, value: Any, rendering: Rendering) -> dict[str, Any]:
    match kind:
        case "notice":
            html = rendering.html(rich_source(value["text"]))
            return {"type": "notice", "kind": value["kind"], "title": value["title"], "html": html}
        case "links":
            return {"type": "links", "items": [{"title": link["title"], "url": link["url"]} for link in value]}
    return {"type": "text", "html": rendering.html(rich_source(value))}


def _search(card: dict[str, Any], blocks: list[dict[str, Any]]) -> dict[str, Any]:
    words = [f"{block.get('title', '')} {plain_text(block.get('html', ''))}" for block in blocks]
    return {
        "kind": "page",
        "slug": card["path"],
        **{name: card[name] for name in ("title", "teaser", "url", "lang")},
        "names": "",
        "text": " ".join([card["teaser"], *words]),
        "synonyms": [],
    }


def _hint(voice: Voice[HomePage], rendering: Rendering) -> dict[str, str] | None:
    text = voice.words("hint", lambda page: rendering.html(page.hint))
    title = voice.words("hint_title", lambda page: page.hint_title)
    return {"title": title, "text": text} if text else None


def _featured(page: HomePage, rendering: Rendering) -> list[dict[str, Any]]:
    keys = [rendering.library.page_key_of(row.service_id) for row in page.featured_services.all()]
    found = (cards.find_service_card(rendering, key) for key in dict.fromkeys(keys) if key)
    return [card for card in found if card]


def _situations(rendering: Rendering) -> list[dict[str, Any]]:
    rendering.uses_group("all:life_situation")
    library = rendering.library
    voices = (rendering.voice(LifeSituation, key, "life_situation") for key in library.snippet_keys(LifeSituation))
    return [cards.situation_card(rendering, voice) for voice in voices if voice]
