"""File names as people see them: shown back unchanged where harmless, refused where they deceive."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from forms_engine.uploads.base import UploadRefused

MAX_NAME_BYTES = 255
# Characters that turn the reading direction: "rechnung‮fdp.exe" reads as "rechnungexe.pdf".
DIRECTION_MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_name(raw: str) -> str:
    """The name without any folder; raises UploadRefused for empty, endless or deceiving names."""
    name = PurePosixPath(raw.replace("\\", "/")).name.strip()
    if not name or name in {".", ".."}:
        raise UploadRefused("name_missing")
    if any(char in DIRECTION_MARKS or unicodedata.category(char) in {"Cc", "Cs"} for char in name):
        raise UploadRefused("name_deceives")
    if len(name.encode()) > MAX_NAME_BYTES:
        raise UploadRefused("name_too_long")
    return name


def extension_of(name: str) -> str:
    """`pdf` for `Vertrag.PDF`; empty when there is none."""
    return PurePosixPath(name).suffix.lower().lstrip(".")
