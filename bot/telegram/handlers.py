"""What happens to each kind of update. Nothing is decided here: unpack, ask, send."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Update
from telegram.ext import CallbackContext

from bot.telegram.connection import CallcueBot
from bot.telegram.inbox import Inbox

log = logging.getLogger(__name__)


class BotContext(CallbackContext[CallcueBot, dict[Any, Any], dict[Any, Any], dict[str, Any]]):
    """What a handler has at hand."""

    @property
    def inbox(self) -> Inbox:
        """Where updates are stored, asked about and marked handled."""
        inbox = self.bot_data["inbox"]
        if not isinstance(inbox, Inbox):
            raise TypeError("the application was built without an inbox")
        return inbox


async def on_message(update: Update, context: BotContext) -> None:
    """Somebody wrote or changed a message: a command, a note, or something that is no text."""
    await context.inbox.answer(update)


async def on_press(update: Update, context: BotContext) -> None:
    """Somebody pressed a button under an answer."""
    await context.inbox.answer(update)


async def on_anything_else(update: Update, context: BotContext) -> None:
    """Something that nobody asked for, such as a member leaving a group."""
    await context.inbox.ignore(update)


async def on_error(update: object, context: BotContext) -> None:
    """A handler failed, which is a mistake in the program: the update stays stored for the next start."""
    update_id = update.update_id if isinstance(update, Update) else None
    log.error("update %s was not handled", update_id, exc_info=context.error)
