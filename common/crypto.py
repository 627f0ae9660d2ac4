"""Encryption at rest. docs/mechanisms/encryption.md tells the whole story.

Two ways, one format each:

* *envelope* (what the authority may read): a fresh data key (DEK, 256 bit) for each write encrypts the
  content with AES-256-GCM; the DEK is wrapped by a key-encryption key (KEK) named by its id.
  `ver(1) | kek_id(8) | nonce(12) | wrapped_dek(48) | nonce(12) | ciphertext+tag`
* *secret* (what only the citizen may read): the key comes from the citizen's secret by HKDF-SHA256 (RFC 5869)
  with a salt of the record. `ver(1) | nonce(12) | ciphertext+tag`

`context` is bound as associated data ("table:record:field"), so a ciphertext moved to another row does not decrypt.
"""

from __future__ import annotations

import base64
import binascii
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ENVELOPE, SECRET = b"\x01", b"\x02"
KEY_ID_BYTES, NONCE, WRAPPED = 8, 12, 48
_HEAD = 1 + KEY_ID_BYTES + NONCE + WRAPPED + NONCE


class DecryptionFailed(Exception):
    """Wrong key, wrong context, damaged or foreign bytes. Says no more on purpose."""


class KeysInvalid(ValueError):
    """ENCRYPTION_KEYS cannot be read."""


@lru_cache(maxsize=4)
def parse_keys(text: str) -> dict[str, AESGCM]:
    """`id:base64,id:base64` -> ciphers by key id; the first encrypts, all decrypt. Raises KeysInvalid."""
    keys: dict[str, AESGCM] = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        key_id, _, encoded = part.partition(":")
        try:
            raw = base64.b64decode(encoded, altchars=b"-_", validate=True)
        except binascii.Error as error:
            raise KeysInvalid(f"key {key_id!r} is not base64") from error
        if not key_id or len(key_id.encode()) > KEY_ID_BYTES or len(raw) != 32:
            raise KeysInvalid(f"key {key_id!r} needs an id of 1 to 8 bytes and 32 bytes of key")
        keys[key_id] = AESGCM(raw)
    if not keys:
        raise KeysInvalid("no key given")
    return keys


def _keys() -> dict[str, AESGCM]:
    return parse_keys(settings.ENCRYPTION_KEYS)


def current_key_id() -> str:
    """The id of the key that encrypts."""
    return next(iter(_keys()))


def encrypt(plain: bytes, *, context: str) -> bytes:
    """Envelope-encrypt for the authority with the current key; 81 bytes longer than `plain` plus a 16 byte tag."""
    key_id, dek = current_key_id(), os.urandom(32)
    nonce = os.urandom(NONCE)
    return ENVELOPE + _wrap(key_id, dek, context) + nonce + AESGCM(dek).encrypt(nonce, plain, context.encode())


def _wrap(key_id: str, dek: bytes, context: str) -> bytes:
    nonce = os.urandom(NONCE)
    padded = key_id.encode().ljust(KEY_ID_BYTES, b"\0")
    return padded + nonce + _keys()[key_id].encrypt(nonce, dek, padded + context.encode())


def key_id_of(blob: bytes) -> str:
    """The id of the key that wraps this envelope; raises DecryptionFailed for anything else."""
    if len(blob) < _HEAD or blob[:1] != ENVELOPE:
        raise DecryptionFailed
    return blob[1 : 1 + KEY_ID_BYTES].rstrip(b"\0").decode("ascii", "replace")


def _unwrap(blob: bytes, context: str) -> bytes:
    kek = _keys().get(key_id_of(blob))
    padded = blob[1 : 1 + KEY_ID_BYTES]
    nonce, wrapped = blob[9:21], blob[21:69]
    if kek is None:
        raise DecryptionFailed
    try:
        return kek.decrypt(nonce, wrapped, padded + context.encode())
    except InvalidTag as error:
        raise DecryptionFailed from error


def decrypt(blob: bytes, *, context: str) -> bytes:
    """Open an envelope; raises DecryptionFailed."""
    blob = bytes(blob)
    dek = _unwrap(blob, context)
    try:
        return AESGCM(dek).decrypt(blob[69:81], blob[81:], context.encode())
    except InvalidTag as error:
        raise DecryptionFailed from error


def rewrap(blob: bytes, *, context: str) -> bytes:
    """The same envelope under the current key; the content is not re-encrypted. For key rotation."""
    blob = bytes(blob)
    return ENVELOPE + _wrap(current_key_id(), _unwrap(blob, context), context) + blob[69:]


def _secret_key(secret: str, salt: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"digitale-verwaltung/secret/1")
    return AESGCM(derived.derive(secret.encode("utf-8", "surrogatepass")))


def encrypt_with_secret(plain: bytes, *, secret: str, salt: bytes, context: str) -> bytes:
    """Encrypt so that only the holder of `secret` (at least 128 random bits) can read it."""
    nonce = os.urandom(NONCE)
    return SECRET + nonce + _secret_key(secret, salt).encrypt(nonce, plain, context.encode())


def decrypt_with_secret(blob: bytes, *, secret: str, salt: bytes, context: str) -> bytes:
    """Open what `encrypt_with_secret` made; raises DecryptionFailed."""
    blob = bytes(blob)
    if len(blob) < 1 + NONCE + 16 or blob[:1] != SECRET:
        raise DecryptionFailed
    try:
        return _secret_key(secret, salt).decrypt(blob[1:13], blob[13:], context.encode())
    except InvalidTag as error:
        raise DecryptionFailed from error
