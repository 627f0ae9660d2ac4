"""Typst turns the content of a summary into a PDF that is PDF/UA-1 (readable aloud) and PDF/A-3a (keeps, with data
attached) at once: both claims hold for one file, so there is no need to choose (docs/mechanisms/apply.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from forms_engine.documents.coverage import plain, printable
from forms_engine.domain.paper import PaperSection

HERE = Path(__file__).parent
GENERATOR = "typst/summary-1"
SUMMARY, BLANK = "summary.typ", "blank_form.typ"
STANDARDS: dict[str, list[Any]] = {SUMMARY: ["ua-1", "a-3a"], BLANK: ["ua-1"]}


@dataclass(frozen=True)
class Pair:
    """A question and its answer as text; `drawing` is a path of SVG with the width and height of its area."""

    label: str
    text: str
    drawing: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Section:
    """A step (level 2), or a group or row inside it (level 3)."""

    title: str
    level: int
    items: list[Pair]


@dataclass(frozen=True)
class SummaryContent:
    """Everything the template shows. All values are texts; `attachment` is the data as JSON."""

    lang: str
    city: str
    title: str
    reference: str
    facts: list[Pair]
    sections: list[Section]
    files: list[str]
    declaration: str
    labels: dict[str, str]
    attachment: str


class RenderingFailed(Exception):
    """The template could not be rendered; carries the reason without any value of the application."""


def render_summary(content: SummaryContent, *, moment: datetime) -> bytes:
    """The PDF. `moment` is its creation date: the same content gives the same bytes."""
    for clean in (printable, plain):
        try:
            return _compile(_cleaned(content, clean), moment)
        except typst.TypstError:
            continue
    raise RenderingFailed(SUMMARY)


@dataclass(frozen=True)
class BlankContent:
    """An empty form to fill in by hand. `sections` as `forms_engine.domain.paper` gives them."""

    lang: str
    city: str
    title: str
    intro: str
    unit: str
    bring: list[str]
    sections: list[PaperSection]
    declaration: str
    stand: str
    labels: dict[str, str]


def render_blank_form(content: BlankContent, *, moment: datetime) -> bytes:
    """The PDF/UA-1 of an empty form; the same content gives the same bytes."""
    for clean in (printable, plain):
        try:
            return _compile(_map_texts(asdict(content), clean), moment, BLANK)
        except typst.TypstError:
            continue
    raise RenderingFailed(BLANK)


def _cleaned(content: SummaryContent, clean: Callable[[str], str]) -> dict[str, Any]:
    """Every text cleaned for the fonts, except the attached data."""
    return _map_texts({k: v for k, v in asdict(content).items() if k != "attachment"}, clean) | {
        "attachment": content.attachment
    }


def _map_texts(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_map_texts(item, clean) for item in value]
    if isinstance(value, dict):
        return {key: _map_texts(item, clean) for key, item in value.items()}
    return value


def _compile(data: dict[str, Any], moment: datetime, name: str = SUMMARY) -> bytes:
    pdf = typst.compile(
        template(name),
        format="pdf",
        pdf_standards=STANDARDS[name],
        font_paths=fonts(),
        timestamp=int(moment.timestamp()),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return bytes(pdf)


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Ours and those typst carries, never those of the machine: the same summary everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])


@lru_cache(maxsize=2)
def template(name: str) -> bytes:
    """A template's source; it never contains a value."""
    return (HERE / name).read_bytes()
