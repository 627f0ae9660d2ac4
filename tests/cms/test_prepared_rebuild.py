"""`rebuild_published`: the same content gives the same bytes, and --check finds what is not right."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cms.documents.rebuild import check
from cms.documents.rendered import canonical, pack
from cms.models import ContentState, PublishedDocument, ServicePage
from tests.cms import factories
from tests.cms.reading import ask, committed, make_faq, make_location, make_page, make_situation, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    department = factories.make_department()
    with committed():
        page = factories.make_service(department, keywords="Hund")
        page.life_situations = [make_situation()]
        page.save_revision().publish()
        make_faq("kosten", "Was kostet das?", page)
        make_location()
        make_page()
        translate(page, title="Register a dog")
    return page


def run(*options):
    out = StringIO()
    call_command("rebuild_published", *options, stdout=out)
    return out.getvalue()


def test_check__after_ordinary_publishing__finds_nothing(service):
    assert check().differences == []
    assert "alles stimmt" in run("--check")


def test_rebuild__nothing_changed__changes_no_byte_and_no_number(service):
    before = list(PublishedDocument.objects.order_by("pk").values_list("pk", "seq", "etag"))
    assert "0 Dokumente geändert" in run()
    assert list(PublishedDocument.objects.order_by("pk").values_list("pk", "seq", "etag")) == before


def test_rebuild__from_nothing__gives_the_same_bytes(service):
    before = dict(PublishedDocument.objects.values_list("key", "etag"))
    PublishedDocument.objects.all().delete()
    ContentState.objects.all().delete()
    run()
    assert dict(PublishedDocument.objects.values_list("key", "etag")) == before


def test_check__change_without_a_signal__is_found_and_repaired(service):
    ServicePage.objects.filter(pk=service.pk).update(teaser="Heimlich geändert")
    with pytest.raises(CommandError, match="weichen ab"):
        run("--check")
    run()
    assert ask("/de/services/hund-anmelden")["teaser"] == "Heimlich geändert"
    assert check().differences == []


def test_check__documents_that_should_not_be_there__are_named(service):
    ServicePage.objects.filter(pk=service.pk).update(live=False)
    assert any("dürfte es aber nicht sein" in line for line in check().differences)
    run()
    ask("/de/services/hund-anmelden", status=404)


def test_check__damaged_bytes__are_named(service):
    PublishedDocument.objects.filter(type="service", locale="de").update(body=b"{}")
    assert any("passen nicht zum ETag" in line for line in check().differences)


def test_check__on_another_day__is_no_difference():
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=False):
        make_location()
    with time_machine.travel("2026-11-25T09:00:00+01:00", tick=False):
        assert check().differences == []


def test_pack__same_content__gives_the_same_bytes_whatever_the_order():
    left, right = pack(canonical({"b": 1, "a": "ä"})), pack(canonical({"a": "ä", "b": 1}))
    assert left == right
    assert left.body == '{"a":"ä","b":1}'.encode()
