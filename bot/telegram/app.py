"""The Telegram bot: start here. One update goes polling -> inbox -> handler -> desk -> outbox -> sender."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.desk import Desk
from bot.telegram.connection import CallcueBot, CannotStart, connect, introduce, offer_commands, refused
from bot.telegram.handlers import BotContext, on_anything_else, on_error, on_message, on_press
from bot.telegram.inbox import Inbox
from bot.telegram.patience import work
from bot.telegram.polling import poll
from bot.telegram.sending import Sender
from nlp.language import languages

TO_FINISH = 1.2  # seconds that an answer on its way has when the bot is stopped
TO_STOP = 1.6  # seconds after which the process ends whatever happens: all that came in is stored

log = logging.getLogger(__name__)

App = Application[CallcueBot, BotContext, dict[Any, Any], dict[Any, Any], dict[str, Any], None]


def build(bot: CallcueBot, inbox: Inbox) -> App:
    """Return the application with every handler, in the order in which they are asked."""
    app: App = (
        ApplicationBuilder().bot(bot).updater(None).job_queue(None).context_types(ContextTypes(BotContext)).build()
    )
    app.bot_data["inbox"] = inbox
    app.add_handler(CallbackQueryHandler(on_press))
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGES & ~filters.StatusUpdate.ALL, on_message))
    app.add_handler(TypeHandler(Update, on_anything_else))
    app.add_error_handler(on_error)
    return app


async def run(
    desk: Desk, *, token: str, api_url: str, clock: Callable[[], datetime], on_ready: Callable[[str], None]
) -> None:
    """Answer until SIGINT or SIGTERM. `on_ready` is told the bot's user name. Raises CannotStart."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # what newer versions of the library do in any case
    serving = asyncio.create_task(_serve(desk, connect(token, api_url), api_url, clock, on_ready))
    _stop_at_signals(serving)
    try:
        await serving
    except asyncio.CancelledError:
        log.info("stopped")
    except InvalidToken:
        raise CannotStart(refused(api_url)) from None


async def _serve(
    desk: Desk, bot: CallcueBot, api_url: str, clock: Callable[[], datetime], on_ready: Callable[[str], None]
) -> None:
    try:
        await introduce(bot, api_url)
        sender = Sender(bot, desk, clock)
        inbox = Inbox(bot, desk, sender, clock)
        app = build(bot, inbox)
        await app.initialize()
        await work(desk.take_over_outgoing, bot.id)
        await inbox.recover()
        await _no_webhook(bot)
        on_ready(bot.username)
        await offer_commands(bot, {language: desk.menu(None, language) for language in (None, *languages())})
        await _together(sender, poll(bot, inbox.keep), _handle_all(app, inbox), sender.run(), _warm_up(desk))
    finally:
        await bot.shutdown()


async def _together(sender: Sender, *parts: Coroutine[Any, Any, None]) -> None:
    """Run endless parts until one fails or this is cancelled; then let what is under way come to its end."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait([*tasks, asyncio.create_task(sender.finish(TO_FINISH))], timeout=TO_FINISH)


async def _handle_all(app: App, inbox: Inbox) -> None:
    """Hand stored updates to the handlers, one by one. When cancelled, the one in hand is finished first."""
    while True:
        update = await inbox.next_update()
        handling = asyncio.create_task(app.process_update(update))
        try:
            await asyncio.shield(handling)
        except asyncio.CancelledError:
            await handling
            raise


async def _warm_up(desk: Desk) -> None:
    """Get ready to read before the first note comes. Should it fail, that note shows why."""
    try:
        await work(desk.warm_up)
    except Exception as error:
        log.error("the playbooks were not compiled ahead", exc_info=error)


async def _no_webhook(bot: CallcueBot) -> None:
    """Take away a webhook that was set earlier, since Telegram then refuses polling."""
    try:
        await bot.delete_webhook()
    except TelegramError as error:
        log.warning("a webhook set earlier, if any, was not removed (%s)", type(error).__name__)


def _stop_at_signals(serving: asyncio.Task[None]) -> None:
    """Let the first SIGINT or SIGTERM stop the bot in order; further ones change nothing."""
    stopping: list[threading.Timer] = []

    def stop() -> None:
        if stopping:
            return
        # Should a thread not come to its end: all that was received is stored, so leaving it is safe.
        timer = threading.Timer(TO_STOP, os._exit, (0,))
        timer.daemon = True
        timer.start()
        stopping.append(timer)
        serving.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)
