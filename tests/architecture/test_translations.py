"""Every text of these apps that people read is there in English, and the compiled catalogue is the current one."""

from __future__ import annotations

import ast
import gettext
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {"forms_engine": {"domain", "fields", "fim", "desk", "migrations"}, "messaging": {"migrations"}}


def catalogue(app: str) -> Path:
    return ROOT / app / "locale/en/LC_MESSAGES/django.mo"


def texts_in_code(app: str) -> set[str]:
    found = set()
    for path in (ROOT / app).rglob("*.py"):
        if ELSEWHERE[app] & set(path.relative_to(ROOT / app).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_text = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
            if is_text and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


@pytest.mark.parametrize("app", ELSEWHERE)
def test_texts__in_code__are_all_translated(app):
    with catalogue(app).open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog

    assert sorted(text for text in texts_in_code(app) if not known.get(text)) == []


@pytest.mark.parametrize("app", ELSEWHERE)
def test_catalogue__compiled__has_what_the_source_has(app):
    source = catalogue(app).with_suffix(".po").read_text(encoding="utf-8")
    with catalogue(app).open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog

    assert source.count('\nmsgid "') == len(compiled)
