"""Services in German: texts and typed data first, then what points to other services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from wagtail.rich_text import RichText

from cms.importers.demo.snippets import german_location, german_unit
from cms.importers.demo.source import GERMAN, City
from cms.importers.ledger import Ledger
from cms.models import (
    ContactPoint,
    DepartmentPage,
    LifeSituation,
    RelatedService,
    ServiceContact,
    ServiceKey,
    ServicePage,
)
from forms_engine.api import Form

TEXTS = ("title", "official_name", "teaser", "audience", "summary", "description", "prerequisites", "notes", "appeal")


def ensure_service_pages(city: City, departments: dict[str, DepartmentPage]) -> None:
    """An empty draft for each service that does not exist, so that services can point to each other."""
    known = set(ServicePage.objects.filter(locale__language_code=GERMAN).values_list("slug", flat=True))
    for data in city.services:
        if data["slug"] not in known:
            page = ServicePage(
                title=data["title"], slug=data["slug"], live=False, responsible_unit=german_unit(data["unit"])
            )
            departments[data["unit"]].add_child(instance=page)


def load_services(city: City, ledger: Ledger) -> list[str]:
    """Write and publish services that are new or changed; returns their slugs."""
    changed = []
    for data in city.services:
        key = f"service:{data['slug']}"
        if ledger.is_unchanged(key, data):
            continue
        page = ServicePage.objects.get(slug=data["slug"], locale__language_code=GERMAN)
        fill_texts(page, data)
        fill_typed(page, data)
        _fill_classification(page, data)
        page.save_revision().publish()
        ledger.note(key, data, service=page)
        changed.append(data["slug"])
    return changed


def fill_texts(page: ServicePage, data: dict[str, Any]) -> None:
    """Texts that are not inside typed rows, in the language of the page."""
    for name in TEXTS:
        setattr(page, name, data.get(name) or "")
    page.fees_text = (data.get("fees") or {}).get("text") or ""
    page.processing_text = (data.get("processing_time") or {}).get("text") or ""
    page.keywords, page.synonyms = ", ".join(data.get("keywords") or []), ", ".join(data.get("synonyms") or [])
    page.availability_reason = (data.get("status") or {}).get("reason") or ""
    page.prerequisite_items = [("item", item) for item in data.get("prerequisite_items") or []]
    page.procedure = [
        ("step", {"title": step["title"], "text": RichText(step.get("text") or "")})
        for step in data.get("procedure") or []
    ]


def fill_typed(page: ServicePage, data: dict[str, Any]) -> None:
    """Typed rows: fees, deadlines, documents, channels, links, and the numbers beside them."""
    page.fees = [_fee(row) for row in (data.get("fees") or {}).get("items") or []]
    page.deadlines = [("deadline", _deadline(row)) for row in data.get("deadlines") or []]
    page.documents = [("document", _document(row)) for row in data.get("documents") or []]
    page.channels = [_channel(row) for row in data.get("channels") or []]
    page.legal_bases = [("legal_basis", _link(row)) for row in data.get("legal_bases") or []]
    page.further = [("link", _link(row)) for row in data.get("further") or []]
    page.paper_forms = [("link", _link(row)) for row in data.get("forms") or []]
    time = data.get("processing_time") or {}
    page.processing_min, page.processing_max = time.get("min"), time.get("max")
    page.processing_unit = time.get("unit") or ""
    status = data.get("status") or {}
    page.availability = status.get("state") or "available"
    page.availability_since, page.availability_until = _date(status.get("since")), _date(status.get("expected_until"))


def _fill_classification(page: ServicePage, data: dict[str, Any]) -> None:
    page.responsible_unit = german_unit(data["unit"])
    page.content_owner, page.review_date = data.get("owner") or "", _date(data.get("review_date"))
    page.service_keys = [ServiceKey(key=key, sort_order=place) for place, key in enumerate(data.get("keys") or [])]
    page.service_contacts = [
        ServiceContact(contact_point=point, sort_order=place)
        for place, point in enumerate(_ordered(ContactPoint, data.get("contact_points")))
    ]
    page.related_services = [
        RelatedService(service=service, sort_order=place)
        for place, service in enumerate(_ordered(ServicePage, data.get("related")))
    ]
    page.life_situations = _ordered(LifeSituation, data.get("life_situations"))


def _ordered(model: Any, slugs: list[str] | None) -> list[Any]:
    found = {item.slug: item for item in model.objects.filter(slug__in=slugs or [], locale__language_code=GERMAN)}
    return [found[slug] for slug in slugs or [] if slug in found]


def _fee(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    common = {
        "label": row.get("label") or "",
        "legal_basis": row.get("legal_basis") or "",
        "text": row.get("text") or "",
    }
    if row["kind"] != "free":
        common["currency"] = row.get("currency") or "EUR"
    for name in ("amount", "amount_max"):
        if row.get(name):
            common[name] = Decimal(row[name])
    if row["kind"] == "table":
        common["rows"] = [{"label": line["label"], "amount": Decimal(line["amount"])} for line in row["rows"]]
    fields = {
        "fixed": {"amount"},
        "range": {"amount", "amount_max", "text"},
        "table": {"rows"},
        "formula": {"text"},
        "free": {"text"},
    }
    wanted = {"label", "legal_basis", "currency"} | fields[row["kind"]]
    return row["kind"], {name: value for name, value in common.items() if name in wanted}


def _deadline(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "label": row.get("label") or "",
        "amount": row.get("amount"),
        "unit": row.get("unit") or "",
        "date": _date(row.get("date")),
        "text": row.get("text") or "",
    }


def _document(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "note": row.get("note") or "",
        "original": bool(row.get("original")),
        "required": bool(row.get("required", True)),
    }


def _channel(row: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    value: dict[str, Any] = {"label": row.get("label") or "", "text": row.get("text") or ""}
    if row["kind"] == "online_form":
        value["form"] = Form.objects.get(key=row["form_key"])
    elif row["kind"] == "on_site":
        value |= {"location": german_location(row["location"]), "url": row.get("url") or ""}
    else:
        name = {"external_link": "url", "post": "address", "phone": "phone"}[row["kind"]]
        value[name] = row[name]
    return row["kind"], value


def _link(row: dict[str, Any]) -> dict[str, Any]:
    return {"title": row["title"], "url": row.get("url") or ""}


def _date(value: Any) -> date | None:
    if isinstance(value, date) or value is None:
        return value
    return date.fromisoformat(value)
