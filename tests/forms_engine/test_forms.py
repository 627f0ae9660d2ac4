"""Forms: drafts of editors, publishing, the commands."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from forms_engine.api import (
    DraftConflict,
    FlowInvalid,
    FormExists,
    FormNotFound,
    create_form,
    flow_published,
    flow_unpublished,
    get_published_flow,
    list_forms_of,
    list_published_flows,
    publish_form,
    save_draft_document,
    search_forms,
    unpublish_form,
)
from forms_engine.models import FlowVersion, Form, FormChange
from tests.forms_engine.factories import Citizen, de, dog_document, make_person, make_unit, publish

pytestmark = pytest.mark.django_db


def form(**changes) -> Form:
    return create_form(dog_document(**changes), unit=make_unit())


def broken_document():
    document = dog_document()
    document["steps"][0]["nodes"][0]["visible"] = {"==": [{"var": "nobody.knows"}, True]}
    return document


def test_form__created__has_its_draft_and_a_first_change():
    made = form()

    assert (made.title, made.draft_version, made.draft["unit"]) == ("Hund anmelden", 1, "steuern")
    assert FormChange.objects.get().summary == "Angelegt"
    with pytest.raises(FormExists):
        create_form(dog_document(key=made.key), unit=make_unit())


def test_draft__saved__keeps_title_and_office_in_step_and_writes_history():
    made, editor = form(), make_person()
    make_unit("bauamt")

    document = made.draft | {"title": de("Hund abmelden"), "unit": "bauamt", "key": "anders"}
    saved = save_draft_document(made, document, by=editor, summary="Titel geändert", expected_version=1)

    assert (saved.title, saved.unit.key, saved.draft_version) == ("Hund abmelden", "bauamt", 2)
    assert saved.draft["key"] == made.key
    assert FormChange.objects.get(version=2).by == editor


def test_draft__saved_over_another_version__is_refused_and_changes_nothing():
    made = form()
    save_draft_document(made, made.draft, by=None, summary="x", expected_version=1)

    with pytest.raises(DraftConflict) as conflict:
        save_draft_document(made, {"title": de("Weg")}, by=None, summary="x", expected_version=1)

    assert conflict.value.current == 2
    assert Form.objects.get().title == "Hund anmelden"


def test_publish__sound_form__freezes_a_version_and_tells_the_others(django_capture_on_commit_callbacks):
    made, heard = form(), []
    flow_published.connect(listener := lambda version, **_: heard.append(version), weak=False)

    with django_capture_on_commit_callbacks(execute=True):
        version = publish_form(made, by=None)
    flow_published.disconnect(listener)

    assert (version.number, len(version.hash), version.document) == (1, 64, made.draft)
    assert heard == [version]
    assert Form.objects.get().live == version


def test_publish__same_content_again__is_the_same_version():
    made = form()
    first = publish_form(made, by=None)

    assert publish_form(made, by=None) == first
    changed = save_draft_document(made, made.draft | {"minutes": 9}, by=None, summary="x", expected_version=1)
    second = publish_form(changed, by=None)
    back = save_draft_document(changed, made.draft | {"minutes": 8}, by=None, summary="x", expected_version=2)
    assert second.number == 2
    assert publish_form(back, by=None) == first
    assert FlowVersion.objects.count() == 2


def test_publish__with_errors__is_refused_with_all_findings():
    made = create_form(broken_document(), unit=make_unit())

    with pytest.raises(FlowInvalid) as refused:
        publish_form(made, by=None)

    assert any("nobody.knows" in str(finding) for finding in refused.value.findings)
    assert not FlowVersion.objects.exists()


def test_unpublish__takes_no_new_drafts_but_lets_open_ones_finish(django_capture_on_commit_callbacks):
    version, heard = publish(), []
    citizen = Citizen(version)
    citizen.fill()
    flow_unpublished.connect(listener := lambda key, **_: heard.append(key), weak=False)

    with django_capture_on_commit_callbacks(execute=True):
        unpublish_form(version.form, by=None)
    flow_unpublished.disconnect(listener)

    assert heard == [version.form.key]
    with pytest.raises(FormNotFound):
        get_published_flow(version.form.key)
    assert citizen.submit().status_code == 201


def test_published_flow__read__has_texts_of_one_locale_and_keeps_rules():
    version = publish()

    flow = get_published_flow(version.form.key, "en")

    assert flow["title"] == "Register a dog"
    assert flow["steps"][0]["nodes"][0]["label"] == "Name"
    assert flow["steps"][1]["nodes"][1]["visible"] == {"==": [{"var": "dog.has_chip"}, True]}
    assert (flow["version"], flow["hash"]) == (1, version.hash)


def test_published_flow__read__carries_nothing_that_only_editors_need():
    document = dog_document()
    document["source"] = {"fim": {"id": "S1"}}
    document["todo"] = [{"source": "R1", "text": "Noch zu modellieren."}]
    document["steps"][0]["source"] = document["steps"][0]["nodes"][0]["source"] = {"import": "abc"}
    version = publish(document)

    assert '"source"' not in json.dumps(get_published_flow(version.form.key))
    assert "todo" not in get_published_flow(version.form.key)
    assert version.document["source"] == {"fim": {"id": "S1"}}


def test_published_flows__listed__are_those_online():
    version = publish()
    form()

    assert [entry.key for entry in list_published_flows("en")] == [version.form.key]
    assert list_published_flows("en")[0].title == "Register a dog"
    assert len(list_forms_of(version.form.unit)) == 2
    assert [found.key for found in search_forms(version.form.key)] == [version.form.key]


def written(tmp_path, document) -> str:
    path = tmp_path / "form.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return str(path)


def run(*arguments) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_import_flow__twice__changes_nothing_the_second_time(tmp_path):
    make_unit()
    file = written(tmp_path, dog_document(key="hund"))

    assert "angelegt, veröffentlicht als Fassung 1" in run("import_flow", file, "--unit", "steuern", "--publish")
    assert "unverändert, veröffentlicht als Fassung 1" in run("import_flow", file, "--unit", "steuern", "--publish")
    assert FormChange.objects.count() == 1


def test_import_flow__changed_file__is_the_next_draft(tmp_path):
    make_unit()
    run("import_flow", written(tmp_path, dog_document(key="hund")), "--unit", "steuern")

    changed = dog_document(key="hund", title=de("Hund abmelden"))
    assert "geändert (Entwurf 2)" in run("import_flow", written(tmp_path, changed), "--unit", "steuern")
    assert Form.objects.get().title == "Hund abmelden"


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"a": NaN}', "[" * 100_000, "\ufeff{}"])
def test_import_flow__of_something_else__gives_one_clear_error(tmp_path, content):
    path = tmp_path / "form.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError):
        run("import_flow", str(path))
    with pytest.raises(CommandError):
        run("import_flow", str(tmp_path / "missing.json"))
    assert not Form.objects.exists()


def test_import_flow__with_errors_or_unknown_office__changes_nothing(tmp_path):
    make_unit()
    with pytest.raises(CommandError, match="Fehler"):
        run("import_flow", written(tmp_path, broken_document()), "--unit", "steuern")
    with pytest.raises(CommandError, match="nirgends"):
        run("import_flow", written(tmp_path, dog_document()), "--unit", "nirgends")

    assert not Form.objects.exists()


def test_export_flow__imported_again__is_the_same(tmp_path):
    version = publish()

    exported = json.loads(run("export_flow", version.form.key))

    assert exported == version.document
    assert json.loads(run("export_flow", version.form.key, "--draft")) == version.form.draft
    with pytest.raises(CommandError):
        run("export_flow", "nirgends")
    unpublish_form(version.form, by=None)
    with pytest.raises(CommandError):
        run("export_flow", version.form.key)


def test_check_flow__of_a_sound_and_a_broken_form__exits_0_and_1_with_a_line_per_finding(tmp_path):
    assert "Keine Fehler" in run("check_flow", written(tmp_path, dog_document()))

    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_flow", written(tmp_path, broken_document()), stdout=out)

    assert ended.value.code == 1
    assert "nobody.knows" in out.getvalue()
