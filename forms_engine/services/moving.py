"""Going on with a newer version of the form: only the citizen can do it, for only their link opens the answers.

Nothing is lost on the way. What the draft was is kept sealed beside it until it is handed in, so that the citizen may
go back; what they then leave is kept too ("ahead"). A tab that still shows another version says so with its answers
(`seen`), and they find their place. The record is `Draft.moves`:

    kept      [{version, hash, migrations, answers, left}]   what the draft was, oldest first
    ahead     {version, hash, answers} | null                what it was before the citizen went back
    declined  hash | null                                    the version they were offered and did not want
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.db import transaction

from forms_engine.domain import Flow, parse_input
from forms_engine.domain.migration import Left, Moved, migrate
from forms_engine.fields import say
from forms_engine.models import Draft, FlowMigration, FlowVersion, StoredFile
from forms_engine.problems import DraftChanged, MigrationChanged, VersionForbidden
from forms_engine.services import vault
from forms_engine.services.answers import Change, apply_change
from forms_engine.services.flows import cached_flow
from forms_engine.services.migrations import Route, find_route, list_hops
from forms_engine.services.open_drafts import ATTEMPTS, OpenDraft, access_draft, save_answers

Record = dict[str, Any]


def find_offer(draft: OpenDraft) -> Route | None:
    """The move that is open to a draft, whether or not it was declined."""
    return find_route(draft.row.flow) if draft.row.has_migration else None


def has_declined(draft: OpenDraft, route: Route) -> bool:
    return bool(open_record(draft)["declined"] == route.target.hash)


def preview_move(draft: OpenDraft, route: Route) -> Moved:
    """What would become of the answers; nothing is stored."""
    moved = migrate(route.hops, draft.answers)
    moved.answers = _with_ahead(open_record(draft), route.target.hash, moved.answers)
    return moved


def move_draft(token: str, target: str) -> OpenDraft:
    """Go on with the version `target` (its hash). A draft that is there already stays as it is: asking twice, or in two
    tabs, is asking once. Raises MigrationChanged, DraftChanged, DraftNotFound, DraftSubmitted."""
    for _attempt in range(ATTEMPTS):
        draft = access_draft(token)
        if draft.flow.hash == target:
            return draft
        route = find_offer(draft)
        if route is None or route.target.hash != target:
            raise MigrationChanged
        record, moved = open_record(draft), migrate(route.hops, draft.answers)
        left = [asdict(one) for one in moved.left]
        kept = _state(draft) | {"migrations": route.migrations, "left": left}
        answers = _with_ahead(record, target, moved.answers)
        record |= {"kept": [*record["kept"], kept], "ahead": None, "declined": None}
        if saved := _save_moved(draft, route.target, answers, record):
            return saved
    raise DraftChanged({"revision": draft.row.revision})


def stay_with_version(token: str, target: str) -> OpenDraft:
    """Go on as before, and do not be asked again until there is another version. Where nothing is on offer any more,
    nothing is to be done. Raises MigrationChanged, VersionForbidden, DraftChanged."""
    for _attempt in range(ATTEMPTS):
        draft = access_draft(token)
        route = find_offer(draft)
        if route is None:
            return draft
        if route.target.hash != target:
            raise MigrationChanged
        _refuse(route, draft.row.locale)
        moves = vault.seal_moves(draft.row.pk, token, open_record(draft) | {"declined": target})
        if save_answers(draft, moves=moves):
            return draft
    raise DraftChanged({"revision": draft.row.revision})


def move_back(token: str) -> OpenDraft:
    """Back to the version before, with the answers of then; those of now are kept for going forth again. A draft that
    never moved stays as it is. Raises VersionForbidden, DraftChanged."""
    for _attempt in range(ATTEMPTS):
        draft = access_draft(token)
        record = open_record(draft)
        if not record["kept"]:
            return draft
        *kept, before = record["kept"]
        version = FlowVersion.objects.defer("document").get(pk=before["version"])
        if route := find_route(version):
            _refuse(route, draft.row.locale)
        record |= {"kept": kept, "ahead": _state(draft), "declined": draft.flow.hash}
        if saved := _save_moved(draft, version, before["answers"], record):
            return saved
    raise DraftChanged({"revision": draft.row.revision})


def refuse_forbidden(draft: OpenDraft) -> None:
    """Raises VersionForbidden for a draft whose version may no longer be handed in."""
    if route := find_offer(draft):
        _refuse(route, draft.row.locale)


def _refuse(route: Route, locale: str) -> None:
    if route.forbidden:
        raise VersionForbidden(say(route.forbidden, locale))


def change_seen_version(draft: OpenDraft, change: Change, seen: str) -> OpenDraft:
    """The draft with a change that was made on a page of another version it was in: its answers go where the migration
    leads, and into what is kept. Not saved yet. Raises DraftChanged for a version this draft never was in."""
    record = open_record(draft)
    at = next((n for n, one in enumerate(record["kept"]) if one["hash"] == seen), None)
    if at is not None:
        return _change_kept(draft, change, record, at)
    if record["ahead"] and record["ahead"]["hash"] == seen:
        ahead = record["ahead"]
        ahead["answers"] = apply_change(_flow_of(ahead), ahead["answers"], change).answers
        return replace(draft, moves=vault.seal_moves(draft.row.pk, draft.token, record))
    raise DraftChanged({"revision": draft.row.revision})


def _change_kept(draft: OpenDraft, change: Change, record: Record, at: int) -> OpenDraft:
    entry = record["kept"][at]
    old = _flow_of(entry)
    hops = list_hops([number for one in record["kept"][at:] for number in one["migrations"]])
    parsed = parse_input(old, change.answers)
    typed = {path: value for path, value in parsed.items() if value is not None}
    moved = migrate(hops, typed)
    cleared = migrate(hops, {path: entry["answers"].get(path) for path in parsed if path not in typed}).taken
    groups = {row.rpartition(".")[0] for row in change.remove_rows} | set(change.add_rows)
    taken = migrate(hops, {group: [] for group in groups}).taken
    gone = [(group, row) for group, _dot, row in (row.rpartition(".") for row in change.remove_rows) if group in taken]
    answers = {path: value for path, value in draft.answers.items() if path not in cleared.values()}
    answers |= {new: moved.answers[new] for new in moved.taken.values()}
    rows = Change(
        add_rows=tuple(taken[group] for group in change.add_rows if group in taken),
        remove_rows=tuple(f"{taken[group]}.{row}" for group, row in gone),
    )
    outcome = apply_change(draft.flow, answers, rows)
    entry["answers"] = {path: value for path, value in (entry["answers"] | parsed).items() if value is not None}
    others = [one for one in entry["left"] if one["path"] not in parsed]
    entry["left"] = [*others, *(asdict(one) for one in moved.left)]
    sealed = vault.seal_moves(draft.row.pk, draft.token, record)
    return replace(draft, answers=outcome.answers, ignored=outcome.ignored, moves=sealed)


def list_left(draft: OpenDraft) -> list[Left]:
    """The answers of earlier versions that have no place in this one."""
    return [Left(**one) for entry in open_record(draft)["kept"] for one in entry["left"]]


def open_record(draft: OpenDraft) -> Record:
    """What `Draft.moves` holds; of a draft that never moved, an empty record."""
    blob = bytes(Draft.objects.values_list("moves", flat=True).get(pk=draft.row.pk)) if draft.row.was_moved else b""
    return vault.open_moves(draft.row.pk, draft.token, blob) if blob else {"kept": [], "ahead": None, "declined": None}


def kept_file_ids(draft: OpenDraft) -> set[str]:
    """Whatever earlier or later answers list: their files must stay."""
    record = open_record(draft)
    states = [*record["kept"], *([record["ahead"]] if record["ahead"] else [])]
    lists = [value for state in states for value in state["answers"].values() if isinstance(value, list)]
    return {item for value in lists for item in value if isinstance(item, str)}


def _state(draft: OpenDraft) -> Record:
    return {"version": draft.row.flow_id, "hash": draft.flow.hash, "answers": draft.answers}


def _flow_of(state: Record) -> Flow:
    return cached_flow(FlowVersion(pk=state["version"], hash=state["hash"]))


def _with_ahead(record: Record, target: str, answers: dict[str, Any]) -> dict[str, Any]:
    """Moved again after going back: what was answered in the new version meanwhile is there again; where both have an
    answer the moved one, which is newer, counts. Rows of both; files as they are now."""
    ahead = record["ahead"]
    if not ahead or ahead["hash"] != target:
        return answers
    merged = ahead["answers"] | answers
    flow = _flow_of(ahead)
    for path in ahead["answers"].keys() & answers.keys():
        node, lists = flow.find_node(path), (answers[path], ahead["answers"][path])
        if node and node.repeat and all(isinstance(one, list) for one in lists):
            merged[path] = list(dict.fromkeys([*lists[0], *lists[1]]))
    return merged


def _save_moved(draft: OpenDraft, version: FlowVersion, answers: dict[str, Any], record: Record) -> OpenDraft | None:
    """Version, answers, record and places of the files in one transaction; None when the draft changed meanwhile."""
    row = draft.row
    version.form = row.flow.form
    moved = OpenDraft(row, draft.token, _without_deleted_files(draft, cached_flow(version), answers))
    sealed = vault.seal_moves(row.pk, draft.token, record)
    with transaction.atomic():
        if not save_answers(moved, flow=version, moves=sealed):
            return None
        if row.has_files:
            _place_files(moved)
    row.flow, row.was_moved = version, True
    row.has_migration = FlowMigration.objects.filter(source=version, withdrawn_at=None).exists()
    return moved


def _without_deleted_files(draft: OpenDraft, flow: Flow, answers: dict[str, Any]) -> dict[str, Any]:
    """What was kept may list files that were removed since."""
    nodes = {path: flow.find_node(path) for path, value in answers.items() if isinstance(value, list)}
    questions = [path for path, node in nodes.items() if node is not None and node.type == "file"]
    if not questions:
        return answers
    there = {str(pk) for pk in StoredFile.objects.filter(draft=draft.row).values_list("pk", flat=True)}
    listed = {path: [item for item in answers[path] if item in there] for path in questions}
    return {path: listed.get(path, value) for path, value in answers.items() if listed.get(path, True)}


def _place_files(draft: OpenDraft) -> None:
    """Each file knows its question; one that belongs to none now knows none."""
    lists = [(path, value) for path, value in draft.answers.items() if isinstance(value, list)]
    places = {item: path for path, value in lists for item in value if isinstance(item, str)}
    files = StoredFile.objects.filter(draft=draft.row).exclude(state=StoredFile.State.ARRIVING).defer("content")
    for file in files:
        key, place = vault.unwrap_key_of_draft(file, draft.token), places.get(str(file.pk), "")
        meta = vault.from_json(vault.open_file_part(file, key, "meta", bytes(file.meta)))
        if meta["path"] != place:
            file.meta = vault.seal_file_part(file, key, "meta", vault.to_json(meta | {"path": place}))
            file.save(update_fields=["meta"])
