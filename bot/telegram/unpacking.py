"""What Telegram delivers, checked once and put into the plain values that the rest of the program knows."""

from __future__ import annotations

from datetime import datetime

from telegram import CallbackQuery, Chat, Message, Update, User

from bot.incoming import Incoming, Kind

ASKED_FOR = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)


def incoming_of(update: Update, *, bot_id: int, now: datetime) -> Incoming | None:
    """Return what a person sent, or None when no person did (a channel, another bot) or nothing can be answered.

    `now` is when a press of a button came in, since Telegram does not say when it was made.
    """
    if update.callback_query:
        return _press(update.callback_query, update.update_id, bot_id, now)
    message = update.edited_message or update.message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    return _message(message, message.from_user, update, bot_id)


def _message(message: Message, sender: User, update: Update, bot_id: int) -> Incoming:
    return Incoming(
        kind=_kind(message, is_edit=update.edited_message is not None),
        bot_id=bot_id,
        update_id=update.update_id,
        sender_id=sender.id,
        sender_name=sender.full_name,
        chat_id=message.chat.id,
        private=message.chat.type == Chat.PRIVATE,
        message_id=message.message_id,
        at=message.edit_date or message.date,
        text=message.text or "",
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
        language_code=sender.language_code,
    )


def _kind(message: Message, *, is_edit: bool) -> Kind:
    if message.text is None:
        return "media"
    return "edit" if is_edit else "text"


def _press(press: CallbackQuery, update_id: int, bot_id: int, now: datetime) -> Incoming | None:
    if press.message is None or press.data is None:
        return None  # a button under a message that is not the bot's own
    return Incoming(
        kind="press",
        bot_id=bot_id,
        update_id=update_id,
        sender_id=press.from_user.id,
        sender_name=press.from_user.full_name,
        chat_id=press.message.chat.id,
        private=press.message.chat.type == Chat.PRIVATE,
        message_id=press.message.message_id,
        at=now,
        text=press.data,
        language_code=press.from_user.language_code,
        press_id=press.id,
    )
