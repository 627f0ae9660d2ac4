"""Regular expressions of editors: a subset two languages share, and none that runs away."""

from __future__ import annotations

import time

import pytest

from forms_engine.fields.patterns import PatternRefused, compile_pattern


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("([0]{1}[1-9]{1}|[1-9]{1}[0-9]{1})[0-9]{3}", "07743", "00743"),
        (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{1,63}$", "a@b.de", "a@b.de\n"),
        ("[1-9][0-9]{12}", "1234567890123", "123"),
        (r"^[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{1,4}[EH]?$", "J-AB 12", "J-AB 12x"),
        ("a|b", "b", "ab"),
        (r"\d{2,}", "123", "1"),
        (r"(\d{3}){2}", "123456", "12345"),
        ("(?:ab)?c", "abc", "ab"),
        (r"\.\*\$", ".*$", "a"),
        ("[^0-9]+", "abc", "a1"),
    ],
)
def test_pattern__of_the_subset__matches_the_whole_answer(pattern, yes, no):
    compiled = compile_pattern(pattern)
    assert compiled.fullmatch(yes)
    assert not compiled.fullmatch(no)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a)\1", "(?=a)b", "(?<!a)b", "(?P<x>a)", "(?i)a", "a**", "a*?", "a++", "a{", "a{2", "a{3,1}", "[", "[]", "(",
        ")", "*a", "a|*", r"\b", r"\u0041", "\\", "[a", "[z-a]", "a^b", "a$b", "x" * 501,
        "(" * 21 + "a" + ")" * 21,
        "(a+)+", "(a|a)*", "(a|aa)+$", "([a-z]+)*", r"\d*\d*\d*\d*", "(.*)(.*)(.*)(.*)x", "(a{0,100}){0,100}",
    ],
)  # fmt: skip
def test_pattern__outside_the_subset__is_refused_in_german(pattern):
    with pytest.raises(PatternRefused) as refused:
        compile_pattern(pattern)
    assert str(refused.value).endswith((".", ")", "“."))


@pytest.mark.parametrize("pattern", ["[a-z]*[a-z]*x", "[a-z]+[a-z0-9]+!", r"(\d{1,3}\.){3}\d{1,3}"])
def test_pattern__allowed__answers_in_time(pattern):
    compiled, start = compile_pattern(pattern), time.process_time()
    compiled.fullmatch("a1" * 125)
    compiled.fullmatch("a" * 250)
    assert time.process_time() - start < 1
