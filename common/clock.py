"""The only place that asks what time it is, so that tests can freeze it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

CITY_TIME = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()  # noqa: TID251 - this is the place


def today() -> date:
    """Today's date in the city, which is what deadlines and ages go by."""
    return now().astimezone(CITY_TIME).date()


def start_of(day: date) -> datetime:
    """The moment a day begins in the city, aware."""
    return datetime.combine(day, time(), tzinfo=CITY_TIME)
