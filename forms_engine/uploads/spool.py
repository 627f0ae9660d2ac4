"""Where an upload waits while it is checked: sealed piece by piece as it arrives, so that no plain byte reaches a disk.

The sealed pieces are what is stored in the end; a file that is kept as it came is encrypted once.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from common.api import sealed_stream

IN_MEMORY = 1024 * 1024
SEALED_PIECE = sealed_stream.CHUNK + sealed_stream.TAG


class SealedSpool:
    """`write` all, `finish`, then `open` to read the plain bytes or `pieces` for the ciphertext. Has no name on disk,
    so a process that is killed leaves nothing behind."""

    def __init__(self, cipher: sealed_stream.StreamCipher) -> None:
        self.cipher = cipher
        self.size = 0
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - lives as long as the spool
        self._open_piece = bytearray()
        self._sealed = 0

    def write(self, plain: bytes) -> None:
        self._open_piece += plain
        self.size += len(plain)
        while len(self._open_piece) > sealed_stream.CHUNK:  # a full piece waits: it may be the last one
            self._seal(bytes(self._open_piece[: sealed_stream.CHUNK]), last=False)
            del self._open_piece[: sealed_stream.CHUNK]

    def finish(self) -> None:
        """Seal the last piece; nothing can be written any more."""
        self._seal(bytes(self._open_piece), last=True)
        self._open_piece.clear()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self.cipher.seal(self._sealed, plain, last=last))
        self._sealed += 1

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return self._sealed

    def open(self) -> BinaryIO:
        """The plain bytes, to be read from any place; several may be open one after the other."""
        return io.BufferedReader(sealed_stream.SealedReader(self.cipher, self._piece, self.size))

    def pieces(self) -> Iterator[bytes]:
        """Ciphertext, in order."""
        return (self._piece(number) for number in range(self._sealed))

    def _piece(self, number: int) -> bytes:
        self._file.seek(number * SEALED_PIECE)
        return self._file.read(SEALED_PIECE)

    def close(self) -> None:
        self._file.close()
