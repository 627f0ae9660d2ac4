"""Whatever the analysis claims of small random forms holds for every answer there is: no false alarm."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

import pytest

from forms_engine.domain import Finding, Flow, FlowInvalid, check_document, evaluate, load_flow
from tests.forms_engine.domain.analysis.small_flows import SmallForm
from tests.forms_engine.domain.flows import TODAY

CLAIMS = {"never_true", "step_unreachable", "question_unreachable", "option_unselectable", "relies_on_hidden"}
MOST_ANSWERS = 1_500
ROLES = {"sichtbar": "visible", "Schritts": "visible", "Pflicht": "required", "Prüfung": "valid",
         "Antwort „": "option", "Formel": "value"}  # fmt: skip


@dataclass
class Happened:
    """What could be seen over all answers."""

    shown: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    valued: set[str] = field(default_factory=set)
    chosen: set[tuple[str, str]] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)


def try_answers(flow: Flow, form: SmallForm) -> Happened:
    found = Happened()
    for answers in islice(form.every_answer(), MOST_ANSWERS):
        outcome = evaluate(flow, answers, today=TODAY)
        found.shown |= outcome.shown
        found.required |= outcome.required
        found.valued |= outcome.values.keys()
        found.chosen |= {(path, value) for path, value in outcome.values.items() if isinstance(value, str)}
        found.failed |= {error.path for error in outcome.errors if error.code == "rule_failed"}
        for node in flow.nodes.values():
            if any(run(outcome.context, ()) is True for run in node.rules.valid):
                found.passed.add(node.path)
    return found


def is_refuted(finding: Finding, happened: Happened) -> bool:
    role = next(role for word, role in ROLES.items() if word in finding.place.rpartition(" › ")[2])
    if role == "option":
        value = finding.place.rpartition("Antwort „")[2].rstrip("“")
        return (finding.path, value) in happened.chosen
    if role == "valid":
        without_effect = finding.code == "relies_on_hidden"
        return finding.path in (happened.failed if without_effect else happened.passed)
    seen = {"visible": happened.shown, "required": happened.required, "value": happened.valued}
    return finding.path in seen[role]


def is_of_a_part(finding: Finding) -> bool:
    """Of a part of a rule, or of all options together: the rule itself may well hold."""
    return "vergeblich" in finding.message_de or "Keine der Antworten" in finding.message_de


@pytest.mark.parametrize("seed", range(60))
def test_claim__about_a_random_form__holds_for_every_answer(seed: int) -> None:
    form = SmallForm(seed)
    claims = [one for one in check_document(form.document) if one.code in CLAIMS]
    claims = [
        one for one in claims if "vergeblich" not in one.message_de and "Keine der Antworten" not in one.message_de
    ]
    try:
        flow = load_flow(form.document)
    except FlowInvalid:
        pytest.skip("the random form does not load")
    happened = try_answers(flow, form)
    assert [str(claim) for claim in claims if is_refuted(claim, happened)] == []
