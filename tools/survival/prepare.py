"""Publishes a form of the demo city with two destinations and fills in drafts; prints their tokens, one a line.

python -m tools.survival.prepare NUMBER
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

from tools.stack import ROOT

FORM = "hundesteuer-anmelden"
FOLDER = ROOT / "cms/demo_city/forms"


def read(path: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / path).read_text())  # noqa: TID251 - our own file
    return content


def main() -> None:
    django.setup()
    from django.contrib.auth.models import AnonymousUser

    from accounts.api import ensure_unit
    from forms_engine.api import create_form, publish_form, set_destinations
    from forms_engine.services.drafts import create_draft
    from tools.survival.city import KEY

    form = create_form(read(f"{FORM}.json"), unit=ensure_unit("steuern", name="Steuern"))
    set_destinations(form, ["case_inbox", KEY])
    version = publish_form(form, by=None)
    example = read(f"examples/{FORM}.json")
    answers = example.get("answers", example) | {"relief.reason": "none"}
    answers.pop("relief.proof", None)  # without this reason nobody asks for the file
    for _ in range(int(sys.argv[1])):
        print(create_draft(version, locale="de", person=AnonymousUser(), answers=answers).token)


if __name__ == "__main__":
    main()
