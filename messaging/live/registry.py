"""One hub per event loop: a process has one, tests have many."""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

from messaging.live.hub import Hub
from messaging.live.wakers import wake_hub

_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub_of_this_loop() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(wake_hub)
    return _hubs[loop]
