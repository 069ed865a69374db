"""The connection to the Bot API, and what to tell somebody whose bot cannot be started."""

from __future__ import annotations

import logging
from typing import Any

from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

LONG_POLL = 30  # seconds for which the server holds a request for updates
PATIENCE = 10.0  # seconds to wait for an answer to anything else
CONNECTIONS = 64  # as many people may be slow at the same time without holding up the others

log = logging.getLogger(__name__)


class CannotStart(Exception):
    """The bot cannot work with this token or this server; the message says what to do."""


class CallcueBot(ExtBot[int]):
    """The bot as python-telegram-bot knows it, which can also hand over updates as they came."""

    async def raw_updates(self, offset: int, allowed: list[str]) -> list[dict[str, Any]]:
        """Wait for updates from `offset` on and return them unparsed, so that one that is odd hides no other."""
        asked = {"offset": offset, "timeout": LONG_POLL, "allowed_updates": allowed}
        updates = await self._post("getUpdates", asked, read_timeout=LONG_POLL + PATIENCE)
        return [update for update in updates if isinstance(update, dict)] if isinstance(updates, list) else []


def connect(token: str, api_url: str) -> CallcueBot:
    """Return a bot that is not connected yet.

    The limiter keeps to Telegram's overall pace. It does not retry: it would stop everybody while one person waits.
    """
    return CallcueBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            connect_timeout=PATIENCE,
            read_timeout=PATIENCE,
            write_timeout=PATIENCE,
            pool_timeout=PATIENCE,
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=1, connect_timeout=PATIENCE, pool_timeout=PATIENCE),
        rate_limiter=AIORateLimiter(max_retries=0),
    )


async def introduce(bot: CallcueBot, api_url: str) -> None:
    """Ask the server who the bot is. Raises CannotStart."""
    try:
        await bot.initialize()
    except InvalidToken:
        raise CannotStart(refused(api_url)) from None
    except RetryAfter as error:
        wait = error.retry_after
        raise CannotStart(f"{api_url} asks to wait for {wait} before this bot is started again.") from None
    except NetworkError:
        raise CannotStart(
            f"{api_url} cannot be reached. Check the network, and CALLCUE_TELEGRAM_API_URL if you set it; "
            "then start again."
        ) from None
    except TelegramError as error:
        raise CannotStart(f"{api_url} did not take the bot ({type(error).__name__}). Start again later.") from None


def refused(api_url: str) -> str:
    """Return what to say when the server does not know the token."""
    return (
        f"{api_url} does not know this token (CALLCUE_TELEGRAM_TOKEN). Copy it again from @BotFather; "
        "one that was revoked no longer works."
    )


async def offer_commands(bot: CallcueBot, menus: dict[str | None, list[tuple[str, str]]]) -> None:
    """Fill the menu of commands: language code -> commands, None for all other languages. Failing is not fatal."""
    try:
        for language, commands in menus.items():
            await bot.set_my_commands(commands, language_code=language)
    except TelegramError as error:
        log.warning("the menu of commands was not set (%s)", type(error).__name__)
