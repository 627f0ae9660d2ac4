"""Content in sealed pieces: read from any place, and every change to the order or number of the pieces is noticed."""

from __future__ import annotations

import io

import pytest

from common.crypto import DecryptionFailed
from common.sealed_stream import CHUNK, SealedReader, StreamCipher, pieces_of

SECRET, SALT = "s" * 43, b"0123456789abcdef"


def cipher(**changes):
    return StreamCipher(**{"secret": SECRET, "salt": SALT, "context": "t:1:c"} | changes)


def sealed(plain: bytes) -> tuple[bytes, list[bytes]]:
    writer, count = cipher(), pieces_of(len(plain))
    parts = [plain[n * CHUNK : (n + 1) * CHUNK] for n in range(count)]
    return writer.header, [writer.seal(n, part, last=n + 1 == count) for n, part in enumerate(parts)]


def read(header: bytes, pieces: list[bytes], size: int, **changes) -> bytes:
    def fetch(number: int) -> bytes:
        return pieces[number] if number < len(pieces) else b""

    return io.BufferedReader(SealedReader(cipher(header=header, **changes), fetch, size)).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_content__of_any_size__comes_back(size):
    plain = (b"0123456789" * (size // 10 + 1))[:size]
    header, pieces = sealed(plain)
    assert len(pieces) == pieces_of(size)
    assert read(header, pieces, size) == plain


def test_content__read_from_the_middle_and_the_end__is_what_stands_there():
    plain = bytes(range(256)) * 2500
    header, pieces = sealed(plain)
    reader = io.BufferedReader(SealedReader(cipher(header=header), pieces.__getitem__, len(plain)))
    for place in (CHUNK - 3, 5, len(plain) - 4):
        reader.seek(place)
        assert reader.read(10) == plain[place : place + 10]
    assert reader.seek(-2, io.SEEK_END) == len(plain) - 2
    assert reader.read() == plain[-2:]


PLAIN = b"a" * (3 * CHUNK)
TAMPERED = {
    "swapped": (lambda p: [p[1], p[0], p[2]], 3 * CHUNK),
    "doubled": (lambda p: [p[0], p[0], p[2]], 3 * CHUNK),
    "cut": (lambda p: p[:2], 2 * CHUNK),
    "cut, and nobody tells": (lambda p: p[:2], 3 * CHUNK),
    "longer": (lambda p: [*p, p[2]], 4 * CHUNK),
    "one bit": (lambda p: [p[0][:9] + bytes([p[0][9] ^ 1]) + p[0][10:], *p[1:]], 3 * CHUNK),
    "size changed": (lambda p: p, 3 * CHUNK - 1),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_content__tampered_with__does_not_open(case):
    change, size = TAMPERED[case]
    header, pieces = sealed(PLAIN)
    with pytest.raises(DecryptionFailed):
        read(header, change(pieces), size)


@pytest.mark.parametrize("change", [{"secret": "x" * 43}, {"salt": b"1" * 16}, {"context": "t:2:c"}])
def test_content__with_another_key_or_place__does_not_open(change):
    header, pieces = sealed(b"x")
    with pytest.raises(DecryptionFailed):
        read(header, pieces, 1, **change)


def test_piece__of_another_file_with_the_same_key__does_not_open():
    (header, pieces), (_, others) = sealed(PLAIN), sealed(PLAIN)
    with pytest.raises(DecryptionFailed):
        read(header, [pieces[0], others[1], pieces[2]], len(PLAIN))


def test_header__of_something_else__is_refused():
    with pytest.raises(DecryptionFailed):
        cipher(header=b"\x02" + bytes(7))
