"""The one way in for a file: name, size, kind by ending AND by content, then opened by the check of its kind."""

from __future__ import annotations

from typing import BinaryIO

import puremagic

from forms_engine.uploads.base import CheckedFile, UploadRefused, bytes_in, megabytes
from forms_engine.uploads.kinds import Kind, accepted_kinds
from forms_engine.uploads.names import clean_name, extension_of

ZIP_KINDS = {"docx", "xlsx", "odt", "ods"}
TEXT_KINDS = {"txt", "csv"}
HEAD = 4096  # the magic bytes of all kinds we take stand in here


def check_upload(raw_name: str, file: BinaryIO, *, accept: tuple[str, ...], max_bytes: int) -> CheckedFile:
    """The file as it will be kept; raises UploadRefused with a reason for the citizen. `file` is read from any place,
    never as a whole."""
    name = clean_name(raw_name)
    size = bytes_in(file)
    if not size:
        raise UploadRefused("empty")
    if size > max_bytes:
        raise UploadRefused("too_large", limit=megabytes(max_bytes))
    kind = _kind_for(name, accept)
    if not _looks_like(file.read(HEAD), kind):
        raise UploadRefused("type_mismatch", extension=extension_of(name))
    file.seek(0)
    return CheckedFile(name, kind.media_type, kind.open(file))


def _kind_for(name: str, accept: tuple[str, ...]) -> Kind:
    kinds = accepted_kinds(accept)
    for kind in kinds:
        if extension_of(name) in kind.extensions:
            return kind
    raise UploadRefused("type_not_allowed", allowed=", ".join(kind.label for kind in kinds) or "–")


def _looks_like(head: bytes, kind: Kind) -> bool:
    """The magic bytes agree with the ending. Text has none; office documents are zip files, opened later."""
    if kind.extensions[0] in TEXT_KINDS:
        return True
    if kind.extensions[0] in ZIP_KINDS:
        return head.startswith(b"PK\x03\x04")
    return kind.extensions[0] in _sniffed(head) or bool(set(kind.extensions) & _sniffed(head))


def _sniffed(head: bytes) -> set[str]:
    try:
        return {match.extension.lstrip(".").lower() for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()
