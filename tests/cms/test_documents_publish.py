"""What a change does: the document itself at once, what shows it right after, nothing is lost by a crash."""

from datetime import timedelta
from types import SimpleNamespace
from unittest import mock

import pytest
import time_machine
from django.db.transaction import TransactionManagementError

from cms.documents import publishing
from cms.documents.state import lock_state
from cms.models import ContactPoint, DirtyMark, HomePage, PublishedDocument, ServiceContact, ServicePage
from common.api import clock
from tests.cms import factories
from tests.cms.reading import ask, committed, make_faq, make_location, make_page, make_situation, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return factories.make_department()


def documents(kind="service"):
    return PublishedDocument.objects.filter(type=kind)


def test_publish__service__is_there_in_all_locales(department):
    factories.make_service(department)
    assert sorted(documents().values_list("locale", flat=True)) == ["de", "de-simple", "en"]


def test_publish__draft__is_not_there(department):
    service = factories.make_service(department, live=False)
    service.title = "Nur ein Entwurf"
    service.save_revision()
    ask("/de/services/hund-anmelden", status=404)


def test_publish__draft_of_a_live_service__changes_nothing(department):
    service = factories.make_service(department)
    before = list(documents().values_list("seq", "etag"))
    service.title = "Nur ein Entwurf"
    service.save_revision()
    assert list(documents().values_list("seq", "etag")) == before


def test_publish__nothing_changed__gets_no_new_number(department):
    service = factories.make_service(department)
    before = list(documents().order_by("pk").values_list("seq", "etag"))
    service.save()
    assert list(documents().order_by("pk").values_list("seq", "etag")) == before


def test_unpublish__service__is_gone_at_once_and_leaves_a_tombstone(department):
    service = factories.make_service(department)
    service.unpublish()
    ask("/de/services/hund-anmelden", status=404)
    assert ask("/de/services")["count"] == 0
    assert not any(hit["slug"] == "hund-anmelden" for hit in ask("/de/search?q=hund")["items"])
    assert all(row.gone_at and not row.body and not row.search for row in documents())


def test_delete__service__is_gone_at_once(department):
    service = factories.make_service(department)
    ServicePage.objects.get(pk=service.pk).delete()
    ask("/de/services/hund-anmelden", status=404)


def test_republish__service__comes_back_under_its_old_name(department):
    service = factories.make_service(department)
    service.unpublish()
    service.save_revision().publish()
    assert ask("/de/services/hund-anmelden")["id"] == str(service.translation_key)
    assert documents().count() == 3


def test_new_address__service__answers_there_and_no_longer_at_the_old_one(department):
    service = factories.make_service(department)
    service.slug = "hund-neu"
    service.save_revision().publish()
    assert ask("/de/services/hund-neu")["slug"] == "hund-neu"
    ask("/de/services/hund-anmelden", status=404)


def test_change__office__renews_its_services(department):
    factories.make_service(department)
    unit = department.unit
    unit.phone = "03641 4711"
    with committed():
        unit.save()
    assert ask("/de/services/hund-anmelden")["unit"]["phone"] == "03641 4711"


def test_change__contact_point__renews_services_and_office(department):
    service = factories.make_service(department)
    contact = ContactPoint.objects.create(name="Team", phone="1", unit=department.unit, locale=factories.make_locale())
    service.service_contacts = [ServiceContact(contact_point=contact)]
    with committed():
        service.save_revision().publish()
    contact.phone = "2"
    with committed():
        contact.save()
    assert ask("/de/services/hund-anmelden")["contact_points"][0]["phone"] == "2"
    assert ask("/de/units/steuern")["contact_points"][0]["phone"] == "2"
    with committed():
        contact.delete()
    assert ask("/de/services/hund-anmelden")["contact_points"] == []


def test_change__location__renews_services_that_are_done_there(department):
    location = make_location()
    with committed():
        factories.make_service(department, channels=[("on_site", {"location": location, "label": "", "text": ""})])
    assert [card["slug"] for card in ask("/de/locations/rathaus")["services"]] == ["hund-anmelden"]
    location.name = "Neues Rathaus"
    with committed():
        location.save()
    assert ask("/de/services/hund-anmelden")["channels"][0]["location"]["name"] == "Neues Rathaus"


def test_change__members_of_a_life_situation__renew_both_situations(department):
    family, home = make_situation(), make_situation("wohnen", "Wohnen")
    service = factories.make_service(department)
    service.life_situations = [family]
    with committed():
        service.save_revision().publish()
    assert [card["slug"] for card in ask("/de/life-situations/familie")["services"]] == ["hund-anmelden"]
    service.life_situations = [home]
    with committed():
        service.save_revision().publish()
    assert ask("/de/life-situations/familie")["services"] == []
    assert ask("/de/life-situations/wohnen")["count"] == 1
    counts = {item["slug"]: item["count"] for item in ask("/de/life-situations")["items"]}
    assert counts == {"familie": 0, "wohnen": 1}


def test_change__title_of_a_service__shows_wherever_its_card_is(department):
    service = factories.make_service(department)
    home = HomePage.objects.get()
    home.featured_services.create(service=service)
    with committed():
        home.save_revision().publish()
        make_faq("kosten", "Was kostet das?", service)
    service.title = "Hund melden"
    with committed():
        service.save_revision().publish()
    assert ask("/de/home")["featured"][0]["title"] == "Hund melden"
    assert ask("/de/faq")["items"][0]["services"][0]["title"] == "Hund melden"
    assert ask("/de/units/steuern")["services"][0]["title"] == "Hund melden"


def test_change__question__shows_on_its_service(department):
    service = factories.make_service(department)
    with committed():
        entry = make_faq("kosten", "Was kostet das?", service)
    assert ask("/de/services/hund-anmelden")["faq"][0]["question"] == "Was kostet das?"
    entry.question = "Was kostet ein Hund?"
    with committed():
        entry.save()
    assert ask("/de/services/hund-anmelden")["faq"][0]["question"] == "Was kostet ein Hund?"
    with committed():
        entry.services.clear()
        entry.save()
    assert ask("/de/services/hund-anmelden")["faq"] == []


def test_change__translation__renews_only_what_shows_it(department):
    service = factories.make_service(department)
    german = documents().get(locale="de").etag
    translate(service, title="Register a dog")
    assert ask("/en/services")["items"][0]["title"] == "Register a dog"
    assert documents().get(locale="de").etag != german  # the German document names its translations


def test_move__content_page__takes_its_new_address():
    parent = make_page("Über uns", slug="ueber-uns")
    page = make_page("Presse", slug="presse")
    assert ask("/de/pages/presse")["title"] == "Presse"
    page.move(parent, pos="last-child")
    assert ask("/de/pages/ueber-uns/presse")["title"] == "Presse"
    ask("/de/pages/presse", status=404)


def test_restrict__page__is_no_longer_public():
    page = make_page()
    page.view_restrictions.create(restriction_type="login")
    ask("/de/pages/impressum", status=404)


def test_process_dies_after_the_commit__the_sweep_finishes_the_work(department):
    factories.make_service(department)
    publishing.sweep()
    department.unit.name = "Fachdienst Finanzen"
    department.unit.save()  # in the test's transaction: the work after the commit never happens
    assert ask("/de/services/hund-anmelden")["unit"]["name"] == "Fachdienst Steuern"
    assert DirtyMark.objects.exists()
    assert publishing.sweep() == 0
    assert ask("/de/services/hund-anmelden")["unit"]["name"] == "Fachdienst Finanzen"
    assert not DirtyMark.objects.exists()


def test_many_dependants__only_some_are_done_at_once__the_rest_waits_for_the_task(department):
    for number in range(7):
        factories.make_service(department, f"Leistung {number}")
    publishing.work_off()
    department.unit.name = "Fachdienst Finanzen"
    department.unit.save()
    left = publishing.work_off(limit=publishing.CHUNK)
    assert left > 0
    assert publishing.work_off() == 0
    names = {row.card["unit"]["name"] for row in documents()}
    assert names == {"Fachdienst Finanzen"}


def test_bulk__many_changes__are_rendered_once_at_the_end(department):
    with publishing.publish_in_bulk():
        service = factories.make_service(department)
        service.save_revision().publish()
        assert not documents().exists()
    publishing.work_off()  # outside a test the end of the block does it
    assert documents().count() == 3


def test_sweep__next_day__renews_the_fourteen_days_of_a_place():
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=False):
        make_location()
        first = ask("/de/locations/rathaus")["hours"]["days"]
    with time_machine.travel("2026-11-24T09:00:00+01:00", tick=False):
        publishing.sweep()
        second = ask("/de/locations/rathaus")["hours"]["days"]
    assert (len(first), first[0]["date"], first[0]["state"]) == (14, "2026-11-23", "open")
    assert first[1:] == second[:-1]


def test_sweep__tombstones_older_than_90_days__are_forgotten(department):
    factories.make_service(department).unpublish()
    documents().update(gone_at=clock.now() - timedelta(days=91))
    publishing.sweep()
    assert not documents().exists()


def test_lock__outside_a_transaction__is_refused():
    outside = SimpleNamespace(in_atomic_block=False)
    connection = mock.patch("cms.documents.state.transaction.get_connection", return_value=outside)
    with connection, pytest.raises(TransactionManagementError, match="transaction"):
        lock_state()
