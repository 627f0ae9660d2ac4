"""A form as XDatenfelder 3.0. See docs/mechanisms/fim.md."""

from forms_engine.fim.export.document import Exported, export_document

__all__ = ["Exported", "export_document"]
