"""Builds small XDatenfelder 3.0 files for tests: `schema(group("G1", field("F1")))` is bytes."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "urn:xoev-de:fim:standard:xdatenfelder_3.0.0"
OPEN = f'<xdf3:xdatenfelder.stammdatenschema.0102 xmlns:xdf3="{NAMESPACE}">'
CLOSE = "</xdf3:xdatenfelder.stammdatenschema.0102>"


def tag(name: str, text: str, **attributes: str) -> str:
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<xdf3:{name}{given}>{escape(text)}</xdf3:{name}>" if text else ""


def coded(name: str, code: str) -> str:
    return f'<xdf3:{name} listURI="x" listVersionID="1"><code>{escape(code)}</code></xdf3:{name}>' if code else ""


def identity(ident: str, version: str) -> str:
    return f"<xdf3:identifikation>{tag('id', ident)}{tag('version', version)}</xdf3:identifikation>"


def rule(ident: str, text: str, version: str = "1.0.0") -> str:
    inner = identity(ident, version) + tag("name", ident) + tag("freitextRegel", text) + coded("typ", "K")
    return f"<xdf3:regel>{inner}</xdf3:regel>"


def field(
    ident: str,
    count: str = "1:1",
    *,
    kind: str = "input",
    datatype: str = "text",
    name: str = "",
    label: str = "",
    help: str = "",  # noqa: A002 - FIM's word
    limits: dict[str, str] | None = None,
    content: str = "",
    prefill: str = "keine",
    codes: dict[str, str] | None = None,
    code_list: str = "",
    max_size: int | None = None,
    media: tuple[str, ...] = (),
    basis: str = "",
    version: str = "1.0.0",
) -> str:
    parts = [
        identity(ident, version), tag("name", name or ident), tag("bezug", basis), coded("freigabestatus", "6"),
        tag("bezeichnungEingabe", label or name or ident), tag("bezeichnungAusgabe", label or ident),
        coded("schemaelementart", "HAR"), tag("hilfetextEingabe", help), coded("feldart", kind),
        coded("datentyp", datatype),
    ]  # fmt: skip
    if limits:
        parts.append("<xdf3:praezisierung" + "".join(f" {k}={quoteattr(v)}" for k, v in limits.items()) + "/>")
    parts += [tag("inhalt", content), coded("vorbefuellung", prefill)]
    if codes:
        rows = "".join(f"<xdf3:wert>{tag('code', k)}{tag('name', v)}</xdf3:wert>" for k, v in codes.items())
        parts.append(f"<xdf3:werte>{rows}</xdf3:werte>")
    if code_list:
        named = tag("canonicalIdentification", code_list)
        parts.append(f"<xdf3:codelisteReferenz>{named}</xdf3:codelisteReferenz>")
    parts += [tag("maxSize", str(max_size or "")), *(tag("mediaType", one) for one in media)]
    return position(count, f"<xdf3:datenfeld>{''.join(parts)}</xdf3:datenfeld>")


def group(
    ident: str,
    *children: str,
    count: str = "1:1",
    label: str = "",
    help: str = "",  # noqa: A002 - FIM's word
    art: str = "",
    basis: str = "",
    rules: tuple[str, ...] = (),
) -> str:
    inner = (
        identity(ident, "1.0.0") + tag("name", ident) + tag("bezug", basis) + coded("freigabestatus", "6")
        + tag("bezeichnungEingabe", label or ident) + tag("bezeichnungAusgabe", label or ident)
        + tag("hilfetextEingabe", help) + coded("art", art) + "".join(rules) + "".join(children)
    )  # fmt: skip
    return position(count, f"<xdf3:datenfeldgruppe>{inner}</xdf3:datenfeldgruppe>")


def position(count: str, element: str) -> str:
    return f"<xdf3:struktur>{tag('anzahl', count)}<xdf3:enthaelt>{element}</xdf3:enthaelt></xdf3:struktur>"


def schema(
    *children: str,
    ident: str = "S12345678901",
    version: str = "1.0.0",
    label: str = "Antrag",
    basis: str = "§ 1 Probegesetz",
    rules: tuple[str, ...] = (),
) -> bytes:
    inner = (
        identity(ident, version) + tag("name", label) + tag("bezug", basis, link="https://example.org/1")
        + coded("freigabestatus", "6") + tag("bezeichnung", label) + "".join(rules) + "".join(children)
    )  # fmt: skip
    return f"{OPEN}<xdf3:header/><xdf3:stammdatenschema>{inner}</xdf3:stammdatenschema>{CLOSE}".encode()
