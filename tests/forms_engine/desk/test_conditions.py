"""Conditions editors build become rules, and rules become conditions again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.desk.conditions import OPERATORS, ConditionIncomplete, to_rule, to_tree

KINDS = {
    "s.yes": "bool",
    "s.kind": "enum",
    "s.many": "enum_list",
    "s.name": "text",
    "s.number": "integer",
    "s.price": "decimal",
    "s.day": "date",
    "s.file": "files",
    "s.rows": "rows",
}


def compare(path, operator, value="", measure="value"):
    return {"path": path, "measure": measure, "operator": operator, "value": value}


EXAMPLES = [
    (compare("s.yes", "yes"), {"==": [{"var": "s.yes"}, True]}),
    (compare("s.yes", "no"), {"==": [{"var": "s.yes"}, False]}),
    (compare("s.kind", "eq", "a"), {"==": [{"var": "s.kind"}, "a"]}),
    (compare("s.kind", "in", ["a", "b"]), {"in": [{"var": "s.kind"}, ["a", "b"]]}),
    (compare("s.many", "contains", "a"), {"in": ["a", {"var": "s.many"}]}),
    (compare("s.number", "ge", "3"), {">=": [{"var": "s.number"}, 3]}),
    (compare("s.price", "lt", "12.50"), {"<": [{"var": "s.price"}, "12.50"]}),
    (compare("s.day", "le", "heute"), {"<=": [{"var": "s.day"}, {"var": "today"}]}),
    (compare("s.day", "ge", "18", "age"), {">=": [{"age": [{"var": "s.day"}]}, 18]}),
    (compare("s.rows", "gt", "2", "count"), {">": [{"count": [{"var": "s.rows"}]}, 2]}),
    (compare("s.file", "filled"), {"not": [{"is_empty": [{"var": "s.file"}]}]}),
    (compare("s.name", "empty"), {"is_empty": [{"var": "s.name"}]}),
]


@pytest.mark.parametrize(("comparison", "rule"), EXAMPLES)
def test_comparison__becomes_a_rule_and_comes_back(comparison, rule):
    tree = {"join": "and", "items": [comparison]}
    assert to_rule(tree, KINDS) == rule
    assert to_rule(to_tree(rule, KINDS), KINDS) == rule


def test_condition__nested__keeps_its_brackets():
    yes, no = compare("s.yes", "yes"), compare("s.kind", "eq", "a")
    tree = {"join": "or", "items": [yes, {"join": "and", "items": [no, compare("s.number", "lt", "5")]}]}
    rule = to_rule(tree, KINDS)
    assert rule == {
        "or": [
            {"==": [{"var": "s.yes"}, True]},
            {"and": [{"==": [{"var": "s.kind"}, "a"]}, {"<": [{"var": "s.number"}, 5]}]},
        ]
    }
    assert to_tree(rule, KINDS)["join"] == "or"


def test_condition__decimal_typed_the_german_way__is_exact():
    assert to_rule({"items": [compare("s.price", "ge", "1.234,50")]}, KINDS) == {">=": [{"var": "s.price"}, "1234.50"]}


@pytest.mark.parametrize(
    "item",
    [
        compare("s.gone", "yes"),
        compare("s.kind", "eq", ""),
        compare("s.kind", "in", []),
        compare("s.number", "ge", "drei"),
        compare("s.number", "", "3"),
    ],
)
def test_comparison__something_missing__says_what(item):
    with pytest.raises(ConditionIncomplete) as incomplete:
        to_rule({"items": [item]}, KINDS)
    assert len(str(incomplete.value)) > 15


def test_condition__empty__is_no_rule():
    assert to_rule({"join": "and", "items": []}, KINDS) is None
    assert to_rule({"join": "and", "items": [compare("", "")]}, KINDS) is None
    assert to_tree(None, KINDS) == {"join": "and", "items": []}


@pytest.mark.parametrize(
    "rule",
    [
        {">": [{"+": [{"var": "s.number"}, 1]}, 3]},
        {"some": [{"var": "s.rows"}, {"var": "row.x"}]},
        {"==": [{"var": "s.gone"}, 1]},
        {"and": [{"==": [{"var": "s.yes"}, True]}, {"if": [True, True, False]}]},
        True,
        [],
        {"not": [{"==": [{"var": "s.yes"}, True]}]},
    ],
)
def test_rule__builder_cannot_show_it__stays_an_expert_rule(rule):
    assert to_tree(rule, KINDS) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["and", "==", "var", "in", "age", "not"]), inner, max_size=2)
    ),
    max_leaves=12,
)


@given(json_values)
def test_to_tree__any_json__never_raises(rule):
    to_tree(rule, KINDS)


def test_operators__cover_every_kind_of_value():
    assert set(KINDS.values()) - {"rows"} <= set(OPERATORS)
