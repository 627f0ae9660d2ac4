"""Canonical JSON (RFC 8785: sorted keys, no white space, ECMAScript numbers) and the hash made of it."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

ENCODE_STRING = json.JSONEncoder(ensure_ascii=False).encode


def canonical_json(value: Any) -> str:
    """The one text of a JSON value. Raises `ValueError` for what JSON cannot hold (NaN, infinity, other objects)."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return ENCODE_STRING(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical_json, value)) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{ENCODE_STRING(key)}:{canonical_json(value[key])}" for key in keys) + "}"
    raise ValueError(f"{type(value).__name__} is no JSON value")


def number(value: float) -> str:
    """A float as ECMAScript writes it, so that the twin in the browser gets the same bytes."""
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("JSON has no NaN and no infinity")
    if value == int(value) and abs(value) < 1e21:
        return f"{Decimal(repr(value)):.0f}" if value else "0"
    digits, _, exponent = repr(value).partition("e")
    if not exponent and abs(value) >= 1e-6:
        return digits
    return exponential(value)


def exponential(value: float) -> str:
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    power = len(text) - 1 + int(exponent)
    if -7 < power < 0:
        return ("-" if sign else "") + "0." + "0" * (-power - 1) + text
    mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
    return f"{'-' if sign else ''}{mantissa}e{'+' if power > 0 else ''}{power}"


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()
