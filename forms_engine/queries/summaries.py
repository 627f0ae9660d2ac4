"""What was answered, as people read it: the same sections for "check your answers", the case and the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from forms_engine.domain import privacy_notice, summary_view
from forms_engine.fields import say
from forms_engine.models import Submission
from forms_engine.services.drafts import OpenDraft
from forms_engine.services.evaluation import evaluate_now, problem_items
from forms_engine.services.files import FileInfo, list_draft_files, list_submission_files
from forms_engine.services.flows import cached_flow
from forms_engine.services.submissions import open_payload


def summarise_draft(draft: OpenDraft, locale: str) -> dict[str, Any]:
    """ "Check your answers": sections, what is calculated, the declaration, and what is still wrong."""
    evaluation = draft.evaluation
    summary = summary_view(draft.flow, evaluation, locale, draft.answers, evaluation.errors)
    view = _with_files(summary, list_draft_files(draft))
    return view | {
        "complete": draft.evaluation.complete,
        "errors": problem_items(draft.evaluation.errors, locale),
        "revision": draft.row.revision,
        "privacy": privacy_notice(draft.flow, locale, draft_days=settings.DRAFT_DAYS),
    }


def summarise_submission(submission: Submission, locale: str) -> dict[str, Any]:
    """The application as it was received: evaluated as of that day, under the flow it was filled in with."""
    payload = open_payload(submission)
    flow = cached_flow(submission.flow)
    evaluation = evaluate_now(flow, payload["answers"], today=date.fromisoformat(payload["today"]))
    view = _with_files(summary_view(flow, evaluation, locale), list_submission_files(submission.pk))
    return view | {"title": say(flow.title, locale, flow.default_locale)}


def _with_files(view: dict[str, Any], files: dict[str, FileInfo]) -> dict[str, Any]:
    sections = [_with_file_names(section, files) for section in view["sections"]]
    return {
        "sections": sections,
        "calculated": [item for section in sections for item in walk_items(section) if item["type"] == "calculated"],
        "declaration": view["declaration"] or "",
    }


def walk_items(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All items of a section, those in groups and rows too."""
    for item in part.get("items", ()):
        yield item
        yield from walk_items(item)
        for row in item.get("rows", ()):
            yield from walk_items(row)


def _with_file_names(part: dict[str, Any], files: dict[str, FileInfo]) -> dict[str, Any]:
    """The domain knows ids of files only; people read names."""
    changed = dict(part)
    if "items" in part:
        changed["items"] = [_with_file_names(item, files) for item in part["items"]]
    if "rows" in part:
        changed["rows"] = [_with_file_names(row, files) for row in part["rows"]]
    if "files" in part:
        found = [files[file_id] for file_id in part["files"] if file_id in files]
        changed["files"] = [{"id": info.id, "name": info.name, "size": info.size} for info in found]
        changed["text"] = ", ".join(info.name for info in found)
    return changed
