"""A form travels as a zip: whole, the same twice, and anything else than a package is one clear error."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

import pytest

from forms_engine.packages import PackageInvalid, read_package, write_package
from forms_engine.packages import reading as limits
from tests.cms.demo_city import FORMS, read_form

KEY = "hundesteuer-anmelden"


def zipped(files: dict[str, Any], **how: Any) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how.get("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else json.dumps(content))
    return packed.getvalue()


def unzipped(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(name: str, content: Any) -> bytes:
    """A package in which one file is another; None leaves it out."""
    files: dict[str, Any] = unzipped(write_package(read_form(KEY)))
    files.pop(name, None)
    return zipped(files | ({name: content} if content is not None else {}))


def repacked(**members: Any) -> bytes:
    return write_package(read_form(KEY) | members)


@pytest.mark.parametrize("key", FORMS)
def test_package__of_a_form__gives_it_back_and_is_the_same_bytes_twice(key: str) -> None:
    packed = write_package(read_form(key))
    assert read_package(packed).document == read_form(key)
    assert write_package(read_package(packed).document) == packed


def test_package__opened__has_texts_lists_tests_and_a_manifest_with_hashes() -> None:
    files = unzipped(write_package(read_form(KEY)))
    assert set(files) == {"manifest.json", "form.json", "codelists.json", "tests.json"}
    manifest = json.loads(files["manifest.json"])
    assert manifest["key"] == KEY
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    assert len(manifest["hash"]) == 64
    assert "Register" in files["form.json"].decode()


def lying_size() -> bytes:
    """A bomb: 30 MB of zeros that claim to be 10 bytes, in both headers."""
    packed = bytearray(zipped({"manifest.json": b"0" * 30_000_000}))
    central = packed.index(b"PK\x01\x02")
    packed[central + 24 : central + 28] = packed[22:26] = struct.pack("<I", 10)
    return bytes(packed)


HOSTILE = {
    "nothing": (b"", "kein lesbares Zip"),
    "no zip": (b"PK but not really" * 9, "kein lesbares Zip"),
    "cut off": (write_package(read_form(KEY))[:-400], "kein lesbares Zip"),
    "huge": (b"x" * (limits.MOST_PACKED + 1), "größer als 5 MB"),
    "bomb": (zipped({"form.json": b"0" * 30_000_000}), "ausgepackt größer"),
    "bomb that lies": (lying_size(), "kein lesbares Zip|größer, als sie angibt"),
    "way out": (zipped({"../../etc/passwd": b"x"}), "andere Dateien"),
    "other files": (changed("virus.exe", b"x"), "andere Dateien"),
    "strange packing": (zipped({"manifest.json": b"{}"}, compression=zipfile.ZIP_LZMA), "ungewöhnliche Art"),
    "no manifest": (changed("manifest.json", None), "fehlt „manifest.json“"),
    "other format": (changed("manifest.json", {"format": "x"}), "kein Formular-Paket"),
    "manifest no object": (changed("manifest.json", []), "kein JSON-Objekt"),
    "no form": (changed("form.json", None), "Prüfsumme"),
    "form changed": (changed("form.json", {"key": "x"}), "Prüfsumme"),
    "tests left out": (changed("tests.json", None), "Prüfsumme"),
    "deep": (changed("manifest.json", b"[" * 200_000), "kein gültiges JSON"),
    "no number": (changed("manifest.json", b'{"a": NaN}'), "kein gültiges JSON"),
    "no text": (changed("manifest.json", b"\xff\xfe"), "kein gültiges JSON"),
    "bad key": (repacked(key="Nicht Gut"), "kein gültiges Kürzel"),
    "form with errors": (repacked(steps=[]), "Das Formular im Paket hat Fehler"),
    "red test case": (
        repacked(tests=[read_form(KEY)["tests"][0] | {"expected": {"complete": False}}]),
        "Testfall „Zweiter Hund mit JenaPass“",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_package__hostile_or_broken__is_one_clear_error(name: str) -> None:
    packed, said = HOSTILE[name]
    with pytest.raises(PackageInvalid, match=said):
        read_package(packed)
