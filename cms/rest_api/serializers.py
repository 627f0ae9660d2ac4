"""The shapes of the read API for OpenAPI. Documents are sent as prepared bytes; tests hold them to these shapes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

STATES = ("available", "limited", "unavailable")
CHANNELS = ("online_form", "external_link", "on_site", "post", "phone")
FEES = ("fixed", "range", "table", "formula", "free")


@extend_schema_field(OpenApiTypes.OBJECT)
class ObjectField(serializers.JSONField):
    """A JSON object whose members are described elsewhere."""


class ConstantField(serializers.CharField):
    """Always this text: what kind of document or block it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Constant(OpenApiSerializerFieldExtension):
    target_class = ConstantField

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return {"type": "string", "const": self.target.text}


class ContentErrorSerializer(serializers.Serializer):
    path = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class ContentProblemSerializer(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = ContentErrorSerializer(many=True, required=False)


class LocalisedSerializer(serializers.Serializer):
    """Every answer: the locale asked for, the language it really is in, and which parts fell back (`*`: all)."""

    locale = serializers.CharField()
    lang = serializers.CharField()
    untranslated = serializers.ListField(child=serializers.CharField())


class DocumentSerializer(LocalisedSerializer):
    id = serializers.CharField()


class ContentLinkSerializer(serializers.Serializer):
    title = serializers.CharField()
    url = serializers.CharField(allow_null=True)


class ContentUnitRefSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class UnitCardSerializer(ContentUnitRefSerializer):
    key = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    lang = serializers.CharField()
    url = serializers.CharField()


class SituationRefSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()


class ServiceCardSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    teaser = serializers.CharField()
    online = serializers.BooleanField()
    status = serializers.ChoiceField(choices=STATES)
    life_situations = serializers.ListField(child=serializers.CharField())
    unit = ContentUnitRefSerializer(allow_null=True)
    lang = serializers.CharField()
    url = serializers.CharField()


class ServiceListSerializer(LocalisedSerializer):
    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    items = ServiceCardSerializer(many=True)


class AddressSerializer(serializers.Serializer):
    street = serializers.CharField()
    house_number = serializers.CharField()
    postcode = serializers.CharField()
    place = serializers.CharField()


class GeoSerializer(serializers.Serializer):
    lat = serializers.CharField()
    lon = serializers.CharField()


HoursSpanSerializer: type[serializers.Serializer] = type(
    "HoursSpanSerializer",
    (serializers.Serializer,),
    {"from": serializers.CharField(), "to": serializers.CharField()},
)


class WeeklyHoursSerializer(HoursSpanSerializer):
    weekday = serializers.IntegerField(min_value=0, max_value=6)
    note = serializers.CharField()


class HoursExceptionSerializer(HoursSpanSerializer):
    """`from` and `to` are dates here, both included."""

    state = serializers.ChoiceField(choices=("open", "closed"))
    spans = HoursSpanSerializer(many=True)
    reason = serializers.CharField()


class HolidaySerializer(serializers.Serializer):
    date = serializers.DateField()
    name = serializers.CharField()


class HoursDaySerializer(serializers.Serializer):
    date = serializers.DateField()
    weekday = serializers.IntegerField(min_value=0, max_value=6)
    state = serializers.ChoiceField(choices=("open", "closed", "unknown"))
    spans = HoursSpanSerializer(many=True)
    reason = serializers.CharField()


class HoursRulesSerializer(serializers.Serializer):
    """Rules, so that a client computes "open now" itself; no rules at all means unknown, not closed."""

    timezone = serializers.CharField()
    regular = WeeklyHoursSerializer(many=True)
    exceptions = HoursExceptionSerializer(many=True)
    holidays = HolidaySerializer(many=True)


class HoursSerializer(HoursRulesSerializer):
    days = HoursDaySerializer(many=True)


class LocationCardSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    address = AddressSerializer()
    geo = GeoSerializer(allow_null=True)
    phone = serializers.CharField()
    email = serializers.CharField()
    hours = HoursRulesSerializer()
    lang = serializers.CharField()
    url = serializers.CharField()


class LocationListSerializer(LocalisedSerializer):
    items = LocationCardSerializer(many=True)


class AccessibilityFactSerializer(serializers.Serializer):
    kind = serializers.CharField()
    key = serializers.CharField()
    label = serializers.CharField()
    state = serializers.ChoiceField(choices=("yes", "partly", "no"))
    note = serializers.CharField()


class LocationSerializer(DocumentSerializer):
    type = ConstantField("location")
    slug = serializers.CharField()
    name = serializers.CharField()
    address = AddressSerializer()
    geo = GeoSerializer(allow_null=True)
    phone = serializers.CharField()
    email = serializers.CharField()
    url = serializers.CharField()
    accessibility = AccessibilityFactSerializer(many=True)
    transit = serializers.CharField()
    hours = HoursSerializer()
    services = ServiceCardSerializer(many=True)
    units = UnitCardSerializer(many=True)


class FeeRowSerializer(serializers.Serializer):
    label = serializers.CharField()
    amount = serializers.CharField(allow_null=True)


class FeeSerializer(serializers.Serializer):
    """Amounts are decimal texts ("37.00")."""

    kind = serializers.ChoiceField(choices=FEES)
    label = serializers.CharField()
    amount = serializers.CharField(allow_null=True)
    amount_max = serializers.CharField(allow_null=True)
    currency = serializers.CharField()
    rows = FeeRowSerializer(many=True)
    text = serializers.CharField()
    legal_basis = serializers.CharField()


class FeesSerializer(serializers.Serializer):
    text = serializers.CharField(help_text="HTML")
    items = FeeSerializer(many=True)


class DeadlineSerializer(serializers.Serializer):
    kind = serializers.CharField()
    label = serializers.CharField()
    amount = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField(allow_null=True)
    date = serializers.DateField(allow_null=True)
    text = serializers.CharField()


class RequiredDocumentSerializer(serializers.Serializer):
    title = serializers.CharField()
    note = serializers.CharField()
    original = serializers.BooleanField()
    required = serializers.BooleanField()


class ProcedureStepSerializer(serializers.Serializer):
    title = serializers.CharField()
    text = serializers.CharField(help_text="HTML")


class ProcessingTimeSerializer(serializers.Serializer):
    min = serializers.IntegerField(allow_null=True)
    max = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField(allow_null=True)
    text = serializers.CharField()


class ContactPointSerializer(serializers.Serializer):
    name = serializers.CharField()
    purpose = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    hours_text = serializers.CharField()
    lang = serializers.CharField()


class ChannelSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=CHANNELS)
    label = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    form_key = serializers.CharField(allow_null=True)
    location = LocationCardSerializer(allow_null=True)
    address = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)


class ServiceStatusSerializer(serializers.Serializer):
    state = serializers.ChoiceField(choices=STATES)
    reason = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    expected_until = serializers.DateField(allow_null=True)


class FaqCardSerializer(serializers.Serializer):
    slug = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField(help_text="HTML")
    lang = serializers.CharField()


class ServiceSerializer(DocumentSerializer):
    type = ConstantField("service")
    slug = serializers.CharField()
    url = serializers.CharField()
    title = serializers.CharField()
    official_name = serializers.CharField()
    teaser = serializers.CharField()
    online = serializers.BooleanField()
    summary = serializers.CharField(help_text="HTML")
    description = serializers.CharField(help_text="HTML")
    audience = serializers.CharField()
    prerequisites = serializers.CharField(help_text="HTML")
    prerequisite_items = serializers.ListField(child=serializers.CharField())
    documents = RequiredDocumentSerializer(many=True)
    procedure = ProcedureStepSerializer(many=True)
    fees = FeesSerializer()
    deadlines = DeadlineSerializer(many=True)
    processing_time = ProcessingTimeSerializer(allow_null=True)
    legal_bases = ContentLinkSerializer(many=True)
    notes = serializers.CharField(help_text="HTML")
    appeal = serializers.CharField(help_text="HTML")
    further = ContentLinkSerializer(many=True)
    forms = ContentLinkSerializer(many=True)
    originator = serializers.CharField()
    keys = serializers.ListField(child=serializers.CharField())
    unit = UnitCardSerializer(allow_null=True)
    contact_points = ContactPointSerializer(many=True)
    channels = ChannelSerializer(many=True)
    status = ServiceStatusSerializer()
    keywords = serializers.ListField(child=serializers.CharField())
    life_situations = SituationRefSerializer(many=True)
    related = ServiceCardSerializer(many=True)
    faq = FaqCardSerializer(many=True)
    review_date = serializers.DateField(allow_null=True)
    updated_at = serializers.DateTimeField(allow_null=True)
    translations = serializers.DictField(child=serializers.CharField(), help_text="Locale -> path in the front end")
    modules = serializers.DictField(
        child=serializers.CharField(), help_text="XZuFi text module -> member of this document that holds it"
    )


class ServiceRefSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()


class FaqItemSerializer(FaqCardSerializer):
    services = ServiceRefSerializer(many=True)
    life_situation = SituationRefSerializer(allow_null=True, help_text="The topic it stands under")


class FaqListSerializer(LocalisedSerializer):
    items = FaqItemSerializer(many=True)


class FaqSerializer(DocumentSerializer):
    type = ConstantField("faq")
    slug = serializers.CharField()
    question = serializers.CharField()
    answer = serializers.CharField(help_text="HTML")
    alternatives = serializers.ListField(child=serializers.CharField())
    services = ServiceRefSerializer(many=True)


class LifeSituationCardSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    teaser = serializers.CharField()
    icon = serializers.CharField()
    lang = serializers.CharField()
    url = serializers.CharField()


class LifeSituationItemSerializer(LifeSituationCardSerializer):
    count = serializers.IntegerField()


class LifeSituationListSerializer(LocalisedSerializer):
    items = LifeSituationItemSerializer(many=True)


class LifeSituationSerializer(DocumentSerializer):
    type = ConstantField("life_situation")
    slug = serializers.CharField()
    title = serializers.CharField()
    teaser = serializers.CharField()
    icon = serializers.CharField()
    url = serializers.CharField()
    count = serializers.IntegerField()
    services = ServiceCardSerializer(many=True)


class UnitListSerializer(LocalisedSerializer):
    items = UnitCardSerializer(many=True)


class UnitDocumentSerializer(DocumentSerializer):
    type = ConstantField("unit")
    slug = serializers.CharField()
    key = serializers.CharField()
    name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    url = serializers.CharField()
    description = serializers.CharField(help_text="HTML")
    tasks = serializers.ListField(child=serializers.CharField())
    parent = ContentUnitRefSerializer(allow_null=True)
    locations = LocationCardSerializer(many=True)
    services = ServiceCardSerializer(many=True)
    contact_points = ContactPointSerializer(many=True)


class TextBlockSerializer(serializers.Serializer):
    type = ConstantField("text")
    html = serializers.CharField()


class NoticeBlockSerializer(serializers.Serializer):
    type = ConstantField("notice")
    kind = serializers.ChoiceField(choices=("info", "warning"))
    title = serializers.CharField()
    html = serializers.CharField()


class LinksBlockSerializer(serializers.Serializer):
    type = ConstantField("links")
    items = ContentLinkSerializer(many=True)


class ContentPageSerializer(DocumentSerializer):
    type = ConstantField("page")
    path = serializers.CharField()
    title = serializers.CharField()
    teaser = serializers.CharField()
    url = serializers.CharField()
    body = PolymorphicProxySerializer(
        component_name="PageBlock",
        serializers=[TextBlockSerializer, NoticeBlockSerializer, LinksBlockSerializer],
        resource_type_field_name=None,
        many=True,
    )
    translations = serializers.DictField(child=serializers.CharField())


class HintSerializer(serializers.Serializer):
    title = serializers.CharField()
    text = serializers.CharField(help_text="HTML")


class HomeSerializer(DocumentSerializer):
    type = ConstantField("home")
    title = serializers.CharField()
    claim = serializers.CharField()
    intro = serializers.CharField(help_text="HTML")
    hint = HintSerializer(allow_null=True)
    featured = ServiceCardSerializer(many=True)
    life_situations = LifeSituationCardSerializer(many=True)
    url = serializers.CharField()


PREVIEW = PolymorphicProxySerializer(
    component_name="Preview",
    serializers=[
        ServiceSerializer,
        ContentPageSerializer,
        HomeSerializer,
        LocationSerializer,
        UnitDocumentSerializer,
        LifeSituationSerializer,
        FaqSerializer,
    ],
    resource_type_field_name=None,
)


class SearchHitSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=("service", "faq", "location", "page"))
    id = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    teaser = serializers.CharField()
    url = serializers.CharField()
    score = serializers.IntegerField()
    lang = serializers.CharField()


class SuggestionsSerializer(serializers.Serializer):
    """Where to go on when the answer is unsure; empty otherwise."""

    units = UnitCardSerializer(many=True)
    life_situations = LifeSituationCardSerializer(many=True)


class SearchSerializer(LocalisedSerializer):
    q = serializers.CharField()
    items = SearchHitSerializer(many=True)
    confident = serializers.BooleanField()
    suggestions = SuggestionsSerializer()


class SyncItemSerializer(serializers.Serializer):
    op = serializers.ChoiceField(choices=("put", "del"))
    type = serializers.CharField()
    id = serializers.CharField()
    etag = serializers.CharField(required=False)
    doc = ObjectField(required=False)


class SyncSerializer(serializers.Serializer):
    items = SyncItemSerializer(many=True)
    next_cursor = serializers.CharField()
    complete = serializers.BooleanField()


class LocaleSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    default = serializers.BooleanField()
    base = serializers.CharField(help_text="Prefix of the addresses in the front end")


class LocalesSerializer(serializers.Serializer):
    items = LocaleSerializer(many=True)
