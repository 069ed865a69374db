from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Bot, Update

from bot.incoming import Incoming
from bot.telegram.unpacking import incoming_of

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SENT = datetime(2026, 3, 9, 11, 59, tzinfo=UTC)
ROBIN = {"id": 7_000_000_001, "is_bot": False, "first_name": "Robin", "last_name": "Smit", "language_code": "nl"}
PRIVATE = {"id": 7_000_000_001, "type": "private"}


def message(**content):
    return {"message_id": 5, "date": int(SENT.timestamp()), "chat": PRIVATE, "from": ROBIN, **content}


def unpacked(**update) -> Incoming | None:
    bot = Bot("1:token")
    return incoming_of(Update.de_json({"update_id": 9, **update}, bot), bot_id=42, now=NOW)


def test_a_message_is_unpacked_whole():
    assert unpacked(message=message(text="Met Karin", reply_to_message=message(message_id=4, text="?"))) == Incoming(
        kind="text",
        bot_id=42,
        update_id=9,
        sender_id=7_000_000_001,
        sender_name="Robin Smit",
        chat_id=7_000_000_001,
        private=True,
        message_id=5,
        at=SENT,
        text="Met Karin",
        reply_to=4,
        language_code="nl",
    )


def test_a_changed_message_carries_when_it_was_changed():
    changed = unpacked(edited_message=message(text="Met Carin", edit_date=int(NOW.timestamp())))
    assert (changed.kind, changed.message_id, changed.text, changed.at) == ("edit", 5, "Met Carin", NOW)


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_what_is_no_text_is_media_without_text(kind):
    voice = {"file_id": "1", "file_unique_id": "1", "duration": 3}
    assert (unpacked(**{kind: message(voice=voice, caption="Met Karin")})).kind == "media"
    assert (unpacked(**{kind: message(voice=voice, caption="Met Karin")})).text == ""


@pytest.mark.parametrize("age", [{"date": int(SENT.timestamp())}, {"date": 0}], ids=["recent", "too old to be seen"])
def test_a_press_names_the_message_under_which_the_button_is(age):
    under = {"message_id": 6, "chat": PRIVATE, **age}
    press = {"id": "77", "from": ROBIN, "chat_instance": "1", "data": "1:why:a", "message": under}
    pressed = unpacked(callback_query=press)
    assert (pressed.kind, pressed.text, pressed.message_id, pressed.press_id) == ("press", "1:why:a", 6, "77")
    assert (pressed.at, pressed.private) == (NOW, True)


def test_a_group_is_not_private():
    assert unpacked(message=message(text="hi", chat={"id": -5, "type": "group", "title": "Sales"})).private is False


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": {"message_id": 5, "date": 1, "chat": {"id": -5, "type": "channel"}, "text": "hi"}},
        {"message": message(text="hi") | {"from": ROBIN | {"is_bot": True}}},
        {"callback_query": {"id": "77", "from": ROBIN, "chat_instance": "1", "inline_message_id": "5", "data": "x"}},
        {"poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": [], "user": ROBIN}},
    ],
    ids=["channel", "another bot", "inline message", "poll"],
)
def test_what_no_person_sent_to_the_bot_is_nothing(update):
    assert unpacked(**update) is None
