"""Which model is a version of which kind of subject."""

from __future__ import annotations

from django.db.models import Model

from cms.documents.tokens import Subject
from cms.models import (
    ContentPage,
    FaqEntry,
    HomePage,
    LifeSituation,
    Location,
    OrganisationalUnit,
    ServicePage,
)

SUBJECT_TYPES: dict[type[Model], str] = {
    ServicePage: "service",
    ContentPage: "page",
    HomePage: "home",
    FaqEntry: "faq",
    Location: "location",
    LifeSituation: "life_situation",
    OrganisationalUnit: "unit",
}


def subject_of(instance: Model) -> Subject | None:
    """The subject a page or snippet is a version of; None for everything that has no documents."""
    kind = SUBJECT_TYPES.get(type(instance))
    return Subject(kind, str(instance.translation_key)) if kind else None
