"""`manage.py import_fim PATH`: an XDatenfelder 3.0 schema becomes an editable form. See docs/how-to/import-fim.md."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.api import Unit, ensure_unit, find_unit
from forms_engine.domain import check_document
from forms_engine.fim.errors import FimInvalid
from forms_engine.fim.files import Source, read_source, rules_beside
from forms_engine.fim.laender import LAENDER, land_of
from forms_engine.fim.mapping import Imported, map_schema
from forms_engine.fim.model import Schema
from forms_engine.fim.revision import Merged, known_steps, merge, stamp
from forms_engine.models import Form
from forms_engine.models.forms import FORM_KEY
from forms_engine.services.forms import create_form, save_draft_document

NO_UNIT = "ohne-amt"


class Command(BaseCommand):
    help = "Liest ein FIM-Datenschema (XDatenfelder 3.0) als Entwurf eines Formulars ein."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="XML-Datei des Datenschemas")
        parser.add_argument("--key", help="Kürzel des Formulars (sonst die FIM-Kennung, zum Beispiel s05000001299)")
        parser.add_argument("--unit", help="Kürzel des zuständigen Amts (nur beim ersten Mal nötig)")
        parser.add_argument("--codelists", type=Path, help="Ordner mit Codelisten im Format Genericode (*.xml)")
        rules = parser.add_mutually_exclusive_group()
        rules.add_argument("--rules", type=Path, help="Datei mit amtlichen Regelbäumen (sonst graph.json daneben)")
        rules.add_argument("--no-rules", action="store_true", help="keine Regelbäume lesen, auch wenn welche da sind")
        parser.add_argument("--land", choices=sorted(LAENDER.values()), help="Land, für das die Regeln gelesen werden "
                            "(sonst das der Gemeinde aus MUNICIPALITY_KEY)")  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="nur berichten, nichts speichern")

    def handle(self, *, path: Path, **options: Any) -> None:
        land = options["land"] or land_of(settings.MUNICIPALITY_KEY)
        rules = None if options["no_rules"] else options["rules"] or rules_beside(path)
        try:
            source = read_source(path, rules=rules, codelists=options["codelists"], land=land)
        except FimInvalid as problem:
            raise CommandError(str(problem)) from problem
        schema, key = source.schema, _checked_key(options["key"] or source.schema.id.lower())
        with transaction.atomic():
            form = Form.objects.select_for_update().filter(key=key).first()
            unit = _unit(options["unit"], form)
            imported = _imported(source, form, key=key, unit=unit, land=land)
            self._report(imported, rules)
            if form is None:
                self._create(imported, schema, unit, dry_run=options["dry_run"])
            else:
                self._update(form, imported, schema, unit, dry_run=options["dry_run"])
            transaction.set_rollback(options["dry_run"])

    def _create(self, imported: Imported, schema: Schema, unit: Unit, *, dry_run: bool) -> None:
        document: dict[str, Any] = imported.document
        if not dry_run:
            create_form(document, unit=unit, by=None, summary=_summary(schema))
        self._findings(document)
        if unit.key == NO_UNIT:
            self.stdout.write(self.style.WARNING("Kein Amt angegeben (--unit): bitte vor dem Veröffentlichen wählen."))
        self._say(f"Neues Formular „{document['key']}“ im Amt „{unit.key}“", dry_run=dry_run)

    def _update(self, form: Form, imported: Imported, schema: Schema, unit: Unit, *, dry_run: bool) -> None:
        merged = merge(form.draft, imported.document)
        if unit.key != form.draft.get("unit"):
            merged.changes.append(f"Amt: {unit.key}")
            merged.document["unit"] = unit.key
        self._difference(merged)
        if merged.document == form.draft:
            self.stdout.write(self.style.SUCCESS(f"Keine Änderung: „{form.key}“ steht schon auf diesem Stand."))
            return
        if not dry_run:
            save_draft_document(
                form, merged.document, by=None, summary=_summary(schema), expected_version=form.draft_version
            )
        self._findings(merged.document)
        self._say(f"Entwurf „{form.key}“ geändert", dry_run=dry_run)

    def _report(self, imported: Imported, rules: Path | None) -> None:
        self.stdout.write(f"Amtliche Regelbäume: {rules.name if rules else 'keine Datei gelesen'}.")
        for line in imported.report.lines():
            self.stdout.write(line)

    def _difference(self, merged: Merged) -> None:
        for change in merged.changes:
            self.stdout.write(f"  {change}")
        if merged.kept:
            self.stdout.write("Von Hand geändert und deshalb behalten, obwohl die Datei etwas Neues sagt:")
            for kept in merged.kept:
                self.stdout.write(f"  {kept}")

    def _findings(self, document: dict[str, Any]) -> None:
        findings = check_document(document)
        errors = [finding for finding in findings if finding.severity == "error"]
        for finding in errors:
            self.stdout.write(self.style.ERROR(f"  Fehler an {finding.path or 'Formular'}: {finding.message_de}"))
        self.stdout.write(
            f"Prüfung des Entwurfs: {len(errors)} Fehler, {len(findings) - len(errors)} Hinweise für die Redaktion."
        )

    def _say(self, text: str, *, dry_run: bool) -> None:
        saved = " (Probelauf, nichts gespeichert)." if dry_run else ". Bearbeiten und veröffentlichen: im Admin."
        self.stdout.write(self.style.SUCCESS(text + saved))


def _imported(source: Source, form: Form | None, *, key: str, unit: Unit, land: str) -> Imported:
    """The document of the file, stamped; refuses a form that came from elsewhere or is already newer."""
    steps = known_steps(form.draft if form else {})
    if form is not None:
        _check_origin(form, source.schema)
    imported = map_schema(
        source.schema, key=key, unit=unit.key, codelists=source.codelists, known_steps=steps, land=land
    )
    imported.document = stamp(imported.document)
    imported.report.notes += source.notes
    return imported


def _check_origin(form: Form, schema: Schema) -> None:
    source = form.draft.get("source", {}).get("fim", {})
    if source.get("id") != schema.id:
        raise CommandError(
            f"Das Formular „{form.key}“ stammt nicht aus dem Schema {schema.id}. "
            "Bitte mit --key ein anderes Kürzel wählen."
        )
    if _triple(source.get("version", "0")) > _triple(schema.version):
        raise CommandError(
            f"Der Entwurf „{form.key}“ steht schon auf Version {source['version']}, die Datei ist {schema.version}."
        )


def _triple(version: str) -> tuple[int, ...]:
    """Versions compare as numbers: 1.10.0 is newer than 1.9.0."""
    parts = [int(part) for part in version.split(".") if part.isdigit()]
    return tuple([*parts, 0, 0, 0][:3])


def _checked_key(key: str) -> str:
    try:
        FORM_KEY(key)
    except ValidationError as problem:
        raise CommandError(f"Das Kürzel „{key}“ ist ungültig: {problem.messages[0]}") from problem
    return key


def _unit(key: str | None, form: Form | None) -> Unit:
    if key:
        found = find_unit(key)
        if found is None:
            raise CommandError(f"Das Amt „{key}“ gibt es nicht. Vorhanden: {_known_units()}.")
        return found
    if form is not None:
        return form.unit
    only = list(Unit.objects.all()[:2])
    if len(only) == 1:
        return only[0]
    return find_unit(NO_UNIT) or ensure_unit(NO_UNIT, name="Noch keinem Amt zugeordnet")


def _known_units() -> str:
    return ", ".join(Unit.objects.order_by("key").values_list("key", flat=True)[:20]) or "keines"


def _summary(schema: Schema) -> str:
    return f"FIM-Import {schema.id} {schema.version}"
