"""What the commands about one person's data share: who is meant, who asks, and why."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.api import User
from forms_engine.models import Submission
from forms_engine.services.personal_data import find_applications


def add_person_arguments(parser: CommandParser) -> None:
    """--reference or --email; --by and --reason."""
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--reference", default="", help="Vorgangsnummer eines Antrags")
    who.add_argument("--email", default="", help="Adresse des Kontos oder der Eingangsbestätigung")
    parser.add_argument("--by", required=True, metavar="E-MAIL", help="wer das veranlasst: steht im Protokoll")
    parser.add_argument("--reason", required=True, help="warum: steht im Protokoll")


def responsible(options: dict[str, Any]) -> User:
    """The administrator who answers for it; raises CommandError."""
    person = User.objects.filter(email=options["by"], is_superuser=True, is_active=True).first()
    if person is None or not options["reason"].strip():
        raise CommandError("Bitte --by mit der Adresse einer Administratorin und --reason angeben.")
    return person


def applications(options: dict[str, Any]) -> list[Submission]:
    """The applications that are meant; raises CommandError when there is none."""
    found = find_applications(reference=options["reference"], email=options["email"])
    if not found:
        raise CommandError("Dazu ist kein Antrag gespeichert.")
    return found
