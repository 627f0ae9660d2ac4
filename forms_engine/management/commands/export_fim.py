"""`manage.py export_fim KEY [FILE]`: a form as a FIM data schema (XDatenfelder 3.0). See docs/mechanisms/fim.md."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.api import clock
from forms_engine.fim.export import Exported, export_document
from forms_engine.models import Form


class Command(BaseCommand):
    help = "Gibt den Entwurf eines Formulars als FIM-Datenschema (XDatenfelder 3.0) aus."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="Kürzel des Formulars")
        parser.add_argument("file", nargs="?", type=Path, help="Zieldatei (sonst die Standardausgabe)")
        parser.add_argument("--published", action="store_true", help="die veröffentlichte Fassung statt des Entwurfs")

    def handle(self, *, key: str, file: Path | None, published: bool, **options: Any) -> None:
        exported = export_document(_document(key, published=published), created=clock.now())
        if file is None:
            self.stdout.write(exported.content.decode(), ending="")
        else:
            _write(file, exported)
        report = self.stderr if file is None else self.stdout
        for line in exported.report.lines():
            report.write(line, lambda text: text)


def _document(key: str, *, published: bool) -> dict[str, Any]:
    form = Form.objects.select_related("live").filter(key=key).first()
    if form is None:
        raise CommandError(f"Ein Formular „{key}“ gibt es nicht.")
    if not published:
        return form.draft
    if form.live is None:
        raise CommandError(f"„{key}“ ist nicht veröffentlicht. Ohne --published kommt der Entwurf.")
    return form.live.document


def _write(file: Path, exported: Exported) -> None:
    try:
        file.write_bytes(exported.content)
    except OSError as problem:
        raise CommandError(f"{file} lässt sich nicht schreiben: {problem.strerror}.") from problem
