"""Preview: the draft through the same renderer, for the holder of the token only."""

from urllib.parse import urlencode

import pytest
import time_machine

from cms.models import FaqEntry, ServicePage
from tests.cms import factories
from tests.cms.reading import ask, fetch, make_faq

pytestmark = pytest.mark.django_db


def preview_path(draft, token=None):
    token = token or draft.create_page_preview().token
    return "/preview?" + urlencode({"content_type": draft.get_content_type_str(), "token": token})


def test_preview__draft_of_a_live_service__shows_the_draft_and_is_never_cached():
    service = factories.make_service(factories.make_department())
    service.title = "Neuer Titel"
    path = preview_path(service)
    assert ask(path)["title"] == "Neuer Titel"
    assert ask(path)["preview"] is True
    assert fetch(path)["Cache-Control"] == "no-store"
    assert ask("/de/services/hund-anmelden")["title"] == "Hund anmelden"


def test_preview__page_that_was_never_saved__is_rendered():
    department = factories.make_department()
    draft = ServicePage(title="Ganz neu", slug="ganz-neu", responsible_unit=department.unit, locale=department.locale)
    draft.path, draft.depth = department.path + "0001", department.depth + 1
    token = draft.get_preview_signer().sign("x")
    draft.content_type  # noqa: B018 - the admin sets it the same way
    draft.update_page_preview(token)
    assert ask(preview_path(draft, token))["title"] == "Ganz neu"


def test_preview__snippet__is_rendered():
    entry = make_faq("kosten", "Was kostet das?")
    entry.question = "Was kostet das wirklich?"
    assert ask(preview_path(entry))["question"] == "Was kostet das wirklich?"
    assert isinstance(entry, FaqEntry)


def test_preview__forged_or_expired_token__is_404():
    service = factories.make_service(factories.make_department())
    path = preview_path(service)
    assert fetch(path[:-2] + "xx").status_code == 404
    with time_machine.travel("2030-01-01"):
        assert fetch(path).status_code == 404
