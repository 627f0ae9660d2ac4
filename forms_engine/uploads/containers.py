"""Office documents are zip archives: looked through with limits, by bytes really read, not by what a header says."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from forms_engine.uploads.base import UploadRefused, bytes_in

MAX_ENTRIES = 2_000
MAX_UNPACKED = 100_000_000
MAX_RATIO = 100
RATIO_FLOOR = 1_000_000  # tiny parts may compress extremely well without being a bomb
CHUNK = 65_536
ENTRY = b"PK\x01\x02"  # begins each entry of the list at the end of the archive
NESTED = (".zip", ".jar", ".7z", ".rar", ".gz", ".exe", ".dll", ".js", ".vbs")
PROGRAMS = (b"PK\x03\x04", b"MZ", b"\x7fELF", b"Rar!")
MACROS = ("vbaproject.bin", "basic/", "scripts/")


def check_office(file: BinaryIO, marker: str) -> None:
    """`marker` is a part that a document of this kind must have. Raises UploadRefused."""
    if _count_entries(file) > MAX_ENTRIES:  # before the list of entries is read into memory
        raise UploadRefused("container_too_large")
    size = bytes_in(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, marker)
            _check_contents(archive, entries, size)
    except UploadRefused:
        raise
    except Exception as error:  # whatever a hostile archive makes the library raise: it is refused
        raise UploadRefused("container_broken") from error


def _count_entries(file: BinaryIO) -> int:
    """How often the mark of an entry occurs, counted across the borders of what is read at a time."""
    found, before = 0, b""
    while piece := file.read(CHUNK):
        found += (before + piece).count(ENTRY)
        before = piece[-len(ENTRY) + 1 :]
    return found


def _check_entries(entries: list[zipfile.ZipInfo], marker: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UploadRefused("container_too_large")
    for entry in entries:
        if _is_unsafe(entry):
            raise UploadRefused("container_unsafe")
    if not any(entry.filename.startswith(marker) for entry in entries):
        raise UploadRefused("container_broken")


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.lower()
    encrypted = bool(entry.flag_bits & 0x1)
    symlink = (entry.external_attr >> 28) == 0xA
    travels = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    macro = any(part in name for part in MACROS)
    return encrypted or symlink or travels or macro or name.endswith(NESTED)


def _check_contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int) -> None:
    total, limit = 0, min(MAX_UNPACKED, max(packed * MAX_RATIO, RATIO_FLOOR))
    for entry in entries:
        with archive.open(entry) as part:
            before = b""
            while chunk := part.read(CHUNK):
                total += len(chunk)
                if total > limit:
                    raise UploadRefused("container_too_large")
                _check_chunk(before, chunk, is_xml=entry.filename.lower().endswith((".xml", ".rels")))
                before = chunk


def _check_chunk(before: bytes, chunk: bytes, *, is_xml: bool) -> None:
    """No archive or program inside; no DTD, so no external entity, in whatever encoding (NUL bytes of UTF-16 go)."""
    if not before and chunk.startswith(PROGRAMS):
        raise UploadRefused("container_unsafe")
    if is_xml and b"<!DOCTYPE" in (before[-40:] + chunk).replace(b"\0", b"").upper():
        raise UploadRefused("container_unsafe")
