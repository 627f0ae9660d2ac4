"""Closed lists of the content model: stored codes and what people read for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Availability(models.TextChoices):
    AVAILABLE = "available", _("verfügbar")
    LIMITED = "limited", _("eingeschränkt verfügbar")
    UNAVAILABLE = "unavailable", _("zurzeit nicht verfügbar")


class TimeUnit(models.TextChoices):
    """Units of a duration, a subset of XZuFi `einheit` without seconds."""

    MINUTE = "minute", _("Minuten")
    HOUR = "hour", _("Stunden")
    DAY = "day", _("Tage")
    WORKDAY = "workday", _("Werktage")
    WEEK = "week", _("Wochen")
    MONTH = "month", _("Monate")
    YEAR = "year", _("Jahre")


class DeadlineKind(models.TextChoices):
    APPLY = "apply", _("Antragsfrist")
    NOTICE = "notice", _("Anzeigefrist oder Meldefrist")
    VALIDITY = "validity", _("Geltungsdauer")
    APPEAL = "appeal", _("Widerspruchsfrist")
    PAYMENT = "payment", _("Zahlungsfrist")
    KEEP = "keep", _("Aufbewahrungsfrist")


class FeatureState(models.TextChoices):
    YES = "yes", _("ja")
    PARTLY = "partly", _("teilweise")
    NO = "no", _("nein")


class AccessibilityFeature(models.TextChoices):
    STEP_FREE_ENTRANCE = "step_free_entrance", _("Stufenloser Eingang")
    LIFT = "lift", _("Aufzug")
    TOILET = "accessible_toilet", _("Rollstuhlgerechtes WC")
    PARKING = "accessible_parking", _("Behindertenparkplatz")
    HEARING_LOOP = "hearing_loop", _("Höranlage")
    GUIDE_STRIPS = "guide_strips", _("Leitsystem für blinde Menschen")
    ASSISTANCE = "assistance", _("Hilfe vor Ort")
    OTHER = "other", _("Anderes")


WEEKDAYS = [
    ("0", _("Montag")),
    ("1", _("Dienstag")),
    ("2", _("Mittwoch")),
    ("3", _("Donnerstag")),
    ("4", _("Freitag")),
    ("5", _("Samstag")),
    ("6", _("Sonntag")),
]
DAY_STATES = [("closed", _("geschlossen")), ("open", _("geöffnet, mit diesen Zeiten"))]
CURRENCIES = [("EUR", _("Euro"))]
SIMPLE = "de-simple"
GERMAN_ONLY = {"locale__language_code": "de"}  # relations point to the German objects in every language


def split_lines(text: str) -> list[str]:
    """Non-empty lines of a field that holds one entry a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def split_phrases(text: str) -> list[str]:
    """Phrases of a field in which commas, semicolons or line ends separate them; each once, in order."""
    phrases = (part.strip() for line in text.splitlines() for part in line.replace(";", ",").split(","))
    return list(dict.fromkeys(phrase for phrase in phrases if phrase))
