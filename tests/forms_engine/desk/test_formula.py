"""Formulas editors type become rules, never code."""

import pytest

from forms_engine.desk.formula import FormulaInvalid, format_formula, parse_formula

EXAMPLES = [
    ("antrag.tage * 12,50", {"*": [{"var": "antrag.tage"}, "12.5"]}),
    ("(a.x + a.y) / 2", {"/": [{"+": [{"var": "a.x"}, {"var": "a.y"}]}, 2]}),
    ("a.x - (a.y - 1)", {"-": [{"var": "a.x"}, {"-": [{"var": "a.y"}, 1]}]}),
    ("if(a.ja; 600; 108)", {"if": [{"var": "a.ja"}, 600, 108]}),
    ("wenn(a.art = \"x\"; 1; 2)", {"if": [{"==": [{"var": "a.art"}, "x"]}, 1, 2]}),
    ("if(a.x und a.y; 1; 0)", {"if": [{"and": [{"var": "a.x"}, {"var": "a.y"}]}, 1, 0]}),
    ("if(a.x >= 3; 1; 0)", {"if": [{">=": [{"var": "a.x"}, 3]}, 1, 0]}),
    ("count(a.kinder)", {"count": [{"var": "a.kinder"}]}),
    ("sum(a.kinder.alter)", {"sum": [{"map": [{"var": "a.kinder"}, {"var": "row.alter"}]}]}),
    ("round(a.x / 3; 2)", {"round": [{"/": [{"var": "a.x"}, 3]}, 2]}),
    ("days_between(a.von; heute) + 1", {"+": [{"days_between": [{"var": "a.von"}, {"var": "today"}]}, 1]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), EXAMPLES)
def test_formula__becomes_a_rule_and_comes_back(text, rule):
    assert parse_formula(text) == rule
    assert parse_formula(format_formula(rule)) == rule


@pytest.mark.parametrize(
    "text",
    ["", "1 +", "((", "foo(1)", "__import__('os').system('ls')", "a.b[0]", "lambda: 1", "[x for x in y]", "f'{a}'",
     "a.__class__()", "1 if a", "sum(3)", "x" * 3000, "(" * 900, "1;2", "a = b = c", "\0", "**a"],
)  # fmt: skip
def test_formula__anything_else__is_refused_in_words(text):
    with pytest.raises(FormulaInvalid) as invalid:
        parse_formula(text)
    assert len(str(invalid.value)) > 10


def test_formula__rule_it_cannot_say__has_no_text():
    assert format_formula({"filter": [{"var": "a.b"}, {"var": "row.c"}]}) is None
