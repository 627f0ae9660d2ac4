"""The shapes of the messaging API: what comes in is checked by them, what goes out is described."""

from __future__ import annotations

from rest_framework import serializers

from messaging.audiences import MAX_KEYS
from messaging.domain.texts import MAX_TEXT, MAX_TITLE
from messaging.models import Bulletin, Conversation, Event, Mailbox
from messaging.services.threads import MAX_CHILDREN

LANGUAGES = ("de", "en", "uk", "ar", "tr", "de-simple")
MAILBOX_KINDS = Mailbox.Kind.values
CONVERSATION_KINDS = Conversation.Kind.values
EVENT_KINDS = Event.Kind.values
BULLETIN_STATES = Bulletin.State.values
BIG = MAX_TEXT * 2  # the service counts after normalising and answers in words; this only keeps nonsense out


class LanguageField(serializers.ChoiceField):
    """The language a text is written in."""

    def __init__(self, **more: object) -> None:
        super().__init__(choices=LANGUAGES, **({"default": "de"} | more))


class TextIn(serializers.CharField):
    """A text as typed: what is wrong with it is said by the service."""

    def __init__(self, **more: object) -> None:
        super().__init__(**({"trim_whitespace": False, "allow_blank": True} | more))


class ChildRefSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class OwnMailboxSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=MAILBOX_KINDS)
    name = serializers.CharField()
    can_broadcast = serializers.BooleanField()
    can_write_to_guardians = serializers.BooleanField()


class MessagingMeSerializer(serializers.Serializer):
    name = serializers.CharField()
    unread = serializers.IntegerField()
    boxes = OwnMailboxSerializer(many=True)
    children = ChildRefSerializer(many=True)


class ConversationItemSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CONVERSATION_KINDS)
    title = serializers.CharField()
    excerpt = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    unread = serializers.IntegerField()
    is_urgent = serializers.BooleanField()
    wants_confirmation = serializers.BooleanField()
    is_confirmed = serializers.BooleanField()
    children = serializers.ListField(child=serializers.CharField())


ConversationItemSerializer._declared_fields["from"] = serializers.CharField(allow_blank=True)  # a word of Python


class ConversationListSerializer(serializers.Serializer):
    items = ConversationItemSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class MessageSerializer(serializers.Serializer):
    seq = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=EVENT_KINDS)
    is_mine = serializers.BooleanField()
    at = serializers.DateTimeField()
    text = serializers.CharField(allow_null=True)
    language = serializers.CharField()
    is_withdrawn = serializers.BooleanField()
    can_withdraw = serializers.BooleanField()


MessageSerializer._declared_fields["from"] = serializers.CharField()  # see above


class OwnConfirmationSerializer(serializers.Serializer):
    child = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    is_confirmed = serializers.BooleanField()
    by = serializers.CharField(allow_blank=True)


class BulletinStatsSerializer(serializers.Serializer):
    recipients = serializers.IntegerField(allow_null=True)
    read = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    confirmable = serializers.IntegerField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField())


class BulletinPartSerializer(serializers.Serializer):
    is_urgent = serializers.BooleanField()
    wants_confirmation = serializers.BooleanField()
    expires_on = serializers.DateField(allow_null=True)
    confirmations = OwnConfirmationSerializer(many=True)
    stats = BulletinStatsSerializer(allow_null=True)


class ConversationSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CONVERSATION_KINDS)
    title = serializers.CharField()
    can_reply = serializers.BooleanField()
    children = ChildRefSerializer(many=True)
    last_seq = serializers.IntegerField()
    read_up_to = serializers.IntegerField()
    events = MessageSerializer(many=True)
    bulletin = BulletinPartSerializer(allow_null=True)


ConversationSerializer._declared_fields["with"] = serializers.ListField(child=serializers.CharField())  # see above


class SaySerializer(serializers.Serializer):
    client_uuid = serializers.UUIDField()
    text = TextIn(max_length=BIG)
    language = LanguageField()


class ReadUpToSerializer(serializers.Serializer):
    up_to_seq = serializers.IntegerField(min_value=0, max_value=2**53)


class ConfirmSerializer(serializers.Serializer):
    child = serializers.UUIDField(allow_null=True, default=None)


class MailboxRefSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=MAILBOX_KINDS)


class PlacedChildSerializer(ChildRefSerializer):
    group = serializers.CharField(allow_blank=True)


class AddresseesSerializer(serializers.Serializer):
    boxes = MailboxRefSerializer(many=True)
    children = PlacedChildSerializer(many=True)


class NewThreadSerializer(serializers.Serializer):
    client_uuid = serializers.UUIDField()
    from_box = serializers.UUIDField()
    to_box = serializers.UUIDField(allow_null=True, default=None)
    children = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=MAX_CHILDREN)
    about = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=20)
    title = TextIn(max_length=MAX_TITLE * 2)
    text = TextIn(max_length=BIG)
    language = LanguageField()


class ThreadRefSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    title = serializers.CharField()


ThreadRefSerializer._declared_fields["with"] = serializers.ListField(child=serializers.CharField())  # see above


class NewThreadsSerializer(serializers.Serializer):
    conversations = ThreadRefSerializer(many=True)


class AudienceSerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField()


class AudiencesSerializer(serializers.Serializer):
    items = AudienceSerializer(many=True)


class BulletinInSerializer(serializers.Serializer):
    title = TextIn(max_length=MAX_TITLE * 2)
    text = TextIn(max_length=BIG)
    keys = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MAX_KEYS)
    is_urgent = serializers.BooleanField(default=False)
    wants_confirmation = serializers.BooleanField(default=False)
    expires_on = serializers.DateField(allow_null=True, default=None)
    language = LanguageField()


class BoxNameSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class BulletinSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    box = BoxNameSerializer()
    state = serializers.ChoiceField(choices=BULLETIN_STATES)
    title = serializers.CharField()
    text = serializers.CharField()
    language = serializers.CharField()
    keys = serializers.ListField(child=serializers.CharField())
    audience = serializers.ListField(child=serializers.CharField())
    recipients = serializers.IntegerField(allow_null=True)
    needs_second = serializers.BooleanField()
    is_urgent = serializers.BooleanField()
    wants_confirmation = serializers.BooleanField()
    expires_on = serializers.DateField(allow_null=True)
    release_at = serializers.DateTimeField(allow_null=True)
    released_at = serializers.DateTimeField(allow_null=True)
    created_by = serializers.CharField()
    submitted_by = serializers.CharField(allow_blank=True)
    approved_by = serializers.CharField(allow_blank=True)
    can_approve = serializers.BooleanField()
    conversation = serializers.UUIDField(allow_null=True)


class BulletinListSerializer(serializers.Serializer):
    items = BulletinSerializer(many=True)


class SubmitBulletinSerializer(serializers.Serializer):
    recipients = serializers.IntegerField(allow_null=True, min_value=0, max_value=2**31)
    release_at = serializers.DateTimeField(allow_null=True, default=None)


class ApproveBulletinSerializer(serializers.Serializer):
    recipients = serializers.IntegerField(allow_null=True, min_value=0, max_value=2**31)
