"""Foreign HTML into the few tags our rich text has."""

from __future__ import annotations

import html as html_entities
import re
from html.parser import HTMLParser

import nh3

TAGS = {"p", "br", "ul", "ol", "li", "a", "b", "i", "h2", "h3"}
SAME_AS = {"strong": "b", "em": "i", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
VOID = {"br", "img", "hr", "input", "meta", "link", "wbr", "col"}
OPTIONAL_END = {"p", "li", "td", "tr", "th", "option", "dt", "dd"}
EMPTY = re.compile(r"<(p|li|b|i|h2|h3|a[^>]*)>(?:\s|&nbsp;|<br>)*</(p|li|b|i|h2|h3|a)>")


def clean_html(html: str) -> str:
    """Sanitised: allowed tags, links to http(s), mailto and tel only, no empty paragraphs or zero-width characters."""
    html = re.sub(r"[\u200b\u200c\u200d\ufeff]", "", html)
    for old, new in SAME_AS.items():
        html = re.sub(rf"<(/?){old}(?=[\s>/])[^>]*>", rf"<\1{new}>", html, flags=re.IGNORECASE)
    html = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        clean_content_tags={"script", "style", "iframe", "object"},
    )
    before = None
    while before != html:
        before, html = html, EMPTY.sub("", html)
    return html.strip()


def plain(html: str) -> str:
    """The text without tags, white space folded."""
    text = nh3.clean(re.sub(r"<(/p|br|/li|/h\d)[^>]*>", " ", html), tags=set())
    return " ".join(html_entities.unescape(text).split())


def is_broken(html: str) -> bool:
    """True when tags are closed that were never opened, or left open: the text may have lost its structure."""
    checker = _Balance()
    checker.feed(html)
    checker.close()
    return checker.broken or bool(set(checker.open) - OPTIONAL_END)


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.broken = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL_END and tag in self.open:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.broken = True
