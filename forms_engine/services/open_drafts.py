"""A draft that its citizen has opened with the link: read, and stored again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from common.api import clock
from forms_engine.domain import Evaluation, Flow
from forms_engine.models import Draft
from forms_engine.problems import DraftNotFound, DraftSubmitted
from forms_engine.services.draft_rows import find_draft_row
from forms_engine.services.evaluation import evaluate_now
from forms_engine.services.flows import cached_flow
from forms_engine.services.vault import open_answers, seal_answers

ATTEMPTS = 5


@dataclass
class OpenDraft:
    """A draft with its token: the only state in which its answers can be read. `moves`: the sealed record of its
    versions, where that is to be stored along with the answers."""

    row: Draft
    token: str
    answers: dict[str, Any]
    ignored: list[str] = field(default_factory=list)
    moves: bytes | None = None

    @property
    def flow(self) -> Flow:
        return cached_flow(self.row.flow)

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate_now(self.flow, self.answers)


def access_draft(token: str) -> OpenDraft:
    """The draft behind a link. Raises DraftNotFound (unknown, forged and expired alike) or DraftSubmitted."""
    row = find_draft_row(token)
    if row is None:
        raise DraftNotFound
    if row.state == Draft.State.SUBMITTED:
        raise DraftSubmitted
    return OpenDraft(row, token, open_answers(row.id, token, bytes(row.answers)))


def save_answers(draft: OpenDraft, **columns: Any) -> bool:
    """Store the answers, and other columns with them, if nobody else did since they were read; False when somebody
    did."""
    row, moment = draft.row, clock.now()
    if draft.moves is not None:
        columns["moves"] = draft.moves
    sealed = seal_answers(row.id, draft.token, draft.answers)
    held = Draft.objects.filter(pk=row.pk, revision=row.revision, state=Draft.State.OPEN)
    if not held.update(answers=sealed, revision=row.revision + 1, edited_at=moment, **columns):
        return False
    row.revision, row.edited_at, row.answers = row.revision + 1, moment, sealed
    return True
