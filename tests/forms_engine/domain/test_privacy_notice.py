"""What a person is told before they give data away."""

from __future__ import annotations

import pytest

from forms_engine.domain import check_document, load_flow, privacy_notice
from tests.cms.demo_city import read_form
from tests.forms_engine.domain.flows import node, one_step


def test_notice__of_a_form__says_purpose_ground_and_time_in_the_language():
    notice = privacy_notice(load_flow(read_form("hundesteuer-anmelden")), "en", draft_days=30)
    assert notice["purpose"] == "Assessment of dog tax and issue of the tax tag"
    assert [law["title"][:19] for law in notice["legal_basis"]] == ["Hundesteuersatzung ", "Thüringer Kommunala"]
    assert (notice["months"], notice["draft_days"]) == (120, 30)
    assert "zehn Jahre" in notice["law"]


def test_notice__of_a_silent_form__is_empty_and_no_error():
    document = {
        name: value
        for name, value in read_form("hundesteuer-anmelden").items()
        if name not in ("purpose", "legal_basis", "retention")
    }
    notice = privacy_notice(load_flow(document), "de", draft_days=30)
    assert notice == {"purpose": "", "legal_basis": [], "months": None, "law": "", "draft_days": 30}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " JavaScript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "//evil.example", "x"],
)
def test_law__with_an_address_that_is_no_page__is_refused(url):
    document = one_step(node("name")) | {"legal_basis": [{"title": "Gesetz", "url": url}]}
    assert "url_unsafe" in [finding.code for finding in check_document(document)]
