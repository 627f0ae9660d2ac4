"""Roles by department as a table: who may do what with pages and snippets, and the way through the workflow."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow
from wagtail.permissions import policy_registry

from accounts.api import add_membership, edited_units_of, published_units_of, units_of
from cms.models import ContactPoint, DepartmentGroup, FaqEntry, Location, OrganisationalUnit
from cms.permissions import can_change_snippet
from cms.services.roles import ensure_department_roles
from tests.cms.factories import make_department, make_home, make_locale, make_service, make_user

pytestmark = pytest.mark.django_db

#         action            editor  chief  admin  nobody
PAGES = {
    "edit own": (True, True, True, False),
    "add to own": (True, True, True, False),
    "publish own": (False, True, True, False),
    "lock own": (False, True, True, False),
    "edit other": (False, False, True, False),
    "add to other": (False, False, True, False),
    "publish other": (False, False, True, False),
    "edit home": (False, False, True, False),
}
SNIPPETS = {
    "add_faqentry": (True, True, True, False),
    "change_faqentry": (True, True, True, False),
    "publish_faqentry": (False, True, True, False),
    "delete_faqentry": (False, True, True, False),
    "add_contactpoint": (True, True, True, False),
    "change_contactpoint": (True, True, True, False),
    "publish_contactpoint": (False, True, True, False),
    "change_location": (True, True, True, False),
    "publish_location": (False, True, True, False),
    "add_organisationalunit": (False, False, True, False),
    "change_organisationalunit": (True, True, True, False),
    "publish_organisationalunit": (False, True, True, False),
    "delete_organisationalunit": (False, False, True, False),
    "change_lifesituation": (False, True, True, False),
    "publish_lifesituation": (False, True, True, False),
}
ROLES = ("editor", "chief", "admin", "nobody")


def table(rules):
    return [(role, action, rules[action][column]) for action in rules for column, role in enumerate(ROLES)]


@pytest.fixture
def city():
    own, other = make_department(), make_department("jugend", "Fachdienst Jugend")
    groups = ensure_department_roles(own.unit.identity, own)
    ensure_department_roles(other.unit.identity, other)
    return {
        "own": make_service(own),
        "other": make_service(other, title="Ferienpass"),
        "home": make_home(),
        "departments": {"own": own, "other": other},
        "editor": make_user("editor@jena.example", groups["editor"]),
        "chief": make_user("chief@jena.example", groups["chief"]),
        "admin": make_user("admin@jena.example", is_superuser=True),
        "nobody": make_user("nobody@jena.example"),
    }


def may(city, role, action):
    verb, _separator, place = action.rpartition(" ")
    if verb == "add to":
        return Page.objects.get(pk=city["departments"][place].pk).permissions_for_user(city[role]).can_add_subpage()
    tester = city[place].permissions_for_user(city[role])
    return {"edit": tester.can_edit, "publish": tester.can_publish, "lock": tester.can_lock}[verb]()


@pytest.mark.parametrize(("role", "action", "allowed"), table(PAGES))
def test_pages__role_and_action__as_in_the_table(city, role, action, allowed):
    assert may(city, role, action) is allowed


@pytest.mark.parametrize(("role", "action", "allowed"), table(SNIPPETS))
def test_snippets__role_and_action__as_in_the_table(city, role, action, allowed):
    assert city[role].has_perm(f"cms.{action}") is allowed


@pytest.mark.parametrize(("owner", "allowed"), [("own", True), ("other", False), (None, True)])
def test_can_change_snippet__contact_point__only_of_own_office_or_of_none(city, owner, allowed):
    unit = city["departments"][owner].unit if owner else None
    point = ContactPoint.objects.create(name="Team", unit=unit, locale=make_locale())
    assert can_change_snippet(city["editor"], point) is allowed


def test_can_change_snippet__other_kinds__follow_their_offices(city):
    own, other = (city["departments"][name].unit for name in ("own", "other"))
    shared = Location(name="Anger", street="Anger", postcode="07743", locale=make_locale())
    shared.units = [own, other]
    foreign = Location(name="Lobeda", street="Allee", postcode="07747", locale=make_locale())
    foreign.units = [other]
    for location in (shared, foreign):
        location.save()
    assert [can_change_snippet(city["editor"], item) for item in (own, other, shared, foreign)] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(("place", "status"), [("own", 200), ("other", 302)])
def test_edit_view__office__foreign_one_leads_back_with_a_message(client, city, place, status):
    client.force_login(city["editor"])
    unit = city["departments"][place].unit
    url = reverse("wagtailsnippets_cms_organisationalunit:edit", args=[unit.pk])
    assert client.get(url).status_code == status


def test_delete_view__foreign_contact_point__stays(client, city):
    point = ContactPoint.objects.create(name="Team", unit=city["departments"]["other"].unit, locale=make_locale())
    client.force_login(city["chief"])
    client.post(reverse("wagtailsnippets_cms_contactpoint:delete", args=[point.pk]))
    assert ContactPoint.objects.filter(pk=point.pk).exists()


@pytest.mark.parametrize(("place", "is_live"), [("own", False), ("other", True)])
def test_unpublish_view__office__foreign_one_stays_online(client, city, place, is_live):
    client.force_login(city["chief"])
    unit = city["departments"][place].unit
    client.post(reverse("wagtailsnippets_cms_organisationalunit:unpublish", args=[unit.pk]))
    unit.refresh_from_db()
    assert unit.live is is_live


def test_ensure_department_roles__called_twice__nothing_doubled(city):
    department = city["departments"]["own"]
    models = (Group, Workflow, GroupApprovalTask, Collection)
    before = [model.objects.count() for model in models]
    ensure_department_roles(department.unit.identity, department)
    assert [model.objects.count() for model in models] == before


@pytest.mark.parametrize(
    ("owner", "role", "allowed"),
    [
        ("own", "editor", True),
        ("own", "chief", True),
        ("other", "editor", False),
        ("other", "chief", False),
        (None, "chief", False),
        (None, "admin", True),
        ("other", "nobody", False),
    ],
)
def test_files__replaced__only_by_the_office_whose_collection_they_lie_in(client, city, owner, role, allowed):
    """A file that is replaced is online at once, without approval."""
    name = city["departments"][owner].unit.name if owner else "Root"
    document = get_document_model().objects.create(
        title="Gebühren", file=ContentFile(b"12 Euro", "g.txt"), collection=Collection.objects.get(name=name)
    )
    client.force_login(city[role])
    url = reverse("wagtaildocs:edit", args=[document.pk])
    data = {"title": "Gebühren", "tags": "", "collection": document.collection_id}
    client.post(url, data | {"file": ContentFile(b"99 Euro", "g.txt")})
    document.refresh_from_db()
    assert (document.file.read() == b"99 Euro") is allowed


def test_files__uploaded_by_an_editor__lie_with_the_office_and_can_be_linked_by_all(city):
    root, own = Collection.get_first_root_node(), Collection.objects.get(name="Fachdienst Steuern")
    policy = policy_registry.get_by_type(get_document_model())
    assert list(policy.collections_user_has_permission_for(city["editor"], "add")) == [own]
    assert set(policy.collections_user_has_permission_for(city["editor"], "choose")) >= {root, own}


def test_ensure_department_roles__office_renamed_meanwhile__keeps_its_files(city):
    department = city["departments"]["own"]
    unit = department.unit.identity
    unit.name = "Fachdienst Abgaben"
    unit.save()
    before = Collection.objects.count()
    ensure_department_roles(unit, department)
    assert Collection.objects.count() == before


def test_ensure_department_roles__names__in_plain_german(city):
    names = set(DepartmentGroup.objects.filter(unit__key="steuern").values_list("group__name", flat=True))
    assert names == {"Redaktion Fachdienst Steuern", "Chefredaktion Fachdienst Steuern"}


def test_groups__joined_and_left__the_duty_for_forms_follows(city):
    unit = city["departments"]["own"].unit.identity
    editor, chief = city["editor"], city["chief"]
    assert (list(edited_units_of(editor)), list(published_units_of(editor))) == ([unit], [])
    assert list(published_units_of(chief)) == [unit]
    group = Group.objects.get(name="Redaktion Fachdienst Steuern")
    group.user_set.remove(editor)
    assert list(edited_units_of(editor)) == []
    add_membership(chief, unit)
    chief.groups.clear()
    assert (list(edited_units_of(chief)), list(units_of(chief))) == ([], [unit])


def test_department__published__groups_rights_and_workflow_at_once(city):
    make_department("bauen", "Bauamt").save_revision().publish()
    assert set(DepartmentGroup.objects.filter(unit__key="bauen").values_list("role", flat=True)) == {"editor", "chief"}


def test_department__translated__editors_may_edit_there_too(city):
    make_locale("en")
    english = city["own"].copy_for_translation(make_locale("en"), copy_parents=True)
    assert english.permissions_for_user(city["editor"]).can_edit()
    assert not english.permissions_for_user(city["editor"]).can_publish()


def test_workflow__editor_submits__only_the_own_chief_approves_and_it_goes_online(client, city):
    page = city["own"]
    page.unpublish()
    page.save_revision(user=city["editor"])
    workflow = page.get_workflow()
    assert workflow.name == "Freigabe Fachdienst Steuern"
    state = workflow.start(page, city["editor"])
    task = state.current_task_state.task.specific
    assert [task.user_can_access_editor(page, city[role]) for role in ("chief", "nobody")] == [True, False]
    foreign = make_user("fremd@jena.example", Group.objects.get(name="Chefredaktion Fachdienst Jugend"))
    assert task.get_actions(page, foreign) == []
    state.current_task_state.approve(user=city["chief"])
    page.refresh_from_db()
    assert page.live


def test_workflow__snippet__editor_submits_and_chief_approves(city):
    entry = FaqEntry(question="Was kostet das?", answer="<p>Nichts.</p>", locale=make_locale(), live=False)
    entry.save()
    entry.save_revision(user=city["editor"])
    state = entry.get_workflow().start(entry, city["editor"])
    state.current_task_state.approve(user=city["chief"])
    entry.refresh_from_db()
    assert entry.live
    assert OrganisationalUnit.objects.count() == 2
