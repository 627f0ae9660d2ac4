"""Published flows: the form as a document, texts in the locale. The raw flow with all languages stays in the engine."""

from __future__ import annotations

from cms.documents.addresses import document_key
from cms.documents.library import Library
from cms.documents.registry import DocumentType
from cms.documents.rendered import Rendered
from cms.documents.rendering import Rendering
from cms.documents.voice import EVERYTHING
from forms_engine.api import FormNotFound, get_published_flow, list_published_flows


class FlowType(DocumentType):
    """An application form that is online. `ref` is the key of the form."""

    name = "flow"

    def refs(self, library: Library) -> list[str]:
        return [flow.key for flow in list_published_flows()]

    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        try:
            flow = get_published_flow(ref, rendering.locale)
        except FormNotFound:
            return None
        lang = rendering.locale if rendering.locale in flow.get("locales", ()) else flow.get("default_locale", "de")
        body = flow | {
            "type": self.name,
            "id": ref,
            "locale": rendering.locale,
            "lang": lang,
            "untranslated": [] if lang == rendering.locale else [EVERYTHING],
        }
        return Rendered(
            subject=self.subject(ref),
            key=document_key(rendering.locale, "flows", ref),
            locale=rendering.locale,
            lang=lang,
            body=body,
            card={"key": ref, "title": flow["title"], "version": flow["version"]},
        )
