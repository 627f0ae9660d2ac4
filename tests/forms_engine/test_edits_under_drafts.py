"""Editors change forms while people fill them in: every draft ends on the version it began with, or on one its citizen
moved it to, with all its answers.

`DRAFT_EDITS=1000` runs the full measure (1,000 edits, 200 drafts); `make test` runs a tenth of it.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from forms_engine.domain import FlowInvalid, check_document
from forms_engine.domain.migration import propose_migration
from forms_engine.domain.migration.document import write_migration
from forms_engine.models import Form, Submission
from forms_engine.services import flows
from forms_engine.services.forms import publish_form, save_draft_document, unpublish_form
from forms_engine.services.migrations import MigrationRefused, publish_migration
from forms_engine.services.moving import list_left
from forms_engine.services.open_drafts import access_draft
from forms_engine.services.submissions import open_payload
from tests.forms_engine.factories import Citizen, dog_document, make_unit, png, publish
from tests.forms_engine.random_editing import edit_at_random

EDITS = int(os.environ.get("DRAFT_EDITS", "100"))
DRAFTS = EDITS // 5
SEEDS = {"text": "Jürgen", "long_text": "Zwei\nZeilen", "integer": 2, "date": "1980-01-01", "yes_no": True}


@dataclass
class Applicant:
    """Somebody with a draft, and what the server has acknowledged of it. `version` and `hash`: where it began, or where
    they moved it to (`moves` times). `hidden`: what they answered and is not asked any more."""

    citizen: Citizen
    version: int
    hash: str
    answers: dict[str, Any] = field(default_factory=dict)
    reference: str = ""
    moves: int = 0
    hidden: set[str] = field(default_factory=set)

    def look(self) -> dict[str, Any]:
        """The draft as it is, which must be as it was left."""
        answer = self.citizen.get()
        assert answer.status_code == 200, answer.content
        state: dict[str, Any] = answer.json()
        assert (state["flow"]["version"], state["flow"]["hash"]) == (self.version, self.hash)
        assert state["answers"] == self.answers
        return state

    def answer_step(self, step: str) -> None:
        """Answers every question of a step, as the page asks."""
        view = self.citizen.get(f"/steps/{step}").json()
        given = {node["path"]: SEEDS[node["type"]] for node in view["nodes"] if node["type"] in SEEDS}
        answer = self.citizen.patch(given, step=step)
        assert answer.status_code == 200, answer.content
        assert answer.json()["ignored"] == []
        self.answers |= answer.json()["answers"]
        for node in view["nodes"]:
            if node["type"] == "file" and node["path"] not in self.answers:
                assert self.citizen.upload("hund.png", png(), path=node["path"]).status_code == 201
                self.answers = self.citizen.get().json()["answers"]

    def go_along(self, pick: random.Random) -> None:
        """Take what is on offer, mostly: every answer must be in the new version or named as left behind."""
        offer = self.look()["migration"]
        if offer is None or pick.random() < 0.3:
            return
        left_before = list_left(access_draft(self.citizen.token))
        body = {"choice": "move", "hash": offer["hash"]}
        answer = self.citizen.client.post(self.citizen.url("/migration"), body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        before, self.answers = self.answers, answer.json()["answers"]
        self.version, self.hash, self.moves = offer["version"], offer["hash"], self.moves + 1
        left = list_left(access_draft(self.citizen.token))[len(left_before) :]
        assert _tally(before.values()) == _tally([*self.answers.values(), *(one.value for one in left)])
        if pick.random() < 0.2:
            self._go_back_and_forth(before, offer["hash"])

    def _go_back_and_forth(self, before: dict[str, Any], target: str) -> None:
        for body, expected in (({"choice": "back"}, before), ({"choice": "move", "hash": target}, self.answers)):
            answer = self.citizen.client.post(self.citizen.url("/migration"), body, content_type="application/json")
            assert answer.json()["answers"] == expected

    def finish(self) -> None:
        while (state := self.look())["next_step"]:
            before = state["next_step"]
            self.answer_step(before)
            assert self.look()["next_step"] != before
        self.hidden = set(self.answers) - set(access_draft(self.citizen.token).evaluation.visible)
        answer = self.citizen.submit()
        assert answer.status_code == 201, answer.content
        self.reference = answer.json()["reference"]


@pytest.mark.django_db
def test_random_edits__during_open_drafts__break_none_and_lose_no_answer() -> None:
    pick, seen = random.Random(20261123), Counter[str]()
    form = Form.objects.get(pk=publish(dog_document(), unit=make_unit()).form_id)
    waiting: list[Applicant] = []
    for number in range(EDITS):
        seen[_edit(form, pick, number)] += 1
        if number % 5 == 0:
            waiting.append(_begin(form))
        if pick.random() < 0.2:
            seen["migration"] += _offer_migration(form, pick.choice(waiting))
        one = pick.choice(waiting)
        one.go_along(pick)
        steps = one.look()["steps"]
        one.answer_step(pick.choice(steps)["id"])
        if pick.random() < 0.1:
            flows._flows.clear()  # another process, or this one started anew
    assert form.versions.count() > EDITS // 10
    assert len({applicant.version for applicant in waiting}) > DRAFTS // 3
    for applicant in waiting:
        applicant.finish()
    assert Submission.objects.count() == len(waiting) == DRAFTS
    for applicant in waiting:
        asked = {path: value for path, value in applicant.answers.items() if path not in applicant.hidden}
        assert _sent(applicant) == asked
        assert applicant.moves or not applicant.hidden
    assert seen["migration"] > EDITS // 20
    assert sum(applicant.moves for applicant in waiting) > DRAFTS // 10
    assert len(seen) > 8


def _edit(form: Form, pick: random.Random, number: int) -> str:
    """One edit, saved; mostly published too. An editor who has spoilt the form takes what is online and goes on."""
    document, done = edit_at_random(form.draft, pick, number)
    if any(finding.severity == "error" for finding in check_document(document)):
        return "spoilt"
    save_draft_document(form, document, by=None, summary=done, expected_version=form.draft_version)
    if pick.random() < 0.05:
        unpublish_form(form, by=None)
    try:
        publish_form(form, by=None)
    except FlowInvalid:
        return "not published"
    return done


def _offer_migration(form: Form, applicant: Applicant) -> bool:
    """An editor publishes what is proposed for the version somebody is in. It must always be publishable, unless it
    would lead in a circle."""
    old, new = form.versions.get(hash=applicant.hash), form.live
    if new is None or old.pk == new.pk:
        return False
    proposal = propose_migration(flows.cached_flow(old), flows.cached_flow(new))
    try:
        publish_migration(form, write_migration(proposal, versions=(old.number, new.number)), by=None)
    except MigrationRefused as refused:
        assert [problem.code for problem in refused.problems] == ["circle"], refused
        return False
    return True


def _tally(values: Iterable[Any]) -> Counter[str]:
    """How often there is which answer, however it is written."""
    return Counter(" ".join(str(value).split()) for value in values)


def _begin(form: Form) -> Applicant:
    version = form.live
    assert version is not None
    citizen = Citizen(version)
    return Applicant(citizen, version.number, version.hash)


def _sent(applicant: Applicant) -> dict[str, Any]:
    """The answers of the application that came of the draft, of the version the draft began with."""
    found = Submission.objects.select_related("flow").get(reference=applicant.reference)
    assert (found.flow.number, found.flow.hash) == (applicant.version, applicant.hash)
    answers: dict[str, Any] = open_payload(found)["answers"]
    return answers
