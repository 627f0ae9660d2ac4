"""XML to a small tree with line numbers: safe (no DTD, no entities) and bounded (bytes, depth, elements)."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from forms_engine.fim.errors import FimInvalid

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 32
MAX_ELEMENTS = 200_000


@dataclass(slots=True)
class Node:
    """One XML element. `text` is complete when the element has ended."""

    tag: str
    namespace: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""
    skipped: int = 0  # direct children that were counted and not kept


def read_bytes(path: Path) -> bytes:
    """The content of the file, refused before reading when it is too large."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        reason = problem.strerror or "unbekannter Fehler"
        raise FimInvalid(f"Die Datei {path.name} lässt sich nicht lesen ({reason}).") from problem
    if len(content) > MAX_BYTES:
        raise FimInvalid(f"Die Datei ist größer als {MAX_BYTES // 1024 // 1024} MB.")
    return content


def parse_xml(content: bytes, *, skip: frozenset[str] = frozenset()) -> Node:
    """The root node. Elements named in `skip` are counted at their parent (`skipped`) and not kept."""
    if len(content) > MAX_BYTES:
        raise FimInvalid(f"Die Datei ist größer als {MAX_BYTES // 1024 // 1024} MB.")
    builder = _TreeBuilder(skip)
    parser = defusedxml.sax.make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    try:
        parser.parse(io.BytesIO(content))
    except SAXParseException as problem:
        raise FimInvalid(
            "Die Datei ist kein vollständiges XML (beschädigt oder abgeschnitten).", line=problem.getLineNumber()
        ) from problem
    except DefusedXmlException as problem:
        raise FimInvalid("Die Datei enthält eine DTD oder Entitäten. Das ist nicht erlaubt.") from problem
    except (LookupError, UnicodeError) as problem:
        raise FimInvalid("Die Zeichenkodierung der Datei ist unbekannt oder falsch.") from problem
    if builder.root is None:  # pragma: no cover - expat reports "no element found" first
        raise FimInvalid("Die Datei ist leer.")
    return builder.root


class _TreeBuilder(ContentHandler):
    def __init__(self, skip: frozenset[str]) -> None:
        super().__init__()
        self.root: Node | None = None
        self._skip = skip
        self._stack: list[Node] = []
        self._texts: list[list[str]] = []
        self._skipping = 0
        self._depth = 0
        self._count = 0
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name is SAX's
        self._locator = locator

    @property
    def _line(self) -> int:
        return (self._locator.getLineNumber() or 0) if self._locator else 0

    def startElementNS(  # noqa: N802 - the name is SAX's
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        self._guard()
        namespace, tag = name
        if self._skipping or (tag in self._skip and self._stack):
            self._stack[-1].skipped += 0 if self._skipping else 1
            self._skipping += 1
            return
        node = Node(tag, namespace or "", self._line, {key[1]: value for key, value in attrs.items()})
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self.root = node
        self._stack.append(node)
        self._texts.append([])

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802 - SAX's name
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
            return
        self._stack.pop().text = "".join(self._texts.pop()).strip()

    def characters(self, content: str) -> None:
        if not self._skipping and self._texts:
            self._texts[-1].append(content)

    def _guard(self) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise FimInvalid(f"Die Datei ist tiefer als {MAX_DEPTH} Ebenen verschachtelt.", line=self._line)
        if self._count > MAX_ELEMENTS:
            raise FimInvalid(f"Die Datei enthält mehr als {MAX_ELEMENTS:,} Elemente.".replace(",", "."))
