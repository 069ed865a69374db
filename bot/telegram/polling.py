"""Asks Telegram for updates. Each is stored before Telegram is told that it arrived."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.connection import CallcueBot
from bot.telegram.patience import Backoff
from bot.telegram.unpacking import ASKED_FOR

log = logging.getLogger(__name__)

Keep = Callable[[int, dict[str, Any]], Awaitable[None]]  # (update id, update as it came)


async def poll(bot: CallcueBot, keep: Keep) -> None:
    """Ask for updates until cancelled and give each to `keep`; the offset moves when `keep` has returned.

    Goes on through failures of the network. Raises InvalidToken when the token is no longer good.
    """
    offset = 0
    backoff = Backoff()
    while True:
        try:
            updates = await bot.raw_updates(offset, list(ASKED_FOR))
        except InvalidToken:
            raise
        except TelegramError as error:
            await asyncio.sleep(_wait_after(error, backoff))
            continue
        if backoff.failures:
            log.info("updates come in again")
            backoff.reset()
        for update in updates:
            await keep(update["update_id"], update)
            offset = update["update_id"] + 1


def _wait_after(error: TelegramError, backoff: Backoff) -> float:
    """Return the seconds to wait after a failure, and say once what is the matter."""
    is_news = backoff.failures == 0
    wait = backoff.next_wait()
    if isinstance(error, RetryAfter):
        return max(wait, seconds_of(error))
    if is_news and isinstance(error, Conflict):
        log.warning("another program takes this bot's updates, or just did; if this goes on, stop one of the two")
    elif is_news:
        log.warning("Telegram cannot be reached (%s); trying again until it can", type(error).__name__)
    return wait


def seconds_of(flood: RetryAfter) -> float:
    """Return how long Telegram asks to wait, with a little to spare."""
    wait = flood.retry_after
    return 0.2 + (wait if isinstance(wait, int) else wait.total_seconds())
