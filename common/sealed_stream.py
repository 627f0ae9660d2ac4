"""Long content, encrypted in pieces that can be written while they arrive and read from any place.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", 2015) over AES-256-GCM. The key comes from a secret by HKDF-SHA256 with a salt of the record.

    header = ver(1) | prefix(7)          piece n = AES-GCM(nonce = prefix | n(4) | last(1), piece, header + context)

The number and the mark of the last piece are part of the nonce: pieces that were swapped, left out, doubled, added or
taken from another file do not open. Every piece but the last holds CHUNK bytes.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from common.crypto import DecryptionFailed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STREAM = b"\x03"
CHUNK = 256 * 1024
TAG = 16
_PREFIX = 7
_INFO = b"digitale-verwaltung/stream/1"


class StreamCipher:
    """Seals and opens the pieces of one content. Without `header` for writing: a new one is drawn."""

    def __init__(self, secret: str, *, salt: bytes, context: str, header: bytes | None = None) -> None:
        self.header = STREAM + os.urandom(_PREFIX) if header is None else bytes(header)
        if len(self.header) != 1 + _PREFIX or self.header[:1] != STREAM:
            raise DecryptionFailed
        key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=_INFO).derive(secret.encode("utf-8", "surrogatepass"))
        self._cipher = AESGCM(key)
        self._bound = self.header + context.encode()

    def seal(self, number: int, plain: bytes, *, last: bool) -> bytes:
        """Ciphertext of piece `number` (from 0); TAG bytes longer than `plain`."""
        return self._cipher.encrypt(self._nonce(number, last=last), plain, self._bound)

    def open(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        """Plain bytes of a piece. Raises DecryptionFailed for anything that was not sealed as this piece."""
        try:
            return self._cipher.decrypt(self._nonce(number, last=last), bytes(sealed), self._bound)
        except InvalidTag as error:
            raise DecryptionFailed from error

    def _nonce(self, number: int, *, last: bool) -> bytes:
        return self.header[1:] + number.to_bytes(4, "big") + bytes([last])


def is_stream(header: bytes) -> bool:
    """True for the header of a content in pieces."""
    return len(header) == 1 + _PREFIX and header[:1] == STREAM


def pieces_of(size: int) -> int:
    """How many pieces a content of `size` bytes has; an empty one has one."""
    return max(1, -(-size // CHUNK))


class SealedReader(io.RawIOBase):
    """A sealed content as a file to read from any place; one piece at a time is open in memory.

    `fetch(n)` gives the ciphertext of piece n. Reading raises DecryptionFailed where a piece is not what was sealed.
    """

    def __init__(self, cipher: StreamCipher, fetch: Callable[[int], bytes], size: int) -> None:
        self._cipher, self._fetch, self._size = cipher, fetch, size
        self._place, self._number, self._piece = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError("negative place in a file")
        self._place = start + offset
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer).cast("B")
        if self._place >= self._size or not len(target):
            return 0
        number, inside = divmod(self._place, CHUNK)
        found = self._open(number)[inside : inside + len(target)]
        target[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _open(self, number: int) -> bytes:
        if number != self._number:
            last = number + 1 == pieces_of(self._size)
            piece = self._cipher.open(number, self._fetch(number), last=last)
            if len(piece) != (self._size - number * CHUNK if last else CHUNK):
                raise DecryptionFailed
            self._number, self._piece = number, piece
        return self._piece
