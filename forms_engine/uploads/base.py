"""Words of the upload checks: what is refused and why, in a sentence a citizen can act on."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

REASONS = {
    "missing": _("Es wurde keine Datei gesendet. Bitte wählen Sie eine Datei aus."),
    "name_missing": _("Die Datei hat keinen Namen. Bitte geben Sie ihr einen Namen und wählen Sie sie noch einmal."),
    "name_too_long": _("Der Dateiname ist zu lang. Bitte kürzen Sie ihn auf höchstens 100 Zeichen."),
    "name_deceives": _(
        "Der Dateiname enthält unsichtbare Steuerzeichen. "
        "Bitte benennen Sie die Datei um und wählen Sie sie noch einmal."
    ),
    "empty": _("Die Datei ist leer. Bitte prüfen Sie die Datei und wählen Sie sie noch einmal."),
    "too_large": _("Die Datei ist zu groß. Erlaubt sind höchstens {limit}."),
    "type_not_allowed": _("Diese Art von Datei nehmen wir hier nicht an. Erlaubt sind: {allowed}."),
    "type_mismatch": _(
        "Der Inhalt der Datei passt nicht zu ihrer Endung „.{extension}“. Bitte speichern Sie sie im richtigen Format."
    ),
    "image_broken": _(
        "Das Bild lässt sich nicht öffnen. Bitte speichern Sie es neu oder fotografieren Sie noch einmal."
    ),
    "image_too_many_pixels": _("Das Bild hat zu viele Bildpunkte. Erlaubt sind höchstens {limit} Megapixel."),
    "pdf_broken": _("Die PDF-Datei ist beschädigt. Bitte speichern oder scannen Sie sie noch einmal."),
    "pdf_encrypted": _("Die PDF-Datei ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Passwort."),
    "pdf_active": _(
        "Die PDF-Datei enthält ein Programm oder eine eingebettete Datei. Bitte drucken Sie sie als neue PDF-Datei."
    ),
    "pdf_too_many_pages": _("Die PDF-Datei hat zu viele Seiten. Erlaubt sind höchstens {limit}."),
    "container_broken": _("Das Dokument ist beschädigt. Bitte speichern Sie es noch einmal, am besten als PDF."),
    "container_unsafe": _("Das Dokument enthält Bestandteile, die wir nicht annehmen. Bitte speichern Sie es als PDF."),
    "container_too_large": _("Das Dokument ist ausgepackt zu groß. Bitte speichern Sie es als PDF."),
    "text_broken": _("Die Textdatei lässt sich nicht lesen. Bitte speichern Sie sie als UTF-8 oder als PDF."),
    "too_many": _("Hier sind höchstens {limit} Dateien möglich. Bitte entfernen Sie zuerst eine andere."),
    "infected": _("Die Datei enthält Schadsoftware ({virus}). Wir haben sie nicht angenommen."),
    "quota": _("Alle Dateien zusammen sind zu groß. Erlaubt sind für einen Antrag höchstens {limit}."),
    "not_a_file_question": _("An dieser Stelle des Antrags kann keine Datei hochgeladen werden."),
}


class UploadRefused(Exception):
    """A file that is not taken. `code` is a key of REASONS, `params` fill its sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def message(self) -> str:
        return str(REASONS[self.code]).format(**self.params)


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: its harmless name, its true type, and what to keep: the file itself, or `redrawn`, the
    picture drawn anew."""

    name: str
    media_type: str
    redrawn: BinaryIO | None


def megabytes(size: int) -> str:
    """20_000_000 -> `20 MB`."""
    return f"{size / 1_000_000:.1f}".rstrip("0").rstrip(".") + " MB"


def bytes_in(file: BinaryIO) -> int:
    """Size of a file that can be read from any place; it stands at its beginning afterwards."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size
