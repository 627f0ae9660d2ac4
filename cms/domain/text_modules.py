"""The 16 text modules of XZuFi and the field of a service that holds each.

Code list `urn:de:xzufi:codeliste:leistungstextmodulleika`, version 20240216. Codes are texts, never numbers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextModule:
    """One module: its code, its official name, the field of `ServicePage` it is read from and written to."""

    code: str
    name: str
    field: str


TEXT_MODULES = (
    TextModule("02", "Leistungsbezeichnung", "official_name"),
    TextModule("03", "Leistungsbezeichnung II", "title"),
    TextModule("05", "Kurztext", "summary"),
    TextModule("06", "Volltext", "description"),
    TextModule("07", "Handlungsgrundlagen", "legal_bases"),
    TextModule("08", "Unterlagen", "documents"),
    TextModule("09", "Voraussetzungen", "prerequisites"),
    TextModule("11", "Verfahrensablauf", "procedure"),
    TextModule("14", "Formulare", "paper_forms"),
    TextModule("15", "weiterführende Informationen", "further"),
    TextModule("16", "Hinweise", "notes"),
    TextModule("18", "Urheber", "originator"),
    TextModule("22", "zuständige Stelle", "responsible_unit"),
    TextModule("23", "Ansprechpunkt", "service_contacts"),
    TextModule("24", "Teaser", "teaser"),
    TextModule("25", "Rechtsbehelf", "appeal"),
)
FIELD_BY_CODE = {module.code: module.field for module in TEXT_MODULES}
CODE_BY_FIELD = {module.field: module.code for module in TEXT_MODULES}
