"""What came in: stored first, then answered one after another in the order in which it came."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram import Bot, Update

from bot.desk import Desk
from bot.incoming import Incoming
from bot.telegram.patience import work
from bot.telegram.sending import Sender
from bot.telegram.unpacking import incoming_of

log = logging.getLogger(__name__)

Stored = tuple[int, dict[str, Any]]  # (inbox id, update as it came)


class Inbox:
    """The updates of one bot, from the moment they are delivered until each is answered."""

    def __init__(self, bot: Bot, desk: Desk, sender: Sender, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._desk = desk
        self._sender = sender
        self._clock = clock
        self._waiting: asyncio.Queue[Stored] = asyncio.Queue()
        self._ids: dict[int, int] = {}  # update id -> inbox id, of the update being handled

    async def recover(self) -> None:
        """Put what an earlier process did not get to before anything new. Call it before `keep`."""
        for stored in await work(self._desk.unhandled, self._bot.id):
            self._waiting.put_nowait(stored)

    async def keep(self, update_id: int, payload: dict[str, Any]) -> None:
        """Store an update; one that was delivered before is dropped."""
        inbox_id = await work(self._desk.store, self._bot.id, update_id, payload, self._clock())
        if inbox_id is not None:
            self._waiting.put_nowait((inbox_id, payload))

    async def next_update(self) -> Update:
        """Wait for the oldest update that is not handled."""
        while True:
            inbox_id, payload = await self._waiting.get()
            update = self._parsed(inbox_id, payload)
            if update is not None:
                self._ids = {update.update_id: inbox_id}
                return update

    async def answer(self, update: Update) -> None:
        """Have the desk answer it, and its answer sent."""
        incoming = incoming_of(update, bot_id=self._bot.id, now=self._clock())
        if incoming is None:
            await self.ignore(update)
            return
        if incoming.press_id:
            self._sender.acknowledge(incoming.press_id)
        await self._ask(incoming, self._ids[update.update_id])

    async def ignore(self, update: Update) -> None:
        """Have an update marked handled that holds nothing to answer."""
        await work(self._desk.ignore, self._ids[update.update_id])

    async def _ask(self, incoming: Incoming, inbox_id: int) -> None:
        await work(self._desk.answer, inbox_id, incoming)
        self._sender.wake()

    def _parsed(self, inbox_id: int, payload: dict[str, Any]) -> Update | None:
        try:
            return Update.de_json(payload, self._bot)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # It stays stored; the third start parks it.
            log.error("inbox %d holds an update that cannot be read (%s)", inbox_id, type(error).__name__)
            return None
