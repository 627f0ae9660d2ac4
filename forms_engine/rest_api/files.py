"""Files of a draft."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.api import problems
from forms_engine.rest_api import serializers as s
from forms_engine.rest_api.base import FILE, NO_CONTENT, ApplyView, attachment, documented
from forms_engine.rest_api.receiving import SpoolHandler
from forms_engine.services.drafts import access_draft
from forms_engine.services.file_contents import open_content
from forms_engine.services.files import FileInfo, access_draft_file, delete_file
from forms_engine.services.uploads import add_file, expect_file
from forms_engine.uploads.base import UploadRefused, megabytes

MULTIPART_OVERHEAD = 10_000
UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "required": ["file"],
    }
}


class FilesView(ApplyView):
    """Add a file to a question."""

    parser_classes = (MultiPartParser,)
    throttle_scope = "upload"

    @documented(
        "file_add",
        {201: s.FileInfoSerializer},
        errors=(400, 404, 409, 410, 413, 415, 422, 429),
        parameters=[OpenApiParameter("path", str, required=True, description="Path of the file question.")],
        request=UPLOAD,
    )
    def post(self, request: Request, token: str) -> Response:
        path = request.query_params.get("path", "")
        _refuse_large_body(request, path)
        try:
            info = _receive(request, token, path)
        except UploadRefused as refused:
            raise refusal(refused, path) from refused
        return Response(vars(info), status=201)


def _receive(request: Request, token: str, path: str) -> FileInfo:
    """Read the body into the spool of the upload; what is refused is refused at the first byte too many."""
    arrival = expect_file(token, path)
    try:
        request.upload_handlers = [SpoolHandler(arrival.spool, limit=arrival.max_bytes)]
        file = request.FILES.get("file")
        if file is None:
            raise UploadRefused("missing")
        return add_file(arrival, file.name or "")
    finally:
        arrival.close()


class FileView(ApplyView):
    """Look at a file again, or remove it."""

    @documented("file_read", FILE, errors=(404, 410))
    def get(self, request: Request, token: str, file_id: str) -> Any:
        draft = access_draft(token)
        file, info, key = access_draft_file(draft, file_id)
        return attachment(open_content(file, key), info.media_type, info.name, size=file.size)

    @documented("file_delete", NO_CONTENT, errors=(404, 409, 410))
    def delete(self, request: Request, token: str, file_id: str) -> Response:
        delete_file(token, file_id)
        return Response(status=204)


def refusal(refused: UploadRefused, path: str) -> problems.Problem:
    """The reason as a problem, beside its question."""
    status = 413 if refused.code == "too_large" else 422
    error = {"path": path[:500], "code": refused.code, "message": refused.message}
    return problems.Problem(status, refused.message, errors=[error])


def _refuse_large_body(request: Request, path: str) -> None:
    """Before a byte is parsed; the size of the file itself is checked again afterwards."""
    limit = settings.UPLOAD_MAX_BYTES
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > limit + MULTIPART_OVERHEAD:
        raise refusal(UploadRefused("too_large", limit=megabytes(limit)), path)
