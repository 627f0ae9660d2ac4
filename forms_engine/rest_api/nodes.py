"""Shapes of questions and of answers as people read them (`domain.views`). Both contain themselves: groups, rows."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forms_engine.fields import field_types

NODE_TYPES = tuple(field_types.keys())


@extend_schema_field(OpenApiTypes.ANY)
class AnyField(serializers.Field):
    """Any JSON value."""

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string"}]})
class LimitField(serializers.Field):
    """Of numbers of entries and whole numbers an integer; a decimal or a day as text."""


class NodesField(serializers.ListField):
    """A list of NodeSerializer, which is not known yet where it is used (schema.py resolves it)."""


class RowsField(serializers.ListField):
    """Of a repeated group its rows (NodeRowSerializer), of a long text how many lines its box has."""


class SummaryItemsField(serializers.ListField):
    """A list of SummaryItemSerializer."""


class NodeErrorSerializer(serializers.Serializer):
    """`part` is the wrong input of a date or an address."""

    code = serializers.CharField()
    message = serializers.CharField()
    part = serializers.CharField(required=False)


class NodeOptionSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()
    help = serializers.CharField()


class NodeQuestionSerializer(serializers.Serializer):
    """One line of a matrix; `value` is its name in the answer."""

    value = serializers.CharField()
    label = serializers.CharField()
    help = serializers.CharField()
    required = serializers.BooleanField()


class RangeEndSerializer(serializers.Serializer):
    """First or last day of a period."""

    name = serializers.ChoiceField(choices=("from", "to"))
    label = serializers.CharField()


class DrawingAreaSerializer(serializers.Serializer):
    """The area a signature is drawn in, and how long its path may be."""

    width = serializers.IntegerField()
    height = serializers.IntegerField()
    max_length = serializers.IntegerField()


class DrawingSerializer(serializers.Serializer):
    """A path of SVG in an area from 0 0 to width, height. Strokes only: M, whole numbers, spaces."""

    path = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class AddressPartSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    required = serializers.BooleanField()
    autocomplete = serializers.CharField()
    max_length = serializers.IntegerField()


class NodeSerializer(serializers.Serializer):
    """A question, text or group as a page shows it; which members there are depends on `type` (flow.md)."""

    path = serializers.CharField()
    type = serializers.ChoiceField(choices=NODE_TYPES)
    label = serializers.CharField()
    lang = serializers.CharField(help_text="Language the label really is in")
    help = serializers.CharField()
    visible = serializers.BooleanField()
    depends_on_step = serializers.BooleanField(help_text="An answer of this very step may show or hide it")
    condition = serializers.CharField(allow_null=True, help_text="When it is shown, as a sentence")
    errors = NodeErrorSerializer(many=True, required=False, help_text="Only with validate=1")
    required = serializers.BooleanField(required=False)
    optional_hint = serializers.CharField(required=False, allow_null=True)
    value = AnyField(required=False, help_text="As stored; of a calculated value null until it can be worked out")
    text = serializers.CharField(required=False, help_text="The value as people read it; HTML of a content node")
    autocomplete = serializers.CharField(required=False, allow_null=True)
    purpose = serializers.CharField(required=False, allow_null=True)
    options = NodeOptionSerializer(many=True, required=False)
    questions = NodeQuestionSerializer(many=True, required=False)
    several = serializers.BooleanField(required=False, help_text="Of a matrix: several answers a question")
    area = DrawingAreaSerializer(required=False)
    name_label = serializers.CharField(required=False, help_text="Of a signature: label of the written name")
    ends = RangeEndSerializer(many=True, required=False)
    min_days = serializers.IntegerField(required=False)
    max_days = serializers.IntegerField(required=False)
    display = serializers.ChoiceField(choices=("radio", "select"), required=False)
    min = LimitField(required=False)
    max = LimitField(required=False)
    min_length = serializers.IntegerField(required=False)
    max_length = serializers.IntegerField(required=False)
    max_words = serializers.IntegerField(required=False)
    pattern = serializers.CharField(required=False)
    places = serializers.IntegerField(required=False)
    unit = serializers.CharField(required=False)
    currency = serializers.CharField(required=False)
    parts = AddressPartSerializer(many=True, required=False)
    lookup = serializers.BooleanField(required=False, help_text="Of an address: /addresses/suggest knows streets")
    accept = serializers.ListField(child=serializers.CharField(), required=False)
    max_bytes = serializers.IntegerField(required=False)
    nodes = NodesField(required=False)
    rows = RowsField(required=False)
    add_label = serializers.CharField(required=False)


class NodeRowSerializer(serializers.Serializer):
    id = serializers.CharField()
    label = serializers.CharField()
    nodes = NodesField()


class SummaryFileSerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    size = serializers.IntegerField()


class SummaryRowSerializer(serializers.Serializer):
    id = serializers.CharField()
    label = serializers.CharField()
    items = SummaryItemsField()
    errors = NodeErrorSerializer(many=True, required=False)


class SummaryItemSerializer(serializers.Serializer):
    """An answer; a group has `items`, a repeated one `rows`. While it can be changed, `errors` says what is wrong, and
    `text` is a wrong answer as it was typed."""

    path = serializers.CharField()
    type = serializers.ChoiceField(choices=NODE_TYPES)
    label = serializers.CharField()
    lang = serializers.CharField()
    text = serializers.CharField(required=False)
    files = SummaryFileSerializer(many=True, required=False)
    drawing = DrawingSerializer(required=False)
    items = SummaryItemsField(required=False)
    rows = SummaryRowSerializer(many=True, required=False)
    errors = NodeErrorSerializer(many=True, required=False)


class SummarySectionSerializer(serializers.Serializer):
    step = serializers.CharField()
    title = serializers.CharField()
    lang = serializers.CharField()
    items = SummaryItemSerializer(many=True)
