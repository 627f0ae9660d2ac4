"""A drawn signature is seen where answers are read: while checking them, in the case, on the accessible PDF."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from forms_engine.models import Submission
from forms_engine.services.blank_forms import get_blank_form
from forms_engine.services.documents import get_summary_pdf
from tests.forms_engine.factories import Citizen, de, dog_document, publish

STROKES = "M12 80 40 20 90 95M100 50 130 60"
SIGN = {"id": "sign", "type": "signature", "label": de("Unterschrift", "Signature")}


def signed(answer):
    """A citizen with a form of one step who has signed."""
    form = dog_document(steps=[{"id": "end", "title": de("Ende", "End"), "nodes": [SIGN]}], requirements=[])
    citizen = Citizen(publish(form))
    assert citizen.patch({"end.sign": answer}).status_code == 200
    return citizen


@pytest.mark.django_db
def test_signature__drawn__is_on_the_review_page_and_on_the_pdf():
    citizen = signed({"drawing": STROKES})

    [item] = citizen.get("/summary").json()["sections"][0]["items"]
    assert item["drawing"] == {"path": STROKES, "width": 600, "height": 200}
    citizen.submit()

    pdf = PdfReader(io.BytesIO(get_summary_pdf(Submission.objects.get())))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Gezeichnete Unterschrift" in text
    assert figures(pdf) == ["Unterschrift"]


@pytest.mark.django_db
def test_signature__written__needs_no_picture():
    citizen = signed({"name": "Erika Beispiel", "drawing": ""})
    citizen.submit()

    pdf = PdfReader(io.BytesIO(get_summary_pdf(Submission.objects.get())))
    assert "Erika Beispiel (mit dem Namen unterschrieben)" in " ".join(pdf.pages[0].extract_text().split())
    assert figures(pdf) == []


@pytest.mark.django_db
def test_signature__on_the_blank_form__has_a_line():
    citizen = signed({"name": "Erika Beispiel"})
    pdf = PdfReader(io.BytesIO(get_blank_form(citizen.version.form.key, "de")))
    assert "Unterschrift" in pdf.pages[0].extract_text()


def figures(pdf):
    """The descriptions of all pictures in the structure that screen readers follow."""
    found, todo = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        item = todo.pop().get_object()
        if isinstance(item, list):
            todo += [child for child in item if not isinstance(child, int)]
        elif isinstance(item, dict):
            if item.get("/S") == "/Figure":
                found.append(str(item.get("/Alt")))
            if "/K" in item and not isinstance(item["/K"], int):
                todo.append(item["/K"])
    return found
