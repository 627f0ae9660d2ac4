"""Secrets and numbers people and machines refer to things by."""

from __future__ import annotations

import hashlib
import re
import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: easy to read out on the telephone
REFERENCE_ALPHABET = "23456789CDFGHJKMNPQRTVWXYZ"  # no vowels and no look-alikes: never spells a word
ACCESS_CODE_LENGTH = 20  # 100 bits
_LOOKALIKES = str.maketrans("ILO", "110")


def new_token() -> str:
    """A secret of 256 bits for links, url-safe, 43 characters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """SHA-256 of a secret: what the database stores, 32 bytes. The secrets are random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def new_access_code() -> str:
    """A secret of 100 bits that can be read from paper and typed: four groups of five characters."""
    characters = [secrets.choice(CROCKFORD) for _ in range(ACCESS_CODE_LENGTH)]
    return "-".join("".join(characters[i : i + 5]) for i in range(0, ACCESS_CODE_LENGTH, 5))


def normalise_access_code(text: str) -> str | None:
    """The code as it was given out, or None when the text cannot be one. Forgives case, spaces, I/L for 1, O for 0."""
    characters = re.sub(r"[\s-]", "", text.upper()).translate(_LOOKALIKES)
    if len(characters) != ACCESS_CODE_LENGTH or any(c not in CROCKFORD for c in characters):
        return None
    return "-".join(characters[i : i + 5] for i in range(0, ACCESS_CODE_LENGTH, 5))


def new_reference(prefix: str) -> str:
    """A short number to quote on the telephone, such as JEN-7K2M-9QXT. Not a secret; unique by constraint."""
    parts = ["".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(4)) for _ in range(2)]
    return "-".join([prefix, *parts])
