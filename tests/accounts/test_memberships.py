"""Who may see cases, change forms, publish them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.api import (
    Membership,
    User,
    add_membership,
    edited_units_of,
    ensure_unit,
    ensure_user,
    list_colleagues,
    published_units_of,
    units_of,
)

pytestmark = pytest.mark.django_db

#                role            cases  edits  publishes
RIGHTS = [
    ("clerk", True, False, False),
    ("lead", True, False, False),
    ("editor", False, True, False),
    ("chief_editor", False, True, True),
]


def person(email="p@jena.example", **extra):
    return ensure_user(email, password="x", first_name="P", last_name="Q", **extra)


@pytest.mark.parametrize(("role", "cases", "edits", "publishes"), RIGHTS)
def test_membership__each_role__gives_exactly_its_rights(role, cases, edits, publishes):
    unit, other = ensure_unit("steuern", name="Steuern"), ensure_unit("jugend", name="Jugend")
    add_membership(person(), unit, role=role)
    for query, expected in ((units_of, cases), (edited_units_of, edits), (published_units_of, publishes)):
        assert list(query(person())) == ([unit] if expected else [])
        assert other not in query(person())


def test_membership__administrator__edits_all_but_sees_no_cases():
    unit = ensure_unit("steuern", name="Steuern")
    admin = person(is_superuser=True)
    assert (list(units_of(admin)), list(edited_units_of(admin)), list(published_units_of(admin))) == (
        [],
        [unit],
        [unit],
    )


@pytest.mark.parametrize("query", [units_of, edited_units_of, published_units_of])
def test_membership__nobody_or_left_or_closed_unit__gives_nothing(query):
    unit = ensure_unit("steuern", name="Steuern")
    left = person()
    for role in Membership.Role.values:
        add_membership(left, unit, role=role)
    left.is_active = False
    assert list(query(left)) == list(query(AnonymousUser())) == []
    left.is_active = True
    unit.is_active = False
    unit.save()
    assert list(query(left)) == []


def test_colleagues__only_case_workers_of_the_unit_by_name():
    unit = ensure_unit("steuern", name="Steuern")
    clerk = ensure_user("c@jena.example", password="x", first_name="C", last_name="Zeiss")
    lead = ensure_user("l@jena.example", password="x", first_name="L", last_name="Abbe")
    editor = ensure_user("e@jena.example", password="x", first_name="E", last_name="Haeckel")
    add_membership(clerk, unit)
    add_membership(lead, unit, role="lead")
    add_membership(editor, unit, role="editor")
    assert list(list_colleagues(unit)) == [lead, clerk]


def test_ensure_user__again__changes_nothing_and_keeps_the_password():
    first = person()
    first.set_password("own")
    first.save()
    assert ensure_user("P@JENA.example", password="other", first_name="X", last_name="Y").pk == first.pk
    first.refresh_from_db()
    assert first.check_password("own")
    assert User.objects.count() == 1
