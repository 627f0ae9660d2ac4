"""The one way in for a file: name, size, kind by ending AND by content, then opened by the check of its kind."""

from __future__ import annotations

import puremagic

from forms_engine.uploads.base import CheckedFile, UploadRefused, megabytes
from forms_engine.uploads.kinds import Kind, accepted_kinds
from forms_engine.uploads.names import clean_name, extension_of

ZIP_KINDS = {"docx", "xlsx", "odt", "ods"}
TEXT_KINDS = {"txt", "csv"}


def check_upload(raw_name: str, data: bytes, *, accept: tuple[str, ...], max_bytes: int) -> CheckedFile:
    """The file as it will be kept; raises UploadRefused with a reason for the citizen."""
    name = clean_name(raw_name)
    if not data:
        raise UploadRefused("empty")
    if len(data) > max_bytes:
        raise UploadRefused("too_large", limit=megabytes(max_bytes))
    kind = _kind_for(name, accept)
    if not _looks_like(data, kind):
        raise UploadRefused("type_mismatch", extension=extension_of(name))
    return CheckedFile(name, kind.media_type, kind.open(data))


def _kind_for(name: str, accept: tuple[str, ...]) -> Kind:
    kinds = accepted_kinds(accept)
    for kind in kinds:
        if extension_of(name) in kind.extensions:
            return kind
    raise UploadRefused("type_not_allowed", allowed=", ".join(kind.label for kind in kinds) or "–")


def _looks_like(data: bytes, kind: Kind) -> bool:
    """The magic bytes agree with the ending. Text has none; office documents are zip files, opened later."""
    if kind.extensions[0] in TEXT_KINDS:
        return True
    if kind.extensions[0] in ZIP_KINDS:
        return data.startswith(b"PK\x03\x04")
    return kind.extensions[0] in _sniffed(data) or bool(set(kind.extensions) & _sniffed(data))


def _sniffed(data: bytes) -> set[str]:
    try:
        return {match.extension.lstrip(".").lower() for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return set()
