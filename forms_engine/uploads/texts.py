"""Plain text: UTF-8 without control characters, so that nothing else hides behind the ending `.txt`."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from forms_engine.uploads.base import UploadRefused

ALLOWED_CONTROLS = set("\t\n\r\x0c")
PIECE = 65_536


def check_text(file: BinaryIO) -> None:
    """Raises UploadRefused for anything but text."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while piece := file.read(PIECE):
            _check_characters(decoder.decode(piece))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise UploadRefused("text_broken") from error


def _check_characters(text: str) -> None:
    if any(char < " " and char not in ALLOWED_CONTROLS for char in text):
        raise UploadRefused("text_broken")
