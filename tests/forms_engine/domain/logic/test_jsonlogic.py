"""jsonlogic mode where the community's suites say nothing: part B of docs/reference/logic.md."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_engine.domain.canonical import canonical_json
from forms_engine.domain.logic.jsonlogic import OPERATORS, LogicError, apply


def error_of(rule, data=None):
    with pytest.raises(LogicError) as caught:
        apply(rule, data)
    return caught.value.type


@pytest.mark.parametrize(
    ("rule", "data", "expected"),
    [
        ({"+": ["0.1", "0.2"]}, None, 0.1 + 0.2),
        ({"*": [94906267, 94906267]}, None, 9007199515875288),  # 2^53 and more: the nearest double
        ({"===": [{"var": "a"}, {"var": "b"}]}, {"a": 9007199254740993, "b": 9007199254740992}, True),
        ({"===": [1, 1.0]}, None, True),
        ({"===": [True, 1]}, None, False),
        ({"===": [[], []]}, None, False),
        ({"==": [None, "x"]}, None, False),
        ({"==": ["", 0]}, None, True),
        ({"<": ["\ufb33", "\U0001f600"]}, None, True),  # by code points
        ({"%": [-7.5, 2]}, None, -1.5),
        ({"cat": [1e21, " ", 0.1, " ", 123456789012345680000.0, " ", -0.0]}, None, "1e+21 0.1 123456789012345680000 0"),
        ({"substr": ["äß€😀x", 3, 1]}, None, "😀"),
        ({"in": [2, "123"]}, None, True),
        ({"in": [None, "abc"]}, None, False),
        ({"in": [1, ["1", 1.0]]}, None, True),
        ({"var": ["x", "d"]}, {"x": None}, None),
        ({"var": "a.__proto__"}, {"a": {}}, None),
        ({"var": "l.01"}, {"l": [1, 2]}, None),
        ({"val": [[9], "x"]}, {"x": 1}, None),
        ({"val": [True]}, {"true": 1}, None),
        ({"missing": ["a", "b"]}, {"a": "", "b": 0}, ["a"]),
        ({"missing": [["a", "b"]]}, {"b": 1}, ["a"]),
        ({"map": [[7, 8], {"val": [[1]]}]}, None, [{"index": 0}, {"index": 1}]),
        ({"reduce": [[], {"var": "current"}]}, None, None),
        ({"a": 1, "b": {"var": "x"}}, {"x": 1}, {"a": 1, "b": {"var": "x"}}),
        ({"try": [{"nope": 1}, {"val": "type"}]}, None, "Unknown Operator"),
    ],
)
def test_rule__beyond_the_suites__has_one_meaning(rule, data, expected):
    assert canonical_json(apply(rule, data)) == canonical_json(expected)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"+": ["0x10"]}, "NaN"),
        ({"+": ["1_000"]}, "NaN"),
        ({"+": ["٣"]}, "NaN"),
        ({"+": ["1e999"]}, "NaN"),
        ({"*": [1e308, 10]}, "NaN"),
        ({"max": []}, "Invalid Arguments"),
        ({"cat": ["a", [1]]}, "Invalid Arguments"),
        ({"val": [["1"], "x"]}, "Invalid Arguments"),
        ({"missing_some": [1, "a"]}, "Invalid Arguments"),
        ({"nope": []}, "Unknown Operator"),
        ({"__proto__": []}, "Unknown Operator"),
        ({"throw": 5}, 5),
    ],
)
def test_rule__that_cannot_be_evaluated__raises_with_its_type(rule, error):
    assert error_of(rule) == error


def nested(depth):
    rule = True
    for _ in range(depth):
        rule = {"!": rule}
    return rule


def test_rule__128_levels__evaluates_and_more_is_refused():
    assert apply(nested(128)) is True
    assert error_of(nested(129)) == "Too Large"
    assert error_of({"+": [1] * 10_000}) == "Too Large"


def test_texts_and_lists__that_double__end_at_a_limit():
    double = {"reduce": [[0] * 40, {"cat": [{"var": "accumulator"}, {"var": "accumulator"}]}, "x"]}
    assert error_of(double) == "Too Large"
    double["reduce"][1] = {"merge": [{"var": "accumulator"}, {"var": "accumulator"}]}
    assert error_of(double) == "Too Large"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)
rules = st.recursive(
    json_values | st.sampled_from([{"var": "a.b"}, {"val": [[1], "index"]}, {"var": ""}]),
    lambda inner: st.dictionaries(
        st.sampled_from(sorted(OPERATORS)), st.lists(inner, max_size=4) | inner, min_size=1, max_size=1
    ),
    max_leaves=15,
)


@given(rules, json_values)
@settings(max_examples=400, deadline=None)
def test_rule__any_json__gives_json_or_a_logic_error(rule, data):
    before = repr((rule, data))
    try:
        apply(rule, data)
    except LogicError as problem:
        assert isinstance(problem.error, dict)
    assert repr((rule, data)) == before
