"""Snippets of another office: no view of the admin changes, shows drafts of, publishes or deletes them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from wagtail.models import TaskState
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import rich_text

from cms.editing.listings import ContactPointViewSet, FaqViewSet, LifeSituationViewSet, LocationViewSet, UnitViewSet
from cms.models import ContactPoint, FaqEntry, Location
from cms.services.roles import ensure_department_roles
from tests.cms.factories import make_department, make_locale, make_user

pytestmark = pytest.mark.django_db
VIEWSETS = (FaqViewSet, UnitViewSet, LocationViewSet, ContactPointViewSet, LifeSituationViewSet)


@pytest.fixture
def city():
    own, other = make_department(), make_department("jugend", "Fachdienst Jugend")
    groups = ensure_department_roles(own.unit.identity, own)
    others = ensure_department_roles(other.unit.identity, other)
    return {
        "own": own.unit,
        "other": other.unit,
        "editor": make_user("editor@jena.example", groups["editor"]),
        "chief": make_user("chief@jena.example", groups["chief"]),
        "other chief": make_user("jugend@jena.example", others["chief"]),
        "both": make_user("both@jena.example", groups["chief"], others["editor"]),
        "admin": make_user("admin@jena.example", is_superuser=True),
    }


def make_faq(unit, **fields):
    values = {"question": "Was kostet das?", "answer": "<p>Nichts.</p>", "locale": make_locale(), "unit": unit}
    entry = FaqEntry.objects.create(**(values | fields))
    entry.save_revision()
    return entry


def make_point(unit):
    point = ContactPoint.objects.create(name="Team Hunde", unit=unit, locale=make_locale())
    point.save_revision()
    return point


def addresses_of(viewset_class, instance):
    """(name, address) of every view of this kind that names a snippet."""
    viewset = instance.snippet_viewset
    revision = instance.latest_revision_id or 1
    given = {
        "pk": instance.pk,
        "revision_id": revision,
        "revision_id_a": "live",
        "revision_id_b": "latest",
        "action_name": "approve",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
    }
    assert isinstance(viewset, viewset_class)
    for pattern in viewset.get_urlpatterns():
        wanted = pattern.pattern.regex.groupindex
        if "pk" in wanted:
            yield (
                pattern.name,
                reverse(viewset.get_url_name(pattern.name), kwargs={k: given[k] for k in wanted}),
            )


def test_views__every_address_of_a_foreign_snippet__refused_to_the_chief_of_another_office(client, city):
    client.force_login(city["chief"])
    point = make_point(city["other"])
    tried = []
    for name, url in addresses_of(ContactPointViewSet, point):
        for method in (client.get, client.post):
            tried.append(name)
            answer = method(url, headers={"x-requested-with": "XMLHttpRequest"})
            assert answer.status_code == 403, (name, method)
    assert {"edit", "delete", "unpublish", "revisions_unschedule", "revisions_revert", "workflow_action"} <= set(tried)
    point.refresh_from_db()
    assert point.live


@pytest.mark.parametrize("viewset", VIEWSETS)
def test_views__every_kind_of_snippet__asks_for_the_office(viewset):
    assert type(policy_registry.get_by_type(viewset.model)).__name__ == "OfficePolicy"
    assert viewset.model.snippet_viewset.edit_view_class.__name__ == "OfficeEditView"


@pytest.mark.parametrize(("who", "status"), [("editor", 200), ("chief", 200), ("other chief", 302), ("admin", 200)])
def test_edit_view__own_snippet__opens_for_the_office(client, city, who, status):
    client.force_login(city[who])
    url = reverse("wagtailsnippets_cms_contactpoint:edit", args=[make_point(city["own"]).pk])
    assert client.get(url).status_code == status


def test_view__snippet_that_does_not_exist__404(client, city):
    client.force_login(city["chief"])
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippets_cms_contactpoint:edit", args=["x"])
    assert client.get(reverse("wagtailsnippets_cms_contactpoint:edit", args=[4711])).status_code == 404
    assert client.get("/admin/snippets/cms/contactpoint/history/x/revisions/compare/live...latest/").status_code == 404


def test_bulk_delete__one_of_two_is_foreign__the_foreign_one_stays(client, city):
    own, other = make_faq(city["own"]), make_faq(city["other"])
    client.force_login(city["chief"])
    url = reverse("wagtail_bulk_action", args=["cms", "faqentry", "delete"])
    client.post(f"{url}?id={own.pk}&id={other.pk}")
    assert list(FaqEntry.objects.all()) == [other]


def faq_data(unit=None, **more):
    data = {"question": "Was kostet das?", "answer": rich_text("<p>1 Euro.</p>"), "position": "10", "services": []}
    return data | {"unit": unit.pk if unit else ""} | more


@pytest.mark.parametrize(("owner", "saved"), [("own", True), ("other", False), (None, True)])
def test_add_view__office__only_the_own_one_or_none(client, city, owner, saved):
    client.force_login(city["chief"])
    data = faq_data(owner and city[owner], **{"action-publish": "1"})
    answer = client.post(reverse("wagtailsnippets_cms_faqentry:add"), data)
    assert FaqEntry.objects.filter(live=True).exists() is saved
    assert ("eigenen Amt" in answer.content.decode()) is not saved


def test_edit_view__own_snippet__cannot_be_pushed_to_another_office(client, city):
    entry = make_faq(city["own"])
    client.force_login(city["chief"])
    url = reverse("wagtailsnippets_cms_faqentry:edit", args=[entry.pk])
    client.post(url, faq_data(city["other"], **{"action-publish": "1"}))
    entry.refresh_from_db()
    assert (entry.unit, entry.answer) == (city["own"], "<p>Nichts.</p>")


def test_edit_view__location_shared_with_another_office__either_may_keep_it_shared(client, city):
    place = Location(name="Anger", street="Anger", postcode="07743", locale=make_locale())
    place.units = [city["own"], city["other"]]
    place.save()
    client.force_login(city["editor"])
    data = {
        "name": "Am Anger",
        "street": "Anger",
        "postcode": "07743",
        "place": "Jena",
        "units": [city["own"].pk, city["other"].pk],
        **{f"{name}-count": "0" for name in ("regular_hours", "hours_exceptions", "accessibility")},
    }
    answer = client.post(reverse("wagtailsnippets_cms_location:edit", args=[place.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    place.refresh_from_db()
    assert place.get_latest_revision_as_object().name == "Am Anger"


@pytest.mark.parametrize(("owner", "answer"), [("own", "1 Euro."), ("other", "Nichts.")])
def test_publish__chief_here_and_editor_there__only_here(client, city, owner, answer):
    entry = make_faq(city[owner])
    client.force_login(city["both"])
    url = reverse("wagtailsnippets_cms_faqentry:edit", args=[entry.pk])
    client.post(url, faq_data(city[owner], **{"action-publish": "1"}))
    entry.refresh_from_db()
    assert strip_tags(entry.answer) == answer
    assert "1 Euro" in entry.get_latest_revision_as_object().answer


@pytest.mark.parametrize(("owner", "gone"), [("own", True), ("other", False)])
def test_delete__chief_here_and_editor_there__only_here(client, city, owner, gone):
    entry = make_faq(city[owner])
    client.force_login(city["both"])
    client.post(reverse("wagtailsnippets_cms_faqentry:delete", args=[entry.pk]))
    assert FaqEntry.objects.filter(pk=entry.pk).exists() is not gone


def submit(entry, user):
    """The editor hands the entry in; returns the state that waits for approval."""
    return entry.get_workflow().start(entry, user).current_task_state


#            who             own    other  nobody's
APPROVALS = {
    "editor": (False, False, False),
    "chief": (True, False, True),
    "other chief": (False, True, True),
    "both": (True, False, True),
    "admin": (True, True, True),
}


@pytest.mark.parametrize("who", APPROVALS)
@pytest.mark.parametrize(("column", "owner"), [(0, "own"), (1, "other"), (2, None)])
def test_workflow__snippet__only_the_chief_of_its_office_approves(client, city, who, column, owner):
    entry = make_faq(owner and city[owner], live=False)
    state = submit(entry, city["editor"])
    allowed = APPROVALS[who][column]
    assert (state in TaskState.objects.reviewable_by(city[who])) is allowed
    client.force_login(city[who])
    url = reverse("wagtailsnippets_cms_faqentry:workflow_action", args=[entry.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    entry.refresh_from_db()
    assert entry.live is allowed


def test_workflow__draft_moves_to_another_office__the_office_it_goes_to_approves(city):
    entry = make_faq(None, live=False)
    entry.unit = city["other"]
    entry.save_revision()
    task = submit(entry, city["editor"]).task.specific
    entry.refresh_from_db()
    assert entry.unit is None
    assert task.get_actions(entry, city["chief"]) == []
    assert {name for name, _label, _modal in task.get_actions(entry, city["other chief"])} == {"approve", "reject"}


def test_workflow__submitted__mail_goes_to_the_chiefs_of_the_office_only(city, mailoutbox):
    submit(make_faq(city["own"], live=False), city["editor"])
    told = {address for message in mailoutbox for address in message.to}
    assert told == {"chief@jena.example", "both@jena.example", "admin@jena.example"}


def test_workflow__submitted__locked_for_the_editor_and_open_for_the_chief(city):
    entry = make_faq(city["own"], live=False)
    submit(entry, city["editor"])
    lock = entry.get_lock()
    assert [lock.for_user(city[who]) for who in ("editor", "chief", "other chief")] == [True, False, True]


def test_policy__group_without_an_office__changes_what_belongs_to_nobody(city):
    outsider = make_user("lektorat@jena.example", Group.objects.create(name="Lektorat"))
    outsider.groups.get().permissions.set(city["editor"].groups.get().permissions.all())
    policy = policy_registry.get_by_type(FaqEntry)
    changes = [policy.user_has_permission_for_instance(outsider, "change", make_faq(u)) for u in (None, city["own"])]
    assert changes == [True, False]
