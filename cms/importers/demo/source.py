"""The files of the demo city as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "demo_city"
GERMAN = "de"
LOCALES = ("de", "en", "de-simple")


@dataclass(frozen=True)
class City:
    """Everything the folder holds, in the order of the files."""

    units: list[dict[str, Any]]
    locations: list[dict[str, Any]]
    contact_points: list[dict[str, Any]]
    life_situations: list[dict[str, Any]]
    faq: list[dict[str, Any]]
    services: list[dict[str, Any]]
    sections: list[dict[str, Any]]
    forms: list[dict[str, Any]]
    home: dict[str, Any]
    pages: list[dict[str, Any]]


def read_city(folder: Path = FOLDER) -> City:
    """Read the folder; what is missing is empty."""
    site = _read_yaml(folder / "pages.yaml") or {}
    return City(
        units=_read_list(folder / "units.yaml"),
        locations=_read_list(folder / "locations.yaml"),
        contact_points=_read_list(folder / "contact_points.yaml"),
        life_situations=_read_list(folder / "life_situations.yaml"),
        faq=_read_list(folder / "faq.yaml"),
        services=[_read_yaml(path) for path in sorted((folder / "services").glob("*.yaml"))],
        sections=_read_json(folder / "sections"),
        forms=_read_json(folder / "forms"),
        home=site.get("home") or {},
        pages=site.get("pages") or [],
    )


def has_text(record: Any, locale: str) -> bool:
    """True when any TEXT below has this language: then the object gets a version in it."""
    return any(locale in value for value in _texts(record))


def in_locale(record: Any, locale: str) -> Any:
    """The record with every TEXT replaced by its text in this language."""
    if isinstance(record, list):
        return [in_locale(item, locale) for item in record]
    if not isinstance(record, dict):
        return record
    if _is_text(record):
        return record.get(locale) or record[GERMAN]
    return {key: in_locale(value, locale) for key, value in record.items()}


def _texts(record: Any) -> Iterator[dict[str, Any]]:
    if isinstance(record, dict) and _is_text(record):
        yield record
    elif isinstance(record, dict):
        for value in record.values():
            yield from _texts(value)
    elif isinstance(record, list):
        for item in record:
            yield from _texts(item)


def _is_text(record: dict[str, Any]) -> bool:
    return GERMAN in record and set(record) <= set(LOCALES)


def _read_json(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]  # noqa: TID251 - our own files


def _read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else None


def _read_list(path: Path) -> list[dict[str, Any]]:
    return _read_yaml(path) or []
