"""A form takes the sections it uses along: new ones are made, newer ones become drafts, twice changes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from accounts.api import add_membership, ensure_unit
from forms_engine.models import FlowVersion, Form, FormChange, SectionUse
from forms_engine.packages import PackageInvalid, read_package, write_package
from forms_engine.queries.sections import list_sections_used, list_use_states
from forms_engine.services.forms import create_form
from tests.forms_engine.desk.test_desk import desk, editor  # noqa: F401 - the fixture is used by its name
from tests.forms_engine.factories import dog_document, make_unit
from tests.forms_engine.sections import changed_section, form_using, person_section, publish_again, publish_section

pytestmark = pytest.mark.django_db


def run(name: str, *args: str) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def forget_everything() -> None:
    """Another system: nothing of ours is there."""
    SectionUse.objects.all().delete()
    FormChange.objects.all().delete()
    Form.objects.update(live=None)
    FlowVersion.objects.all().delete()
    Form.objects.all().delete()


def packed_form(tmp_path: Path, key: str = "hund") -> str:
    """A form and its section, exported; then the system is empty."""
    make_unit()
    publish_section()
    create_form(form_using(person_section(), key=key), unit=make_unit())
    file = str(tmp_path / "hund.zip")
    run("export_form", key, file)
    return file


def test_package__form_with_sections__carries_them_and_gives_the_same_bytes_again(tmp_path):
    file = packed_form(tmp_path)
    packed = Path(file).read_bytes()

    package = read_package(packed)

    assert package.sections == {"person": [person_section()]}
    assert write_package(package.document, package.sections) == packed
    assert read_package(write_package(dog_document(key="hund"))).sections == {}


def test_commands__form_with_a_section_twice__change_nothing_the_second_time(tmp_path):
    file = packed_form(tmp_path)
    forget_everything()

    first = run("import_form", file, "--publish")
    changes, versions = FormChange.objects.count(), FlowVersion.objects.count()
    second = run("import_form", file, "--publish")

    assert "Baustein person: angelegt." in first
    assert "Baustein person: unverändert." in second
    assert "hund: unverändert." in second
    assert (FormChange.objects.count(), FlowVersion.objects.count()) == (changes, versions) == (2, 2)
    [state] = list_use_states(Form.objects.get(key="hund").draft)
    assert state.is_current


def test_commands__without_publish__section_is_a_draft_and_twice_changes_nothing(tmp_path):
    file = packed_form(tmp_path)
    forget_everything()

    run("import_form", file)
    assert "unverändert" in run("import_form", file)

    section = Form.objects.get(key="person")
    assert (section.is_section, section.live, section.draft_version) == (True, None, 1)
    assert section.unit.key == "buergerservice"


def test_commands__section_is_here_in_another_state__the_new_one_is_its_next_draft(tmp_path):
    file = packed_form(tmp_path)
    forget_everything()
    here = publish_section(changed_section(person_section(), label="Hier anders"))

    assert "Baustein person: Entwurf geändert." in run("import_form", file, "--dry-run")
    assert Form.objects.get(key="person").draft_version == 1
    run("import_form", file)
    run("import_form", file)

    section = Form.objects.get(key="person")
    assert (section.draft_version, section.live) == (2, here.live)
    assert section.draft == person_section()


def test_commands__section_by_itself__travels_like_a_form(tmp_path):
    make_unit()
    publish_section()
    file = str(tmp_path / "person.zip")
    run("export_form", "person", file)
    forget_everything()

    assert "person: angelegt." in run("import_form", file, "--publish")
    assert "person: unverändert." in run("import_form", file, "--publish")
    assert Form.objects.get(key="person").is_section


def test_export__two_states_of_one_section__both_travel_the_older_first():
    section = publish_section()
    newer = changed_section(section.draft, label="Neu")
    form = form_using(person_section())
    publish_again(section, newer)
    form["steps"] += form_using(newer, parent="", new_id="second")["steps"][-1:]

    assert list_sections_used(form) == {"person": [person_section(), newer]}


def test_commands__key_of_a_section_is_a_form_here__nothing_is_changed(tmp_path):
    file = packed_form(tmp_path)
    forget_everything()
    create_form(dog_document(key="person"), unit=make_unit())

    with pytest.raises(CommandError, match="etwas anderes"):
        run("import_form", file)
    assert [form.key for form in Form.objects.all()] == ["person"]


@pytest.mark.parametrize(
    "sections",
    [
        {"person": [dog_document(key="person")]},
        {"other": [person_section()]},
        {"person": "x"},
        {"person": [person_section(steps=[])]},
        {"person": [person_section()] * 201},
        {"Person!": [person_section(key="Person!")]},
    ],
)
def test_package__what_is_no_section__is_one_error(sections):
    with pytest.raises(PackageInvalid):
        read_package(write_package(dog_document(key="hund"), sections))


def test_desk__taken_in_by_an_office__makes_the_section_or_leaves_a_foreign_one(desk, tmp_path):  # noqa: F811 - fixture
    client, form = desk
    packed = write_package(form_using(person_section(), key="hund2", unit="steuern"), {"person": [person_section()]})

    def take() -> str:
        posted = {"package": SimpleUploadedFile("hund.zip", packed)}
        return client.post("/admin/formulare/+einlesen/", posted, follow=True).content.decode()

    assert "kam mit dem Paket und ist als Entwurf angelegt" in take()
    section = Form.objects.get(key="person")
    assert section.unit.key == "steuern"
    assert "schon auf diesem Stand" in take()
    section.unit = ensure_unit("jugend", name="Jugend")
    section.draft = changed_section(person_section(), label="Anders")
    section.save()
    assert "pflegt hier ein anderes Amt" in take()
    add_membership(form.changed_by, section.unit, role="editor")
    assert "hat mit dem Paket einen neuen Entwurf" in take()
