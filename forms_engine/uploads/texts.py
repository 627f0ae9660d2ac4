"""Plain text: UTF-8 without control characters, so that nothing else hides behind the ending `.txt`."""

from __future__ import annotations

from forms_engine.uploads.base import UploadRefused

ALLOWED_CONTROLS = set("\t\n\r\x0c")


def check_text(data: bytes) -> bytes:
    """The same bytes; raises UploadRefused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UploadRefused("text_broken") from error
    if any(char < " " and char not in ALLOWED_CONTROLS for char in text):
        raise UploadRefused("text_broken")
    return data
