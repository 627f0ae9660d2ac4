"""All address providers by key; the setting ADDRESS_PROVIDER names the one that is asked."""

from __future__ import annotations

from common.api import registry as common_registry
from forms_engine.addresses.base import AddressProvider

registry: common_registry.Registry[AddressProvider] = common_registry.Registry("forms_engine.addresses")


def register(provider: AddressProvider) -> AddressProvider:
    """Add a provider under its own key."""
    return registry.register(provider.key, provider)
