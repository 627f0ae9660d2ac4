"""The summary of an application as PDF: rendered once, kept encrypted, shown as it was ever after."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from common.api import clock
from forms_engine.documents.renderer import GENERATOR, Pair, RenderingFailed, Section, SummaryContent, render_summary
from forms_engine.models import StoredFile, Submission, SubmissionDocument
from forms_engine.queries.summaries import summarise_submission
from forms_engine.services import vault
from forms_engine.services.files import FileInfo, list_submission_files
from forms_engine.services.submissions import open_payload

logger = logging.getLogger(__name__)
MAX_LINES = 400
PDF_LANGUAGE = {"de": "de", "en": "en", "de-simple": "de"}


def get_summary_pdf(submission: Submission) -> bytes:
    """The frozen PDF; renders it when the worker has not come to it yet. Raises RenderingFailed."""
    return _find_frozen(submission) or _freeze(submission)


def freeze_summary(submission: Submission) -> None:
    """Render ahead of the first reader. A failure is logged and never holds an application back."""
    try:
        get_summary_pdf(submission)
    except RenderingFailed:
        logger.exception("summary of submission %s could not be rendered", submission.pk)


def _find_frozen(submission: Submission) -> bytes | None:
    row = SubmissionDocument.objects.filter(submission=submission).first()
    return vault.open_field("document", submission.pk, "content", bytes(row.content)) if row else None


def _freeze(submission: Submission) -> bytes:
    pdf = render_summary(_content(submission), moment=submission.received_at)
    sealed = vault.seal_field("document", submission.pk, "content", pdf)
    try:
        with transaction.atomic():
            SubmissionDocument.objects.create(
                submission=submission, content=sealed, generator=GENERATOR, created_at=clock.now()
            )
    except IntegrityError:  # somebody else rendered it at the same moment: theirs is the one that counts
        return _find_frozen(submission) or pdf
    return pdf


def _content(submission: Submission) -> SummaryContent:
    with translation.override(submission.locale):
        summary = summarise_submission(submission, submission.locale)
        files = list_submission_files(submission.pk)
        return SummaryContent(
            lang=PDF_LANGUAGE.get(submission.locale, "de"),
            city=_("Stadt {name}").format(name=settings.CITY_NAME),
            title=summary["title"],
            reference=submission.reference,
            facts=_facts(submission),
            sections=_sections(summary["sections"]),
            files=[_file_line(file) for file in files.values()],
            declaration=summary["declaration"],
            labels=_labels(),
            attachment=_attachment(submission, list(files.values())),
        )


def _file_line(file: FileInfo) -> str:
    infected = file.state == StoredFile.State.INFECTED
    return _("{name} (enthielt Schadsoftware und wurde entfernt)").format(name=file.name) if infected else file.name


def _facts(submission: Submission) -> list[Pair]:
    received = timezone.localtime(submission.received_at, clock.CITY_TIME)
    return [
        Pair(_("Vorgangsnummer"), submission.reference),
        Pair(_("Eingegangen am"), formats.date_format(received, "DATETIME_FORMAT")),
        Pair(_("Zuständig"), submission.unit.name),
    ]


def _sections(sections: list[dict[str, Any]]) -> list[Section]:
    """Steps become headings of level 2, groups and rows inside them headings of level 3."""
    return [part for section in sections for part in _parts(section["title"], 2, section["items"])]


def _parts(title: str, level: int, items: list[dict[str, Any]]) -> list[Section]:
    """A heading with its plain answers, followed by what is nested in it; nesting deeper than 3 joins the titles."""
    answers = [item for item in items if "text" in item]
    pairs = [Pair(item["label"], in_few_lines(item["text"]) or "–", item.get("drawing")) for item in answers]
    found = [Section(title, level, pairs)]
    prefix = f"{title}: " if level > 2 else ""
    for item in items:
        if "items" in item:
            found += _parts(prefix + item["label"], 3, item["items"])
        for row in item.get("rows", ()):
            found += _parts(f"{prefix}{item['label']}: {row['label']}", 3, row["items"])
    return found


def in_few_lines(text: str) -> str:
    """All words, but after the 400th line without line breaks: 20,000 empty lines would be 300 pages, and a minute
    in which no other application is delivered. The attached data keeps the text as it was written."""
    *first, rest = text.split("\n", MAX_LINES - 1)
    return "\n".join([*first, " ".join(rest.split())]) if "\n" in rest else text


def _labels() -> dict[str, str]:
    return {
        "page": _("Seite"),
        "of": _("von"),
        "question": _("Frage"),
        "answer": _("Ihre Angabe"),
        "files": _("Beigefügte Dateien"),
        "declaration": _("Ihre Erklärung"),
        "footnote": _(
            "Diese Zusammenfassung wurde beim Eingang des Antrags automatisch erstellt. Die Angaben liegen der Datei "
            "als Daten bei (antrag.json). Zeichen, die sich nicht drucken lassen, stehen hier mit ihrer Nummer."
        ),
        "data_name": "antrag.json",
        "data_description": _("Die Angaben des Antrags als Daten"),
    }


def _attachment(submission: Submission, files: list[FileInfo]) -> str:
    """The application as data: what was answered, under which flow, and which files belong to it."""
    payload = open_payload(submission)
    named = [{"id": f.id, "path": f.path, "name": f.name, "size": f.size, "media_type": f.media_type} for f in files]
    data = {"reference": submission.reference, "received_at": submission.received_at.isoformat()}
    return json.dumps(data | payload | {"files": named}, ensure_ascii=False, indent=2, sort_keys=True)
