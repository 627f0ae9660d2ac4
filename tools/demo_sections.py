"""Renews the copies of sections in the demo city's forms (`cms/demo_city/sections`). `--use FORM PATH SECTION` makes an
existing step or group follow a section first; its own questions are replaced."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from forms_engine.domain.sections.changing import renew
from forms_engine.domain.sections.uses import MEMBER, list_uses
from forms_engine.domain.tree import find_raw

CITY = Path(__file__).resolve().parents[1] / "cms/demo_city"


def main() -> int:
    if sys.argv[1:2] == ["--use"]:
        key, path, section = sys.argv[2:]
        form = read("forms", key)
        item = find_raw(form, path)
        if item is None:
            sys.exit(f"{key} has no {path}")
        item[MEMBER] = {"key": section, "hash": ""}
        write(key, renew(form, path, read("sections", section)))
    for file in sorted((CITY / "forms").glob("*.json")):
        form = renewed = read("forms", file.stem)
        for use in list_uses(form):
            renewed = renew(renewed, use.path, read("sections", use.key))
        if renewed != form:
            write(file.stem, renewed)
            print(f"{file.stem}: renewed")
    return 0


def read(folder: str, key: str) -> dict[str, Any]:
    return json.loads((CITY / folder / f"{key}.json").read_text(encoding="utf-8"))  # noqa: TID251 - our own files


def write(key: str, document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    (CITY / "forms" / f"{key}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
