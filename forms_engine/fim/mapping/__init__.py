"""From the FIM model to a flow/1 document: `layout` (steps, paths), `fields` (types), `nodes`, `document`."""

from forms_engine.fim.mapping.document import Imported, map_schema

__all__ = ["Imported", "map_schema"]
