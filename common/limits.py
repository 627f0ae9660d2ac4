"""Limits on requests, counted for all processes together: `DEFAULT_THROTTLE_RATES` and `throttle_scope` of a view.

One statement a request, in the database: the cache of Django would need a reading and a writing one and lose counts
between them. A view without a scope costs nothing.
"""

from __future__ import annotations

import ipaddress

from django.db import connection
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle
from rest_framework.views import APIView

from common import clock
from common.models import RequestCount

IPV6_PREFIX = 64  # what one household gets (RFC 6177); single addresses in it cost their owner nothing

COUNT = """
INSERT INTO common_requestcount (key, count, ends_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN common_requestcount.ends_at <= %s THEN 1 ELSE common_requestcount.count + 1 END,
    ends_at = CASE WHEN common_requestcount.ends_at <= %s THEN excluded.ends_at ELSE common_requestcount.ends_at END
RETURNING count, ends_at
"""


def count_request(key: str, *, seconds: int) -> tuple[int, int]:
    """Requests with this key in the period of so many seconds that began with the first one, this one included; and
    the Unix time when the period ends."""
    now = int(clock.now().timestamp())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, now + seconds, now, now])
        count, ends_at = cursor.fetchone()
    return count, ends_at


def forget_counts() -> int:
    """Drop the periods that are over; returns how many."""
    return RequestCount.objects.filter(ends_at__lte=clock.now().timestamp()).delete()[0]


class _Counted(SimpleRateThrottle):
    """Stands between `ScopedRateThrottle`, which finds the rate, and DRF's counting in the cache, which it replaces."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        if self.rate is None:
            return True
        sender = f"{self.scope}:{self.get_ident(request)}"
        key = salted_hmac("common.limits", sender, algorithm="sha256").hexdigest()
        count, self.ends_at = count_request(key, seconds=self.duration)
        return count <= self.num_requests

    def wait(self) -> float:
        return max(1, self.ends_at - int(clock.now().timestamp()))


class SharedRateThrottle(ScopedRateThrottle, _Counted):
    """DRF's `ScopedRateThrottle`, by address of the sender whoever is signed in; of IPv6 the network counts."""

    def get_ident(self, request: Request) -> str:
        sender = super().get_ident(request) or ""
        try:
            address = ipaddress.ip_address(sender)
        except ValueError:
            return sender
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
            return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
        return sender


class PersonRateThrottle(SharedRateThrottle):
    """The same by who is signed in: a Kita or a family behind one address does not share its limit."""

    def get_ident(self, request: Request) -> str:
        return f"person:{request.user.pk}" if request.user.is_authenticated else super().get_ident(request)
