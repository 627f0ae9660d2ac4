"""From the test system to production: by commands and by the desk, twice, and without harm when something is wrong."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from accounts.api import ensure_unit
from forms_engine.domain import editing
from forms_engine.models import Form, FormChange
from forms_engine.packages import write_package
from forms_engine.services.forms import create_form, save_draft_document
from forms_engine.services.packages import take_document
from tests.forms_engine.desk.test_desk import desk, document, editor, url  # noqa: F401 - the fixture is used by its name

pytestmark = pytest.mark.django_db


def run(name: str, *args: str) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_commands__test_to_production_twice__change_nothing_the_second_time(tmp_path: Path):
    unit = ensure_unit("steuern", name="Steuern")
    file = str(tmp_path / "hund.zip")
    create_form(document(), unit=unit)
    run("export_form", "hund", file)
    Form.objects.get(key="hund").changes.all().delete()
    Form.objects.all().delete()
    assert "würde" not in run("import_form", file, "--dry-run")
    assert not Form.objects.exists()
    assert "hund: angelegt." in run("import_form", file)
    assert "hund: unverändert." in run("import_form", file)
    form = Form.objects.get(key="hund")
    assert (form.draft, form.draft_version, FormChange.objects.count()) == (document(), 1, 1)
    changed = editing.update_node(form.draft, "person.name", {"required": False})
    save_draft_document(form, changed, by=None, summary="x", expected_version=1)
    assert "- „Ihr Name“ ist jetzt Pflicht; vorher freiwillig." in run("import_form", file, "--dry-run")
    assert Form.objects.get(key="hund").draft_version == 2
    assert "Fassung 1" in run("import_form", file, "--publish")
    run("export_form", "hund", file, "--live")


def test_import__hostile_package_or_unknown_unit__changes_nothing(tmp_path: Path):
    file = tmp_path / "x.zip"
    file.write_bytes(b"no zip")
    with pytest.raises(CommandError, match=r"kein lesbares Zip.*nichts geändert"):
        run("import_form", str(file))
    file.write_bytes(write_package(document(unit="mond")))
    with pytest.raises(CommandError, match="--unit"):
        run("import_form", str(file))
    with pytest.raises(CommandError, match="lässt sich nicht lesen"):
        run("import_form", str(tmp_path / "none.zip"))
    with pytest.raises(CommandError, match="gibt es nicht"):
        run("export_form", "none", str(file))
    assert not Form.objects.exists()


def upload(client, content: bytes, **extra: str):
    posted = {"package": SimpleUploadedFile("hund.zip", content), **extra}
    return client.post("/admin/formulare/+einlesen/", posted, follow=True)


def test_desk__package_downloaded_and_taken_in__says_what_changed(desk):  # noqa: F811 - the fixture
    client, form = desk
    assert "Paket herunterladen" in client.get(url(form, "weitergeben")).content.decode()
    packed = client.get(url(form, "paket")).content
    assert "schon auf diesem Stand" in upload(client, packed).content.decode()
    changed = editing.update_node(form.draft, "person.name", {"required": False})
    save_draft_document(form, changed, by=None, summary="x", expected_version=1)
    assert "„Ihr Name“ ist jetzt Pflicht; vorher freiwillig." in upload(client, packed).content.decode()
    form.refresh_from_db()
    assert (form.draft, form.draft_version) == (document(), 3)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no zip", "kein lesbares Zip"),
        (write_package(document(unit="mond")), "wählen Sie ein Amt"),
        (write_package(document(key="fremd")), "eines anderen Amts"),
    ],
)
def test_desk__package_that_cannot_be_taken__is_one_error_and_changes_nothing(desk, content, said):  # noqa: F811 - the fixture
    client, _ = desk
    create_form(document(key="fremd", unit="jugend"), unit=ensure_unit("jugend", name="Jugend"))
    before = FormChange.objects.count()
    answer = upload(client, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert FormChange.objects.count() == before


def test_desk__copy__has_everything_under_a_new_key(desk):  # noqa: F811 - the fixture
    client, form = desk
    assert client.post(url(form, "weitergeben"), {"title": "Katze", "key": form.key}).status_code == 422
    client.post(url(form, "weitergeben"), {"title": "Katze anmelden", "key": "katze"})
    made = Form.objects.get(key="katze")
    assert made.title == "Katze anmelden"
    assert made.draft["steps"] == form.draft["steps"]
    assert made.changes.get().summary == "Kopie von „Hund anmelden“"


def test_take__as_another_unit__keeps_to_that_unit_the_second_time():
    unit = ensure_unit("steuern", name="Steuern")
    assert take_document(document(unit="mond"), unit=unit, by=None).is_new
    assert take_document(document(unit="mond"), unit=unit, by=None).is_unchanged
