"""Which kinds of file there are: type, endings, and the check that opens a file of this kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forms_engine.uploads.containers import check_office
from forms_engine.uploads.images import clean_image
from forms_engine.uploads.pdfs import check_pdf
from forms_engine.uploads.texts import check_text


@dataclass(frozen=True)
class Kind:
    """`open` gets the bytes, returns the bytes to keep, raises UploadRefused."""

    media_type: str
    extensions: tuple[str, ...]
    label: str
    open: Callable[[bytes], bytes]


OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
KINDS = (
    Kind("application/pdf", ("pdf",), "PDF", check_pdf),
    Kind("image/jpeg", ("jpg", "jpeg"), "JPG", lambda data: clean_image(data, "JPEG")),
    Kind("image/png", ("png",), "PNG", lambda data: clean_image(data, "PNG")),
    Kind("image/webp", ("webp",), "WebP", lambda data: clean_image(data, "WEBP")),
    Kind("image/tiff", ("tif", "tiff"), "TIFF", lambda data: clean_image(data, "TIFF")),
    Kind(OFFICE + "wordprocessingml.document", ("docx",), "DOCX", lambda data: check_office(data, "word/")),
    Kind(OFFICE + "spreadsheetml.sheet", ("xlsx",), "XLSX", lambda data: check_office(data, "xl/")),
    Kind(ODF + "text", ("odt",), "ODT", lambda data: check_office(data, "content.xml")),
    Kind(ODF + "spreadsheet", ("ods",), "ODS", lambda data: check_office(data, "content.xml")),
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
