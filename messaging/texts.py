"""Texts people send, checked: what is wrong with one is said in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from messaging import problems
from messaging.domain.texts import MAX_TEXT, MAX_TITLE, TextRefused, clean_text


def check_text(text: str, *, path: str = "text", limit: int = MAX_TEXT, is_line: bool = False) -> str:
    """The text as it is stored; raises a 422 problem that names the field."""
    try:
        return clean_text(text, limit=limit, is_line=is_line)
    except TextRefused as refusal:
        raise problems.refused(refusal.code, _sentence(refusal.code, limit), path=path) from None


def check_title(text: str, *, path: str = "title") -> str:
    """A subject: one line of at most 200 characters."""
    return check_text(text, path=path, limit=MAX_TITLE, is_line=True)


def _sentence(code: str, limit: int) -> str:
    return {
        "empty": _("Bitte schreiben Sie etwas."),
        "too_long": _("Der Text ist zu lang: höchstens %(limit)s Zeichen.") % {"limit": limit},
        "control": _("Der Text enthält Steuerzeichen. Bitte tippen Sie ihn neu."),
        "direction": _("Der Text enthält Zeichen, die die Schreibrichtung umdrehen. Bitte entfernen Sie sie."),
        "invisible": _("Der Text enthält unsichtbare Zeichen. Bitte tippen Sie ihn neu."),
    }[code]
