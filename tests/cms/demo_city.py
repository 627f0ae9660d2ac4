"""Reads the demo city as the tests see it: plain documents, nothing loaded into a database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DEMO = Path(__file__).resolve().parents[2] / "cms" / "demo_city"
SERVICES = sorted(path.stem for path in (DEMO / "services").glob("*.yaml"))
FORMS = sorted(path.stem for path in (DEMO / "forms").glob("*.json"))
SNIPPETS = ("faq", "pages", "units", "locations", "contact_points", "life_situations")


@cache
def read_yaml(name: str) -> Any:
    return yaml.safe_load((DEMO / name).read_text(encoding="utf-8"))


@cache
def read_form(key: str) -> dict[str, Any]:
    return json.loads((DEMO / "forms" / f"{key}.json").read_text(encoding="utf-8"))


@cache
def read_answers(key: str) -> dict[str, Any]:
    return json.loads((DEMO / "forms" / "examples" / f"{key}.json").read_text(encoding="utf-8"))


def service(slug: str) -> dict[str, Any]:
    return read_yaml(f"services/{slug}.yaml")


def all_services() -> list[dict[str, Any]]:
    return [service(slug) for slug in SERVICES]


def keys_of(name: str, field: str = "key") -> set[str]:
    return {row[field] for row in read_yaml(name)}


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from texts(inner, f"{path}/{at}")


def nulls(value: Any, path: str = "") -> Iterator[str]:
    if value is None:
        yield path
    elif isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from nulls(inner, f"{path}/{key}")


def nodes_of(form: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    def walk(prefix: str, nodes: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
        for node in nodes:
            path = f"{prefix}.{node['id']}"
            yield path, node
            yield from walk(path, node.get("nodes", []))

    for step in form["steps"]:
        yield from walk(step["id"], step["nodes"])


def prose(locale: str) -> Iterator[tuple[str, str]]:
    """All texts of a language, with their places."""
    for slug in SERVICES:
        one = dict(service(slug))
        translations = one.pop("translations", {})
        found = one if locale == "de" else translations.get(locale, {})
        yield from ((f"{slug}{path}", text) for path, text in texts(found) if not path.endswith(("url", "address")))
    for name in SNIPPETS:
        for path, text in texts(read_yaml(f"{name}.yaml")):
            german = not re.search(r"/(en|de-simple)(/|$)", path)
            if german if locale == "de" else f"/{locale}" in path:
                yield f"{name}{path}", text
    for key in FORMS:
        yield from ((f"{key}{path}", text) for path, text in texts(read_form(key)) if path.endswith(f"/{locale}"))
