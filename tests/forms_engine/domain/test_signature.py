"""A signature: the name or a drawing, each enough by itself; nothing but strokes gets through."""

from __future__ import annotations

import json

import jsonschema
import pytest

from forms_engine.domain import parse_input, summary_view
from forms_engine.domain.paper import paper_view
from forms_engine.fields import field_types
from forms_engine.fields.contrib.signature import MOST_CHARACTERS
from tests.forms_engine.domain.flows import check, codes, flow_of, node

STROKES = "M12 80 40 20 90 95M100 50 130 60"
FIELD = field_types.get("signature")


def form(**settings):
    return flow_of(node("sign", "signature", label="Unterschrift", **settings))


def signed(answer):
    return codes(check(form(), {"s.sign": answer}))


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"name": " Erika Beispiel ", "drawing": ""}, "Erika Beispiel (mit dem Namen unterschrieben)"),
        ({"name": "", "drawing": STROKES}, "Gezeichnete Unterschrift"),
        ({"name": "Erika Beispiel", "drawing": STROKES}, "Erika Beispiel (gezeichnete Unterschrift)"),
    ],
)
def test_signature__written_or_drawn__counts_and_says_which(answer, shown):
    flow = form()
    stored = parse_input(flow, {"s.sign": answer})
    jsonschema.validate(json.loads(json.dumps(stored["s.sign"])), FIELD.json_schema({}))
    outcome = check(flow, stored)
    assert outcome.complete
    [item] = summary_view(flow, outcome, "de")["sections"][0]["items"]
    assert item["text"] == shown
    drawing = {"path": STROKES, "width": 600, "height": 200} if answer["drawing"] else None
    assert item.get("drawing") == drawing


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, "required"),
        ({"name": "", "drawing": ""}, "required"),
        ({"name": "E"}, "signature_name"),
        ({"name": "123"}, "signature_name"),
        ({"name": "E" * 101}, "signature_name"),
        ({"drawing": "M5 5 6 6"}, "signature_small"),
        ({"drawing": "M0 0 601 10"}, "signature_invalid"),
        ({"drawing": "M0 0 10"}, "signature_invalid"),
        ({"drawing": "M0 0 10 ١٢"}, "signature_invalid"),
        ({"drawing": 'M0 0 50 50"/><script>'}, "signature_invalid"),
        ({"drawing": "M" + " ".join(["10 50", "90 60"] * (MOST_CHARACTERS // 10))}, "signature_invalid"),
        ({"drawing": ["M0 0 50 50"]}, "signature_invalid"),
        (["Erika Beispiel"], "signature_invalid"),
    ],
)
def test_signature__missing_or_no_signature__is_told(answer, expected):
    assert signed(answer) == [("s.sign", expected)]


def test_signature__drawn_too_long_beside_a_name__is_refused_too():
    assert signed({"name": "Erika Beispiel", "drawing": "M1 2 3"}) == [("s.sign", "signature_invalid")]


def test_signature__as_it_is_shown__reads_back_as_the_name():
    assert FIELD.parse("Erika Beispiel (mit dem Namen unterschrieben)", {}) == {"name": "Erika Beispiel"}


def test_signature__wrong__is_shown_back_as_the_name_typed():
    assert FIELD.display_raw({"name": "E", "drawing": "x" * 99}) == "E"


def test_signature__on_paper__is_a_line_to_sign_on():
    [item] = paper_view(form(), "de")[0].items
    assert (item.kind, item.label) == ("signature", "Unterschrift")
