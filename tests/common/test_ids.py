"""Numbers and secrets people deal with."""

import re

import pytest

from common import ids


def test_access_code__typed_with_mistakes_people_make__is_recognised():
    code = "A1B0C-23456-789DE-FGH1K"
    assert ids.normalise_access_code(code) == code
    assert ids.normalise_access_code(" a1boc 23456 789de fghik ") == code


@pytest.mark.parametrize("text", ["", "A1B0C", "A1B0C-23456-789DE-FGH1U", "ä" * 20, "A" * 21])
def test_access_code__cannot_be_one__is_none(text):
    assert ids.normalise_access_code(text) is None


def test_new_access_code__survives_its_own_normaliser():
    assert all(ids.normalise_access_code(code) == code for code in (ids.new_access_code() for _ in range(100)))


def test_new_reference__has_prefix_and_no_vowels():
    assert re.fullmatch(r"JEN-[2-9B-DF-HJ-NP-RTV-Z]{4}-[2-9B-DF-HJ-NP-RTV-Z]{4}", ids.new_reference("JEN"))


def test_token_hash__hides_the_token():
    token = ids.new_token()
    assert len(token) == 43
    assert len(ids.token_hash(token)) == 32
    assert token.encode() not in ids.token_hash(token)
