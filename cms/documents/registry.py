"""Document types: what the read API can answer. A new type is one class here and one page in docs/reference."""

from __future__ import annotations

from abc import ABC, abstractmethod

from cms.documents.library import Library
from cms.documents.rendered import Rendered
from cms.documents.rendering import Rendering
from cms.documents.tokens import Subject
from common.api import registry


class DocumentType(ABC):
    """Renders one kind of subject."""

    name: str

    @abstractmethod
    def refs(self, library: Library) -> list[str]:
        """All subjects of this type that have something live."""

    @abstractmethod
    def render(self, ref: str, rendering: Rendering) -> Rendered | None:
        """The document in the locale of the rendering; None when there is none to show or to fall back to."""

    def subject(self, ref: str) -> Subject:
        """The subject with this name."""
        return Subject(self.name, ref)


document_types: registry.Registry[DocumentType] = registry.Registry("cms.document_types")
