"""Contract: 40 real forms with branches and repeats are flows that applicants get through, as their own runner says.

`runner` walks each form by the rules of its own system; the API must show the same pages for the same answers, take
them page by page, and hand in.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_engine.domain import check_document
from forms_engine.models import Submission
from tests.conftest import SHARED
from tests.forms_engine.factories import Citizen, make_unit, png, publish
from tests.forms_engine.uk.convert import Converted, convert
from tests.forms_engine.uk.runner import FILE, Json, Walk, branches, read_form, walks

FORMS = sorted((SHARED / "forms-uk/form_jsons").rglob("*.json"))
EVERY = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


def test_shared_data__has_its_40_forms(shared_data: Path) -> None:
    assert len(list((shared_data / "forms-uk/form_jsons").rglob("*.json"))) == 40


@EVERY
@pytest.mark.django_db
def test_form__walked_on_two_paths__shows_the_pages_of_its_own_runner_and_is_handed_in(path: Path) -> None:
    form = read_form(path)
    flow = convert(form, key=path.stem, locale=_locale(path))
    assert [str(one) for one in check_document(flow.document) if one.severity == "error"] == []
    version = publish(flow.document, unit=make_unit("foerderung"))
    taken = walks(form)
    assert len(taken) >= 2
    assert len({tuple(one.pages) for one in taken}) > 1 or not branches(form)
    for walk in taken[:3]:
        _hand_in(Citizen(version), flow, walk)
    assert Submission.objects.count() == min(3, len(taken))


def _hand_in(citizen: Citizen, flow: Converted, walk: Walk) -> None:
    """Answers page by page, each page checked as the website does."""
    expected = [flow.steps[page] for page in walk.pages if page in flow.steps]
    answers = flow.answers(walk)
    for step in expected:
        mine = {path: value for path, value in answers.items() if path.startswith(f"{step}.")}
        for path in [path for path, value in mine.items() if value == FILE]:
            assert citizen.upload("plan.png", png(), path=path).status_code == 201
            del mine[path]
        answer = citizen.patch(mine, step=step, validate=True)
        assert answer.status_code == 200, (step, answer.content.decode())
        assert answer.json()["ignored"] == []
    state = citizen.get().json()
    assert [one["id"] for one in state["steps"]] == expected
    assert state["complete"] is True
    assert citizen.submit().status_code == 201


@EVERY
@pytest.mark.django_db
def test_form__left_at_the_start__says_which_page_is_next_and_is_not_handed_in(path: Path) -> None:
    form = read_form(path)
    flow = convert(form, key=path.stem, locale=_locale(path))
    citizen = Citizen(publish(flow.document, unit=make_unit("foerderung")))
    needed = [step["id"] for step in flow.document["steps"] if any(map(_is_needed, step["nodes"]))]
    if needed:  # one form asks nothing that must be answered
        assert citizen.get().json()["next_step"] == needed[0]
        assert citizen.submit().status_code == 422


def _is_needed(node: Json) -> bool:
    return node["type"] != "content" and node.get("required", True) is True


def _locale(path: Path) -> str:
    return "cy" if "cy" in path.parts else "en"
