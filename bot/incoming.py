"""What came in from a person, whichever way it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["text", "edit", "press", "media"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, edit or press of a button, unpacked and checked once, at the edge."""

    kind: Kind
    bot_id: int  # which bot it came to; 0 is the terminal
    update_id: int
    sender_id: int  # Telegram's 64-bit id of the person, or the terminal's
    sender_name: str
    chat_id: int
    private: bool  # False: a group or a channel, where no prospect's data may be shown
    message_id: int  # of the message sent, or of the message whose button was pressed
    at: datetime  # aware, UTC: when the person sent it
    text: str = ""  # what was typed; the callback data of a press; empty for media
    reply_to: int | None = None  # id of the message that this one answers
    language_code: str | None = None  # what the person's app is set to, "nl" or "en-GB"
    press_id: str = ""  # Telegram's id of the press, to acknowledge it
    joins_previous: bool = False  # the terminal's way to say that this goes on with the last message
