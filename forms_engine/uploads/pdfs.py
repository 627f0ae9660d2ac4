"""PDF files: read to the end of their page list, without passwords and without anything that runs."""

from __future__ import annotations

import io
import logging
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from forms_engine.uploads.base import UploadRefused

MAX_PAGES = 1_000
MAX_OBJECTS = 200_000
# Keys whose presence anywhere means: this document does something, or carries another file.
ACTIVE_KEYS = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute"}
logging.getLogger("pypdf").setLevel(logging.ERROR)


def check_pdf(data: bytes) -> bytes:
    """The same bytes; raises UploadRefused for broken, locked, active or endless files."""
    if not data.startswith(b"%PDF-"):
        raise UploadRefused("pdf_broken")
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise UploadRefused("pdf_encrypted")
        _check_pages(reader)
        _check_objects(reader)
    except UploadRefused:
        raise
    except Exception as error:  # whatever a hostile document makes the library raise: it is refused
        raise UploadRefused("pdf_broken") from error
    return data


def _check_pages(reader: PdfReader) -> None:
    if not len(reader.pages):
        raise UploadRefused("pdf_broken")
    if len(reader.pages) > MAX_PAGES:
        raise UploadRefused("pdf_too_many_pages", limit=MAX_PAGES)


def _check_objects(reader: PdfReader) -> None:
    """Walk every object reachable from the trailer once, with a limit instead of recursion."""
    todo: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    visited = 0
    while todo:
        item = todo.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        visited += 1
        if visited > MAX_OBJECTS:
            raise UploadRefused("pdf_broken")
        if isinstance(item, DictionaryObject):
            _check_dictionary(item)
            todo.extend(item.raw_get(key) for key in item)
        elif isinstance(item, ArrayObject):
            todo.extend(list.__iter__(item))


def _check_dictionary(item: DictionaryObject) -> None:
    if ACTIVE_KEYS & set(item):
        raise UploadRefused("pdf_active")
    action = item["/S"] if "/S" in item else None  # noqa: SIM401 - this, not `get`, follows a reference
    if isinstance(action, str) and action in ACTIVE_ACTIONS:
        raise UploadRefused("pdf_active")
