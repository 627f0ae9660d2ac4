"""One content, one text, one hash (RFC 8785)."""

from __future__ import annotations

import pytest

from forms_engine.domain import canonical_json, content_hash, load_flow
from tests.forms_engine.domain.flows import node, one_step


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (333333333.33333329, "333333333.3333333"),
        (1e30, "1e+30"),
        (4.50, "4.5"),
        (2e-3, "0.002"),
        (1e-27, "1e-27"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (123456789012345680000.0, "123456789012345680000"),  # shortest digits, then zeros
        (-0.0, "0"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (1.5e-7, "1.5e-7"),
        (5e-324, "5e-324"),
        (12345678901234567890, "12345678901234567890"),
        ('\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
        ([None, True, False], "[null,true,false]"),
    ],
)
def test_canonical_json__values_of_the_standard__are_written_its_way(value, expected):
    assert canonical_json(value) == expected


def test_canonical_json__keys__are_sorted_by_utf16():
    value = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "\u00f6": 7}
    text = canonical_json(value)
    order = [text.index(f":{number}") for number in (2, 4, 6, 7, 1, 5, 3)]
    assert order == sorted(order)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_canonical_json__no_json__raises(value):
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(value)


def test_hash__order_of_members__does_not_matter_but_content_does():
    source = one_step(node("a"))
    turned = dict(reversed(source.items()))
    assert load_flow(source).hash == load_flow(turned).hash == content_hash(source)
    assert load_flow(one_step(node("b"))).hash != load_flow(source).hash
    assert len(load_flow(source).hash) == 64
