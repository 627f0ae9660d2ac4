"""Shapes of requests and answers. Requests are validated by these; answers are documented by them."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.rest import ErrorSerializer
from forms_engine.rest_api.nodes import AnyField, NodeSerializer, SummaryItemSerializer, SummarySectionSerializer

LOCALES = ("de", "en", "de-simple")
FILE_STATES = ("waiting", "clean", "unscanned", "infected")
MIGRATION_STATES = ("offered", "moved")
MIGRATION_CHOICES = ("move", "stay", "back")
STATUSES = ("received", "in_progress", "question", "decided", "closed")


@extend_schema_field({"type": "object", "additionalProperties": True})
class AnswersField(serializers.DictField):
    """Path -> raw input, as a browser or a program sends it. null clears an answer."""

    child = AnyField(allow_null=True)


class UnitSerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()


class FlowRefSerializer(serializers.Serializer):
    key = serializers.CharField()
    version = serializers.IntegerField()
    hash = serializers.CharField()
    title = serializers.CharField()


class StepStateSerializer(serializers.Serializer):
    id = serializers.CharField()
    title = serializers.CharField()
    index = serializers.IntegerField()
    state = serializers.ChoiceField(choices=("done", "error", "open"))


class FileInfoSerializer(serializers.Serializer):
    id = serializers.CharField()
    path = serializers.CharField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    media_type = serializers.CharField()
    state = serializers.ChoiceField(choices=FILE_STATES)


class MigrationRefSerializer(serializers.Serializer):
    """A newer version the draft may move to. `must`: the old one can no longer be handed in."""

    version = serializers.IntegerField()
    hash = serializers.CharField()
    must = serializers.BooleanField()
    declined = serializers.BooleanField()


class DraftSerializer(serializers.Serializer):
    token = serializers.CharField()
    flow = FlowRefSerializer()
    locale = serializers.ChoiceField(choices=LOCALES)
    unit = UnitSerializer()
    answers = AnswersField()
    files = FileInfoSerializer(many=True)
    steps = StepStateSerializer(many=True)
    next_step = serializers.CharField(allow_null=True)
    progress = serializers.FloatField()
    complete = serializers.BooleanField()
    revision = serializers.IntegerField()
    edited_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    migration = MigrationRefSerializer(allow_null=True)
    moved = serializers.BooleanField(help_text="It began in an older version, and the answers of then are still kept.")


class ChangedDraftSerializer(DraftSerializer):
    visible = serializers.ListField(child=serializers.CharField())
    ignored = serializers.ListField(child=serializers.CharField())


class NewDraftSerializer(serializers.Serializer):
    flow = serializers.CharField(max_length=80)
    locale = serializers.ChoiceField(choices=LOCALES, default="de")
    answers = AnswersField(required=False)


class WaitingSerializer(serializers.Serializer):
    """Not yet: come again after `Retry-After` seconds with the ticket, and the place in the line is kept."""

    ticket = serializers.CharField()
    ahead = serializers.IntegerField()
    seconds = serializers.IntegerField()


class RowsSerializer(serializers.Serializer):
    add = serializers.ListField(child=serializers.CharField(max_length=500), max_length=50, required=False)
    remove = serializers.ListField(child=serializers.CharField(max_length=500), max_length=50, required=False)


class DraftChangeSerializer(serializers.Serializer):
    answers = AnswersField(required=False)
    rows = RowsSerializer(required=False)
    step = serializers.CharField(required=False, max_length=60)
    validate = serializers.BooleanField(default=False)
    revision = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    flow_hash = serializers.CharField(
        required=False, max_length=64, help_text="`flow.hash` of the page the answers were given on."
    )


class StepSerializer(serializers.Serializer):
    id = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    lang = serializers.CharField(help_text="Language the title really is in")
    index = serializers.IntegerField()
    count = serializers.IntegerField()


class PageLogicSerializer(serializers.Serializer):
    """Rules of a step for the twin in the browser (docs/mechanisms/logic.md)."""

    outline = serializers.ListField(child=serializers.DictField())
    nodes = serializers.ListField(child=serializers.DictField())
    values = serializers.DictField()


class StepViewSerializer(DraftSerializer):
    step = StepSerializer()
    nodes = NodeSerializer(many=True)
    previous = serializers.CharField(allow_null=True)
    next = serializers.CharField(allow_null=True)
    logic = PageLogicSerializer(allow_null=True, help_text="What the page judges by itself; null where nothing depends")


class LegalBasisSerializer(serializers.Serializer):
    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)


class PrivacyNoticeSerializer(serializers.Serializer):
    purpose = serializers.CharField(allow_blank=True)
    legal_basis = LegalBasisSerializer(many=True)
    months = serializers.IntegerField(allow_null=True)
    law = serializers.CharField(allow_blank=True)
    draft_days = serializers.IntegerField()


class SummarySerializer(serializers.Serializer):
    sections = SummarySectionSerializer(many=True)
    calculated = SummaryItemSerializer(many=True)
    declaration = serializers.CharField(allow_blank=True)
    complete = serializers.BooleanField()
    errors = ErrorSerializer(many=True)
    revision = serializers.IntegerField()
    privacy = PrivacyNoticeSerializer()


class MovedFileSerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()


class MovedAnswerSerializer(serializers.Serializer):
    path = serializers.CharField()
    label = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    files = MovedFileSerializer(many=True)


class LeftAnswerSerializer(MovedAnswerSerializer):
    reason = serializers.CharField(allow_blank=True)


class NewQuestionSerializer(serializers.Serializer):
    path = serializers.CharField()
    label = serializers.CharField()
    step = serializers.CharField()


class MigrationSerializer(serializers.Serializer):
    """`offered`: what would become of the answers in the newer version. `moved`: what became of them."""

    state = serializers.ChoiceField(choices=MIGRATION_STATES)
    current = FlowRefSerializer()
    offered = FlowRefSerializer(allow_null=True)
    must = serializers.BooleanField(help_text="The current version can no longer be handed in; `reason` says why.")
    reason = serializers.CharField(allow_blank=True)
    can_go_back = serializers.BooleanField()
    changes = serializers.ListField(child=serializers.CharField())
    taken = MovedAnswerSerializer(many=True)
    new_questions = NewQuestionSerializer(many=True)
    left = LeftAnswerSerializer(many=True)


class MigrationChoiceSerializer(serializers.Serializer):
    choice = serializers.ChoiceField(choices=MIGRATION_CHOICES)
    hash = serializers.CharField(
        max_length=64, allow_blank=True, default="", help_text="`offered.hash`, for `move` and `stay`."
    )


class MailSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=254)


class SubmitSerializer(serializers.Serializer):
    declaration = serializers.BooleanField(default=False)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True, allow_null=True)
    locale = serializers.ChoiceField(choices=LOCALES, required=False)


class ReceiptSerializer(serializers.Serializer):
    reference = serializers.CharField()
    access_code = serializers.CharField()
    status_url = serializers.CharField()
    received_at = serializers.DateTimeField()
    unit = UnitSerializer()
    email_sent_to = serializers.CharField(required=False)


class CheckRequestSerializer(serializers.Serializer):
    locale = serializers.ChoiceField(choices=LOCALES, default="de")
    answers = AnswersField(required=False)


class CheckResultSerializer(serializers.Serializer):
    id = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=("met", "failed", "open"))
    text = serializers.CharField(allow_blank=True)


class NeededSerializer(serializers.Serializer):
    kind = serializers.CharField()
    text = serializers.CharField()


class CheckSerializer(serializers.Serializer):
    questions = NodeSerializer(many=True)
    results = CheckResultSerializer(many=True)
    eligible = serializers.BooleanField(allow_null=True)
    needed = NeededSerializer(many=True)
    privacy = PrivacyNoticeSerializer()
    minutes = serializers.IntegerField(allow_null=True)
    unit = UnitSerializer()
    flow = FlowRefSerializer()


class HistorySerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=STATUSES)
    status_label = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    by = serializers.CharField(required=False, allow_blank=True)


class ContactSerializer(serializers.Serializer):
    email = serializers.CharField(allow_blank=True)


class SubmissionSerializer(serializers.Serializer):
    reference = serializers.CharField()
    title = serializers.CharField()
    received_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=STATUSES)
    status_label = serializers.CharField()
    history = HistorySerializer(many=True)
    unit = UnitSerializer()
    contact = ContactSerializer()
    pdf_url = serializers.CharField()
    notices = serializers.ListField(child=serializers.CharField())


class FindSubmissionSerializer(serializers.Serializer):
    reference = serializers.CharField(max_length=40)
    code = serializers.CharField(max_length=60)


class OwnSubmissionSerializer(serializers.Serializer):
    reference = serializers.CharField()
    title = serializers.CharField()
    received_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=STATUSES)
    status_label = serializers.CharField()
    unit = UnitSerializer()


class OwnSubmissionsSerializer(serializers.Serializer):
    items = OwnSubmissionSerializer(many=True)


class PersonSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class CaseItemSerializer(serializers.Serializer):
    id = serializers.CharField()
    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUSES)
    status_label = serializers.CharField()
    received_at = serializers.DateTimeField()
    assigned_to = PersonSerializer(allow_null=True)
    unit = UnitSerializer()
    age_days = serializers.IntegerField()
    deliveries_failed = serializers.IntegerField()


class CaseListSerializer(serializers.Serializer):
    items = CaseItemSerializer(many=True)
    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()


class CaseFileSerializer(serializers.Serializer):
    id = serializers.CharField()
    path = serializers.CharField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    media_type = serializers.CharField()
    state = serializers.ChoiceField(choices=FILE_STATES)
    state_label = serializers.CharField()
    url = serializers.CharField()


class DeliverySerializer(serializers.Serializer):
    id = serializers.CharField()
    destination = serializers.CharField()
    label = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    attempts = serializers.IntegerField()
    last_error = serializers.CharField(allow_blank=True)
    due_at = serializers.DateTimeField()


class CaseSerializer(CaseItemSerializer):
    sections = SummarySectionSerializer(many=True)
    calculated = SummaryItemSerializer(many=True)
    declaration = serializers.CharField(allow_blank=True)
    files = CaseFileSerializer(many=True)
    history = HistorySerializer(many=True)
    deliveries = DeliverySerializer(many=True)
    allowed_statuses = serializers.ListField(child=serializers.ChoiceField(choices=STATUSES))
    colleagues = PersonSerializer(many=True)
    email_known = serializers.BooleanField()
    pdf_url = serializers.CharField()


class AssignSerializer(serializers.Serializer):
    to = serializers.IntegerField(allow_null=True, min_value=1, max_value=2**62)


class StatusChangeSerializer(serializers.Serializer):
    status = serializers.ChoiceField(choices=STATUSES)
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=5_000, trim_whitespace=False)


class DeadLetterSerializer(DeliverySerializer):
    reference = serializers.CharField()
    title = serializers.CharField()
    case_id = serializers.CharField(allow_null=True)


class DeadLettersSerializer(serializers.Serializer):
    items = DeadLetterSerializer(many=True)


class ResendSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500)
