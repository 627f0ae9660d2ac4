"""Every step of the demo city's forms works as a section: as a step, in a group, in a group that repeats. The same
answers show, require and work out the same there as in the form they come from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from forms_engine.domain import check_document, evaluate, load_flow
from forms_engine.domain.references import list_references, list_rules
from forms_engine.domain.sections.changing import insert_section, is_true_copy, take_over
from forms_engine.domain.sections.copying import first_step
from tests.cms.demo_city import FORMS, read_answers, read_form
from tests.forms_engine.factories import de

TODAY = date(2026, 11, 23)
PEOPLE = {"id": "people", "type": "group", "label": de("Menschen"), "repeat": {"min": 1, "max": 5}, "nodes": []}
PLACES = {"": "used", "home": "home.used", "home.people": "home.people.used"}


def sections_of(form: dict[str, Any]) -> list[dict[str, Any]]:
    """Its steps that read nothing outside, each as a section."""
    found = []
    for step in form["steps"]:
        alone = {"steps": [{name: value for name, value in step.items() if name not in {"when", "section"}}]}
        read = {path for rule in list_rules(alone) for path in list_references(rule.rule, rule.frames)}
        if all(path.startswith(f"{step['id']}.") for path in read):
            head = {name: form[name] for name in ("format", "locales", "default_locale", "codelists") if name in form}
            found.append(head | alone | {"key": "teil", "kind": "section", "title": step["title"]})
    return found


def host(section: dict[str, Any]) -> dict[str, Any]:
    """A form with one step and a repeated group in it."""
    home = {"id": "home", "title": de("Zuhause"), "nodes": [PEOPLE]}
    head = {name: section[name] for name in ("format", "locales", "default_locale")}
    about = {"purpose": de("Prüfung"), "legal_basis": [{"title": "Satzung"}]}
    retention = {"submission_months": 12, "law": "Aktenplan"}
    return head | about | {"key": "haus", "title": de("Haus"), "retention": retention, "steps": [home]}


def answers_at(section: dict[str, Any], answers: dict[str, Any], place: str) -> dict[str, Any]:
    """The answers of the example for this section, at another place."""
    step_id = first_step(section)["id"]
    inside = {path[len(step_id) :]: value for path, value in answers.items() if path.startswith(f"{step_id}.")}
    prefix = place.replace("home.people.", "home.people.r1.")
    rows = {"home.people": ["r1"]} if prefix != place else {}
    return rows | {prefix + rest: value for rest, value in inside.items()}


def outcome(form: dict[str, Any], answers: dict[str, Any], prefix: str) -> tuple[Any, ...]:
    """What is seen, required, worth and wrong below `prefix`, without it."""
    found = evaluate(load_flow(form), answers, today=TODAY, municipality="16053000")

    def below(paths: Any) -> list[str]:
        return sorted(path[len(prefix) :] for path in paths if path.startswith(f"{prefix}."))

    values = {path: found.values[path] for path in found.values if path.startswith(f"{prefix}.")}
    wrong = sorted((error.path[len(prefix) :], error.code) for error in found.errors if error.path.startswith(prefix))
    return below(found.visible), below(found.required), list(values.values()), wrong


@pytest.mark.parametrize("key", FORMS)
def test_step_of_a_real_form__as_a_section_anywhere__asks_the_same(key: str):
    sections = sections_of(read_form(key))
    assert sections
    for section in sections:
        alone = host(section) | {"steps": section["steps"]} | {"codelists": section.get("codelists", {})}
        step_id = first_step(section)["id"]
        for answers in (read_answers(key), {}):
            expected = outcome(alone, answers_at(section, answers, step_id), step_id)
            for parent, place in PLACES.items():
                form = insert_section(host(section), section, parent, new_id="used", title=de("Teil"))
                assert [str(one) for one in check_document(form) if one.is_error] == []
                prefix = place.replace("people.", "people.r1.")
                assert outcome(form, answers_at(section, answers, place), prefix) == expected, (step_id, place)
                assert is_true_copy(form, place, section)
                assert take_over(form, place, section) == form
