"""A stranger sends as much as a request may hold: reading it takes time with its length, not with its square."""

from __future__ import annotations

import time

import pytest

from forms_engine.domain import parse_input
from tests.forms_engine.domain.flows import flow_of, node, options, text

LONG = 1_900_000  # a JSON body may have two million bytes
SECONDS = 5  # the square took hours
LINES = [{"value": "swim", "label": text("Schwimmen", en="Swimming")}]


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        (node("it", "signature"), "a" + " " * LONG + "b"),
        (node("it", "date_range"), "a" + " " * LONG + "b"),
        (
            node("it", "matrix", questions=LINES, options=options(*(f"o{n}" for n in range(200)))),
            "swim: x;" * (LONG // 8),
        ),
    ],
    ids=["signature", "date_range", "matrix"],
)
def test_long_text__in_a_question__is_read_in_a_moment(question, raw):
    flow = flow_of(question, locales=["de", "en"])
    began = time.process_time()
    parse_input(flow, {"s.it": raw})
    assert time.process_time() - began < SECONDS


def test_signature__written_as_it_is_shown__is_the_name_again():
    flow = flow_of(node("it", "signature"))
    for shown in (
        "Erika Beispiel (mit dem Namen unterschrieben)",
        "Erika Beispiel   (drawn signature)",
        "Erika Beispiel",
    ):
        assert parse_input(flow, {"s.it": shown}) == {"s.it": {"name": "Erika Beispiel"}}
