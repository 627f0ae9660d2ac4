"""Query parameters, with a message where one is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from common.api import problems

FLAGS = {"true": True, "1": True, "false": False, "0": False}


def read_number(query: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    """A whole number from 1 to `most`; raises Problem 400."""
    text = query.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most:
        return int(text)
    raise wrong_parameter(name, f"Erlaubt ist eine ganze Zahl von 1 bis {most}.")


def read_flag(query: Mapping[str, str], name: str) -> bool | None:
    """true, false, or None when absent; raises Problem 400."""
    text = query.get(name, "").lower()
    if text and text not in FLAGS:
        raise wrong_parameter(name, "Erlaubt sind true und false.")
    return FLAGS.get(text)


def wrong_parameter(name: str, message: str) -> problems.Problem:
    """The 400 problem that names the parameter."""
    return problems.Problem(400, errors=[{"path": name, "code": "invalid", "message": message}])
