"""A document as bytes: sorted keys, no clock values, so that equal content gives equal bytes and an equal ETag."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import brotli

from cms.documents.tokens import Subject

SCHEMA_VERSION = 1  # raise it when the shape of a document changes: clients then sync anew


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a document type makes of a subject in one locale."""

    subject: Subject
    key: str
    locale: str
    lang: str
    body: dict[str, Any]
    card: dict[str, Any] = field(default_factory=dict)  # what lists and other documents show
    groups: tuple[str, ...] = ()  # lists it is a member of
    position: str = ""  # order in lists
    search: dict[str, Any] = field(default_factory=dict)  # kind, title, teaser, url, body, synonyms; empty: not found
    rendered_for: date | None = None  # set when the bytes depend on the day (opening hours)


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes ready to send, plain and compressed."""

    etag: str
    body: bytes
    gz: bytes
    br: bytes


def canonical(data: Any) -> bytes:
    """JSON in UTF-8 with sorted keys and no spaces."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def etag_of(body: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def pack(body: bytes, *, quality: int = 9) -> Packed:
    """Compress once; `quality` 9 at publish, less for lists that are put together while someone waits."""
    gz = gzip.compress(body, compresslevel=min(quality, 9), mtime=0)
    return Packed(etag_of(body), body, gz, brotli.compress(body, quality=quality))
