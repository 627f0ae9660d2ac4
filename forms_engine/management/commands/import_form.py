"""manage.py import_form FILE [--unit KEY] [--publish] [--dry-run]: a package becomes a form, or its next draft."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.api import find_unit
from forms_engine.packages import PackageInvalid, read_package
from forms_engine.packages.reading import MOST_PACKED
from forms_engine.services.forms import FormKindFixed, publish_form
from forms_engine.services.packages import Taken, TakenSection, take_document, take_sections


class Command(BaseCommand):
    help = "Übernimmt ein Formular-Paket als Entwurf und sagt, was sich ändert; zweimal eingelesen ändert nichts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="Paket (zip) aus export_form oder aus „Kopieren und weitergeben“")
        parser.add_argument("--unit", help="Kürzel des zuständigen Amts (sonst steht es im Formular)")
        parser.add_argument("--publish", action="store_true", help="gleich veröffentlichen")
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, was sich ändern würde")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            package = read_package(read_file(options["file"]))
        except PackageInvalid as invalid:
            raise CommandError(f"{invalid} Es wurde nichts geändert.") from invalid
        unit = find_unit(options["unit"] or package.document.get("unit") or "")
        if unit is None:
            raise CommandError("Das Amt gibt es hier nicht. Wählen Sie eines mit --unit.")
        publish = options["publish"] and not options["dry_run"]
        with transaction.atomic():
            try:
                for one in take_sections(package.sections, unit=unit, by=None, publish=publish):
                    self.say_section(one)
                taken = take_document(package.document, unit=unit, by=None)
            except FormKindFixed as fixed:
                message = f"„{fixed}“ ist hier etwas anderes: Aus einem Formular wird kein Baustein und umgekehrt."
                raise CommandError(f"{message} Es wurde nichts geändert.") from fixed
            self.say(taken)
            if publish:
                self.stdout.write(f"Veröffentlicht als Fassung {publish_form(taken.form, by=None).number}.")
            transaction.set_rollback(options["dry_run"])
        if options["dry_run"]:
            self.stdout.write("Nur geprüft: Es wurde nichts geändert.")

    def say_section(self, taken: TakenSection) -> None:
        done = "angelegt" if taken.is_new else "Entwurf geändert" if taken.is_changed else "unverändert"
        self.stdout.write(f"Baustein {taken.form.key}: {done}.")

    def say(self, taken: Taken) -> None:
        for one in taken.differences:
            self.stdout.write(f"- {one.sentence}")
        done = "angelegt" if taken.is_new else "unverändert" if taken.is_unchanged else "Entwurf geändert"
        self.stdout.write(self.style.SUCCESS(f"{taken.form.key}: {done}."))


def read_file(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_PACKED + 1)
    except OSError as error:
        raise CommandError(f"{name} lässt sich nicht lesen: {error.strerror}.") from error
