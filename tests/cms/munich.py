"""The Munich catalogue as search documents and judged queries: real texts, real keywords of editors."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cms.search.index import SearchDocument

Queries = dict[str, set[int]]


def read_services(shared: Path) -> list[dict[str, Any]]:
    """The 287 services, or a skip with the reason."""
    path = shared / "services" / "munich" / "services_de.json"
    if not path.exists():
        pytest.skip("shared test data missing: ../shared/data/services/munich")
    return json.loads(path.read_text(encoding="utf-8"))["data"]


def as_documents(services: list[dict[str, Any]]) -> list[SearchDocument]:
    """Title and text (description and the names of forms and links), without the keywords."""
    return [SearchDocument(service["name"], _text(service)) for service in services]


def judged_queries(services: list[dict[str, Any]]) -> Queries:
    """Each keyword phrase with the services that carry it."""
    queries: Queries = {}
    for number, service in enumerate(services):
        for phrase in keywords(service):
            queries.setdefault(phrase, set()).add(number)
    return queries


def keywords(service: dict[str, Any]) -> list[str]:
    return [phrase.strip() for phrase in (service["meta"].get("keywords") or "").split(",") if phrase.strip()]


def with_keywords(documents: list[SearchDocument], queries: Queries) -> list[SearchDocument]:
    """The documents with these phrases as their synonyms."""
    carried: dict[int, list[str]] = {}
    for phrase, numbers in queries.items():
        for number in numbers:
            carried.setdefault(number, []).append(phrase)
    return [replace(document, synonyms=tuple(carried.get(at, ()))) for at, document in enumerate(documents)]


def _text(service: dict[str, Any]) -> str:
    names = dict.fromkeys(entry.get("name", "") for entry in (*service["forms"], *service["links"]))
    return " ".join((_plain(service["description"]), *names))


def _plain(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup or "")))
