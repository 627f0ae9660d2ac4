"""One DLDB record -> what a service or a location needs, with remarks about what was left out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cms.domain.amounts import AMOUNT, find_amounts
from cms.importers.dldb.html import clean_html, is_broken, plain
from cms.wording import split_phrases

KEY = re.compile(r"99\d{12}\Z")
FREE = re.compile(
    r"(?:es fallen )?(?:keine(?: gebühren?| kosten)?|kosten(?:los|frei)|gebührenfrei)(?: an)?\.?", re.IGNORECASE
)
SURROUND = re.compile(r"(?:die )?(?:gebühr(?:en)?|kosten)?(?: beträgt| betragen)?:?", re.IGNORECASE)
TEASER_LENGTH = 150


@dataclass
class ServiceRecord:
    """A service as it will be written. `remarks` are sentences for the report."""

    id: str
    name: str
    description: str = ""
    teaser: str = ""
    fees_text: str = ""
    fees: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    further: list[tuple[str, str]] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass
class LocationRecord:
    """An office of the catalogue as a location."""

    id: str
    name: str
    street: str
    house_number: str
    postcode: str
    place: str
    latitude: Decimal | None
    longitude: Decimal | None
    phone: str
    email: str


class RecordUnusable(Exception):
    """The record cannot become anything; the text says why."""


def map_service(data: dict[str, Any]) -> ServiceRecord:
    """Raises RecordUnusable."""
    name = " ".join(str(data.get("name") or "").split())
    if not name:
        raise RecordUnusable("ohne Namen")
    record = ServiceRecord(id=str(data["id"]), name=name[:250])
    record.description = _html(record, data.get("description"), "Beschreibung")
    record.teaser = make_teaser(plain(record.description))
    record.fees_text = _html(record, data.get("fees"), "Kosten")
    record.fees = type_fees(plain(record.fees_text))
    record.keys = _keys(record, str(data.get("leika") or ""))
    record.keywords = split_phrases(str((data.get("meta") or {}).get("keywords") or ""))
    record.further = _links(record, data.get("links"))
    record.forms = _links(record, data.get("forms"))
    record.locations = [str(row["location"]) for row in data.get("locations") or [] if row.get("location")]
    return record


def map_location(data: dict[str, Any]) -> LocationRecord:
    """Raises RecordUnusable."""
    address, geo, contact = (data.get(part) or {} for part in ("address", "geo", "contact"))
    name = data.get("displayName") or data.get("name")
    postcode = str(address.get("postal_code") or "")
    if not name or not address.get("street") or not re.fullmatch(r"\d{5}", postcode):
        raise RecordUnusable("ohne Namen oder vollständige Anschrift")
    return LocationRecord(
        id=str(data["id"]),
        name=str(name)[:200],
        street=str(address["street"])[:200],
        house_number=str(address.get("house_number") or "")[:20],
        postcode=postcode,
        place=str(address.get("city") or "")[:100],
        latitude=_coordinate(geo.get("lat")),
        longitude=_coordinate(geo.get("lon")),
        phone=str(contact.get("phone") or "")[:60],
        email=_mailbox(contact.get("email")),
    )


def make_teaser(text: str) -> str:
    """The first sentence, shortened at a word."""
    sentence = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    if len(sentence) <= TEASER_LENGTH:
        return sentence
    return sentence[: TEASER_LENGTH - 2].rsplit(" ", 1)[0] + " …"


def type_fees(text: str) -> list[tuple[str, dict[str, Any]]]:
    """A typed fee where the prose says one certain amount or "free of charge" and nothing else; otherwise none."""
    if FREE.fullmatch(text):
        return [("free", {"label": "", "text": "", "legal_basis": ""})]
    amounts = find_amounts(text)
    if len(amounts) == 1 and SURROUND.fullmatch(AMOUNT.sub("", text).strip(" .")):
        return [("fixed", {"label": "", "amount": amounts[0], "currency": "EUR", "legal_basis": ""})]
    return []


def _html(record: ServiceRecord, value: Any, name: str) -> str:
    html = str(value or "")
    if is_broken(html):
        record.remarks.append(f"{name}: fehlerhaftes HTML, bereinigt übernommen")
    return clean_html(html)


def _keys(record: ServiceRecord, text: str) -> list[str]:
    keys = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for key in keys:
        if not KEY.fullmatch(key):
            record.remarks.append(f"Leistungsschlüssel „{key[:30]}“ ausgelassen: nicht 14 Ziffern mit 99 am Anfang")
    return [key for key in keys if KEY.fullmatch(key)]


def _links(record: ServiceRecord, rows: Any) -> list[tuple[str, str]]:
    links: list[tuple[str, str]] = []
    for row in rows or []:
        url = str(row.get("link") or row.get("url") or "").strip()
        if re.match(r"https?://[^\s{}]+\Z", url):
            links.append((str(row.get("name") or url)[:250], url))
        elif url:
            record.remarks.append(f"Link „{url[:60]}“ ausgelassen: keine Internetadresse")
    return list(dict.fromkeys(links))


def _coordinate(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)).quantize(Decimal("0.000001"))
    except ArithmeticError:
        return None


def _mailbox(value: Any) -> str:
    text = str(value or "").strip()
    return text if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) else ""
