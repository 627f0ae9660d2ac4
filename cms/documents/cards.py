"""Cards: the parts of a subject that lists and other documents show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cms.documents.rendering import Rendering
from cms.documents.voice import Voice
from cms.models import ContactPoint, FaqEntry, LifeSituation, Location, OrganisationalUnit, ServicePage
from cms.search.words import fold

Card = dict[str, Any]
ONLINE = {"online_form", "external_link"}


def sort_key(text: str) -> str:
    """German order in lists: case and umlauts do not matter."""
    return fold(text.casefold())[:250]


def service_cards(rendering: Rendering, keys: Iterable[str]) -> list[Card]:
    """Cards of the services that can be read in this locale, by title."""
    wanted = list(keys)
    rendering.library.load_pages(ServicePage, wanted)
    cards = (find_service_card(rendering, key) for key in wanted)
    return sorted((card for card in cards if card), key=lambda card: sort_key(card["title"]))


def find_service_card(rendering: Rendering, key: str) -> Card | None:
    """The card of a service, or None when it is not online."""
    voice = rendering.page_voice(ServicePage, key, "service")
    return service_card(rendering, voice) if voice else None


def service_card(rendering: Rendering, voice: Voice[ServicePage]) -> Card:
    """What a list shows of a service."""
    lead = voice.lead
    unit = rendering.library.key_of(OrganisationalUnit, lead.responsible_unit_id)
    return {
        "slug": (voice.own or lead).slug,
        "title": voice.words("title", lambda page: page.title),
        "teaser": voice.words("teaser", lambda page: page.teaser),
        "online": any(kind in ONLINE for kind in open_channels(rendering, lead)),
        "status": lead.availability,
        "life_situations": [situation["slug"] for situation in situation_refs(rendering, lead)],
        "unit": unit_ref(rendering, unit),
        "lang": voice.lang_of("title"),
        "url": rendering.path((voice.own or lead).front_end_path()),
    }


def open_channels(rendering: Rendering, page: ServicePage) -> list[str]:
    """Kinds of channels that work: an online form counts only while it is online. Reads raw rows: lists are long."""
    live = rendering.library.live_forms
    rows = ((child["type"], child["value"]) for child in page.channels.raw_data)
    return [kind for kind, value in rows if kind != "online_form" or value.get("form") in live]


def situation_refs(rendering: Rendering, page: ServicePage) -> list[Card]:
    """Slug and title of the life situations of a service."""
    keys = rendering.library.situations_by_page.get(page.pk, [])
    voices = (rendering.voice(LifeSituation, key, "life_situation") for key in keys)
    return [
        {"slug": voice.lead.slug, "title": voice.words("title", lambda row: row.title)} for voice in voices if voice
    ]


def unit_ref(rendering: Rendering, key: str | None) -> Card | None:
    """Slug and name of an office."""
    card = unit_card(rendering, key)
    return {"slug": card["slug"], "name": card["name"]} if card else None


def unit_card(rendering: Rendering, key: str | None) -> Card | None:
    """An office with its contact."""
    voice = rendering.voice(OrganisationalUnit, key, "unit")
    if voice is None:
        return None
    lead = voice.lead
    return {
        "slug": lead.slug,
        "key": rendering.library.unit_keys.get(lead.identity_id, ""),
        "name": voice.words("name", lambda row: row.name),
        "email": lead.email,
        "phone": lead.phone,
        "lang": voice.lang_of("name"),
        "url": rendering.path(f"/aemter/{lead.slug}"),
    }


def contact_cards(rendering: Rendering, keys: Iterable[str | None]) -> list[Card]:
    """Whom to ask; contact points have no document of their own."""
    voices = (rendering.voice(ContactPoint, key, "contact_point") for key in keys)
    return [_contact_card(voice) for voice in voices if voice]


def _contact_card(voice: Voice[ContactPoint]) -> Card:
    return {
        "name": voice.words("name", lambda row: row.name),
        "purpose": voice.words("purpose", lambda row: row.purpose),
        "phone": voice.lead.phone,
        "email": voice.lead.email,
        "hours_text": voice.words("hours_text", lambda row: row.hours_text),
        "lang": voice.lang_of("name"),
    }


def faq_cards(rendering: Rendering, keys: Iterable[str]) -> list[Card]:
    """Questions with their answers, in the given order."""
    voices = (rendering.voice(FaqEntry, key, "faq") for key in keys)
    return [faq_card(rendering, voice) for voice in voices if voice]


def faq_card(rendering: Rendering, voice: Voice[FaqEntry]) -> Card:
    """A question with its answer."""
    return {
        "slug": voice.lead.slug,
        "question": voice.words("question", lambda row: row.question),
        "answer": voice.words("answer", lambda row: rendering.html(row.answer)),
        "lang": voice.lang_of("question"),
    }


def situation_card(rendering: Rendering, voice: Voice[LifeSituation]) -> Card:
    """A life situation as a list shows it; the count of services is added when the list is put together."""
    return {
        "slug": voice.lead.slug,
        "title": voice.words("title", lambda row: row.title),
        "teaser": voice.words("teaser", lambda row: row.teaser),
        "icon": voice.lead.icon,
        "lang": voice.lang_of("title"),
        "url": rendering.path(f"/lebenslagen/{voice.lead.slug}"),
    }


def location_card(rendering: Rendering, key: str | None) -> Card | None:
    """A place with address and hours, for services and lists."""
    from cms.documents.hours import opening_rules

    voice = rendering.voice(Location, key, "location")
    if voice is None:
        return None
    lead = voice.lead
    return {
        "slug": lead.slug,
        "name": voice.words("name", lambda row: row.name),
        "address": address(lead),
        "geo": geo(lead),
        "phone": lead.phone,
        "email": lead.email,
        "hours": opening_rules(rendering, voice),
        "lang": voice.lang_of("name"),
        "url": rendering.path(f"/standorte/{lead.slug}"),
    }


def address(location: Location) -> Card:
    """Street, house number, postcode, place."""
    return {
        "street": location.street,
        "house_number": location.house_number,
        "postcode": location.postcode,
        "place": location.place,
    }


def geo(location: Location) -> Card | None:
    """Latitude and longitude as decimal texts, or None."""
    if location.latitude is None or location.longitude is None:
        return None
    return {"lat": f"{location.latitude:.6f}", "lon": f"{location.longitude:.6f}"}
