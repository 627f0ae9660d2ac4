"""Five real forms of another administration, with branches, repeats, uploads and in Welsh, without JavaScript."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import SHARED
from tests.e2e import demo_forms
from tests.e2e.people import Applicant, Browsers
from tests.forms_engine.uk.convert import Converted, convert
from tests.forms_engine.uk.runner import FILE, Walk, read_form, walks
from tools.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
FOLDER = SHARED / "forms-uk/form_jsons"
FORMS = (
    "cof_r3w2/en/funding-required-cof-r3-w2.json",  # repeats, three branches
    "cof/cy/gwybodaeth-am-yr-ased-cof.json",  # Welsh, 23 pages
    "cof25/en/upload-business-plan-cof-25.json",  # an upload
    "dpif_r3/dpif-dataset-information.json",  # a branch by check boxes
    "night_shelter/risk-and-deliverability-ns.json",  # rows of choices
)
PUBLISH = """
import json
from pathlib import Path
from accounts.api import find_unit
from forms_engine.api import create_form, publish_form
for document in json.loads(Path({path!r}).read_text()):
    publish_form(create_form(document, unit=find_unit("jugend")), by=None)
"""


@pytest.fixture(scope="module")
def flows(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Converted, Walk]]:
    """The forms, online, each with the walk that sees most pages."""
    if not FOLDER.is_dir():
        pytest.skip("shared test data missing: ../shared/data/forms-uk")
    found = {name: _read(FOLDER / name) for name in FORMS}
    file: Path = tmp_path_factory.mktemp("uk") / "forms.json"
    file.write_text(json.dumps([flow.document | {"unit": "jugend"} for flow, _walk in found.values()]))
    stack.manage("shell", "-c", PUBLISH.format(path=str(file)), quiet=True)
    return found


def _read(path: Path) -> tuple[Converted, Walk]:
    form = read_form(path)
    longest = max(walks(form), key=lambda walk: len(walk.pages))
    return convert(form, key=path.stem, locale="cy" if "cy" in path.parts else "en"), longest


@pytest.mark.parametrize("name", FORMS)
def test_form__of_another_administration__without_javascript__reaches_the_receipt(
    browsers: Browsers, flows: dict[str, tuple[Converted, Walk]], name: str
) -> None:
    flow, walk = flows[name]
    page = browsers.page(javascript=False, width=390, height=844)
    made = page.request.post("/api/v1/drafts", data={"flow": flow.document["key"], "locale": "en"})
    assert made.status == 201, made.text()
    steps = [flow.steps[one] for one in walk.pages if one in flow.steps]
    page.goto(f"/en/antrag/{made.json()['token']}/{steps[0]}")
    given = flow.answers(walk)
    applicant = Applicant(
        page,
        {path: value for path, value in given.items() if value != FILE},
        {path: "plan.pdf" for path, value in given.items() if value == FILE},
    )

    applicant.fill_in()

    assert len(applicant.steps) == len(steps)
    expect(page.locator("main")).not_to_contain_text("[object Object]")
    demo_forms.hand_in(page)
