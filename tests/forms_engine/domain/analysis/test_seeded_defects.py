"""The corpus is found completely, and nothing else is said (issue 3, section 2)."""

from __future__ import annotations

from collections import Counter

import pytest

from forms_engine.domain import check_document
from tests.cms.demo_city import FORMS, read_form
from tests.forms_engine.domain.analysis.seeded import Seeded, read_corpus

CORPUS = read_corpus()
EVERY = pytest.mark.parametrize("seeded", CORPUS, ids=lambda one: f"{one.kind}: {one.name}")


def test_corpus__as_a_whole__has_60_defects_of_12_kinds() -> None:
    kinds = Counter(seeded.kind for seeded in CORPUS)
    assert sum(kinds.values()) >= 60
    assert len(kinds) == 12
    assert min(kinds.values()) >= 3


@EVERY
def test_defect__seeded_into_a_form__is_found_at_its_place(seeded: Seeded) -> None:
    assert seeded.finds in {(found.code, found.path) for found in check_document(seeded.document())}


@EVERY
def test_defect__seeded_into_a_form__raises_no_other_alarm(seeded: Seeded) -> None:
    findings = check_document(seeded.document())
    assert [str(found) for found in findings if not seeded.is_expected(found.code, found.path)] == []


@EVERY
def test_finding__of_a_seeded_defect__says_what_is_wrong_and_how_to_mend_it(seeded: Seeded) -> None:
    for found in check_document(seeded.document()):
        assert found.message_de.count(". ") or found.message_de.count("? ") or found.message_de.count(": ")
        assert found.message_de.endswith((".", "?"))
        assert len(found.message_de) <= 400
        assert found.place


@pytest.mark.parametrize("key", FORMS)
def test_form__of_the_demo_city__gives_no_alarm(key: str) -> None:
    assert [str(found) for found in check_document(read_form(key))] == []
