"""One run on one database: prepare, let citizens come, let things go wrong, deliver the rest, compare."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tools.survival.checker import Verdict, judge
from tools.survival.clients import CLIENTS, Crowd
from tools.survival.house import House
from tools.survival.plan import Event, carry_out, longest_gaps

DRAIN_SECONDS = 300
SLACK_SECONDS = 60  # the last fault and the recovery from it come after the time is over


@dataclass(frozen=True)
class Length:
    """How long things go wrong, how many applications a second citizens try, and the length of a lease."""

    seconds: float
    rate: float
    lease_seconds: float


@dataclass(frozen=True)
class Result:
    """What a run showed. `waits` are the seconds each client waited for its receipt, in order."""

    database: str
    seconds: float
    events: list[Event]
    verdict: Verdict
    reconciled: str  # empty when green
    acknowledged: int
    replays: int
    statuses: Counter[int]
    arrivals: Counter[str]
    gaps: dict[str, float]
    waits: list[float]
    drained_seconds: float
    disk_could_be_full: bool

    @property
    def holds(self) -> bool:
        """Nothing lost, doubled or unexplained, and the city says so too."""
        return self.verdict.is_clean and not self.reconciled and self.acknowledged > 0


def survive(database: str, length: Length, *, seed: int) -> Result:
    """Run it in a folder of its own, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="survival-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)  # PostgreSQL runs as somebody else
        with closing(House(database, folder, seed, length.lease_seconds)) as house:
            return _run(house, length)


def _run(house: House, length: Length) -> Result:
    house.open_database()
    most = int(length.rate * (length.seconds + SLACK_SECONDS))
    tokens = house.ask("-m", "tools.survival.prepare", str(most)).split()
    boot_seconds = house.open_city()
    crowd = Crowd(house.web_port, tokens, pause=CLIENTS / length.rate)
    started = time.monotonic()
    crowd.start()
    scene = house.scene(lambda: crowd.answers()[503])
    events = carry_out(scene, crowd, seed=house.seed, seconds=length.seconds, boot_seconds=boot_seconds)
    crowd.stop()
    print(f"  {len(events)} faults, {len(crowd.handings)} applications; delivering the rest …", flush=True)
    seconds = time.monotonic() - started
    stored = json.loads(  # noqa: TID251 - our own process printed it
        house.ask("-m", "tools.survival.stored", str(DRAIN_SECONDS))
    )
    drained = time.monotonic() - started - seconds
    reconcile = house.run("manage.py", "reconcile")
    arrivals = house.read_arrivals()
    return Result(
        database=house.database,
        seconds=seconds,
        events=events,
        verdict=judge(crowd.handings, stored, arrivals),
        reconciled=reconcile.stdout + reconcile.stderr[-500:] if reconcile.returncode else "",
        acknowledged=len(crowd.acknowledgements()),
        replays=sum(handing.is_replay for handing in crowd.handings),
        statuses=crowd.answers(),
        arrivals=Counter(arrival["outcome"] for arrival in arrivals),
        gaps=longest_gaps(crowd.acknowledgements(), events),
        waits=sorted(h.acknowledged - h.started for h in crowd.handings if h.acknowledged),
        drained_seconds=drained,
        disk_could_be_full=house.disk.can_be_full,
    )
