"""Sends what is in the outbox: at once, each chat in its order, nobody waiting for anybody else."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from telegram import InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.desk import Desk, Outgoing
from bot.telegram.connection import CallcueBot
from bot.telegram.patience import wait_after, work
from bot.telegram.polling import seconds_of
from bot.telegram.rendering import keyboard_of, messages_of

LOOK_AGAIN = 15.0  # seconds; answers wake the sender at once, this finds what another process left
BATCH = 20
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

log = logging.getLogger(__name__)


class Sender:
    """Empties the outbox of one bot. `wake` it when something was put in."""

    def __init__(self, bot: CallcueBot, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._desk = desk
        self._clock = clock
        self._woken = asyncio.Event()
        self._lanes: dict[int, deque[Outgoing]] = {}  # by chat: what is claimed and not yet sent
        self._waits: dict[int, datetime] = {}  # by chat: when it may be tried again
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    def wake(self) -> None:
        """There is something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            self._woken.clear()
            claimed = await work(self._desk.claim_outgoing, self._bot.id, limit=BATCH)
            for outgoing in claimed:
                self._line_up(outgoing)
            if len(claimed) < BATCH:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LOOK_AGAIN)

    def acknowledge(self, press_id: str) -> None:
        """Tell Telegram that a press of a button arrived, so that the button stops spinning. Failing is harmless."""
        self._start(self._acknowledge(press_id))

    async def finish(self, seconds: float) -> None:
        """Let what is being sent arrive, within so many seconds; what was only claimed is left for the next start."""
        self._closing = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _line_up(self, outgoing: Outgoing) -> None:
        lane = self._lanes.get(outgoing.chat_id)
        if lane is not None:
            lane.append(outgoing)
            return
        self._lanes[outgoing.chat_id] = deque([outgoing])
        self._start(self._empty_lane(outgoing.chat_id))

    async def _empty_lane(self, chat_id: int) -> None:
        """Send one chat's messages in their order. When one has to wait, those behind it wait as long."""
        lane = self._lanes[chat_id]
        while lane and not self._closing:
            outgoing = lane.popleft()
            waits_until = self._waits.get(chat_id)
            if waits_until is None or waits_until <= self._clock():
                await self._deliver(outgoing)
            else:
                await work(self._desk.mark_failed, outgoing.id, error="behind", retry_at=waits_until)
        del self._lanes[chat_id]

    async def _deliver(self, outgoing: Outgoing) -> None:
        """Send one message and mark what became of it."""
        self._waits.pop(outgoing.chat_id, None)
        try:
            message_id = await self._send(outgoing)
        except (Forbidden, BadRequest, ChatMigrated) as error:
            log.warning("outgoing %d given up (%s)", outgoing.id, type(error).__name__)
            await self._give_up(outgoing, "blocked" if isinstance(error, Forbidden) else "refused")
        except RetryAfter as flood:
            await self._put_back(outgoing, "flood", seconds_of(flood))
        except TelegramError as error:
            log.info("outgoing %d did not arrive (%s)", outgoing.id, type(error).__name__)
            await self._put_back(outgoing, "network", wait_after(outgoing.attempt))
        except Exception as error:  # a mistake in the program: what comes after for this chat is sent
            log.error("outgoing %d given up", outgoing.id, exc_info=error)
            await self._give_up(outgoing, "mistake")
        else:
            await work(self._desk.mark_sent, outgoing.id, message_id)

    async def _give_up(self, outgoing: Outgoing, error: str) -> None:
        await work(self._desk.mark_failed, outgoing.id, error=error, retry_at=None)

    async def _put_back(self, outgoing: Outgoing, error: str, seconds: float) -> None:
        retry_at = self._clock() + timedelta(seconds=seconds)
        self._waits[outgoing.chat_id] = retry_at
        await work(self._desk.mark_failed, outgoing.id, error=error, retry_at=retry_at)
        asyncio.get_running_loop().call_later(seconds + 0.05, self.wake)

    async def _send(self, outgoing: Outgoing) -> int:
        """Send one answer, in several messages when it is very long; return the id of the one with the buttons."""
        *first_parts, last_part = messages_of(outgoing.reply)
        replaces = outgoing.replaces_message_id
        for part in first_parts:
            await self._show(outgoing.chat_id, part, None, replaces)
            replaces = None
        return await self._show(outgoing.chat_id, last_part, keyboard_of(outgoing.reply), replaces)

    async def _show(self, chat_id: int, text: str, buttons: InlineKeyboardMarkup | None, replaces: int | None) -> int:
        """Put a text in place of a message, or in a new one when there is none to replace; return its id."""
        if replaces is not None and await self._edit(chat_id, text, buttons, replaces):
            return replaces
        sent = await self._bot.send_message(
            chat_id, text, parse_mode=ParseMode.HTML, reply_markup=buttons, link_preview_options=NO_PREVIEW
        )
        return sent.message_id

    async def _edit(self, chat_id: int, text: str, buttons: InlineKeyboardMarkup | None, message_id: int) -> bool:
        """Return whether the message now shows the text; False when it is gone or too old to be edited."""
        try:
            await self._bot.edit_message_text(
                text,
                chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            return "not modified" in error.message.lower()
        return True

    async def _acknowledge(self, press_id: str) -> None:
        try:
            await self._bot.answer_callback_query(press_id)
        except TelegramError as error:  # too old, after a restart: nobody sees it spinning any more
            log.debug("a press was not acknowledged (%s)", type(error).__name__)
