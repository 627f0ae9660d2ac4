"""A person with unmistakable values goes through everything, the errors too; afterwards they are found nowhere.

"Nowhere" is: every table (cache, queues, sessions, audit log and search index are tables), everything that was logged,
and every file written; in clear, base64, URL-encoded, UTF-16 and as hexadecimal digits. Allowed is what the person, and
the office that is responsible, are shown.
"""

from __future__ import annotations

import base64
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import mail
from django.utils.module_loading import import_string

from common.api import outbox
from forms_engine.models import Case, Submission
from tests.forms_engine.factories import (
    API,
    Citizen,
    children_step,
    dog_document,
    dog_step,
    make_clerk,
    person_step,
    png,
    publish,
    signed_in,
)
from tests.forms_engine.test_secrecy import dump

pytestmark = pytest.mark.django_db
NAME, IBAN, PHONE, STORY, FILE, MAIL = NEEDLES = (
    "Xaverine Quastenflosser",
    "DE02120300000000202051",
    "+49 3641 7411470",
    "Mein Papagei Zwirbeljan heisst so",
    "quastenflosser-ausweis",
    "xaverine.quastenflosser@zwirbeljan.example",
)


def spellings(needle: str) -> Iterator[bytes]:
    """How a value may look where it was not meant to be. Base64 at each of its three alignments."""
    raw = needle.encode()
    yield from (raw, raw.lower(), raw.hex().encode(), needle.encode("utf-16-le"), quote(needle).encode())
    yield json.dumps(needle)[1:-1].encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        yield encoded[4 if shift else 0 : -4]


def found_in(content: bytes) -> list[str]:
    return [needle for needle in NEEDLES if any(spelling in content for spelling in spellings(needle))]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the process would write, with the handler that is configured."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(import_string(settings.LOGGING["formatters"]["frames"]["()"])())
    handler.addFilter(import_string(settings.LOGGING["filters"]["secrets"]["()"])())
    handler.setLevel(logging.INFO)
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def form():
    person = person_step()
    person["nodes"] += [
        {"id": "iban", "type": "iban", "label": {"de": "IBAN", "en": "IBAN"}},
        {"id": "phone", "type": "phone", "label": {"de": "Telefon", "en": "Phone"}},
    ]
    return publish(dog_document(steps=[person, dog_step(), children_step()]))


def canary(version) -> Citizen:
    """Fills in, with mistakes, with a file that is refused, in two languages, and asks for the link by mail."""
    citizen = Citizen(version)
    citizen.client.raise_request_exception = False
    mine = {"person.name": NAME, "person.iban": IBAN, "person.phone": PHONE, "person.story": STORY}
    citizen.fill(**mine)
    assert citizen.patch({"dog.count": STORY, "person.birth_date": NAME, "person.unknown": IBAN}).status_code == 200
    assert citizen.upload(f"{FILE}.exe", b"MZ" + STORY.encode()).status_code == 422
    assert citizen.upload(f"{FILE}.png", png()).status_code == 201
    citizen.client.post(citizen.url("/resume-link"), {"email": MAIL}, content_type="application/json")
    citizen.client.patch(citizen.url("?locale=en"), f'{{"answers": {{"x": "{STORY}"', content_type="application/json")
    citizen.fill(**mine)
    return citizen


def test_canary__everything_goes_well_and_wrong__is_found_nowhere(log, monkeypatch):
    citizen = canary(form())
    with monkeypatch.context() as broken:
        broken.setattr("forms_engine.rest_api.drafts.draft_state", lambda *a: int(STORY))
        error_page = citizen.get()
        assert error_page.status_code == 500
        assert found_in(error_page.content) == []
    with monkeypatch.context() as broken:
        broken.setattr("forms_engine.services.submissions.clock.now", lambda: int(f"{IBAN} {NAME}"))
        assert citizen.submit(email=MAIL).status_code == 500
    assert citizen.submit(email=MAIL).status_code == 201
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMultiAlternatives, "send", lambda self: int(self.to[0] + self.body))
        broken.setattr("forms_engine.services.delivering.freeze_summary", lambda s: int(NAME))
        outbox.run_due()
    outbox.Delivery.objects.update(state="new", due_at=outbox.Delivery.objects.latest("first_due_at").first_due_at)
    outbox.run_due()
    work_on(Case.objects.get(submission=Submission.objects.get()))
    citizen.client.get(f"{API}/submissions/find?name={quote(NAME)}")

    text = log.getvalue()
    assert "ValueError" in text
    assert found_in(text.encode()) == []
    assert citizen.token not in text
    assert {table: found_in(content) for table, content in dump().items() if found_in(content)} == {}
    assert written_files() == []


def work_on(case: Case) -> None:
    """A clerk reads everything, is refused something, and writes back."""
    clerk = signed_in(make_clerk(case.unit))
    assert NAME in clerk.get(f"{API}/cases/{case.pk}").content.decode()
    assert clerk.get(f"{API}/cases/{case.pk}/summary.pdf").status_code == 200
    for body in ({"status": "nonsense", "note": STORY}, {"status": "in_progress", "note": f"Guten Tag {NAME}"}):
        clerk.post(f"{API}/cases/{case.pk}/status", json.dumps(body), content_type="application/json")
    outbox.run_due()


def written_files() -> list[str]:
    """Files below the folders of the installation that hold a needle."""
    folders = [Path(settings.MEDIA_ROOT), Path(settings.VAR_DIR)] if hasattr(settings, "VAR_DIR") else []
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [str(path) for path in files if path.stat().st_size < 5_000_000 and found_in(path.read_bytes())]


@pytest.mark.parametrize("needle", NEEDLES)
def test_canary__planted__is_seen_in_every_spelling(needle):
    """The detector itself: a value that leaks in any of these ways is found."""
    raw = needle.encode()
    for leaked in (
        raw,
        b"x" + base64.b64encode(b"a" + raw + b"bcdef"),
        base64.b64encode(b"ab" + raw + b"cdefg"),
        quote(needle).encode(),
        raw.hex().encode(),
        f"before {needle} after".encode("utf-16-le"),
    ):
        assert found_in(b"noise " + leaked + b" noise"), leaked


def test_log__of_an_exception__names_kind_and_place_of_all_causes_but_no_text():
    from common.logs import FramesOnlyFormatter

    def fail() -> None:
        try:
            int(STORY)
        except ValueError as error:
            raise LookupError(NAME) from error

    try:
        fail()
    except LookupError as error:
        told = FramesOnlyFormatter().formatException((type(error), error, error.__traceback__))
    assert "builtins.ValueError" in told
    assert told.rstrip().endswith("builtins.LookupError")
    assert "in fail" in told
    assert found_in(told.encode()) == []
