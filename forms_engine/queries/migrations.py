"""What the holder of a draft sees of a newer version, and what an editor sees of the drafts that are open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from common.api import problems
from forms_engine.domain import Evaluation, Flow, Node
from forms_engine.domain.migration import Hop, Left, Moved, describe_migration
from forms_engine.domain.migration.fitting import answered_nodes
from forms_engine.fields import Fault, say
from forms_engine.models import Draft, FlowMigration, FlowVersion, Form
from forms_engine.queries.drafts import flow_ref
from forms_engine.services.draft_rows import oldest_living_edit
from forms_engine.services.evaluation import evaluate_now
from forms_engine.services.files import FileInfo, list_draft_files
from forms_engine.services.flows import cached_flow
from forms_engine.services.migrations import Route, find_route, list_hops
from forms_engine.services.moving import find_offer, list_left, open_record, preview_move
from forms_engine.services.open_drafts import OpenDraft

NOT_ASKED = {
    "de": "Nach Ihren anderen Antworten fragen wir das nicht mehr.",
    "en": "Given your other answers, we no longer ask for this.",
    "de-simple": "Wegen Ihrer anderen Antworten fragen wir das nicht mehr.",
}
Json = dict[str, Any]


def migration_state(draft: OpenDraft, locale: str) -> Json:
    """The page "the form has changed": what is on offer, or what became of the answers when the draft moved. Raises a
    404 problem for a draft that has neither before nor behind it."""
    route = find_offer(draft)
    if route is not None:
        return offered_state(draft, route, locale)
    if not open_record(draft)["kept"]:
        raise problems.Problem(404)
    return moved_state(draft, locale)


def offered_state(draft: OpenDraft, route: Route, locale: str) -> Json:
    moved, files = preview_move(draft, route), list_draft_files(draft)
    new = cached_flow(route.target)
    evaluation = evaluate_now(new, moved.answers)
    hidden = hidden_now(draft, moved, evaluation)
    left = [*list_left(draft), *moved.left, *hidden]
    shown = [path for path in evaluation.visible if path in set(moved.taken.values())]
    return {
        "state": "offered",
        "current": flow_ref(draft.flow, draft.row.flow, locale),
        "offered": flow_ref(new, route.target, locale),
        "must": bool(route.forbidden),
        "reason": say(route.forbidden, locale),
        "can_go_back": False,
        "changes": list_changes(route.hops, locale),
        "taken": [item for path in shown if (item := answer_item(new, path, moved.answers[path], locale, files))],
        "new_questions": new_questions(route.hops, evaluation, moved.answers, locale),
        "left": [left_item(draft, one, locale, files) for one in left],
    }


def moved_state(draft: OpenDraft, locale: str) -> Json:
    record, files = open_record(draft), list_draft_files(draft)
    hops = list_hops([number for entry in record["kept"] for number in entry["migrations"]])
    before = FlowVersion.objects.defer("document").get(pk=record["kept"][-1]["version"])
    back = find_route(before)
    return {
        "state": "moved",
        "current": flow_ref(draft.flow, draft.row.flow, locale),
        "offered": None,
        "must": False,
        "reason": "",
        "can_go_back": not (back and back.forbidden),
        "changes": list_changes(hops, locale),
        "taken": [],
        "new_questions": new_questions(hops, draft.evaluation, draft.answers, locale),
        "left": [left_item(draft, one, locale, files) for one in list_left(draft)],
    }


def list_changes(hops: Iterable[Hop], locale: str) -> list[str]:
    said = [line for hop in hops for line in describe_migration(hop.old, hop.new, hop.migration, locale)]
    return list(dict.fromkeys(said))


def hidden_now(draft: OpenDraft, moved: Moved, evaluation: Evaluation) -> list[Left]:
    """Answers that came along and whose question is not asked any more."""
    before, now = set(draft.evaluation.visible), set(evaluation.visible)
    hidden = [path for path, new in moved.taken.items() if path in before and new not in now]
    return [Left(path, draft.answers[path], NOT_ASKED, draft.flow.hash) for path in hidden]


def new_questions(hops: list[Hop], evaluation: Evaluation, answers: Json, locale: str) -> list[Json]:
    """Questions that are asked now, have no answer and had no place in the old version."""
    flow, known = hops[-1].new, {node.path for node in answered_nodes(hops[0].old)}
    for hop in hops:
        known = {target for path in known if (target := hop.migration.target_of(path))}
    found = []
    for path in evaluation.visible:
        node = flow.find_node(path)
        if node is not None and node.is_question and path not in answers and node.path not in known:
            step = say(node.step.title, locale, flow.default_locale)
            found.append({"path": path, "label": label_of(flow, node, locale), "step": step})
    return found


def left_item(draft: OpenDraft, left: Left, locale: str, files: dict[str, FileInfo]) -> Json:
    """An answer without a place, in words, with why."""
    version = FlowVersion.objects.filter(form_id=draft.row.flow.form_id, hash=left.hash).defer("document").get()
    item = answer_item(cached_flow(version), left.path, left.value, locale, files)
    item = item or {"path": left.path, "label": left.path, "text": str(left.value)[:500], "files": []}
    return item | {"reason": say(left.reason, locale)}


def answer_item(flow: Flow, path: str, value: Any, locale: str, files: dict[str, FileInfo]) -> Json | None:
    node = flow.find_node(path)
    if node is None or not node.is_question:
        return None
    item = {"path": path, "label": label_of(flow, node, locale), "text": "", "files": []}
    if node.type == "file":
        listed = [files[one] for one in value if one in files] if isinstance(value, list) else []
        return item | {"files": [{"id": file.id, "name": file.name} for file in listed]}
    return item | {"text": shown_value(flow, node, value, locale)}


def shown_value(flow: Flow, node: Node, value: Any, locale: str) -> str:
    """As the summary shows it; what cannot be read as it was typed."""
    parsed = node.field.parse(value, node.settings)
    if parsed is None or type(parsed) is Fault:
        return node.field.display_raw(value)
    return node.field.display(parsed, locale, {**node.settings, "default_locale": flow.default_locale})


def label_of(flow: Flow, node: Node, locale: str) -> str:
    return say(node.label, locale, flow.default_locale) or node.path


@dataclass(frozen=True, slots=True)
class OpenVersion:
    """A version that drafts are open in; `migration`: the one on offer to them."""

    version: FlowVersion
    drafts: int
    migration: FlowMigration | None


def list_open_versions(form: Form) -> list[OpenVersion]:
    """All versions, newest first, that people have a draft of or a migration leads from."""
    living = Draft.objects.filter(flow__form=form, state=Draft.State.OPEN, edited_at__gt=oldest_living_edit())
    counts = dict(living.order_by().values_list("flow").annotate(Count("pk")))
    offered = form.migrations.filter(withdrawn_at=None).select_related("source", "target", "published_by")
    away = {one.source_id: one for one in offered.defer("source__document", "target__document")}
    versions = form.versions.filter(pk__in=[*counts, *away]).defer("document")
    return [OpenVersion(one, counts.get(one.pk, 0), away.get(one.pk)) for one in versions]
