"""The demo city: what the issue asks for is there, complete, and a second run leaves it alone."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase, override_settings
from wagtail.models import Page, Revision, Site
from wagtail_localize.models import StringTranslation, Translation

from accounts.api import User, edited_units_of, get_unit, is_member, units_of
from cms.domain.opening_hours import OPEN, resolve_day
from cms.importers.demo.source import read_city
from cms.models import ContentPage, FaqEntry, HomePage, LifeSituation, Location, OrganisationalUnit, ServicePage
from cms.services.opening_hours import read_opening_hours
from cms.services.publish_check import list_gaps
from forms_engine.api import Form

PASSWORD = "jena-demo-2026"
NO_TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture(scope="module", autouse=True)
def output(django_db_setup, django_db_blocker):
    """The city is built once for all tests of this file and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(TASKS=NO_TASKS):
        out = StringIO()
        with TestCase.captureOnCommitCallbacks(execute=True):  # wagtail-localize publishes after the commit
            call_command("load_demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


def german(model):
    return model.objects.filter(locale__language_code="de")


def test_load_demo__numbers__what_the_issue_asks_for():
    assert german(ServicePage).filter(live=True).count() >= 25
    assert german(FaqEntry).filter(live=True).count() >= 40
    assert german(OrganisationalUnit).count() >= 8
    assert german(Location).count() >= 6
    assert ServicePage.objects.filter(locale__language_code="en", live=True).count() >= 8
    assert ServicePage.objects.filter(locale__language_code="de-simple", live=True).count() >= 5
    assert Form.objects.filter(live__isnull=False).count() >= 10
    assert ContentPage.objects.filter(slug="impressum").count() == 3


def test_load_demo__every_service__complete_and_under_its_own_department():
    for page in german(ServicePage):
        assert list_gaps(page) == [], page.title
        assert page.get_parent().specific.unit == page.responsible_unit
    assert all(situation.services.exists() for situation in german(LifeSituation))


def test_load_demo__online_forms__reachable_from_a_service():
    linked = {
        block.value["form"].key
        for page in german(ServicePage)
        for block in page.channels
        if block.block_type == "online_form"
    }
    assert linked == set(Form.objects.filter(live__isnull=False, is_section=False).values_list("key", flat=True))


def test_load_demo__english__all_strings_in_the_translation_editor():
    page = ServicePage.objects.get(slug="hund-anmelden", locale__language_code="en")
    assert page.title == "Register a dog"
    assert page.fees[0].value["rows"][0]["label"] == "First dog"
    assert page.fees[0].value["rows"][0]["amount"] == 108
    assert "14 days" in page.summary
    translation = Translation.objects.get(target_locale__language_code="en", source__object_id=page.translation_key)
    assert translation.enabled
    total, translated = translation.get_progress()
    assert total == translated
    assert StringTranslation.objects.filter(locale__language_code="de-simple").count() == 0


def test_load_demo__simple_language__own_text_and_current():
    page = ServicePage.objects.get(slug="hund-anmelden", locale__language_code="de-simple")
    assert "Hunde-Steuer" in page.summary
    assert page.fees[0].value["rows"][0]["label"] == "Der erste Hund"
    assert page.channels[0].value["form"].key == "hundesteuer-anmelden"
    assert page.simple_version.stale_since is None


def test_load_demo__relations__in_the_order_of_the_file():
    data = next(row for row in read_city().services if row["slug"] == "hund-anmelden")
    page = german(ServicePage).get(slug="hund-anmelden")
    assert [row.service.slug for row in page.related_services.all()] == data["related"]
    assert [row.contact_point.slug for row in page.service_contacts.all()] == data["contact_points"]
    assert set(data["faq"]) <= set(page.faq_entries.values_list("slug", flat=True))


def test_load_demo__location__opening_hours_resolve():
    location = german(Location).get(slug="buergerservice-loebdergraben")
    hours = read_opening_hours(location, years=[2026])
    assert resolve_day(hours, date(2026, 11, 24)).state == OPEN
    assert resolve_day(hours, date(2026, 12, 24)).reason == "Heiligabend"
    assert resolve_day(hours, date(2026, 12, 25)).reason


def test_load_demo__site__german_start_page_is_the_root():
    site = Site.objects.get()
    assert site.root_page.specific == german(HomePage).get()
    assert HomePage.objects.count() == 3
    assert german(HomePage).get().featured_services.count() >= 6
    assert not any(page.specific_class is Page for page in Page.objects.filter(depth=2))


def test_load_demo__people__sign_in_and_have_their_roles():
    for email in (
        "buergerin",
        "redaktion",
        "chefredaktion",
        "sachbearbeitung",
        "sachbearbeitung-jugend",
        "leitung",
        "admin",
    ):
        assert authenticate(None, username=f"{email}@jena.example", password=PASSWORD) is not None
    editor, chief, clerk, youth, admin = (
        User.objects.get(email=f"{name}@jena.example")
        for name in ("redaktion", "chefredaktion", "sachbearbeitung", "sachbearbeitung-jugend", "admin")
    )
    service = german(ServicePage).get(slug="hund-anmelden")
    assert service.permissions_for_user(editor).can_edit()
    assert not service.permissions_for_user(editor).can_publish()
    assert service.permissions_for_user(chief).can_publish()
    assert set(edited_units_of(editor).values_list("key", flat=True)) == {"buergerservice", "steuern"}
    assert not units_of(editor).exists()
    assert is_member(clerk, get_unit("steuern"))
    assert is_member(clerk, get_unit("buergerservice"))
    assert not is_member(clerk, get_unit("jugend"))
    assert list(youth.memberships.values_list("unit__key", flat=True)) == ["jugend"]
    assert admin.is_superuser


def test_load_demo__printed__all_sign_ins(output):
    for email in ("buergerin@", "redaktion@", "sachbearbeitung@", "admin@"):
        assert email in output
    assert PASSWORD in output


def test_load_demo__second_run__changes_nothing_and_says_so():
    before = (Revision.objects.count(), Page.objects.count(), User.objects.count(), Form.objects.count())
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "nichts geändert" in out.getvalue()
    assert (Revision.objects.count(), Page.objects.count(), User.objects.count(), Form.objects.count()) == before
