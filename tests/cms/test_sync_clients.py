"""Sync: a client that follows the cursor always ends with what a fresh client gets."""

import random
from datetime import timedelta

import pytest

from cms.documents import publishing
from cms.models import PublishedDocument, ServicePage
from cms.queries import Cursor, CursorInvalid
from common.api import clock
from tests.cms import factories
from tests.cms.reading import ask, committed, make_faq, make_location

pytestmark = pytest.mark.django_db


class SyncClient:
    """What an app does: apply puts and deletions, keep the cursor."""

    def __init__(self, locale="de", limit=3):
        self.locale, self.limit = locale, limit
        self.cursor = ""
        self.documents = {}

    def sync(self):
        complete = False
        while not complete:
            query = f"?limit={self.limit}" + (f"&cursor={self.cursor}" if self.cursor else "")
            answer = ask(f"/{self.locale}/sync{query}")
            for item in answer["items"]:
                self.apply(item)
            self.cursor, complete = answer["next_cursor"], answer["complete"]
        return self.documents

    def apply(self, item):
        key = (item["type"], item["id"])
        if item["op"] == "del":
            self.documents.pop(key, None)
        else:
            self.documents[key] = (item["etag"], item["doc"])


def change_something(chance, department, location):
    """One random thing an editor does."""
    services = list(ServicePage.objects.all())
    service = chance.choice(services) if services else None
    match chance.randrange(7):
        case 0:
            factories.make_service(department, f"Leistung {chance.randrange(10**9)}")
        case 1 if service:
            service.unpublish()
        case 2 if service:
            service.save_revision().publish()
        case 3 if service:
            service.title = f"Titel {chance.randrange(1000)}"
            service.save_revision().publish()
        case 4 if service:
            ServicePage.objects.get(pk=service.pk).delete()
        case 5:
            location.phone = str(chance.randrange(1000))
            location.save()
        case 6:
            department.unit.phone = str(chance.randrange(1000))
            department.unit.save()


@pytest.mark.parametrize("seed", range(6))
def test_sync__random_changes__follower_equals_fresh_client_and_the_single_documents(seed):
    chance = random.Random(seed)
    department, location = factories.make_department(), make_location()
    followers = [SyncClient("de", limit=2), SyncClient("en", limit=50)]
    for _ in range(12):
        with committed():
            change_something(chance, department, location)
        if chance.random() < 0.6:
            chance.choice(followers).sync()
    for follower in followers:
        assert follower.sync() == SyncClient(follower.locale, limit=100).sync()
    for row in PublishedDocument.objects.filter(locale="de", type="service", gone_at=None):
        etag, document = followers[0].documents["service", row.ref]
        assert etag == row.etag
        assert ask(f"/{row.key}") == document
    live = {str(page.translation_key) for page in ServicePage.objects.live()}
    assert {ref for kind, ref in followers[0].documents if kind == "service"} == live


def test_sync__nothing_new__is_small():
    factories.make_service(factories.make_department())
    client = SyncClient()
    client.sync()
    answer = ask(f"/de/sync?cursor={client.cursor}")
    assert answer == {"items": [], "next_cursor": client.cursor, "complete": True}
    assert len(str(answer)) < 300


def test_sync__unpublished__is_a_deletion_for_those_who_had_it_and_silence_for_the_new():
    service = factories.make_service(factories.make_department())
    client = SyncClient()
    client.sync()
    service.unpublish()
    items = ask(f"/de/sync?cursor={client.cursor}")["items"]
    assert [(item["op"], item["id"]) for item in items if item["type"] == "service"] == [
        ("del", str(service.translation_key))
    ]
    assert all(item["op"] == "put" for item in ask("/de/sync")["items"])


def test_sync__cursor_older_than_the_tombstones__is_410_with_the_way_out():
    department = factories.make_department()
    factories.make_service(department)
    old = ask("/de/sync")["next_cursor"]
    factories.make_service(department, "Zweite").unpublish()
    PublishedDocument.objects.exclude(gone_at=None).update(gone_at=clock.now() - timedelta(days=91))
    publishing.sweep()
    problem = ask(f"/de/sync?cursor={old}", status=410)
    assert problem["snapshot"] == "/api/v1/de/sync"
    client = SyncClient(limit=1)
    assert ("unit", str(department.unit.translation_key)) in client.sync()


def test_sync__cursor_from_the_future__is_410():
    factories.make_service(factories.make_department())
    ask(f"/de/sync?cursor={Cursor('de', 10**6, 10**6)}", status=410)


def test_cursor__of_another_locale__is_refused():
    with pytest.raises(CursorInvalid):
        Cursor.parse(str(Cursor("en", 1, 1)), "de")


def test_sync__faq_and_locations__are_part_of_it():
    make_faq("kosten", "Was kostet das?")
    make_location()
    assert {item["type"] for item in ask("/de/sync")["items"]} == {"faq", "location"}
