from django.urls import path

from messaging.rest_api import bulletins, conversations, joining

urlpatterns = [
    path("messaging/me", conversations.OverviewView.as_view()),
    path("conversations", conversations.ConversationsView.as_view()),
    path("conversations/<uuid:conversation_id>", conversations.ConversationView.as_view()),
    path("conversations/<uuid:conversation_id>/messages", conversations.MessagesView.as_view()),
    path("conversations/<uuid:conversation_id>/read", conversations.ReadMarkView.as_view()),
    path("conversations/<uuid:conversation_id>/confirm", conversations.ConfirmView.as_view()),
    path("conversations/<uuid:conversation_id>/events/<int:seq>/withdraw", conversations.WithdrawView.as_view()),
    path("threads", conversations.ThreadsView.as_view()),
    path("mailboxes/<uuid:box_id>/addressees", conversations.AddresseesView.as_view()),
    path("mailboxes/<uuid:box_id>/audiences", bulletins.AudiencesView.as_view()),
    path("mailboxes/<uuid:box_id>/bulletins", bulletins.BulletinsView.as_view()),
    path("invitations", joining.InvitationsView.as_view()),
    path("invitations/accept", joining.AcceptView.as_view()),
    path("children/<uuid:child_id>/invitations", joining.ChildInvitationsView.as_view()),
    path("facilities/imports", joining.ImportsView.as_view()),
    path("bulletins/<uuid:bulletin_id>", bulletins.BulletinView.as_view()),
    path("bulletins/<uuid:bulletin_id>/submit", bulletins.SubmitView.as_view()),
    path("bulletins/<uuid:bulletin_id>/approve", bulletins.ApproveView.as_view()),
    path("bulletins/<uuid:bulletin_id>/recall", bulletins.RecallView.as_view()),
    path("bulletins/<uuid:bulletin_id>/withdraw", bulletins.WithdrawBulletinView.as_view()),
]
