"""PDF files: read to the end of their page list, without passwords and without anything that runs."""

from __future__ import annotations

import io
import logging
import time
from typing import Any, BinaryIO, cast

from pypdf import PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from forms_engine.uploads.base import UploadRefused

MAX_PAGES = 1_000
MAX_OBJECTS = 200_000
MAX_SECONDS = 20  # for all objects together: compressed lists of objects can take for ever
MAX_UNPACKED = 10_000_000  # of one compressed list of objects; scanned pages are not unpacked at all
MAX_KEPT = 16_384
MAX_MENDED = 20_000_000
# Keys whose presence anywhere means: this document does something, or carries another file.
ACTIVE_KEYS = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute"}
logging.getLogger("pypdf").setLevel(logging.ERROR)


class _FrugalReader(PdfReader):
    """Forgets long streams (scanned pages) once they were looked at: a file of 100 MB is never in memory."""

    def cache_indirect_object(self, generation: int, idnum: int, obj: PdfObject | None) -> PdfObject | None:
        if isinstance(obj, StreamObject) and len(obj._data) > MAX_KEPT and obj.get("/Type") != "/ObjStm":
            obj.indirect_reference = IndirectObject(idnum, generation, self)
            return obj
        return super().cache_indirect_object(generation, idnum, obj)


class _InPieces:
    """The file, but never as a whole: pypdf mends a broken table of contents by reading all of it into memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size < 0 and self._left() > MAX_MENDED:
            raise UploadRefused("pdf_broken")
        return self._file.read(size)

    def _left(self) -> int:
        place = self._file.tell()
        left = self._file.seek(0, io.SEEK_END) - place
        self._file.seek(place)
        return left

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def check_pdf(file: BinaryIO) -> None:
    """Raises UploadRefused for broken, locked, active or endless files."""
    if file.read(5) != b"%PDF-":
        raise UploadRefused("pdf_broken")
    try:
        with apply_configuration(zlib_maximum_output_length=MAX_UNPACKED):
            _check_document(file)
    except UploadRefused:
        raise
    except Exception as error:  # whatever a hostile document makes the library raise: it is refused
        raise UploadRefused("pdf_broken") from error


def _check_document(file: BinaryIO) -> None:
    reader = _FrugalReader(cast(BinaryIO, _InPieces(file)), strict=False)
    if reader.is_encrypted:
        raise UploadRefused("pdf_encrypted")
    _check_pages(reader)
    _check_objects(reader)


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
    deadline = time.monotonic() + MAX_SECONDS
    while todo:
        item = todo.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        visited += 1
        if visited > MAX_OBJECTS or time.monotonic() > deadline:
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
