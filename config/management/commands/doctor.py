"""`manage.py doctor`: is this installation healthy? One sentence and a cure for each problem."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from common.api import audit, crypto, outbox, scanner
from config.settings import base

Findings = Iterator[str]
SAFE_SQLITE = (3, 51, 3)
MIN_FREE_BYTES = 1_000_000_000


def check_sqlite() -> Findings:
    """The write-ahead log of SQLite below 3.51.3 can corrupt the database; reads must not upgrade to writes."""
    if connection.vendor != "sqlite":
        return
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        yield f"SQLite {sqlite3.sqlite_version} ist unsicher. Abhilfe: pip install pysqlite3 (mindestens 3.51.3)."
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if options.get("transaction_mode") != "IMMEDIATE":
        yield "SQLite läuft ohne IMMEDIATE. Abhilfe: OPTIONS aus config/settings/base.py übernehmen."


def check_postgres() -> Findings:
    """After a restart of the server a stale connection must be noticed."""
    database = settings.DATABASES["default"]
    if connection.vendor == "postgresql" and database.get("CONN_MAX_AGE") and not database.get("CONN_HEALTH_CHECKS"):
        yield "CONN_HEALTH_CHECKS fehlt. Abhilfe: in DATABASES['default'] auf True setzen."


def check_migrations() -> Findings:
    """Tables are as the code expects them."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "Die Datenbank ist nicht auf dem Stand des Codes. Abhilfe: manage.py migrate."


def check_secrets() -> Findings:
    """No default secret, readable keys."""
    if settings.SECRET_KEY == base.DEFAULT_SECRET_KEY:
        yield "SECRET_KEY ist der öffentliche Vorgabewert. Abhilfe: vor dem Betrieb einen eigenen setzen."
    if settings.ENCRYPTION_KEYS == base.DEFAULT_ENCRYPTION_KEYS:
        yield "ENCRYPTION_KEYS ist der öffentliche Vorgabewert. Abhilfe: vor dem Betrieb eigene Schlüssel setzen."
    try:
        crypto.parse_keys(settings.ENCRYPTION_KEYS)
    except crypto.KeysInvalid as error:
        yield f"ENCRYPTION_KEYS ist unlesbar ({error}). Abhilfe: Format id:base64, siehe .env.example."


def check_disk() -> Findings:
    """A full disk stops everything."""
    free = shutil.disk_usage(base.VAR_DIR if base.VAR_DIR.exists() else base.BASE_DIR).free
    if free < MIN_FREE_BYTES:
        yield f"Nur noch {free // 1_000_000} MB frei. Abhilfe: Platz schaffen."


def check_clock() -> Findings:
    """The clocks of database and process agree."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        skew = abs((cursor.fetchone()[0] - datetime.now(UTC)).total_seconds())  # noqa: TID251 - the real clock
    if skew > 5:
        yield f"Die Uhren von Server und Datenbank weichen um {skew:.0f} s ab. Abhilfe: Zeitabgleich einschalten."


def check_outbox() -> Findings:
    """Deliveries leave."""
    waiting = outbox.oldest_waiting_seconds()
    if waiting > 15 * 60:
        yield f"Die älteste Zustellung wartet seit {waiting / 60:.0f} min. Abhilfe: Läuft manage.py worker?"


def check_dead_letters() -> Findings:
    """E-mails that will not leave by themselves; dead applications are in the staff area of their office."""
    dead = outbox.list_dead("mail").count()
    if dead:
        yield f"{dead} E-Mails ließen sich nicht zustellen. Abhilfe: manage.py dead_mail zeigt sie und sendet sie neu."


def check_scanner() -> Findings:
    """A virus scanner that is configured answers."""
    if scanner.is_configured() and not scanner.is_alive():
        yield (
            "Der Virenscanner antwortet nicht; Anträge mit neuen Dateien werden nicht zugestellt. "
            "Abhilfe: clamd starten, CLAMD_ADDRESS prüfen."
        )


def check_audit() -> Findings:
    """The audit log is whole."""
    broken = audit.find_broken_seal()
    if broken is not None:
        yield f"Das Protokoll ist ab Eintrag {broken} verändert. Abhilfe: Sicherung vergleichen, Vorfall melden."


CHECKS: tuple[Callable[[], Findings], ...] = (
    check_sqlite,
    check_postgres,
    check_migrations,
    check_secrets,
    check_disk,
    check_clock,
    check_outbox,
    check_dead_letters,
    check_scanner,
    check_audit,
)


class Command(BaseCommand):
    help = "Prüft diese Installation: ein Satz und eine Abhilfe je Befund. Exit-Code 1, wenn etwas zu tun ist."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = 0
        for check in CHECKS:
            try:
                for finding in check():
                    findings += 1
                    self.stdout.write(self.style.ERROR(f"✗ {finding}"))
            except DatabaseError as error:
                findings += 1
                self.stdout.write(self.style.ERROR(f"✗ {check.__name__}: Datenbank antwortet nicht ({error})."))
        if findings:
            raise CommandError(f"{findings} Befunde.")
        self.stdout.write(
            self.style.SUCCESS(f"Alles in Ordnung. SQLite {sqlite3.sqlite_version}, {connection.vendor}.")
        )
