"""Read a package from anywhere: limits before anything is unpacked, names and hashes before anything is parsed."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from forms_engine.domain import FlowInvalid, check_document
from forms_engine.domain.findings import errors_of
from forms_engine.domain.sections.uses import is_section
from forms_engine.packages.writing import FORM, FORMAT, MANIFEST, MEMBERS, SECTIONS, Sections, package_hash

MOST_PACKED = 5_000_000
MOST_UNPACKED = 20_000_000  # of all files together; as much as import_flow takes
MOST_STATES = 200  # of sections in one package
KNOWN = {MANIFEST, FORM, SECTIONS, *MEMBERS.values()}
FORM_KEY = re.compile(r"[a-z][a-z0-9-]{1,79}", re.ASCII)
ENCRYPTED = 0x1


class PackageInvalid(ValueError):
    """The package is not taken; one German sentence says why. Nothing has changed."""


@dataclass(frozen=True)
class Package:
    """What is in a package: the form, and by key the states of the sections it uses, oldest first. All are sound."""

    document: dict[str, Any]
    sections: Sections


def read_package(packed: bytes) -> Package:
    """What a package holds. Raises PackageInvalid; its cause is FlowInvalid where the form or a section has errors."""
    if len(packed) > MOST_PACKED:
        raise PackageInvalid(f"Das Paket ist größer als {MOST_PACKED // 1_000_000} MB.")
    files = unpack(packed)
    manifest = parse(files, MANIFEST)
    if manifest.get("format") != FORMAT:
        raise PackageInvalid(f"Das ist kein Formular-Paket, das wir lesen können (erwartet wird „{FORMAT}“).")
    check_hashes(files, manifest)
    document = assemble(files)
    check_form(document, manifest)
    return Package(document, read_sections(files))


def unpack(packed: bytes) -> dict[str, bytes]:
    """The files by name. Declared sizes are checked first, then held to while reading."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            check_entries(entries)
            return {entry.filename: read_entry(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, PackageInvalid):
            raise
        raise PackageInvalid(
            "Die Datei ist kein lesbares Zip. Bitte exportieren Sie das Formular noch einmal."
        ) from error


def check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    strange = [name for name in names if name not in KNOWN]
    if strange or len(names) != len(set(names)):
        shown = f" Fremd ist „{strange[0][:60]}“." if strange else ""
        raise PackageInvalid(f"Das Paket enthält andere Dateien als ein Formular-Paket.{shown}")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise PackageInvalid("Das Paket ist mit einem Kennwort verschlüsselt. Bitte exportieren Sie es ohne.")
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise PackageInvalid("Das Paket ist auf ungewöhnliche Art gepackt. Bitte exportieren Sie das Formular neu.")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise PackageInvalid(f"Das Paket ist ausgepackt größer als {MOST_UNPACKED // 1_000_000} MB.")


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than the entry declared: a bomb may lie about its size."""
    with archive.open(entry) as opened:
        content = opened.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise PackageInvalid("Eine Datei im Paket ist größer, als sie angibt.")
    return content


def check_hashes(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    stated = manifest.get("files")
    content = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != MANIFEST}
    if stated != content:
        raise PackageInvalid("Das Paket ist unvollständig oder nach dem Export verändert (Prüfsumme stimmt nicht).")


def assemble(files: Mapping[str, bytes]) -> dict[str, Any]:
    document = parse(files, FORM)
    for name, file in MEMBERS.items():
        if file in files:
            document[name] = parse_json(files, file)
    return document


def parse(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    value = parse_json(files, name)
    if not isinstance(value, dict):
        raise PackageInvalid(f"„{name}“ im Paket ist kein JSON-Objekt.")
    return value


def parse_json(files: Mapping[str, bytes], name: str) -> Any:
    if name not in files:
        raise PackageInvalid(f"Im Paket fehlt „{name}“.")
    try:
        text = files[name].decode("utf-8")
        return json.loads(text, parse_constant=refuse)  # noqa: TID251 - a form may be larger than a request
    except (ValueError, RecursionError) as error:
        raise PackageInvalid(f"„{name}“ im Paket ist kein gültiges JSON in UTF-8.") from error


def refuse(name: str) -> NoReturn:
    raise ValueError(name)


def read_sections(files: Mapping[str, bytes]) -> Sections:
    found = parse(files, SECTIONS) if SECTIONS in files else {}
    states = [(key, one) for key, many in found.items() for one in (many if isinstance(many, list) else [None])]
    if len(states) > MOST_STATES:
        raise PackageInvalid(f"Das Paket enthält mehr als {MOST_STATES} Stände von Bausteinen.")
    for key, one in states:
        if not isinstance(one, dict) or one.get("key") != key or not is_section(one):
            raise PackageInvalid(f"„{key[:60]}“ im Paket ist kein Baustein.")
        check_sound(one, f"Der Baustein „{key[:60]}“")
    return found


def check_sound(document: dict[str, Any], called: str) -> None:
    key = document.get("key")
    if not isinstance(key, str) or not FORM_KEY.fullmatch(key):
        raise PackageInvalid(f"{called} im Paket hat kein gültiges Kürzel.")
    findings = errors_of(check_document(document))
    if findings:
        more = f" (und {len(findings) - 1} weitere)" if len(findings) > 1 else ""
        message = f"{called} im Paket hat Fehler: {findings[0].place}: {findings[0].message_de}{more}"
        raise PackageInvalid(message) from FlowInvalid(findings)


def check_form(document: dict[str, Any], manifest: Mapping[str, Any]) -> None:
    check_sound(document, "Das Formular")
    if manifest.get("hash") != package_hash(document):
        raise PackageInvalid("Das Paket wurde nach dem Export verändert (die Prüfsumme des Formulars stimmt nicht).")
