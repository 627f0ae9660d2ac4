"""Going on with a newer version of the form: what it means, and the citizen's choice."""

from __future__ import annotations

from collections.abc import Callable

from rest_framework.request import Request
from rest_framework.response import Response

from forms_engine.queries.drafts import draft_state
from forms_engine.queries.migrations import migration_state
from forms_engine.rest_api import serializers as s
from forms_engine.rest_api.base import ApplyView, documented, read, requested_locale
from forms_engine.services.moving import move_back, move_draft, stay_with_version
from forms_engine.services.open_drafts import OpenDraft, access_draft

CHOICES: dict[str, Callable[[str, str], OpenDraft]] = {
    "move": move_draft,
    "stay": stay_with_version,
    "back": lambda token, _hash: move_back(token),
}


class DraftMigrationView(ApplyView):
    """The form has changed while this draft was open."""

    @documented("draft_migration", {200: s.MigrationSerializer}, errors=(404, 410, 422), locale=True)
    def get(self, request: Request, token: str) -> Response:
        draft = access_draft(token)
        return Response(migration_state(draft, requested_locale(request) or draft.row.locale))

    @documented(
        "draft_migrate",
        {200: s.DraftSerializer},
        errors=(400, 404, 409, 410, 413, 415, 422),
        locale=True,
        request=s.MigrationChoiceSerializer,
    )
    def post(self, request: Request, token: str) -> Response:
        given = read(s.MigrationChoiceSerializer, request.data)
        draft = CHOICES[given["choice"]](token, given["hash"])
        return Response(draft_state(draft, requested_locale(request)))
