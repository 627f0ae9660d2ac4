"""ASGI entry of the `live` process: web sockets under /ws/ and event streams; nothing else."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
http_application = get_asgi_application()

from forms_engine.routing import websocket_urlpatterns as case_sockets  # noqa: E402 - apps must be loaded first
from messaging.consumers import MessagesConsumer, MessagesStream  # noqa: E402 - see above

sockets = URLRouter([*case_sockets, path("ws/messages", MessagesConsumer.as_asgi())])
streams = URLRouter(
    [path("events/messages", AuthMiddlewareStack(MessagesStream.as_asgi())), re_path(r"", http_application)]
)
application = ProtocolTypeRouter(
    {"http": streams, "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(sockets))},
)
