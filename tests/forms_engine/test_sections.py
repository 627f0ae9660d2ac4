"""A section is published, forms follow it when somebody says so, and who already fills in notices nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from forms_engine.api import FlowInvalid, FormNotFound, get_published_flow, list_published_flows, search_forms
from forms_engine.domain import editing
from forms_engine.domain.sections.changing import detach
from forms_engine.domain.sections.copying import section_hash
from forms_engine.domain.tree import find_raw
from forms_engine.models import Form, SectionUse
from forms_engine.permissions import usable_sections
from forms_engine.queries.sections import get_states, list_forms_using, list_use_states
from forms_engine.services.forms import (
    FormKindFixed,
    create_form,
    publish_form,
    save_draft_document,
    unpublish_form,
)
from forms_engine.services.sections import offer_section, take_over_section
from tests.forms_engine.factories import ANSWERS, Citizen, de, dog_document, make_clerk, make_person, make_unit
from tests.forms_engine.sections import changed_section, form_using, person_section, publish_again, publish_section

pytestmark = pytest.mark.django_db
HOLDER = {"dog.holder.name": "Ada", "dog.holder.birth_date": "1980-01-01", "dog.holder.has_title": "nein"}


def make_form(unit: str = "steuern", **changes) -> Form:
    return create_form(form_using(person_section(), **changes), unit=make_unit(unit))


def chief(*units: str):
    person = make_clerk(make_unit(units[0]), "chief_editor")
    for unit in units[1:]:
        person.memberships.create(unit=make_unit(unit), role="chief_editor")
    return person


def test_section__published__is_no_form_anybody_can_start(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sent:
        section = publish_section()

    assert sent == []
    assert section.live is not None
    assert list_published_flows() == []
    assert list(search_forms("person")) == []
    with pytest.raises(FormNotFound):
        get_published_flow("person")


def test_kind__form_or_section__stays_for_ever():
    section, form = publish_section(), make_form()

    with pytest.raises(FormKindFixed):
        save_draft_document(section, dog_document(), by=None, summary="x", expected_version=1)
    with pytest.raises(FormKindFixed):
        save_draft_document(form, person_section(), by=None, summary="x", expected_version=1)


def test_uses__of_drafts_and_live_flows__are_noted_and_follow_every_save():
    section, form = publish_section(), make_form()
    publish_form(form, by=None)

    loose = detach(form.draft, "dog.holder")
    save_draft_document(form, loose, by=None, summary="x", expected_version=1)

    [found] = list_forms_using(section)
    assert ([row.path for row in found.draft], [row.path for row in found.live]) == ([], ["dog.holder"])
    unpublish_form(form, by=None)
    assert list_forms_using(section) == []
    assert not SectionUse.objects.exists()


def test_states__published_again__tell_who_is_behind():
    section, form = publish_section(), make_form()
    newer = publish_again(section, changed_section(section.draft, label="Ihr Name"))

    [state] = list_use_states(form.draft)

    assert (state.version.number, state.is_current, state.can_take_over) == (1, False, True)
    assert get_states(newer).live.number == 2
    renamed = publish_again(newer, newer.draft | {"title": de("Mensch")})
    assert get_states(renamed).is_current(section_hash(newer.draft))


def test_states__section_that_is_not_here__is_told_and_nothing_breaks():
    form = make_form()

    [state] = list_use_states(form.draft)

    assert (state.version, state.is_current, state.can_take_over, state.name) == (None, False, False, "person")
    assert publish_form(form, by=None).number == 1


def test_take_over__several_forms__each_gets_a_draft_and_nothing_goes_online():
    section = publish_section()
    forms = [make_form(), make_form()]
    published = publish_form(forms[0], by=None)
    publish_again(section, changed_section(section.draft, label="Ihr Name"))
    editor = chief("steuern")

    results = take_over_section(section, forms, by=editor)

    assert [(one.is_changed, one.problem) for one in results] == [(True, ""), (True, "")]
    for form in Form.objects.filter(is_section=False):
        assert find_raw(form.draft, "dog.holder.name")["label"] == de("Ihr Name")
        change = form.changes.first()
        assert (change.summary, change.by) == ("Neuen Stand des Bausteins „Person“ übernommen", editor)
    assert Form.objects.get(pk=forms[0].pk).live == published
    again = take_over_section(section, Form.objects.filter(is_section=False), by=editor)
    assert not any(one.is_changed for one in again)


def test_take_over__one_form_needs_what_is_gone__only_this_one_stays_behind():
    section, good = publish_section(), make_form()
    rule = {"==": [{"var": "dog.holder.birth_date"}, "2000-01-01"]}
    needing = editing.update_node(form_using(person_section()), "dog.chip", {"visible": rule})
    bad = create_form(needing, unit=make_unit())
    publish_again(section, changed_section(section.draft, without="birth_date"))

    results = take_over_section(section, [good, bad], by=chief("steuern"))

    assert [one.is_changed for one in results] == [True, False]
    assert "„Geburtsdatum“ gibt es in diesem Stand des Bausteins nicht" in results[1].problem
    assert Form.objects.get(pk=bad.pk).draft == needing | {"unit": "steuern"}


def test_take_over__form_of_another_office__is_denied_and_changes_none():
    section, own, foreign = publish_section(), make_form(), make_form(unit="jugend")
    publish_again(section, changed_section(section.draft, label="Ihr Name"))

    with pytest.raises(PermissionDenied):
        take_over_section(section, [own, foreign], by=chief("steuern"))

    assert {form.draft_version for form in Form.objects.filter(is_section=False)} == {1}


def test_draft__section_and_form_published_anew__stays_on_its_version_and_is_handed_in():
    section = publish_section()
    form = make_form()
    citizen = Citizen(publish_form(form, by=None))
    citizen.patch(ANSWERS | HOLDER)

    publish_again(section, changed_section(changed_section(section.draft, without="title"), without="has_title"))
    [result] = take_over_section(section, [Form.objects.get(pk=form.pk)], by=chief("steuern"))
    publish_form(result.form, by=None)

    assert result.is_changed
    step = citizen.get("/steps/dog").json()
    [group] = [node for node in step["nodes"] if node["path"] == "dog.holder"]
    assert [node["label"] for node in group["nodes"]][:3] == ["Name", "Geburtsdatum", "Haben Sie einen Titel?"]
    assert citizen.submit().status_code == 201


def test_published_flow__with_a_section__tells_the_public_nothing_of_it():
    form = make_form()
    publish_form(form, by=None)

    flow = get_published_flow(form.key, "de")

    group = flow["steps"][1]["nodes"][-1]
    assert group["id"] == "holder"
    assert "section" not in group


def test_publish__section_with_an_error__is_refused():
    broken = person_section()
    broken["steps"][0]["when"] = {"==": [{"var": "angaben.name"}, "x"]}

    with pytest.raises(FlowInvalid):
        publish_form(create_form(broken, unit=make_unit("buergerservice")), by=None)


USABLE = [
    ("chief_editor", "buergerservice", False, True),
    ("editor", "buergerservice", False, True),
    ("editor", "steuern", False, False),
    ("editor", "steuern", True, True),
]


@pytest.mark.parametrize(("role", "unit", "offered", "may"), USABLE)
def test_usable__by_role_and_office__own_ones_and_those_offered(role, unit, offered, may):
    section = publish_section()
    offer_section(section, to_all=offered, by=None)

    assert usable_sections(make_clerk(make_unit(unit), role)).exists() is may


def test_usable__not_published_or_no_editor__is_none():
    create_form(person_section(), unit=make_unit("buergerservice"))

    assert not usable_sections(chief("buergerservice")).exists()
    assert not usable_sections(make_clerk(make_unit("buergerservice"))).filter(is_offered=False).exists()


@pytest.mark.parametrize(
    ("role", "unit", "may"),
    [
        ("chief_editor", "buergerservice", True),
        ("editor", "buergerservice", False),
        ("chief_editor", "steuern", False),
        ("clerk", "buergerservice", False),
    ],
)
def test_offer__by_role_and_office__is_for_the_chief_editor_of_the_office(role, unit, may):
    section = publish_section()
    person = make_clerk(make_unit(unit), role)

    if may:
        assert offer_section(section, to_all=True, by=person).is_offered
    else:
        with pytest.raises(PermissionDenied):
            offer_section(section, to_all=True, by=person)
        assert not Form.objects.get(pk=section.pk).is_offered


def test_offer__of_a_form__is_denied():
    with pytest.raises(PermissionDenied):
        offer_section(make_form(), to_all=True, by=make_person(superuser=True))
