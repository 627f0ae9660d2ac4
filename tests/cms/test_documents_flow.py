"""Published forms as documents, and the services that offer them."""

import pytest

from cms.api import sweep
from forms_engine.api import publish_form, unpublish_form
from forms_engine.models import Form
from tests.cms import factories
from tests.cms.reading import ask, committed
from tests.forms_engine.factories import dog_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    unit = factories.make_department().unit.identity
    document = dog_document(unit=unit.key)
    return Form.objects.create(key=document["key"], title="Hund anmelden", unit=unit, draft=document)


def publish(form, run):
    with run(execute=True), committed():
        publish_form(form, by=factories.make_user(f"{form.key}@jena.example", is_superuser=True))


def test_flow__published__answers_in_its_languages(form, django_capture_on_commit_callbacks):
    ask(f"/de/flows/{form.key}", status=404)
    publish(form, django_capture_on_commit_callbacks)
    german, english = ask(f"/de/flows/{form.key}"), ask(f"/en/flows/{form.key}")
    assert (german["title"], german["version"], german["untranslated"]) == ("Hund anmelden", 1, [])
    assert (english["title"], english["lang"], english["untranslated"]) == ("Register a dog", "en", [])
    assert english["hash"] == german["hash"]
    assert ask(f"/de-simple/flows/{form.key}")["untranslated"] == ["*"]


def test_service__its_form_goes_online_and_offline__offers_it_only_while_it_is_online(
    form, django_capture_on_commit_callbacks
):
    channels = [("online_form", {"form": form, "label": "", "text": ""}), ("phone", {"phone": "1"})]
    with committed():
        factories.make_service(factories.make_home().get_children().first().specific, channels=channels)
    assert [channel["kind"] for channel in ask("/de/services/hund-anmelden")["channels"]] == ["phone"]
    assert ask("/de/services")["items"][0]["online"] is False

    publish(form, django_capture_on_commit_callbacks)
    offered = ask("/de/services/hund-anmelden")["channels"][0]
    assert (offered["form_key"], offered["url"]) == (form.key, "/leistungen/hund-anmelden/check")
    assert ask("/de/services?online=true")["count"] == 1

    form.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True), committed():
        unpublish_form(form, by=factories.make_user("chef@jena.example", is_superuser=True))
    ask(f"/de/flows/{form.key}", status=404)
    assert [channel["kind"] for channel in ask("/de/services/hund-anmelden")["channels"]] == ["phone"]


def test_sweep__process_died_before_the_news_of_a_form__finds_it(form):
    publish_form(form, by=None)  # the test's transaction never commits: nobody hears of it
    ask(f"/de/flows/{form.key}", status=404)
    sweep()
    assert ask(f"/de/flows/{form.key}")["version"] == 1
