"""The address providers that come with the system; importing this registers them."""

from forms_engine.addresses.contrib import openplz, street_list

__all__ = ["openplz", "street_list"]
