"""Every text of this app that people read is there in English, and the compiled catalogue is the current one."""

from __future__ import annotations

import ast
import gettext
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "forms_engine"
ELSEWHERE = {"domain", "fields", "fim", "desk", "migrations"}
CATALOGUE = APP / "locale/en/LC_MESSAGES/django.mo"


def texts_in_code() -> set[str]:
    found = set()
    for path in APP.rglob("*.py"):
        if ELSEWHERE & set(path.relative_to(APP).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_text = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
            if is_text and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


def test_texts__in_code__are_all_translated():
    with CATALOGUE.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog

    assert sorted(text for text in texts_in_code() if not known.get(text)) == []


def test_catalogue__compiled__has_what_the_source_has():
    source = CATALOGUE.with_suffix(".po").read_text(encoding="utf-8")
    with CATALOGUE.open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog

    assert source.count('\nmsgid "') == len(compiled)
