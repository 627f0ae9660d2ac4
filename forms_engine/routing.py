"""Web socket addresses of this app."""

from django.urls import path

from forms_engine.consumers import CaseInboxConsumer

websocket_urlpatterns = [path("ws/cases", CaseInboxConsumer.as_asgi())]
