"""`manage.py export_fim`: where the file goes, what is said, and that it can be read again."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forms_engine.models import Form
from forms_engine.services.forms import create_form, publish_form
from tests.forms_engine.factories import dog_document, make_unit

pytestmark = pytest.mark.django_db


def _run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_export__of_an_imported_form__is_a_file_that_changes_nothing_when_imported(
    tmp_path: Path, shared_data: Path
) -> None:
    file = tmp_path / "export.xml"
    _run("import_fim", str(shared_data / "fim/schemas/S00000000374/schema.xdf.xml"), "--key", "anzeige")
    assert "45 amtliche Regelbäume" in _run("export_fim", "anzeige", str(file))
    assert "Keine Änderung" in _run("import_fim", str(file), "--key", "anzeige")
    _run("import_fim", str(file), "--key", "zweite-anzeige")
    one, two = (Form.objects.get(key=key).draft for key in ("anzeige", "zweite-anzeige"))
    assert two | {"key": "anzeige"} == one


def test_export__without_a_file__prints_nothing_but_the_xml() -> None:
    create_form(dog_document(key="hund"), unit=make_unit())
    assert _run("export_fim", "hund").startswith("<?xml")


def test_export__of_a_form_made_here__has_provisional_ids_and_says_what_is_lost(tmp_path: Path) -> None:
    create_form(dog_document(key="hund"), unit=make_unit())
    said = _run("export_fim", "hund", str(tmp_path / "hund.xml"))
    assert "Vorläufige Kennung" in said
    assert "Nicht ausgegeben" in said
    _run("import_fim", str(tmp_path / "hund.xml"), "--key", "wieder")
    labels = [node["label"]["de"] for step in Form.objects.get(key="wieder").draft["steps"] for node in step["nodes"]]
    assert {node["label"]["de"] for step in dog_document()["steps"] for node in step["nodes"]} <= set(labels)


def test_export__published__is_the_version_that_is_online() -> None:
    form = create_form(dog_document(key="hund"), unit=make_unit())
    with pytest.raises(CommandError, match="nicht veröffentlicht"):
        _run("export_fim", "hund", "--published")
    publish_form(form, by=None)
    Form.objects.update(draft=form.draft | {"title": {"de": "Ganz anders"}})
    assert "Ganz anders" not in _run("export_fim", "hund", "--published")
    assert "Ganz anders" in _run("export_fim", "hund")


def test_export__of_an_unknown_form_or_to_nowhere__is_one_sentence() -> None:
    with pytest.raises(CommandError, match="gibt es nicht"):
        _run("export_fim", "nirgends")
    create_form(dog_document(key="hund"), unit=make_unit())
    with pytest.raises(CommandError, match="lässt sich nicht schreiben"):
        _run("export_fim", "hund", "/nirgends/hund.xml")
