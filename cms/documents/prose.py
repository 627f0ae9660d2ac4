"""Rich text as clean HTML: allowed elements only, links to our own pages as front-end addresses.

Two passes: nh3 (an HTML5 parser) first makes any input well formed and drops what is not allowed, then the
links Wagtail stores by id are resolved. A link whose target is gone loses its link and keeps its words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import nh3

TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "b", "strong", "i", "em", "a", "hr", "blockquote", "sub", "sup"}
ATTRIBUTES = {"a": {"href", "linktype", "id"}}
SCHEMES = {"http", "https", "mailto", "tel"}
ANCHOR = re.compile(r"<a((?:\s[a-z]+=\"[^\"]*\")*)>(.*?)</a>", re.DOTALL)
ATTRIBUTE = re.compile(r"\s([a-z]+)=\"([^\"]*)\"")
BLOCKS = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br>|<hr>")
ELEMENT = re.compile(r"<[^>]+>")
SPACE = re.compile(r"\s+")

Resolver = Callable[[str, int], str | None]


def clean_html(source: str, resolve: Resolver) -> str:
    """Sanitised HTML. `resolve(linktype, id)` gives the address of an internal link, or None when it is gone."""
    if not source:
        return ""
    cleaned = nh3.clean(source, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return ANCHOR.sub(lambda match: _anchor(match, resolve), cleaned).strip()


def plain_text(markup: str) -> str:
    """The words of clean HTML, for search and for lists."""
    spaced = BLOCKS.sub(" ", markup)
    return SPACE.sub(" ", html.unescape(ELEMENT.sub("", spaced))).strip()


def _anchor(match: re.Match[str], resolve: Resolver) -> str:
    attributes = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
    address = _address(attributes, resolve)
    return f'<a href="{html.escape(address)}">{match[2]}</a>' if address else match[2]


def _address(attributes: dict[str, str], resolve: Resolver) -> str | None:
    kind, target = attributes.get("linktype"), attributes.get("id", "")
    if kind is None:
        return attributes.get("href")
    return resolve(kind, int(target)) if target.isascii() and target.isdigit() and len(target) < 10 else None
