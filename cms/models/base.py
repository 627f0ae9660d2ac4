"""What the snippets share: languages, drafts, workflow, and a preview in the real front end."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview

SLUG = RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("Nur Kleinbuchstaben, Ziffern und Bindestriche."))
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


def german_slug(text: str, *, limit: int = 80) -> str:
    """A readable address part: umlauts become ae, oe, ue."""
    return slugify(text.translate(UMLAUTS))[:limit].strip("-")


def public_path(locale: Locale, path: str) -> str:
    """The path in the front end: German has no prefix, other languages have theirs."""
    code = locale.language_code
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


class FrontEndPreview(HeadlessPreviewMixin, PreviewableMixin):
    """wagtail-headless-preview for snippets: the package itself only knows pages."""

    def update_page_preview(self, token: str) -> tuple[PagePreview, bool]:
        content_type = ContentType.objects.get_for_model(self)
        content = json.loads(self.to_json()) | {"content_type": content_type.pk}  # noqa: TID251 - our own JSON
        return PagePreview.objects.update_or_create(
            token=token, defaults={"content_type": content_type, "content_json": json.dumps(content)}
        )

    def create_page_preview(self) -> PagePreview:
        token = self.get_preview_signer().sign(f"type={self._meta.label_lower};id={self.pk or 'new'}")
        preview, _created = self.update_page_preview(token)
        return preview


class EditorialSnippet(
    FrontEndPreview,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    ClusterableModel,
):
    """A shared piece of content: one row a language, drafts and revisions, approval by a chief editor."""

    slug = models.CharField(
        _("Adresse"),
        max_length=80,
        blank=True,
        validators=[SLUG],
        help_text=_("Letzter Teil der Internetadresse. Bleibt in allen Sprachen gleich. Leer: aus dem Namen gebildet."),
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )

    slug_source: ClassVar[str] = "name"
    public_base: ClassVar[str] = ""

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, self.slug_source))

    @property
    def url(self) -> str:
        """Path in the front end, empty where the snippet has no page of its own."""
        return public_path(self.locale, f"{self.public_base}/{self.slug}") if self.public_base else ""

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._fill_slug()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._fill_slug()
        super().save(*args, **kwargs)

    def _fill_slug(self) -> None:
        if not self.slug:
            self.slug = self._free_slug(german_slug(str(self)) or "eintrag")

    def _free_slug(self, wanted: str) -> str:
        taken = set(
            type(self)
            .objects.filter(slug__startswith=wanted, locale_id=self.locale_id)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        candidate, number = wanted, 1
        while candidate in taken:
            number += 1
            candidate = f"{wanted}-{number}"
        return candidate


def one_slug_per_language(name: str) -> models.UniqueConstraint:
    """Constraint for a snippet: an address occurs once in a language."""
    return models.UniqueConstraint(
        fields=("slug", "locale"), name=name, violation_error_message=_("Diese Adresse gibt es schon.")
    )
