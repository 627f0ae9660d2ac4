"""`manage.py dead_mail`: e-mails that failed for good have no desk of their own; here a person decides about them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from common import mail
from common.models import Delivery
from common.outbox import close_delivery, list_dead, resend_delivery

DECISIONS = {"resend": resend_delivery, "close": close_delivery}


class Command(BaseCommand):
    help = (
        "Zeigt E-Mails, die endgültig gescheitert sind; sendet sie noch einmal (--resend) oder legt sie ab (--close)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--resend", metavar="ID", help="noch einmal senden; „all“ für alle")
        what.add_argument("--close", metavar="ID", help="aufgeben; „all“ für alle")
        parser.add_argument("--by", metavar="E-MAIL", help="wer entscheidet: steht im Protokoll")
        parser.add_argument("--reason", help="warum: steht im Protokoll")

    def handle(self, *args: Any, **options: Any) -> None:
        decision = next((name for name in DECISIONS if options[name]), None)
        if decision is None:
            self._list()
            return
        person = get_user_model().objects.filter(email=options["by"] or "", is_superuser=True, is_active=True).first()
        if person is None or not options["reason"]:
            raise CommandError("Bitte --by mit der Adresse einer Administratorin und --reason angeben.")
        chosen = self._choose(options[decision])
        for delivery in chosen:
            DECISIONS[decision](delivery, by=person, reason=options["reason"])
        self.stdout.write(
            f"{len(chosen)} E-Mails: {'gehen noch einmal hinaus' if decision == 'resend' else 'abgelegt'}."
        )

    def _list(self) -> None:
        for delivery in list_dead(mail.KIND):
            since = timezone.localtime(delivery.first_due_at)
            self.stdout.write(f"{delivery.pk}  {since:%d.%m.%Y}  {delivery.purpose}: {delivery.error_text}")

    def _choose(self, wanted: str) -> list[Delivery]:
        dead = list(list_dead(mail.KIND))
        chosen = [delivery for delivery in dead if wanted in {"all", str(delivery.pk)}]
        if not chosen:
            raise CommandError("Diese E-Mail ist nicht gescheitert, oder es gibt sie nicht.")
        return chosen
