"""The safe subset of HTML a text may use. Anything else is a finding; nothing is cleaned up in silence."""

from __future__ import annotations

import re
from html.parser import HTMLParser

ALLOWED = {
    "p": set(), "br": set(), "hr": set(), "ul": set(), "ol": {"start"}, "li": set(), "strong": set(), "em": set(),
    "b": set(), "i": set(), "u": set(), "h2": set(), "h3": set(), "h4": set(), "a": {"href", "title", "lang"},
    "abbr": {"title"}, "span": {"lang"}, "blockquote": set(), "table": set(), "caption": set(), "thead": set(),
    "tbody": set(), "tr": set(), "th": {"scope"}, "td": set(), "dl": set(), "dt": set(), "dd": set(), "sub": set(),
    "sup": set(), "code": set(), "div": set(),
}  # fmt: skip
VOID = {"br", "hr"}
TAG_BEGINS = re.compile(r"<[a-zA-Z/!?]")
SAFE_URL = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)[^\s<>\"']*", re.IGNORECASE)


def is_safe_url(url: str) -> bool:
    return bool(SAFE_URL.fullmatch(url.strip()))


def list_unsafe(html: str) -> list[str]:
    """What is not allowed in this HTML, in German, each thing once."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(TAG_BEGINS.findall(html)) > reader.tags:
        # Python takes a tag that never ends for text; a browser ends it with whatever comes next on the page.
        reader.found.append("ein < leitet etwas ein, das kein vollständiger Befehl ist (bitte &lt; schreiben)")
    if reader.open_tags:
        reader.found.append(f"<{reader.open_tags[-1]}> wird nicht geschlossen")
    return list(dict.fromkeys(reader.found))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open_tags: list[str] = []
        self.tags = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        if tag not in ALLOWED:
            self.found.append(f"<{tag}> ist nicht erlaubt")
            return
        if tag not in VOID:
            self.open_tags.append(tag)
        for name, value in attrs:
            if name not in ALLOWED[tag]:
                self.found.append(f"die Angabe {name} an <{tag}> ist nicht erlaubt")
            elif name == "href" and not is_safe_url(value or ""):
                self.found.append("ein Link hat keine sichere Adresse (https://, mailto:, tel: oder /)")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in ALLOWED and tag not in VOID:
            self.open_tags.pop()

    def handle_endtag(self, tag: str) -> None:
        self.tags += 1
        if tag in VOID or tag not in ALLOWED:
            return
        if tag not in self.open_tags:
            self.found.append(f"</{tag}> schließt nichts")
            return
        while self.open_tags and self.open_tags.pop() != tag:
            self.found.append(f"etwas in <{tag}> wird nicht geschlossen")

    def handle_comment(self, data: str) -> None:
        self.found.append("Kommentare sind nicht erlaubt")

    def handle_decl(self, decl: str) -> None:
        self.found.append("<!…> ist nicht erlaubt")

    def unknown_decl(self, data: str) -> None:
        self.found.append("<!…> ist nicht erlaubt")

    def handle_pi(self, data: str) -> None:
        self.found.append("<?…> ist nicht erlaubt")
