"""The waiting room: of many who come at once, so many a second are let in, in the order they came.

Everybody gets a number, and those up to a limit are let in. The limit grows with time, at most `RUSH_BURST` ahead of
the last number: whoever comes alone never waits. Both are one row and one statement for all processes; a number is
signed, so that looking whether it is one's turn costs one read for many at once, and a pass none.
docs/mechanisms/rush.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.csrf import csrf_exempt

from common import clock
from common.json_boundary import JSONRefused, loads
from common.models import WaitingLine

STARTS = "starts"  # the one line there is: what a rush exhausts is the machine, not a form
TURN_SECONDS = 600  # so long after its turn a number is good: a tab may sleep
PASS_SECONDS = 7_200
MOST_AT_ONCE = 500
SHORTEST, LONGEST = 2, 20  # seconds between two looks of a waiting page

TAKE = """
INSERT INTO common_waitingline (key, issued, admitted_thousandths, at_ms)
VALUES (%(key)s, %(count)s, %(burst)s, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    admitted_thousandths = CASE
        WHEN common_waitingline.admitted_thousandths + %(rate)s * (%(now)s - common_waitingline.at_ms)
             > common_waitingline.issued * 1000 + %(burst)s THEN common_waitingline.issued * 1000 + %(burst)s
        WHEN %(now)s <= common_waitingline.at_ms THEN common_waitingline.admitted_thousandths
        ELSE common_waitingline.admitted_thousandths + %(rate)s * (%(now)s - common_waitingline.at_ms) END,
    issued = common_waitingline.issued + %(count)s,
    at_ms = CASE WHEN %(now)s > common_waitingline.at_ms THEN %(now)s ELSE common_waitingline.at_ms END
RETURNING issued, admitted_thousandths
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands. `ticket` is to be shown next time; of whom is let in it is a pass. `ahead`: how many are
    let in before; `seconds` until the turn, and until it is worth `look`ing again."""

    is_let_in: bool
    ticket: str
    number: int
    ahead: int = 0
    seconds: int = 0
    look: int = 0


def is_open() -> bool:
    """Is there a waiting room at all? Without one nothing is counted."""
    return settings.RUSH_STARTS_PER_SECOND > 0


def enter(tickets: Sequence[str]) -> list[Place]:
    """The place of each, in this order. An empty ticket, and one that is forged or too old, gets a new number."""
    known = [_read(ticket) for ticket in tickets]
    fresh = sum(found is None for found in known)
    if fresh:
        last, limit = take_numbers(fresh)
        numbers = iter(range(last - fresh + 1, last + 1))
    elif any(kind == "t" for kind, _number in filter(None, known)):
        limit, numbers = read_limit(), iter(())
    else:
        limit, numbers = 0, iter(())
    return [_place(ticket, found or ("t", next(numbers)), limit) for ticket, found in zip(tickets, known, strict=True)]


def take_numbers(count: int) -> tuple[int, int]:
    """Draw so many numbers: the last of them, and the number up to which people are let in now."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"key": STARTS, "count": count, **_pace()})
        issued, admitted = cursor.fetchone()
    return int(issued), int(admitted) // 1000


def read_limit() -> int:
    """The number up to which people are let in now."""
    line = WaitingLine.objects.filter(pk=STARTS).first()
    if line is None:
        return 0
    pace = _pace()
    grown = line.admitted_thousandths + pace["rate"] * max(0, pace["now"] - line.at_ms)
    return min(grown, line.issued * 1000 + pace["burst"]) // 1000


def _pace() -> dict[str, int]:
    now = int(clock.now().timestamp() * 1000)
    rate, burst = settings.RUSH_STARTS_PER_SECOND, settings.RUSH_BURST
    return {"rate": rate, "burst": burst * 1000, "now": now}  # `rate` a second are so many thousandths a millisecond


def _place(ticket: str, known: tuple[str, int], limit: int) -> Place:
    kind, number = known
    if kind == "p":
        return Place(True, ticket, number)
    now = int(clock.now().timestamp())
    if number <= limit:
        return Place(True, _signed("p", number, now + PASS_SECONDS), number)
    ahead = number - limit - 1
    seconds = -(-(ahead + 1) // max(1, settings.RUSH_STARTS_PER_SECOND))
    look = max(SHORTEST, min(LONGEST, seconds // 2)) + number % 3  # not all at the same moment
    return Place(False, _signed("t", number, now + seconds + TURN_SECONDS), number, ahead, seconds, look)


def _signed(kind: str, number: int, expires: int) -> str:
    content = f"{kind}.{number}.{expires}"
    return f"{content}.{_seal(content)}"


def _seal(content: str) -> str:
    return salted_hmac("common.waiting_room", content, algorithm="sha256").hexdigest()[:32]


def _read(ticket: str) -> tuple[str, int] | None:
    """Kind and number of a ticket; None for one that is forged, too old or none."""
    content, _dot, seal = ticket.rpartition(".")
    if not content or not constant_time_compare(_seal(content), seal):
        return None
    kind, number, expires = content.split(".")
    return (kind, int(number)) if int(expires) > clock.now().timestamp() else None


@csrf_exempt
def admissions(request: HttpRequest) -> JsonResponse:
    """For the gateway, on an address no proxy hands on: `{"tickets": ["", "t.…"]}` -> `{"places": […]}`, in order."""
    try:
        tickets = loads(request.body)["tickets"]
    except (JSONRefused, KeyError, TypeError):
        return JsonResponse({}, status=422)
    if not isinstance(tickets, list) or len(tickets) > MOST_AT_ONCE or not all(isinstance(one, str) for one in tickets):
        return JsonResponse({}, status=422)
    return JsonResponse({"places": [asdict(place) for place in enter(tickets)]})
