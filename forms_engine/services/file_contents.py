"""Where the bytes of a file lie: sealed pieces in rows of their own, written and read one after the other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count, islice
from typing import BinaryIO

from common.api import crypto, sealed_stream
from forms_engine.models import FileChunk, StoredFile
from forms_engine.services import vault
from forms_engine.uploads.spool import SealedSpool

BATCH = 4  # pieces written in one statement: 1 MB, of which drivers make copies
AT_ONCE = 16  # pieces that may hold the database in one transaction: 4 MB


def fits_one_batch(spool: SealedSpool) -> bool:
    """True for a file that is small enough to be written in one go."""
    return spool.count <= AT_ONCE


def write_pieces(file: StoredFile, spool: SealedSpool) -> None:
    """Store the sealed pieces, some at a time: outside a transaction each batch is one of its own, so that a long
    file does not keep the others waiting for the database."""
    rows = (FileChunk(file_id=file.pk, number=n, content=piece) for n, piece in zip(count(), spool.pieces()))
    while batch := list(islice(rows, BATCH)):
        FileChunk.objects.bulk_create(batch)


def open_content(file: StoredFile, key: str) -> BinaryIO:
    """The plain content, to be read from any place, one piece in memory. Reading raises crypto.DecryptionFailed."""
    header = bytes(file.content)
    if not sealed_stream.is_stream(header):
        return io.BytesIO(vault.open_file_part(file, key, "content", header))
    cipher = vault.file_cipher(file, key, header=header)
    return io.BufferedReader(sealed_stream.SealedReader(cipher, lambda number: _fetch(file, number), file.size))


def _fetch(file: StoredFile, number: int) -> bytes:
    piece = FileChunk.objects.filter(file_id=file.pk, number=number).values_list("content", flat=True).first()
    if piece is None:
        raise crypto.DecryptionFailed
    return bytes(piece)


def iterate(content: BinaryIO) -> Iterator[bytes]:
    """A content piece by piece; closes it at the end."""
    with content:
        while piece := content.read(sealed_stream.CHUNK):
            yield piece
