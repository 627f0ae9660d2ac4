"""manage.py export_flow KEY [--draft]: the flow document as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms_engine.models import Form


class Command(BaseCommand):
    help = "Gibt ein Formular als JSON aus: die veröffentlichte Fassung oder mit --draft den Entwurf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="Kürzel des Formulars")
        parser.add_argument("--draft", action="store_true", help="den Entwurf statt der veröffentlichten Fassung")

    def handle(self, *args: Any, **options: Any) -> None:
        form = Form.objects.select_related("live").filter(key=options["key"]).first()
        if form is None:
            raise CommandError(f"Ein Formular „{options['key']}“ gibt es nicht.")
        if not options["draft"] and form.live is None:
            raise CommandError(f"„{form.key}“ ist nicht veröffentlicht. Den Entwurf gibt es mit --draft.")
        document = form.draft if options["draft"] or form.live is None else form.live.document
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
