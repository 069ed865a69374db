"""The bot on a terminal: the same desk, the same inbox and outbox, with lines instead of Telegram's messages."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.desk import Desk
from bot.incoming import Incoming, Kind
from bot.reply import Button, Reply

BOT_ID = 0  # the terminal, where Telegram's bots have their own numbers
INSTRUCTION = re.compile(r":([0-9]{1,4}|[a-z]+)(?:\s+(.*))?", re.DOTALL)
CONTROLS = dict.fromkeys([*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)])  # could steer the terminal
MORNING = time(9)
YEARS = range(2000, 2100)  # that the clock can be set to

HELP = """\
Type a note about a prospect, or a command such as /help. A line that ends in \\ goes on in the next one.
  :1            press button 1 of the last answer
  :join TEXT    add TEXT to your last note
  :edit N TEXT  change message N of this session, counted from 1
  :as NAME      speak as somebody else; a new name first joins with /start CODE (callcue invite makes codes)
  :at TIME      set the clock: 2026-03-09, 14:30, 2026-03-09T14:30, or now
  :quit         end (so does Ctrl-D)"""


class Misunderstood(Exception):
    """An instruction to the terminal cannot be followed; the message says why."""


@dataclass(slots=True)
class TerminalClock:
    """The machine's clock, until it is set; then it stands still, so that a conversation can be repeated."""

    zone: ZoneInfo
    stands_at: datetime | None = None

    def __call__(self) -> datetime:
        """Return now, aware and in UTC."""
        return self.stands_at or datetime.now(UTC)

    def set(self, moment: str) -> datetime:
        """Set it to a date (at nine in the morning), a time of today, both, or `now`; return the local time.

        Raises ValueError for anything else.
        """
        local_now = self().astimezone(self.zone)
        if moment == "now":
            self.stands_at = None
            return self().astimezone(self.zone)
        local = _moment(moment, local_now)
        if local.year not in YEARS:
            raise ValueError("out of range")
        self.stands_at = (local if local.tzinfo else local.replace(tzinfo=self.zone)).astimezone(UTC)
        return self.stands_at.astimezone(self.zone)


@dataclass(slots=True)
class Conversation:
    """One session at a terminal. `show` gets each answer, `tell` what the terminal itself has to say."""

    desk: Desk
    clock: TerminalClock
    speaker: str
    numbers: Iterator[int]  # a new one for each update and message, never used before at any terminal
    show: Callable[[Reply], None]
    tell: Callable[[str], None]
    typed: list[int] = field(default_factory=list)  # the messages that who speaks now has written
    buttons: list[tuple[Button, int]] = field(default_factory=list)  # on the screen now, with their message

    def recover(self) -> None:
        """Answer what an earlier session was killed over."""
        self.desk.take_over_outgoing(BOT_ID)
        for inbox_id, payload in self.desk.unhandled(BOT_ID):
            self.desk.answer(inbox_id, TypeAdapter(Incoming).validate_python(payload))
        self._show_answers()

    def hold(self, messages: Iterable[str]) -> None:
        """Take messages one by one until they end or one says :quit. Raises DatabaseProblem."""
        for message in messages:
            if message.strip() == ":quit":
                return
            try:
                self.take(message)
            except Misunderstood as misunderstanding:
                self.tell(str(misunderstanding))

    def take(self, message: str) -> None:
        """Follow one instruction, or put one message to the desk. Raises Misunderstood or DatabaseProblem."""
        instruction = INSTRUCTION.fullmatch(message.strip())
        if instruction is None:
            if message.strip():
                self._put(message)
            return
        word, rest = instruction[1], (instruction[2] or "").strip()
        if word.isdigit():
            self._press(int(word))
        elif word in self._instructions():
            self._instructions()[word](rest)
        else:
            raise Misunderstood(f"There is no :{word}. :help lists what there is.")

    def _instructions(self) -> dict[str, Callable[[str], None]]:
        return {
            "help": self._help,
            "as": self._become,
            "at": self._set_clock,
            "join": self._join,
            "edit": self._edit,
        }

    def _help(self, _: str) -> None:
        self.tell(HELP)

    def _become(self, name: str) -> None:
        if not name:
            raise Misunderstood("As whom? Write for example :as Sanne")
        self.speaker, self.typed, self.buttons = name, [], []
        self.tell(f"You are now {name}.")
        self._show_answers()

    def _set_clock(self, moment: str) -> None:
        try:
            local = self.clock.set(moment)
        except ValueError:
            raise Misunderstood("Which time? Write :at 2026-03-09, :at 14:30 or :at 2026-03-09T14:30") from None
        self.tell(f"It is now {local:%A %d %B %Y, %H:%M} ({self.clock.zone}).")

    def _join(self, text: str) -> None:
        if not text:
            raise Misunderstood("Join what? Write for example :join Decides in June")
        self._put(text, joins_previous=True)

    def _edit(self, change: str) -> None:
        asked = re.fullmatch(r"([0-9]{1,4})\s+(\S.*)", change, re.DOTALL)
        if asked is None or not 1 <= int(asked[1]) <= len(self.typed):
            raise Misunderstood("Edit which message, and how? Write for example :edit 1 Met Karin Bos, call Friday")
        self._put(asked[2], kind="edit", message_id=self.typed[int(asked[1]) - 1])

    def _press(self, number: int) -> None:
        if not 1 <= number <= len(self.buttons):
            raise Misunderstood(f"There is no button {number}.")
        button, message_id = self.buttons[number - 1]
        self._put(button.data, kind="press", message_id=message_id)

    def _put(
        self, text: str, *, kind: Kind = "text", message_id: int | None = None, joins_previous: bool = False
    ) -> None:
        number = next(self.numbers)
        if kind == "text":
            self.typed.append(number)
        incoming = Incoming(
            kind=kind,
            bot_id=BOT_ID,
            update_id=number,
            sender_id=terminal_id(self.speaker),
            sender_name=self.speaker,
            chat_id=terminal_id(self.speaker),
            private=True,
            message_id=message_id or number,
            at=self.clock(),
            text=text,
            joins_previous=joins_previous,
        )
        inbox_id = self.desk.store(BOT_ID, number, _as_json(incoming), incoming.at)
        if inbox_id is not None:
            self.desk.answer(inbox_id, incoming)
        self._show_answers()

    def _show_answers(self) -> None:
        """Show what is in the outbox for who speaks now."""
        while waiting := self.desk.claim_outgoing(BOT_ID, chat_id=terminal_id(self.speaker)):
            for outgoing in waiting:
                message_id = outgoing.replaces_message_id or next(self.numbers)
                self.show(outgoing.reply)
                if outgoing.reply.buttons:
                    self.buttons = [(button, message_id) for row in outgoing.reply.buttons for button in row]
                self.desk.mark_sent(outgoing.id, message_id)


def terminal_id(name: str) -> int:
    """Return the number by which somebody at a terminal is known: negative, always the same for a name."""
    digest = hashlib.sha256(name.casefold().encode("utf-8", "replace")).digest()
    return -1 - int.from_bytes(digest[:7])


def messages_in(lines: Iterable[str]) -> Iterator[str]:
    """Put lines together to messages: a line that ends in a backslash goes on in the next."""
    begun: list[str] = []
    for line in lines:
        text = line.rstrip("\r\n")
        begun.append(text.removesuffix("\\"))
        if not text.endswith("\\"):
            yield "\n".join(begun)
            begun = []
    if begun:
        yield "\n".join(begun)


def plain(reply: Reply) -> str:
    """Return an answer as plain lines, with its buttons numbered below."""
    return "\n".join([*(safe(line.plain) for line in reply.lines), *button_rows(reply)])


def button_rows(reply: Reply) -> list[str]:
    """Return the rows of buttons, numbered through: `[1] More questions  [2] Why`."""
    numbers = itertools.count(1)
    return ["  ".join(f"[{next(numbers)}] {safe(button.label)}" for button in row) for row in reply.buttons]


def safe(text: str) -> str:
    """Return a text without the control characters with which it could steer a terminal."""
    return text.encode("utf-8", "replace").decode("utf-8").translate(CONTROLS)


def _moment(text: str, local_now: datetime) -> datetime:
    """Raises ValueError."""
    if re.fullmatch(r"\d{1,2}:\d{2}", text):
        return datetime.combine(local_now.date(), time.fromisoformat(text.zfill(5)))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return datetime.combine(date.fromisoformat(text), MORNING)
    return datetime.fromisoformat(text)


def _as_json(incoming: Incoming) -> dict[str, Any]:
    return dict(TypeAdapter(Incoming).dump_python(incoming, mode="json"))
