"""/ws/cases: a clerk's open inbox hears that something arrived or moved, never what it says."""

from __future__ import annotations

from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from forms_engine.live import is_signed_in, unit_ids_of, watch_of_this_loop

NOT_ALLOWED = 4403


class CaseInboxConsumer(AsyncJsonWebsocketConsumer):
    """Sends {"type": "cases.changed"} when a case of one of the person's units changed."""

    async def connect(self) -> None:
        self.person = self.scope.get("user")
        if self.person is None or not self.person.is_authenticated or not await unit_ids_of(self.person):
            await self.close(NOT_ALLOWED)
            return
        await self.accept()
        watch_of_this_loop().add(self.tell)

    async def tell(self, units: set[int]) -> None:
        """Called by the watch; the right is looked up again each time."""
        mine = await unit_ids_of(self.person) if await is_signed_in(self.scope.get("session")) else set()
        if not mine:
            await self.close(NOT_ALLOWED)
        elif mine & units:
            await self.send_json({"type": "cases.changed"})

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Nothing a client says here means anything; it is not even read."""

    async def disconnect(self, code: int) -> None:
        watch_of_this_loop().remove(self.tell)
