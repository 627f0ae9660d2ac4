"""Write a package. The same document gives the same bytes, so two exports can be compared as files."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

from forms_engine.domain import canonical_json, content_hash

FORMAT = "form-package/1"
MANIFEST, FORM, SECTIONS = "manifest.json", "form.json", "sections.json"
MEMBERS = {"codelists": "codelists.json", "tests": "tests.json"}  # members of the document with a file of their own
Sections = dict[str, list[dict[str, Any]]]
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_package(document: dict[str, Any], sections: Sections | None = None) -> bytes:
    """The zip of a document, with the sections it uses: by key the documents of the states it has, the oldest first.
    Raises ValueError for what JSON cannot hold."""
    rest = {name: value for name, value in document.items() if name not in MEMBERS}
    parts = {FORM: rest} | {file: document[name] for name, file in MEMBERS.items() if name in document}
    parts |= {SECTIONS: sections} if sections else {}
    files = {name: pretty(value) for name, value in parts.items()}
    manifest = {
        "format": FORMAT,
        "key": document.get("key"),
        "title": document.get("title"),
        "hash": package_hash(document),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(MANIFEST, pretty(manifest)), *sorted(files.items())]:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def package_hash(document: dict[str, Any]) -> str:
    """Names the whole content, test cases included."""
    return content_hash(document)


def pretty(value: Any) -> bytes:
    canonical_json(value)  # refuses what is no JSON
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass")
