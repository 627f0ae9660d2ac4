"""The documentation lists what the code registers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
OURS = {"common", "accounts", "messaging", "forms_engine", "cms", "config"}
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")


def doc(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def our_commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if app in OURS)


def settings_read() -> set[str]:
    text = "".join(p.read_text() for p in (ROOT / "config/settings").glob("*.py"))
    return set(re.findall(r'env\.\w+\("([A-Z_]+)"', text)) | set(re.findall(r'Env\(\)\.str\("([A-Z_]+)"', text))


@pytest.mark.parametrize("command", our_commands())
def test_command__is_in_the_reference_and_explains_itself(command):
    assert f"`{command}" in doc("reference/commands.md")
    assert load_command_class(get_commands()[command], command).help


def test_make_targets__are_in_the_reference():
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [t for t in targets if f"`make {t}`" not in doc("reference/commands.md")] == []


def test_settings__are_in_the_reference_and_the_example():
    example = (ROOT / ".env.example").read_text()
    assert settings_read()
    assert [s for s in settings_read() if f"`{s}`" not in doc("reference/settings.md")] == []
    assert [s for s in settings_read() if f"#{s}=" not in example] == []


def test_field_types__are_in_the_reference():
    from forms_engine.fields import registry

    keys = registry.field_types.keys()
    assert len(keys) >= 16
    assert [k for k in keys if f"`{k}`" not in doc("reference/flow.md")] == []


def test_destinations__are_in_the_how_to():
    from forms_engine.destinations.registry import registry

    keys = registry.keys()
    assert len(keys) >= 2
    assert [k for k in keys if f"`{k}`" not in doc("how-to/add-a-destination.md")] == []


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))])
def test_links__between_documents__lead_somewhere(path):
    broken = [target for target in LINK.findall(path.read_text()) if not (path.parent / target).exists()]
    assert broken == []


def test_names_others_rely_on__exist():
    from cms import api as cms_api
    from forms_engine import api

    assert {"load_flow", "evaluate", "FlowInvalid"} <= set(api.__all__)
    assert "search" in cms_api.__all__
    wanted = {
        "load_demo",
        "import_services",
        "import_fim",
        "import_flow",
        "export_flow",
        "check_flow",
        "worker",
        "doctor",
    }
    assert wanted <= set(our_commands())
