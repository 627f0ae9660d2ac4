"""Which kinds of file there are: type, endings, and the check that opens a file of this kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from forms_engine.uploads.containers import check_office
from forms_engine.uploads.images import clean_image
from forms_engine.uploads.pdfs import check_pdf
from forms_engine.uploads.texts import check_text


@dataclass(frozen=True)
class Kind:
    """`open` gets the file, returns what to keep instead of it (None: the file as it is), raises UploadRefused."""

    media_type: str
    extensions: tuple[str, ...]
    label: str
    open: Callable[[BinaryIO], BinaryIO | None]


OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
KINDS = (
    Kind("application/pdf", ("pdf",), "PDF", check_pdf),
    Kind("image/jpeg", ("jpg", "jpeg"), "JPG", lambda file: clean_image(file, "JPEG")),
    Kind("image/png", ("png",), "PNG", lambda file: clean_image(file, "PNG")),
    Kind("image/webp", ("webp",), "WebP", lambda file: clean_image(file, "WEBP")),
    Kind("image/tiff", ("tif", "tiff"), "TIFF", lambda file: clean_image(file, "TIFF")),
    Kind(OFFICE + "wordprocessingml.document", ("docx",), "DOCX", lambda file: check_office(file, "word/")),
    Kind(OFFICE + "spreadsheetml.sheet", ("xlsx",), "XLSX", lambda file: check_office(file, "xl/")),
    Kind(ODF + "text", ("odt",), "ODT", lambda file: check_office(file, "content.xml")),
    Kind(ODF + "spreadsheet", ("ods",), "ODS", lambda file: check_office(file, "content.xml")),
    Kind("text/plain", ("txt",), "TXT", check_text),
    Kind("text/csv", ("csv",), "CSV", check_text),
)


def accepted_kinds(accept: tuple[str, ...]) -> list[Kind]:
    """Kinds for an accept list of media types and patterns such as `image/*`."""
    return [kind for kind in KINDS if any(_matches(kind, entry) for entry in accept)]


def _matches(kind: Kind, entry: str) -> bool:
    if entry.endswith("/*"):
        return kind.media_type.startswith(entry[:-1])
    return entry == kind.media_type
