"""The admin as editors and administrators meet it: it opens, in German, and does what its buttons say."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from accounts.api import User
from cms.models import FaqEntry, ServicePage
from cms.services.roles import ensure_department_roles
from tests.cms.factories import (
    PASSWORD,
    make_department,
    make_home,
    make_service,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make_department()


@pytest.fixture
def admin(client, department):
    user = make_user("admin@jena.example", is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


def sign_in_editor(client, department, role="editor"):
    groups = ensure_department_roles(department.unit.identity, department)
    client.force_login(make_user("redaktion@jena.example", groups[role]))


def test_sign_in__email_and_password__start_page(client):
    make_home()
    make_user("admin@jena.example", is_superuser=True)
    client.post("/admin/login/", {"username": "admin@jena.example", "password": PASSWORD})
    assert client.get("/admin/").status_code == 200


def test_start_page__administrator__says_in_german_what_to_do(client, admin):
    page = client.get("/admin/").content.decode()
    for text in ("Guten Tag, Rita", "Leistungen", "Formulare", "Häufige Fragen", "Zu prüfen"):
        assert text in page


def test_start_page__editor__no_menu_items_that_lead_nowhere(client, department):
    sign_in_editor(client, department)
    page = client.get("/admin/").content.decode()
    assert "Leistungen" in page
    assert "/admin/images/" not in page
    assert "/admin/redirects/" not in page


@pytest.mark.parametrize(
    "name",
    [
        "services:index",
        "cms_review_report",
        "wagtailsnippets_cms_faqentry:list",
        "wagtailsnippets_cms_faqentry:add",
        "wagtailsnippets_cms_organisationalunit:list",
        "wagtailsnippets_cms_organisationalunit:add",
        "wagtailsnippets_cms_location:list",
        "wagtailsnippets_cms_location:add",
        "wagtailsnippets_cms_contactpoint:list",
        "wagtailsnippets_cms_contactpoint:add",
        "wagtailsnippets_cms_lifesituation:list",
        "wagtailsnippets_cms_lifesituation:add",
        "wagtailusers_users:index",
        "wagtailusers_users:add",
        "wagtailusers_groups:index",
        "wagtailadmin_workflows:index",
        "form_chooser:choose",
    ],
)
def test_list_and_add_views__administrator__open(client, admin, name):
    make_service(make_department("jugend", "Jugend"))
    assert client.get(reverse(name)).status_code == 200


def test_edit_view__service__tabs_and_help_in_german(client, admin, department):
    service = make_service(department, fees_text="<p>Das kostet 12,50 Euro.</p>")
    page = client.get(reverse("wagtailadmin_pages:edit", args=[service.pk])).content.decode()
    for text in ("Inhalt", "Kosten und Fristen", "Unterlagen", "Wege", "Einordnung", "Pflege", "12,50 €", "Lesbarkeit"):
        assert text in page


def test_create_view__service__opens(client, admin, department):
    url = reverse("wagtailadmin_pages:add", args=["cms", "servicepage", department.pk])
    assert client.get(url).status_code == 200


def test_users__create_with_email__person_can_sign_in(client, admin):
    data = {
        "email": "neu@jena.example",
        "first_name": "Nele",
        "last_name": "Neu",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = client.post(reverse("wagtailusers_users:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    assert User.objects.get(email="neu@jena.example").check_password(PASSWORD)


def test_users__edit__name_changes_and_password_stays(client, admin):
    user = make_user("alt@jena.example")
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    assert client.get(url).status_code == 200
    data = {
        "email": user.email,
        "first_name": "Anders",
        "last_name": "Alt",
        "is_active": "on",
        "password1": "",
        "password2": "",
    }
    response = client.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    user.refresh_from_db()
    assert (user.first_name, user.check_password(PASSWORD)) == ("Anders", True)


def test_users__address_taken_in_other_spelling__message(client, admin):
    make_user("alt@jena.example")
    data = {
        "email": "Alt@Jena.example",
        "first_name": "A",
        "last_name": "B",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = client.post(reverse("wagtailusers_users:add"), data)
    assert response.status_code == 200
    assert response.context["form"].errors["email"]


def test_faq__created_by_editor__draft_until_chief_publishes(client, department):
    sign_in_editor(client, department)
    data = {
        "question": "Was kostet das?",
        "answer": rich_text("<p>Nichts.</p>"),
        "position": "10",
        "services": [],
        "action-publish": "1",
    }
    client.post(reverse("wagtailsnippets_cms_faqentry:add"), data)
    entry = FaqEntry.objects.get()
    assert (entry.slug, entry.live) == ("was-kostet-das", False)


def test_unit__created_in_admin__gets_an_identity(client, admin):
    data = {
        "name": "Amt für Grün",
        "description": '{"blocks":[],"entityMap":{}}',
        "tasks-count": "0",
        "email": "gruen@jena.example",
        "phone": "",
        "parent": "",
        "main_location": "",
        "action-publish": "1",
    }
    response = client.post(reverse("wagtailsnippets_cms_organisationalunit:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    from accounts.api import find_unit

    assert find_unit("amt-fuer-gruen").email == "gruen@jena.example"


def test_form_chooser__form_with_this_title__offered(client, admin, department):
    from django.apps import apps

    apps.get_model("forms_engine", "Form").objects.create(
        key="hund-anmelden", title="Hund anmelden", unit=department.unit.identity
    )
    page = client.get(reverse("form_chooser:choose")).content.decode()
    assert "Hund anmelden" in page


def test_form_chooser__section__is_not_offered(client, admin, department):
    from forms_engine.api import create_form

    document = {"format": "flow/1", "key": "person", "kind": "section", "title": {"de": "Baustein Person"}, "steps": []}
    create_form(document, unit=department.unit.identity)

    assert "Baustein Person" not in client.get(reverse("form_chooser:choose")).content.decode()


def test_explorer__editor__only_the_own_department(client, department):
    other = make_department("jugend", "Fachdienst Jugend")
    sign_in_editor(client, department)
    assert client.get(reverse("wagtailadmin_explore", args=[department.pk])).status_code == 200
    foreign = make_service(other, title="Ferienpass")
    page = client.get(reverse("services:index")).content.decode()
    assert foreign.title not in page
    assert (
        Page.objects.get(pk=other.pk).permissions_for_user(User.objects.get(email="redaktion@jena.example")).can_edit()
        is False
    )


def test_review_report__nothing_saved_yet__opens_and_exports(client, admin, department):
    make_service(department)
    assert client.get(reverse("cms_review_report") + "?export=csv").status_code == 200
    assert ServicePage.objects.count() == 1
