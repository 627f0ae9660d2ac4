"""The demo city's words: plain German, real Leichte Sprache, simple HTML, nobody real."""

from __future__ import annotations

import re

import pytest

from cms.domain.readability import assess_readability
from tests.cms.demo_city import SERVICES, prose, service

HTML_TAGS = {"p", "ul", "ol", "li", "strong", "a", "h2"}
SUBORDINATE = re.compile(
    r"\b(des|dass|weil|obwohl|sodass|deren|dessen|würden?|könnten?|wurden?)\b|, (d(er|ie|as)|wenn|was|wo) "
)


def sentences(text: str) -> list[str]:
    plain = re.sub(r"<[^>]+>", "", re.sub(r"</(p|li|h2)>", " ¶ ", text))
    return [part.strip() for part in re.split(r"¶|(?<=[.!?:])\s+(?!\d{4}\b|[a-zäöü])", plain) if part.strip()]


def words(sentence: str) -> int:
    return len(sentence.split())


def test_german__every_sentence__has_at_most_twenty_words() -> None:
    long = [(place, part) for place, text in prose("de") for part in sentences(text) if words(part) > 20]
    assert long == []


def test_easy_german__every_sentence__is_short_and_has_no_subordinate_clause() -> None:
    found = [(place, part) for place, text in prose("de-simple") for part in sentences(text)]
    assert [(place, part) for place, part in found if words(part) > 12] == []
    assert [(place, part) for place, part in found if SUBORDINATE.search(part)] == []


def test_html__in_all_texts__is_balanced_and_simple() -> None:
    for locale in ("de", "en", "de-simple"):
        for place, text in prose(locale):
            tags = re.findall(r"<(/?)([a-z0-9]+)[^>]*>", text)
            assert {name for _, name in tags} <= HTML_TAGS, place
            assert all(tags.count(("", name)) == tags.count(("/", name)) for _, name in tags), place


def test_contacts__in_all_texts__are_fictitious() -> None:
    """Mail only to jena.example, telephone only 03641 49-00xx, nobody by name."""
    every = [pair for locale in ("de", "en", "de-simple") for pair in prose(locale)]
    mails = [(place, mail) for place, text in every for mail in re.findall(r"[\w.-]+@[\w.-]+\w", text)]
    phones = [(place, number) for place, text in every for number in re.findall(r"03641[\d -]*\d", text)]
    assert [pair for pair in mails if not pair[1].endswith("@jena.example")] == []
    assert [pair for pair in phones if not re.fullmatch(r"03641 49-00\d\d", pair[1])] == []


@pytest.mark.parametrize("slug", SERVICES)
def test_german__of_a_service__is_easy_to_read(slug: str) -> None:
    """LIX at most 40; the median of real municipal texts is 51."""
    one = service(slug)
    html = [one[name] for name in ("summary", "description", "prerequisites", "notes", "appeal")]
    html += [*one["prerequisite_items"], *(row["text"] for row in one["procedure"])]
    plain = [re.sub(r"<[^>]+>", "", re.sub(r"</(p|li)>", "\n", text.replace("\n", " "))) for text in html]
    assert assess_readability("\n".join(plain)).level == "easy"
