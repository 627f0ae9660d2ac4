"""How sign-in and shapes that contain themselves stand in the OpenAPI document. Imported by the URLs, so that
drf-spectacular knows it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from forms_engine.rest_api import nodes

Json = dict[str, Any]


class SignedIn(SessionScheme):
    """Session cookie; changes need the header X-CSRFToken as well."""

    target_class = "common.authentication.SessionAuthentication"
    name = "cookieAuth"


class PerhapsSignedIn(SessionScheme):
    """The same cookie where nobody has to be signed in."""

    target_class = "forms_engine.rest_api.base.OptionalSession"
    name = "optionalCookieAuth"

    def get_security_requirement(self, auto_schema: Any) -> Any:
        """With or without."""
        return [{self.name: []}, {}]


def list_of(auto_schema: Any, serializer: type[serializers.Serializer], direction: str) -> Json:
    return {"type": "array", "items": auto_schema.resolve_serializer(serializer, direction).ref}


class Nodes(OpenApiSerializerFieldExtension):
    target_class = nodes.NodesField

    def map_serializer_field(self, auto_schema: Any, direction: str) -> Json:
        return list_of(auto_schema, nodes.NodeSerializer, direction)


class Rows(OpenApiSerializerFieldExtension):
    target_class = nodes.RowsField

    def map_serializer_field(self, auto_schema: Any, direction: str) -> Json:
        return {"oneOf": [list_of(auto_schema, nodes.NodeRowSerializer, direction), {"type": "integer"}]}


class SummaryItems(OpenApiSerializerFieldExtension):
    target_class = nodes.SummaryItemsField

    def map_serializer_field(self, auto_schema: Any, direction: str) -> Json:
        return list_of(auto_schema, nodes.SummaryItemSerializer, direction)
