"""Rich text: what hostile or broken input becomes."""

import pytest

from cms.documents.prose import clean_html, plain_text
from cms.models import ServicePage
from tests.cms import factories
from tests.cms.reading import ask, committed

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="https://a.example" onclick="alert(1)">x</a>',
    "<svg><script>alert(1)</script></svg>",
    '<p style="position:fixed">x</p>',
    '<iframe src="https://evil.example"></iframe>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<a linktype="page" id="1&quot; onmouseover=&quot;alert(1)">x</a>',
    '<a linktype="page" id="99999999999999999999">x</a>',
    '<a href="x>y" linktype="external">x</a>',
]


def resolve(kind, pk):
    return {("page", 5): "/leistungen/hund-anmelden", ("page", 6): '/x?a=1&b="2"'}.get((kind, pk))


@pytest.mark.parametrize("source", HOSTILE)
def test_clean_html__hostile_markup__carries_nothing_that_runs(source):
    cleaned = clean_html(source, resolve).lower()
    for danger in ("<script", "javascript:", "data:", "onerror", "onclick", "onmouseover", "<iframe", "<svg", "style="):
        assert danger not in cleaned


def test_clean_html__link_to_a_page__becomes_its_address_in_the_front_end():
    cleaned = clean_html('<p><a linktype="page" id="5">Hund</a></p>', resolve)
    assert cleaned == '<p><a href="/leistungen/hund-anmelden">Hund</a></p>'


def test_clean_html__address_with_special_characters__is_escaped():
    assert clean_html('<a id="6" linktype="page">x</a>', resolve) == '<a href="/x?a=1&amp;b=&quot;2&quot;">x</a>'


def test_clean_html__link_to_nowhere__keeps_its_words():
    assert clean_html('<p>Siehe <a linktype="page" id="7"><b>dort</b></a>.</p>', resolve) == "<p>Siehe <b>dort</b>.</p>"


def test_clean_html__allowed_markup__stays_as_it_is():
    source = '<h2>A</h2><ul><li><b>b</b></li></ul><p><a href="https://jena.example/?a=1&amp;b=2">c</a></p>'
    assert clean_html(source, resolve) == source


def test_plain_text__blocks_and_entities__become_words():
    assert plain_text("<p>Hund &amp; Katze</p><ul><li>eins</li><li>zwei</li></ul>") == "Hund & Katze eins zwei"


@pytest.mark.django_db
def test_service__link_to_a_page_that_is_deleted__loses_the_link_with_the_page():
    department = factories.make_department()
    target = factories.make_service(department, "Hund abmelden")
    source = f'<p>Siehe <a linktype="page" id="{target.pk}">Abmelden</a>.</p><script>alert(1)</script>'
    factories.make_service(department, summary=source)
    assert '<a href="/leistungen/hund-abmelden">' in ask("/de/services/hund-anmelden")["summary"]
    assert '<a href="/en/leistungen/hund-abmelden">' in ask("/en/services/hund-anmelden")["summary"]

    with committed():
        ServicePage.objects.get(pk=target.pk).delete()
    assert ask("/de/services/hund-anmelden")["summary"] == "<p>Siehe Abmelden.</p>"
