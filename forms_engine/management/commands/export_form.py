"""manage.py export_form KEY FILE [--live]: a form as a package (zip) for another system."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms_engine.models import Form
from forms_engine.packages import write_package
from forms_engine.queries.sections import list_sections_used


class Command(BaseCommand):
    help = "Schreibt ein Formular mit Texten, Auswahllisten und Testfällen als Paket (zip) für ein anderes System."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="Kürzel des Formulars")
        parser.add_argument("file", help="Zieldatei (zip)")
        parser.add_argument("--live", action="store_true", help="die veröffentlichte Fassung statt des Entwurfs")

    def handle(self, *args: Any, **options: Any) -> None:
        form = Form.objects.select_related("live").filter(key=options["key"]).first()
        if form is None:
            raise CommandError(f"Ein Formular „{options['key']}“ gibt es nicht.")
        if options["live"] and form.live is None:
            raise CommandError(f"„{form.key}“ ist nicht veröffentlicht.")
        document = form.live.document if options["live"] and form.live else form.draft
        try:
            Path(options["file"]).write_bytes(write_package(document, list_sections_used(document)))
        except OSError as error:
            raise CommandError(f"{options['file']} lässt sich nicht schreiben: {error.strerror}.") from error
        self.stdout.write(self.style.SUCCESS(f"{form.key}: geschrieben nach {options['file']}."))
