"""At least 300 hostile files through the API: none is taken, none is an error of ours, each refusal says why."""

from __future__ import annotations

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from forms_engine.models import StoredFile
from forms_engine.uploads.kinds import KINDS
from tests.forms_engine.factories import Citizen, dog_document, publish
from tests.forms_engine.hostile_files import hostile_files, renamed


def multipart(name: str, data: bytes) -> bytes:
    """By hand: Django's own client would not send some of these names."""
    quoted = name.replace('"', "%22").encode("utf-8", "surrogatepass")
    head = b'--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n' % (BOUNDARY.encode(), quoted)
    return head + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n--%s--\r\n" % BOUNDARY.encode()


def open_citizen() -> Citizen:
    """In front of a form that takes every kind of file."""
    document = dog_document()
    photo = next(node for node in document["steps"][1]["nodes"] if node["id"] == "photo")
    photo |= {"accept": [kind.media_type for kind in KINDS], "max": 50}
    return Citizen(publish(document))


def send(citizen: Citizen, name: str, data: bytes):
    url = citizen.url("/files?path=dog.photo")
    return citizen.client.generic("POST", url, multipart(name, data), MULTIPART_CONTENT)


@pytest.mark.django_db
def test_corpus__sent_to_a_form_that_takes_everything__nothing_is_taken_and_nothing_breaks():
    citizen, files = open_citizen(), hostile_files()

    answers = [(name, send(citizen, name, data)) for name, data in files]

    assert len(files) >= 300
    assert [(name, answer.status_code) for name, answer in answers if answer.status_code not in {413, 422}] == []
    assert all(answer.json()["errors"][0]["message"] for _, answer in answers)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_name__deceives__is_shown_harmless_or_refused():
    citizen = open_citizen()

    answers = [send(citizen, name, data) for name, data in renamed()]

    assert {answer.status_code for answer in answers} <= {201, 422}
    shown = [answer.json()["name"] for answer in answers if answer.status_code == 201]
    assert len(shown) >= 5
    assert all(name.isprintable() and "/" not in name and "\\" not in name and len(name) <= 255 for name in shown)
