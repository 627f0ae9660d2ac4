"""Drafts the authority cannot read, submissions it can. Every ciphertext is bound to its row and field.

* Draft answers and the keys of draft files: encrypted with a key from the citizen's token (`common.crypto`,
  HKDF with the record's id as salt). The database holds only a hash of the token.
* Submission, contact, notes, PDF: envelope with the city's key.
* A file: a key of its own, wrapped first by the token, after submitting by the city's key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import uuid
from typing import Any

from common.api import crypto, ids, sealed_stream
from forms_engine.models import StoredFile

ACCESS_CODE_LABEL = b"forms_engine/access-code/1"


def to_json(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def from_json(raw: bytes) -> Any:
    """Our own JSON back; it may be larger than what the API takes in one request."""
    return json.loads(raw)  # noqa: TID251 - bytes we wrote and authenticated ourselves


def seal_answers(draft_id: uuid.UUID, token: str, answers: dict[str, Any]) -> bytes:
    """Answers, readable only with the token."""
    return crypto.encrypt_with_secret(
        to_json(answers), secret=token, salt=draft_id.bytes, context=f"forms_engine.draft:{draft_id}:answers"
    )


def open_answers(draft_id: uuid.UUID, token: str, blob: bytes) -> dict[str, Any]:
    """The answers of a draft. Raises crypto.DecryptionFailed."""
    raw = crypto.decrypt_with_secret(
        blob, secret=token, salt=draft_id.bytes, context=f"forms_engine.draft:{draft_id}:answers"
    )
    answers: dict[str, Any] = from_json(raw)
    return answers


def seal_moves(draft_id: uuid.UUID, token: str, moves: dict[str, Any]) -> bytes:
    """What a draft was before it moved to another version, readable only with the token."""
    return crypto.encrypt_with_secret(
        to_json(moves), secret=token, salt=draft_id.bytes, context=f"forms_engine.draft:{draft_id}:moves"
    )


def open_moves(draft_id: uuid.UUID, token: str, blob: bytes) -> dict[str, Any]:
    """Raises crypto.DecryptionFailed."""
    raw = crypto.decrypt_with_secret(
        blob, secret=token, salt=draft_id.bytes, context=f"forms_engine.draft:{draft_id}:moves"
    )
    moves: dict[str, Any] = from_json(raw)
    return moves


def field_context(table: str, record: object, field: str) -> str:
    """What the ciphertext of one field of one row is bound to."""
    return f"forms_engine.{table}:{record}:{field}"


def seal_field(table: str, record: object, field: str, plain: bytes) -> bytes:
    """Encrypt one field of a row for the city."""
    return crypto.encrypt(plain, context=field_context(table, record, field))


def open_field(table: str, record: object, field: str, blob: bytes) -> bytes:
    """Read one field of a row. Raises crypto.DecryptionFailed."""
    return crypto.decrypt(blob, context=field_context(table, record, field))


def access_code_for(token: str) -> str:
    """The code for the status page, derived from the draft's token: a replayed submit gives the same code although
    it is stored nowhere in clear. 100 bits, as `ids.new_access_code`."""
    digest = hmac.new(token.encode(), ACCESS_CODE_LABEL, hashlib.sha256).digest()
    characters = [ids.CROCKFORD[byte & 31] for byte in digest[: ids.ACCESS_CODE_LENGTH]]
    return "-".join("".join(characters[i : i + 5]) for i in range(0, ids.ACCESS_CODE_LENGTH, 5))


def code_hash(code: str) -> bytes | None:
    """The hash of an access code as people type it, or None when it cannot be one. Unsalted: 100 random bits."""
    normalised = ids.normalise_access_code(code)
    return ids.token_hash(normalised) if normalised else None


def new_file_key() -> str:
    return secrets.token_urlsafe(32)


def seal_file_part(file: StoredFile, key: str, part: str, plain: bytes) -> bytes:
    """Encrypt `meta` or `content` of a file with the file's own key."""
    return crypto.encrypt_with_secret(
        plain, secret=key, salt=file.id.bytes, context=f"forms_engine.storedfile:{file.id}:{part}"
    )


def open_file_part(file: StoredFile, key: str, part: str, blob: bytes) -> bytes:
    """`meta` or `content` of a file. Raises crypto.DecryptionFailed."""
    return crypto.decrypt_with_secret(
        blob, secret=key, salt=file.id.bytes, context=f"forms_engine.storedfile:{file.id}:{part}"
    )


def file_cipher(file: StoredFile, key: str, *, header: bytes | None = None) -> sealed_stream.StreamCipher:
    """Seals and opens the pieces of a file's content with the file's own key; without `header` for a new content."""
    context = f"forms_engine.storedfile:{file.id}:content"
    return sealed_stream.StreamCipher(key, salt=file.id.bytes, context=context, header=header)


def wrap_key_for_draft(file: StoredFile, key: str, token: str) -> bytes:
    return crypto.encrypt_with_secret(key.encode(), secret=token, salt=file.id.bytes, context=file_key_context(file))


def unwrap_key_of_draft(file: StoredFile, token: str) -> str:
    blob = bytes(file.wrapped_key)
    return crypto.decrypt_with_secret(blob, secret=token, salt=file.id.bytes, context=file_key_context(file)).decode()


def wrap_key_for_city(file: StoredFile, key: str) -> bytes:
    return crypto.encrypt(key.encode(), context=file_key_context(file))


def unwrap_key_of_city(file: StoredFile) -> str:
    return crypto.decrypt(bytes(file.wrapped_key), context=file_key_context(file)).decode()


def file_key_context(file: StoredFile) -> str:
    """What the wrapped key of a file is bound to."""
    return f"forms_engine.storedfile:{file.id}:key"
