"""Compiled flows, kept in the process by their hash: what a hash stands for never changes, so nothing can be stale."""

from __future__ import annotations

import threading
from collections import OrderedDict

from forms_engine.domain import Flow, load_flow
from forms_engine.models import FlowVersion

KEEP = 128
_flows: OrderedDict[str, Flow] = OrderedDict()
_lock = threading.Lock()


def cached_flow(version: FlowVersion) -> Flow:
    """The compiled flow of a version, compiled once per process. Needs only `pk` and `hash` to be loaded."""
    with _lock:
        flow = _flows.get(version.hash)
        if flow is not None:
            _flows.move_to_end(version.hash)
            return flow
    document = FlowVersion.objects.values_list("document", flat=True).get(pk=version.pk)
    return keep_flow(load_flow(document))


def keep_flow(flow: Flow) -> Flow:
    """Remember a compiled flow; the one that was used longest ago goes."""
    with _lock:
        _flows[flow.hash] = flow
        _flows.move_to_end(flow.hash)
        while len(_flows) > KEEP:
            _flows.popitem(last=False)
    return flow
