"""A form as a zip that travels between systems: the document with all its texts, code lists, test cases, the
sections it uses, a manifest.

Knows bytes and documents, no database. docs/reference/form-package.md describes the format.
"""

from __future__ import annotations

from forms_engine.packages.reading import Package, PackageInvalid, read_package
from forms_engine.packages.writing import FORMAT, MEMBERS, write_package

__all__ = ["FORMAT", "MEMBERS", "Package", "PackageInvalid", "read_package", "write_package"]
