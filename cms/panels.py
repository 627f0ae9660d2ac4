"""Panels that tell the editor something about the page: readability, amounts, questions, Leichte Sprache."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from cms.wording import SIMPLE


class InfoPanel(Panel):
    """A panel without fields. It is shown only for saved pages and only when it has something to say."""

    template_name = ""

    class BoundPanel(Panel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.template_name = self.panel.template_name
            self.facts = self.panel.find_facts(self.instance) if self.instance and self.instance.pk else None

        def is_shown(self) -> bool:
            return bool(self.facts)

        def get_context_data(self, parent_context: Any = None) -> Any:
            return super().get_context_data(parent_context) | {"facts": self.facts, "page": self.instance}

    def find_facts(self, page: Any) -> dict[str, Any] | None:
        """What to tell about this page; None hides the panel."""
        raise NotImplementedError

    @property
    def clean_name(self) -> str:
        return type(self).__name__.lower()


class ReadabilityPanel(InfoPanel):
    """LIX of the last saved text."""

    template_name = "cms/admin/readability_panel.html"

    def find_facts(self, page: Any) -> dict[str, Any]:
        from cms.domain.readability import assess_readability
        from cms.services.service_text import plain_text

        return {"readability": assess_readability(plain_text(page)), "simple": page.locale.language_code == SIMPLE}


class ProseAmountPanel(InfoPanel):
    """Warns when the prose names an amount that no typed fee has."""

    template_name = "cms/admin/amounts_panel.html"

    def find_facts(self, page: Any) -> dict[str, Any] | None:
        from cms.services.service_text import list_untyped_amounts

        amounts = list_untyped_amounts(page)
        return {"amounts": amounts} if amounts else None


class FaqPanel(InfoPanel):
    """Questions and answers that belong to this service, with links to edit them."""

    template_name = "cms/admin/faq_panel.html"

    def find_facts(self, page: Any) -> dict[str, Any]:
        return {"entries": list(page.faq_entries.order_by("position", "question"))}


class SimpleLanguagePanel(InfoPanel):
    """Standard text: is there a version in Leichte Sprache? Leichte Sprache: is the standard text newer?"""

    template_name = "cms/admin/simple_language_panel.html"

    def find_facts(self, page: Any) -> dict[str, Any] | None:
        from cms.services.simple_language import describe_simple_version

        return describe_simple_version(page)
