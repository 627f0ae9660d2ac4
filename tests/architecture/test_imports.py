"""The house rules that import-linter cannot say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

ROOT = Path(__file__).resolve().parents[2]
ORDER = ("common", "accounts", "messaging", "forms_engine", "cms", "config")  # from the ground up
OURS = ORDER[:-1]
# `common` is the ground everybody stands on: its modules are small and public by themselves.
DOORS = {"common": None} | {app: {f"{app}.api"} for app in ("accounts", "messaging", "forms_engine", "cms")}


def python_files(app: str) -> list[Path]:
    return [p for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]


def imported_modules(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module in ORDER}
    return found


@pytest.mark.parametrize("app", [a for a in OURS if a != "common"])
def test_imports__from_another_app__go_through_its_door(app):
    wrong = []
    for path in python_files(app):
        for module in imported_modules(path):
            other = module.partition(".")[0]
            door = DOORS.get(other)
            if other == app or door is None or module == other:
                continue
            if not any(module == d or module.startswith(f"{d}.") for d in door):
                wrong.append(f"{path.relative_to(ROOT)}: {module}")
    assert wrong == []


def test_foreign_keys__of_our_models__point_down():
    wrong = []
    for model in (m for app in OURS for m in apps.get_app_config(app).get_models()):
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
                target = field.related_model._meta.app_label
                if target in ORDER and ORDER.index(target) > ORDER.index(model._meta.app_label):
                    wrong.append(f"{model._meta.label}.{field.name} -> {target}")
    # The audit log names the person by AUTH_USER_MODEL: Django's own swappable setting, not an import.
    assert [w for w in wrong if w != "common.AuditEvent.actor -> accounts"] == []


def test_names__of_modules__say_what_they_own():
    banned = {"utils.py", "helpers.py", "manager.py", "misc.py"}
    assert [str(p.relative_to(ROOT)) for app in ORDER for p in python_files(app) if p.name in banned] == []


@pytest.mark.parametrize("app", OURS)
def test_app__has_a_readme_of_half_a_page(app):
    text = (ROOT / app / "README.md").read_text()
    assert 5 <= len(text.splitlines()) <= 80


@pytest.mark.parametrize("app", ["accounts", "messaging", "forms_engine", "cms"])
def test_door__everything_in_it__is_documented_and_exists(app):
    module = __import__(f"{app}.api", fromlist=["api"])
    assert module.__all__
    missing = [name for name in module.__all__ if not hasattr(module, name)]
    bare = [n for n in module.__all__ if callable(getattr(module, n, None)) and not getattr(module, n).__doc__]
    assert (missing, bare) == ([], [])
