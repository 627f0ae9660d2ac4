"""Services: the heart of the site. One document a locale, German where there is no translation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cms.documents import cards
from cms.documents.addresses import SIMPLE_LOCALE, document_key, front_path
from cms.documents.library import Library, ServiceRecord
from cms.documents.prose import plain_text
from cms.documents.registry import DocumentType
from cms.documents.rendered import Rendered
from cms.documents.rendering import Rendering
from cms.documents.types import service_parts as parts
from cms.documents.voice import Voice
from cms.domain.text_modules import TEXT_MODULES
from cms.models import ContactPoint, OrganisationalUnit, ServicePage

MEMBER_OF_FIELD = {
    "paper_forms": "forms",
    "service_contacts": "contact_points",
    "responsible_unit": "unit",
}


class ServiceType(DocumentType):
    """A service of the administration."""

    name = "service"

    def refs(self, library: Library) -> list[str]:
        return library.page_keys(ServicePage)

    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        versions = rendering.library.page(ServicePage, ref)
        if not rendering.is_readable(versions):
            return None
        voice: Voice[ServicePage] = Voice(versions, rendering.locale)
        card = cards.service_card(rendering, voice)
        body = _body(ref, voice, card, rendering, sorted(versions))
        return Rendered(
            subject=self.subject(ref),
            key=document_key(rendering.locale, "services", card["slug"]),
            locale=rendering.locale,
            lang=voice.lang,
            body=body,
            card=card,
            groups=_groups(rendering.library.record(ref, voice.lead)),
            position=cards.sort_key(card["title"]),
            search=_search(voice, card, body),
        )


def _body(ref: str, voice: Voice[ServicePage], card: dict, rendering: Rendering, locales: list[str]) -> dict[str, Any]:
    """The members of the contract. `untranslated` is read last: the reads before it fill it."""
    body: dict[str, Any] = {
        "type": "service",
        "id": ref,
        "locale": rendering.locale,
        "lang": voice.lang,
        **{name: card[name] for name in ("slug", "title", "teaser", "online", "url")},
        **_prose(voice, rendering),
        **_typed(voice),
        **_ways(voice, rendering),
        **_relations(ref, voice, rendering),
        "translations": {code: front_path(code, _version(voice, rendering, ref, code)) for code in locales},
    }
    body["modules"] = _modules(body)
    body["untranslated"] = voice.untranslated
    return body


def _prose(voice: Voice[ServicePage], rendering: Rendering) -> dict[str, Any]:
    names = ("summary", "description", "prerequisites", "notes", "appeal")
    prose = {name: voice.words(name, _prose_of(name, rendering)) for name in names}
    return prose | {
        "official_name": voice.words("official_name", lambda page: page.official_name),
        "audience": voice.words("audience", lambda page: page.audience),
        "prerequisite_items": voice.words(
            "prerequisite_items", lambda page: [block.value for block in page.prerequisite_items]
        ),
        "procedure": voice.words("procedure", lambda page: parts.step_rows(page, rendering)),
        "originator": voice.data(lambda page: page.originator),
        "keywords": voice.words("keywords", lambda page: page.keyword_list),
        "fees": {
            "text": voice.words("fees", lambda page: rendering.html(page.fees_text)),
            "items": voice.rows("fees", parts.fee_rows),
        },
    }


def _prose_of(name: str, rendering: Rendering) -> Callable[[ServicePage], str]:
    return lambda page: rendering.html(getattr(page, name))


def _typed(voice: Voice[ServicePage]) -> dict[str, Any]:
    lead = voice.lead
    return {
        "documents": voice.rows("documents", parts.document_rows),
        "deadlines": voice.rows("deadlines", parts.deadline_rows),
        "processing_time": _processing_time(voice),
        "legal_bases": voice.data(lambda page: parts.link_rows(page.legal_bases)),
        "further": voice.rows("further", lambda page: parts.link_rows(page.further)),
        "forms": voice.rows("forms", lambda page: parts.link_rows(page.paper_forms)),
        "keys": [row.key for row in lead.service_keys.all()],
        "status": {
            "state": lead.availability,
            "reason": voice.words("status", lambda page: page.availability_reason),
            "since": _day(lead.availability_since),
            "expected_until": _day(lead.availability_until),
        },
        "review_date": _day(lead.review_date),
        "updated_at": _moment((voice.own or lead).last_published_at),
    }


def _processing_time(voice: Voice[ServicePage]) -> dict[str, Any] | None:
    lead = voice.lead
    text = voice.words("processing_time", lambda page: page.processing_text)
    if lead.processing_min is None and lead.processing_max is None and not text:
        return None
    unit = lead.processing_unit or None
    return {"min": lead.processing_min, "max": lead.processing_max, "unit": unit, "text": text}


def _ways(voice: Voice[ServicePage], rendering: Rendering) -> dict[str, Any]:
    slug = (voice.own or voice.lead).slug
    for block in voice.lead.channels:
        if block.block_type == "online_form" and block.value["form"]:
            rendering.uses_card("flow", block.value["form"].key)
    rows = voice.rows("channels", parts.channel_rows)
    return {"channels": parts.finish_channels(rows, slug, rendering)}


def _relations(ref: str, voice: Voice[ServicePage], rendering: Rendering) -> dict[str, Any]:
    lead, library = voice.lead, rendering.library
    contacts = [library.key_of(ContactPoint, row.contact_point_id) for row in lead.service_contacts.all()]
    related = [library.page_key_of(row.service_id) for row in lead.related_services.all()]
    rendering.uses_group(f"faq:{ref}")
    found = (cards.find_service_card(rendering, key) for key in dict.fromkeys(related) if key and key != ref)
    return {
        "unit": cards.unit_card(rendering, library.key_of(OrganisationalUnit, lead.responsible_unit_id)),
        "contact_points": cards.contact_cards(rendering, contacts),
        "life_situations": cards.situation_refs(rendering, lead),
        "related": [card for card in found if card],
        "faq": cards.faq_cards(rendering, library.faq_by_service.get(ref, [])),
    }


def _version(voice: Voice[ServicePage], rendering: Rendering, ref: str, code: str) -> str:
    return str(rendering.library.page(ServicePage, ref)[code].front_end_path())


def _modules(body: dict[str, Any]) -> dict[str, str]:
    """XZuFi text module -> the member of this document that holds it; modules without content are left out."""
    members = {module.code: MEMBER_OF_FIELD.get(module.field, module.field) for module in TEXT_MODULES}
    return {code: member for code, member in members.items() if body[member]}


def _groups(record: ServiceRecord) -> tuple[str, ...]:
    groups = [f"life_situation:{key}" for key in record.situations]
    groups += [f"location:{key}" for key in record.locations]
    return tuple(sorted([*groups, f"unit:{record.unit}"] if record.unit else groups))


def _search(voice: Voice[ServicePage], card: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Found by title and official name, by all its prose, and by what editors know people say."""
    own, lead = voice.own or voice.lead, voice.lead
    synonyms = [*body["keywords"], *own.synonym_list]
    if voice.locale == SIMPLE_LOCALE:
        synonyms += [*lead.keyword_list, *lead.synonym_list]
    return {
        "kind": "service",
        "slug": card["slug"],
        "title": card["title"],
        "teaser": card["teaser"],
        "url": card["url"],
        "lang": card["lang"],
        "names": body["official_name"],
        "text": _text(body),
        "synonyms": list(dict.fromkeys(synonyms)),
    }


def _text(body: dict[str, Any]) -> str:
    markup = (body[name] for name in ("summary", "description", "prerequisites", "notes"))
    words = [body["teaser"], body["audience"], *map(plain_text, markup), *body["prerequisite_items"]]
    words += [plain_text(body["fees"]["text"]), *(row["label"] for row in body["fees"]["items"])]
    words += [f"{row['title']} {row['note']}" for row in body["documents"]]
    words += [f"{row['title']} {plain_text(row['text'])}" for row in body["procedure"]]
    words += [row["title"] for name in ("forms", "further", "legal_bases") for row in body[name]]
    return " ".join(word for word in words if word)


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _moment(value: Any) -> str | None:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value else None
