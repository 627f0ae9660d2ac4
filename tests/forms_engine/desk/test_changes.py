"""What publishing would change, and what changed before, on a page of the desk."""

from __future__ import annotations

import pytest

from forms_engine.domain import editing
from forms_engine.services.forms import publish_form, save_draft_document
from tests.forms_engine.desk.test_desk import desk, url  # noqa: F401 - the fixture is used by its name

pytestmark = pytest.mark.django_db


def test_changes__before_publishing_and_between_versions__are_sentences(desk):  # noqa: F811 - the fixture
    client, form = desk
    assert "noch nie online" in client.get(url(form, "unterschied")).content.decode()
    publish_form(form, by=None)
    changed = editing.update_node(form.draft, "person.name", {"required": False})
    save_draft_document(form, changed, by=None, summary="x", expected_version=1)
    said = "„Ihr Name“ ist jetzt freiwillig; vorher Pflicht."
    assert said in client.get(url(form, "unterschied")).content.decode()
    assert "Was sich ändert" in client.get(url(form)).content.decode()
    publish_form(form, by=None)
    history = client.get(url(form, "verlauf")).content.decode()
    for query in ("?von=v1&amp;bis=v2", "?von=1&amp;bis=2"):
        assert query in history
        assert said in client.get(url(form, "unterschied") + query.replace("&amp;", "&")).content.decode()
    assert "Kein Unterschied" in client.get(url(form, "unterschied")).content.decode()


@pytest.mark.parametrize("query", ["?von=v9", "?von=99", "?von=x", "?bis=v99999999999", "?von=online"])
def test_changes__state_that_is_not_there__does_not_exist(desk, query):  # noqa: F811 - the fixture
    client, form = desk
    assert client.get(url(form, "unterschied") + query).status_code in ({404} if "von" in query else {200, 404})
