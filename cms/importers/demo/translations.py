"""Services in English (segments of wagtail-localize) and in Leichte Sprache (pages of their own)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue, extract_strings

from cms.importers.demo.services import fill_texts, fill_typed
from cms.importers.demo.site import ensure_translation
from cms.importers.demo.source import GERMAN, City
from cms.importers.ledger import Ledger
from cms.models import ServicePage
from cms.services.simple_language import confirm_simple_version, create_simple_version, find_simple_page
from cms.wording import SIMPLE

PLAIN = ("title", "official_name", "teaser", "audience")
HTML = ("summary", "description", "prerequisites", "notes", "appeal")
STREAMS = (
    ("documents", "documents"),
    ("deadlines", "deadlines"),
    ("channels", "channels"),
    ("further", "further"),
    ("forms", "paper_forms"),
)


def load_translations(city: City, locales: dict[str, Locale], ledger: Ledger) -> int:
    """English and Leichte Sprache where a file has them and they are new or changed. Returns how many were written."""
    changed = 0
    for data in city.services:
        for code, texts in (data.get("translations") or {}).items():
            key = f"service:{data['slug']}:{code}"
            if ledger.is_unchanged(key, [data, texts]):
                continue
            page = ServicePage.objects.get(slug=data["slug"], locale__language_code=GERMAN)
            if code == SIMPLE:
                write_simple(page, data, texts)
            else:
                write_segments(page, locales[code], texts)
            ledger.note(key, [data, texts])
            changed += 1
    return changed


def write_simple(german: ServicePage, data: dict[str, Any], texts: dict[str, Any]) -> None:
    """The version in Leichte Sprache, written by hand and compared with the standard text."""
    page = find_simple_page(german) or create_simple_version(german)
    merged = merge_texts(data, texts)
    fill_texts(page, merged)
    fill_typed(page, merged)
    page.save_revision().publish()
    confirm_simple_version(page)


def merge_texts(data: dict[str, Any], texts: dict[str, Any]) -> dict[str, Any]:
    """German data with the texts of a translation: rows belong together in order, what has no text is left out."""
    merged = {key: value for key, value in data.items() if key not in {*PLAIN, *HTML, "keywords", "synonyms"}}
    for key, value in texts.items():
        if isinstance(value, dict):
            merged[key] = merge_texts(data.get(key) or {}, value) | {
                k: v for k, v in value.items() if not isinstance(v, list)
            }
        elif _are_rows(value) and len(value) == len(data.get(key) or []):
            merged[key] = [row | merge_texts(row, translated) for row, translated in zip(data[key], value, strict=True)]
        else:
            merged[key] = value
    return merged


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def write_segments(german: ServicePage, locale: Locale, texts: dict[str, Any]) -> ServicePage:
    """Store each English string beside its German segment, so that editors go on in the translation editor."""
    ensure_translation(german.get_parent().specific, locale)
    source, _created = TranslationSource.update_or_create_from_instance(german)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    wanted = dict(map_segments(german, texts))
    segments = defaultdict(list)
    for segment in source.stringsegment_set.select_related("string", "context").order_by("context", "order"):
        segments[segment.context.path].append(segment)
    for path, found in segments.items():
        _store_strings(translation, found, wanted.get(path))
    translation.save_target(publish=True)
    return german.get_translation(locale)


def _store_strings(translation: Translation, segments: list[Any], strings: list[StringValue] | None) -> None:
    """Without (as many) English strings the German ones stand: names of laws, for example."""
    if strings is None or len(strings) != len(segments):
        strings = [StringValue(segment.string.data) for segment in segments]
    for segment, string in zip(segments, strings, strict=True):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": string.data, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
        )


def map_segments(page: ServicePage, texts: dict[str, Any]) -> Iterator[tuple[str, list[StringValue]]]:
    """Content path of each German segment -> the strings of the translation, in order."""
    for name in PLAIN:
        yield name, _plain(texts.get(name))
    for name in HTML:
        yield name, _html(texts.get(name))
    yield "fees_text", _html((texts.get("fees") or {}).get("text"))
    yield "processing_text", _plain((texts.get("processing_time") or {}).get("text"))
    yield "availability_reason", _plain((texts.get("status") or {}).get("reason"))
    for name in ("keywords", "synonyms"):
        yield name, _plain(", ".join(texts.get(name) or []))
    for child, item in _pairs(page.prerequisite_items, texts.get("prerequisite_items")):
        yield f"prerequisite_items.{child.id}", _plain(item)
    for child, step in _pairs(page.procedure, texts.get("procedure")):
        yield f"procedure.{child.id}.title", _plain(step["title"])
        yield f"procedure.{child.id}.text", _html(step.get("text"))
    for key, field in STREAMS:
        for child, row in _pairs(getattr(page, field), texts.get(key)):
            yield from _map_row(f"{field}.{child.id}", row)
    yield from _map_fees(page, (texts.get("fees") or {}).get("items"))


def _map_fees(page: ServicePage, rows: Any) -> Iterator[tuple[str, list[StringValue]]]:
    for child, row in _pairs(page.fees, rows):
        yield from _map_row(f"fees.{child.id}", row)
        if child.block_type == "table":
            for line, translated in _pairs(child.value["rows"].bound_blocks, row.get("rows")):
                yield f"fees.{child.id}.rows.{line.id}.label", _plain(translated["label"])


def _map_row(path: str, row: dict[str, Any]) -> Iterator[tuple[str, list[StringValue]]]:
    for name, value in row.items():
        if isinstance(value, str):
            yield f"{path}.{name}", _plain(value)


def _pairs(children: Any, rows: Any) -> Iterator[tuple[Any, Any]]:
    children = list(children)
    if rows and len(rows) == len(children):
        yield from zip(children, rows, strict=True)


def _plain(text: Any) -> list[StringValue]:
    return [StringValue.from_plaintext(str(text))] if text else []


def _html(html: str | None) -> list[StringValue]:
    return [string for string, _attributes in extract_strings(html)[1]] if html else []
