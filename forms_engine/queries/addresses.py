"""Suggestions for an address that is being typed. Whatever happens to the provider, there is an answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from django.conf import settings

from forms_engine.addresses.base import FEWEST_LETTERS, LONGEST_QUERY, AddressProvider, ProviderFailed, Suggestion
from forms_engine.addresses.registry import registry

logger = logging.getLogger(__name__)
REST_SECONDS = 30.0  # a provider that failed is left alone so long: nobody waits for it at every letter
_resting_until: dict[str, float] = {}


def suggest_streets(text: str) -> Sequence[Suggestion]:
    """Streets that begin like `text`; none where there is no provider, too little text, or the provider is away."""
    wanted = " ".join(text.split())
    provider = registry.find(settings.ADDRESS_PROVIDER)
    if provider is None or not FEWEST_LETTERS <= len(wanted) <= LONGEST_QUERY or is_resting(provider):
        return []
    try:
        return provider.find_streets(wanted)
    except ProviderFailed as failed:
        logger.warning("address provider failed: %s", failed)
        _resting_until[provider.key] = time.monotonic() + REST_SECONDS
        return []


def is_resting(provider: AddressProvider) -> bool:
    return time.monotonic() < _resting_until.get(provider.key, 0.0)
