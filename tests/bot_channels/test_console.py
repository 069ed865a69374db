from __future__ import annotations

import itertools
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.console import Conversation, TerminalClock, messages_in, plain, terminal_id
from bot.desk import Outgoing
from bot.reply import Button, Line, Reply

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NINE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # Monday, nine o'clock in Amsterdam


class EchoingDesk:
    """Answers every message with itself and two buttons, and remembers what it got."""

    def __init__(self):
        self.got = []
        self.outbox = {}
        self.sent = {}
        self.left_over = []

    def store(self, bot_id, update_id, payload, at):
        return update_id

    def answer(self, inbox_id, incoming):
        self.got.append(incoming)
        buttons = ((Button("More", "1:more:a"), Button("Why", "1:why:a")),) if incoming.kind == "text" else ()
        reply = Reply((Line(incoming.text, label="You:"),), buttons=buttons)
        place = incoming.message_id if incoming.kind == "press" else None
        self.outbox[inbox_id] = Outgoing(inbox_id, 0, incoming.chat_id, reply, place, 1)

    def unhandled(self, bot_id):
        return self.left_over

    def take_over_outgoing(self, bot_id):
        pass

    def claim_outgoing(self, bot_id, *, chat_id=None, limit=20):
        return [out for out in self.outbox.values() if out.chat_id == chat_id]

    def mark_sent(self, outbox_id, message_id):
        self.sent[outbox_id] = message_id
        del self.outbox[outbox_id]


@pytest.fixture
def desk():
    return EchoingDesk()


@pytest.fixture
def told():
    return []


@pytest.fixture
def shown():
    return []


@pytest.fixture
def terminal(desk, shown, told):
    clock = TerminalClock(AMSTERDAM, stands_at=NINE)
    return Conversation(
        desk, clock, "me", itertools.count(100), show=lambda reply: shown.append(plain(reply)), tell=told.append
    )


def test_a_line_is_a_message_and_its_answer_is_shown_with_numbered_buttons(terminal, desk, shown):
    terminal.hold(["Met Karin"])
    assert shown == ["You: Met Karin\n[1] More  [2] Why"]
    (got,) = desk.got
    assert (got.kind, got.bot_id, got.sender_name, got.private, got.at) == ("text", 0, "me", True, NINE)


def test_empty_lines_are_no_messages(terminal, desk):
    terminal.hold(["", "  ", "\t"])
    assert desk.got == []


def test_a_colon_alone_or_before_no_word_is_ordinary_text(terminal, desk):
    terminal.hold([":) nice call", ": well", ":-("])
    assert [got.text for got in desk.got] == [":) nice call", ": well", ":-("]


def test_pressing_a_button_names_the_message_that_it_stands_under(terminal, desk):
    terminal.hold(["Met Karin", ":2"])
    pressed = desk.got[1]
    assert (pressed.kind, pressed.text) == ("press", "1:why:a")
    assert pressed.message_id == desk.sent[desk.got[0].update_id]


def test_buttons_stay_until_others_are_shown(terminal, desk):
    terminal.hold(["Met Karin", ":2", ":1"])
    assert [got.text for got in desk.got[1:]] == ["1:why:a", "1:more:a"]


@pytest.mark.parametrize(
    "line", [":3", ":0", ":9999", ":nonsense", ":as", ":at", ":at soon", ":at 9999-01-01", ":join"]
)
def test_what_cannot_be_followed_is_said_and_the_conversation_goes_on(terminal, desk, told, line):
    terminal.hold([line, "Met Karin"])
    assert len(told) == 1
    assert [got.text for got in desk.got] == ["Met Karin"]


def test_quit_ends(terminal, desk):
    terminal.hold(["one", ":quit", "two"])
    assert [got.text for got in desk.got] == ["one"]


def test_speaking_as_somebody_else_is_another_person_in_another_chat(terminal, desk):
    terminal.hold(["one", ":as Sanne", "two", ":as SANNE", "three"])
    first, second, third = (got.sender_id for got in desk.got)
    assert first != second == third
    assert all(got.chat_id == got.sender_id < 0 for got in desk.got)


def test_an_edit_names_the_message_by_its_number(terminal, desk):
    terminal.hold(["Met Karin", "Met Jan", ":edit 1 Met Carin"])
    assert (desk.got[2].kind, desk.got[2].text, desk.got[2].message_id) == ("edit", "Met Carin", desk.got[0].message_id)


def test_joining_is_asked_for(terminal, desk):
    terminal.hold(["Met Karin", ":join decides in June"])
    assert [got.joins_previous for got in desk.got] == [False, True]


@pytest.mark.parametrize(
    ("said", "local"),
    [
        ("2026-04-01", "2026-04-01 09:00"),
        ("14:30", "2026-03-09 14:30"),
        ("9:05", "2026-03-09 09:05"),
        ("2026-04-01T16:00", "2026-04-01 16:00"),
        ("2026-04-01 16:00", "2026-04-01 16:00"),
        ("2026-04-01T14:00Z", "2026-04-01 16:00"),
    ],
)
def test_the_clock_is_set_in_local_time_and_stands_still(terminal, desk, said, local):
    terminal.hold([f":at {said}", "one", "two"])
    assert {f"{got.at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" for got in desk.got} == {local}


def test_the_clock_goes_on_when_told(terminal):
    terminal.hold([":at now"])
    assert terminal.clock.stands_at is None


def test_what_an_earlier_session_was_killed_over_is_answered_first(terminal, desk, shown):
    terminal.hold(["Met Karin"])
    payload = {"kind": "text", "bot_id": 0, "update_id": 1, "sender_id": terminal_id("me"), "sender_name": "me"}
    payload |= {"chat_id": terminal_id("me"), "private": True, "message_id": 1, "at": NINE.isoformat(), "text": "old"}
    desk.left_over = [(55, payload)]
    terminal.recover()
    assert shown[-1].startswith("You: old")


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (["one\n", "two\n"], ["one", "two"]),
        (["one \\\n", "two\n", "three"], ["one \ntwo", "three"]),
        (["one\\\r\n", "two\r\n"], ["one\ntwo"]),
        (["one\\"], ["one"]),
        ([], []),
    ],
)
def test_a_line_that_ends_in_a_backslash_goes_on(lines, messages):
    assert list(messages_in(lines)) == messages


def test_nothing_that_is_shown_can_steer_the_terminal():
    assert plain(Reply((Line("\x1b[2Jgone\x07 \ud83d"),), buttons=((Button("\x9bx", "d"),),))) == "[2Jgone ?\n[1] x"
