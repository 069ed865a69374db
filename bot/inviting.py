"""What `callcue invite` tells whoever lets somebody in."""

from __future__ import annotations

import asyncio

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.roles import Role
from bot.settings import Settings

PATIENCE = 5.0  # seconds; the code works without the link as well


def how_to_join(code: str, *, role: Role, team: str, bot: str | None) -> str:
    """Return the code and how it is used; with a link where the bot's user name is known."""
    lines = [
        code,
        f'Lets one person join "{team}" as {role}, once, within seven days. They send the bot: /start {code}',
    ]
    if bot:
        lines.append(f"or open: https://t.me/{bot}?start={code}")
    return "\n".join(lines)


def bot_name(settings: Settings) -> str | None:
    """Return the user name of the bot, None when no token is set or its server does not answer."""
    if settings.telegram_token is None:
        return None
    bot = Bot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        request=HTTPXRequest(connect_timeout=PATIENCE, read_timeout=PATIENCE),
    )
    try:
        return asyncio.run(_ask_name(bot))
    except TelegramError:
        return None


async def _ask_name(bot: Bot) -> str | None:
    try:
        return (await bot.get_me()).username
    finally:
        await bot.shutdown()
