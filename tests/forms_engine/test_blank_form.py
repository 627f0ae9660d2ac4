"""The empty form as PDF: accessible, in the reader's language, conditions as sentences, rooms to write on."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from forms_engine.domain import load_flow
from forms_engine.domain.paper import paper_view, plain_text
from tests.cms.demo_city import FORMS, read_form
from tests.forms_engine.domain.flows import document, group, node, options, step, text
from tests.forms_engine.factories import API, publish

YES = {"==": [{"var": "s.yes"}, True]}


def paper(*nodes, locale: str = "de", **settings):
    return paper_view(load_flow(document(step("s", node("yes", "yes_no", "Ja?"), *nodes, **settings))), locale)[0].items


def test_question__with_conditions__says_them_as_sentences():
    [_, more] = paper(node("more", visible=YES, required=YES, help=text("So geht es.")))
    assert more.notes == [
        "Nur ausfüllen, wenn „Ja?“ mit „Ja“ beantwortet ist.",
        "Pflicht, wenn „Ja?“ mit „Ja“ beantwortet ist.",
        "So geht es.",
    ]


def test_step__with_a_condition__says_it_before_its_questions():
    source = document(step("s", node("yes", "yes_no", "Ja?")), step("t", node("x"), when=YES))
    assert paper_view(load_flow(source), "de")[1].notes == ["Nur ausfüllen, wenn „Ja?“ mit „Ja“ beantwortet ist."]


def test_questions__by_kind__have_ticks_lines_or_parts():
    some = options("a", "b")
    some[1]["visible"] = YES
    found = paper(
        node("pick", "choice", options=some), node("many", "multi_choice", options=options("c")),
        node("born", "date"), node("sum", "money"), node("doc", "file"), node("home", "address"),
        node("story", "long_text", required=False), node("sum2", "calculated", result="integer", value=7),
        node("shy", "calculated", result="integer", value=7, show=False),
    )[1:]  # fmt: skip
    assert [(one.kind, one.lines, one.unit) for one in found] == [
        ("ticks", 1, ""), ("ticks", 1, ""), ("lines", 1, ""), ("lines", 1, "€"), ("ticks", 1, ""), ("parts", 1, ""),
        ("lines", 5, ""), ("text", 1, ""),
    ]  # fmt: skip
    assert found[0].ticks == ["A", "B (nur wenn „Ja?“ mit „Ja“ beantwortet ist)"]
    assert found[4].ticks == ["Diese Unterlage liegt bei."]
    assert "Postleitzahl" in (found[5].parts or [])
    assert found[6].notes == ["freiwillig"]


def test_rows__repeated_group__has_room_for_some_and_a_word_about_more():
    repeat = {"min": 0, "max": 9, "item_label": text("Kind")}
    found = paper(group("kids", node("name"), repeat=repeat))[1:]
    assert [one.label for one in found] == ["Kids", "Kind 1", "Name", "Kind 2", "Name"]
    assert found[0].notes == ["Weitere Einträge schreiben Sie bitte auf ein eigenes Blatt."]


def test_plain_text__of_html__is_lines():
    assert plain_text("<p>Eins &amp; <strong>zwei</strong></p><ul><li>drei</li></ul>") == "Eins & zwei\n– drei"


@pytest.mark.parametrize("key", FORMS)
def test_paper__of_the_demo_city__asks_everything_the_form_asks(key):
    flow = load_flow(read_form(key))
    for locale in ("de", "en", "de-simple"):
        asked = [one for section in paper_view(flow, locale) for one in section.items]
        assert len(asked) >= sum(one.is_question for one in flow.nodes.values())


def pdf_of(key: str, locale: str) -> PdfReader:
    answer = Client().get(f"{API}/flows/{key}/form.pdf?locale={locale}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "max-age" in answer["Cache-Control"]
    return PdfReader(io.BytesIO(answer.content))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (
            "de",
            (
                "Hund anmelden",
                "Nur ausfüllen, wenn „Hat der Hund einen Chip?“",
                "Ort, Datum und Unterschrift",
                "Kind 1",
            ),
        ),
        ("en", ("Register a dog", "Only fill in if", "Place, date and signature", "Child 2")),
        ("de-simple", ("Hund anmelden", "Machen Sie Kreuze")),
    ],
)
def test_pdf__of_the_empty_form__is_tagged_titled_and_in_its_language(locale, words):
    pdf = pdf_of(publish().form.key, locale)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith(locale[:2])
    assert "pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode()
    found = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert [word for word in words if word not in found] == []


@pytest.mark.django_db
def test_pdf__of_a_form_that_is_not_online_or_in_no_language__is_refused():
    assert Client().get(f"{API}/flows/none/form.pdf").status_code == 404
    assert Client().get(f"{API}/flows/{publish().form.key}/form.pdf?locale=fr").status_code == 422
