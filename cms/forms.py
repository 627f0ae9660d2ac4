"""Forms of the page editor: what is asked only when an editor publishes or submits."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

REASON_NEEDED = _("Nennen Sie den Grund. Er steht auf der Website, damit niemand umsonst kommt.")

SLUG_TAKEN = _("Eine andere Leistung hat diese Adresse schon. Wählen Sie eine andere.")


class ServicePageForm(WagtailAdminPageForm):
    """Draft: anything goes that is not wrong. Publishing: a reason for what is not available."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slug = cleaned.get("slug")
        if slug and not type(self.instance)._slug_is_available(slug, self.parent_page, self.instance):
            self.add_error("slug", SLUG_TAKEN)
        needs_reason = cleaned.get("availability") in {"limited", "unavailable"}
        if needs_reason and not cleaned.get("availability_reason") and not self.is_deferred_validation:
            self.add_error("availability_reason", REASON_NEEDED)
        return cleaned
