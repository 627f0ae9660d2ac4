"""What the applicant sees afterwards: by code, by number and code, by being signed in; and the PDF."""

from __future__ import annotations

import io
import json
from unittest import mock

import pytest
from django.test import Client
from pypdf import PdfReader

from forms_engine.documents.renderer import RenderingFailed
from forms_engine.models import SubmissionDocument
from forms_engine.services.documents import MAX_LINES, get_summary_pdf, in_few_lines
from tests.forms_engine.factories import API, Citizen, make_clerk, make_person, png, publish, signed_in, submitted

pytestmark = pytest.mark.django_db


def find(reference: str, code: str):
    body = json.dumps({"reference": reference, "code": code})
    return Client().post(f"{API}/submissions/find", body, content_type="application/json")


def test_status__before_the_worker_came__is_received():
    _, code = submitted()

    seen = Client().get(f"{API}/submissions/{code}").json()

    assert (seen["status"], seen["status_label"]) == ("received", "Eingegangen")
    assert seen["unit"] == {"key": "steuern", "name": "Amt steuern"}
    assert seen["pdf_url"].endswith(f"{code}/summary.pdf")


def test_status__in_english__has_english_words():
    _, code = submitted()

    seen = Client().get(f"{API}/submissions/{code}?locale=en").json()

    assert (seen["title"], seen["status_label"]) == ("Register a dog", "Received")


def test_status__code_typed_carelessly__is_understood():
    submission, code = submitted()

    assert find(f" {submission.reference.lower()} ", code.lower().replace("-", "")).status_code == 200


@pytest.mark.parametrize("wrong", ["code", "reference", "both"])
def test_status__wrong_code_or_number__is_not_found_and_says_not_which(wrong):
    submission, code = submitted()
    other = "AAAAA-AAAAA-AAAAA-AAAAA"
    asked = find("JEN-2222-2222" if wrong != "code" else submission.reference, other if wrong != "reference" else code)

    assert asked.status_code == 404
    assert asked.json() == Client().get(f"{API}/submissions/nonsense").json()


def test_own_applications__of_somebody_signed_in__are_listed_and_no_others():
    version, person = publish(), make_person()
    citizen = Citizen(version, client=signed_in(person))
    citizen.fill()
    citizen.submit()
    submitted(version)

    mine = signed_in(person).get(f"{API}/me/submissions").json()["items"]

    assert len(mine) == 1
    assert signed_in(make_person()).get(f"{API}/me/submissions").json()["items"] == []
    assert Client().get(f"{API}/me/submissions").status_code == 401


def applied_while_signed_in(person, version=None):
    citizen = Citizen(version or publish(), client=signed_in(person))
    citizen.fill()
    return citizen.submit().json()


def test_own_application__read_by_its_account__is_what_the_code_shows_without_the_code():
    person = make_person()
    receipt = applied_while_signed_in(person)
    reference, code = receipt["reference"], receipt["access_code"]

    seen = signed_in(person).get(f"{API}/me/submissions/{reference}")
    by_code = Client().get(f"{API}/submissions/{code}").json()

    assert seen.json() | {"pdf_url": ""} == by_code | {"pdf_url": ""}
    assert seen.headers["Cache-Control"] == "no-store"
    assert code not in seen.content.decode()
    assert signed_in(person).get(seen.json()["pdf_url"]).content.startswith(b"%PDF")


@pytest.mark.parametrize("rest", ["", "/summary.pdf"])
def test_own_application__read_by_anybody_else__is_not_found(rest):
    version = publish()
    reference = applied_while_signed_in(make_person(), version)["reference"]
    address = f"{API}/me/submissions/{reference}{rest}"

    for other in (make_person(), make_person(superuser=True), make_clerk(version.form.unit)):
        assert signed_in(other).get(address).status_code == 404
    assert Client().get(address).status_code == 401


def test_own_application__started_without_signing_in__belongs_to_no_account():
    submission, _ = submitted()
    asked = signed_in(make_person()).get(f"{API}/me/submissions/{submission.reference}")

    assert asked.status_code == 404


HOSTILE = 'Ümläut #panic("x") $1$ *fett* <b>&amp; \\ "\' @quelle [link](x) {{7*7}} Łódź Ωμέγα Ж'


def pdf_of(code: str) -> PdfReader:
    answer = Client().get(f"{API}/submissions/{code}/summary.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def filled_in(locale: str = "de", **answers) -> str:
    citizen = Citizen(publish(), locale=locale)
    citizen.fill(**answers)
    citizen.upload("Foto vom Hund.png", png())
    return citizen.submit().json()["access_code"]


@pytest.mark.parametrize(
    ("locale", "words"), [("de", ("Vorgangsnummer", "Ihre Angabe")), ("en", ("Reference number", "Your answer"))]
)
def test_pdf__of_an_application__is_tagged_titled_and_in_its_language(locale, words):
    pdf = pdf_of(filled_in(locale))

    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith(locale)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part>1<" in metadata
    assert "pdfaid:part>3<" in metadata
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert all(word in text for word in words)
    assert "192" in text
    assert "Foto vom Hund.png" in text


def test_pdf__with_hostile_values__shows_them_literally():
    pdf = pdf_of(filled_in(**{"person.name": HOSTILE}))

    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert HOSTILE in text


def test_pdf__with_signs_no_font_has__prints_their_number_and_keeps_them_in_the_data():
    value = "日本 😀 \u202e abc"
    pdf = pdf_of(filled_in(**{"person.story": value}))

    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "[U+65E5][U+672C]" in text
    assert "[U+202E]" in text
    data = json.loads(pdf.attachments["antrag.json"][0])
    assert data["answers"]["person.story"] == value
    assert data["files"][0]["name"] == "Foto vom Hund.png"


def test_pdf__asked_for_twice__is_the_same_bytes_and_rendered_once():
    submission, _ = submitted()
    first = get_summary_pdf(submission)

    with mock.patch("forms_engine.services.documents.render_summary", side_effect=AssertionError):
        assert get_summary_pdf(submission) == first
    assert SubmissionDocument.objects.count() == 1
    assert b"%PDF" not in bytes(SubmissionDocument.objects.get().content)


def test_pdf__that_cannot_be_rendered__holds_the_application_back_not_a_moment():
    from common.api import outbox
    from forms_engine.models import Case

    submission, _ = submitted()
    with mock.patch("forms_engine.services.documents.render_summary", side_effect=RenderingFailed("x")):
        outbox.run_due()

    assert Case.objects.filter(submission=submission).exists()


def test_pdf__with_naughty_strings__always_renders(shared_data):
    from datetime import UTC, datetime

    from forms_engine.documents.renderer import Pair, Section, SummaryContent, render_summary

    strings = json.loads((shared_data / "naughty" / "blns" / "blns.json").read_text())
    labels = dict.fromkeys(
        ("page", "of", "question", "answer", "files", "declaration", "footnote", "data_name", "data_description"), "x"
    )
    pairs = [Pair("x", text) for text in strings]
    content = SummaryContent("de", "x", "x", "x", [], [Section("x", 2, pairs)], [], "", labels, "{}")

    assert render_summary(content, moment=datetime(2026, 1, 1, tzinfo=UTC)).startswith(b"%PDF")


def test_pdf__text_of_thousands_of_lines__keeps_its_words_in_few_lines():
    text = "\n" * 15_000 + "wichtig\n  am Ende"
    short = in_few_lines(text)
    assert short.count("\n") < MAX_LINES
    assert short.endswith("wichtig am Ende")


@pytest.mark.parametrize("text", ["", "eine  Zeile ", "a\n\n b  c", "x\n" * 399])
def test_pdf__text_of_a_usual_length__is_printed_as_typed(text):
    assert in_few_lines(text) == text
