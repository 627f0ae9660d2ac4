"""The child day-care permit (S05000001299): after the import it is a form that a person can fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms_engine.domain import Evaluation, Flow, evaluate, load_flow
from tests.forms_engine.fim import answers_s05000001299 as given
from tests.forms_engine.fim.drafts import imported_folder, walk

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def flow() -> Flow:
    path = Path(__file__).resolve().parents[4] / "shared/data/fim/schemas/S05000001299/schema.xdf.xml"
    if not path.is_file():
        pytest.skip("shared test data missing: ../shared/data/fim/schemas/S05000001299")
    return load_flow(imported_folder(path.parent).document)


def _evaluate(flow: Flow, answers: dict[str, Any], **changed: Any) -> Evaluation:
    return evaluate(flow, answers | changed, today=TODAY)


def test_full_answers__are_complete_and_every_one_of_them_counts(flow: Flow) -> None:
    answers = given.answers()
    found = _evaluate(flow, answers)
    assert [(error.path, error.code) for error in found.errors] == []
    assert found.complete
    assert set(answers) <= set(found.values)
    assert found.steps == [step.id for step in flow.steps]


def test_fixed_values__are_handed_in_and_never_asked(flow: Flow) -> None:
    found = _evaluate(flow, given.answers())
    for path, value in (("antrag.f05000018286", "001"), ("g05000011697.f60000000363", "04")):
        assert found.values[path] == value
        assert path not in found.visible


def test_no_answers__start_at_the_first_step_and_hide_what_depends_on_them(flow: Flow) -> None:
    found = _evaluate(flow, {})
    assert found.next_step == "antrag"
    assert given.COLLEAGUE not in found.steps
    assert given.SITE_ADDRESS not in found.steps


@pytest.mark.parametrize(
    ("changed", "hidden"),
    [
        ({"antrag.f05000017549": False}, given.COLLEAGUE),
        ({f"{given.SITE}.f05000017544": True}, given.SITE_ADDRESS),
    ],
)
def test_step__that_an_answer_makes_needless__is_gone_and_the_rest_stays_complete(
    flow: Flow, changed: dict[str, Any], hidden: str
) -> None:
    found = evaluate(flow, given.answers() | changed, today=TODAY)
    assert hidden not in found.steps
    assert found.complete


@pytest.mark.parametrize(
    ("path", "value", "code_at"),
    [
        (f"{given.ADDRESS}.g05000013144.g05000011743.f60000000246", "0774", None),
        (f"{given.APPLICANT}.g60000000083.f60000000231", 30, f"{given.APPLICANT}.g60000000083.f60000000231"),
        (f"{given.APPLICANT}.f60000000227", "", None),
        (f"{given.APPLICANT}.f60000000236", ["XYZ"], None),
        (f"{given.CONTACT}.g05000011747.f60000000242", "keine Adresse", None),
        (given.FILES[1], [], None),
        (f"{given.CHECK_APPLICANT}.r1.f05000017616", "002", f"{given.CHECK_APPLICANT}.r1.f05000017618"),
        (f"{given.PROOFS}.f05000017566", [], None),  # the lease, because of the rooms chosen
        (f"{given.STATE}.f05000017579", "001", f"{given.STATE}.f05000017580"),
    ],
)
def test_wrong_answer__is_told_at_its_question(flow: Flow, path: str, value: Any, code_at: str | None) -> None:
    found = evaluate(flow, given.answers() | {path: value}, today=TODAY)
    assert [error.path for error in found.errors] == [code_at or path]
    assert found.errors[0].message("de")


def test_partial_birth_date__without_day_and_month__is_accepted(flow: Flow) -> None:
    answers = given.answers()
    del answers[f"{given.APPLICANT}.g60000000083.f60000000231"], answers[f"{given.APPLICANT}.g60000000083.f60000000232"]
    assert _evaluate(flow, answers).complete


def test_day_without_month__asks_for_the_month(flow: Flow) -> None:
    answers = given.answers()
    month = f"{given.APPLICANT}.g60000000083.f60000000232"
    del answers[month]
    assert [error.path for error in _evaluate(flow, answers).errors] == [month]


def test_steps__are_short_and_have_different_titles(flow: Flow) -> None:
    titles = [step["title"]["de"] for step in flow.document["steps"]]
    assert len(set(titles)) == len(titles)
    questions: dict[str, int] = {}
    for path, node in walk(flow.document):
        questions[path.split(".")[0]] = questions.get(path.split(".")[0], 0) + (
            node["type"] not in {"group", "content"}
        )
    assert max(questions.values()) <= 15
