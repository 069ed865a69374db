"""`callcue chat`: answers go to standard output, everything else to standard error."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import signal
import sys
import time
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from bot.console import BOT_ID, Conversation, TerminalClock, button_rows, messages_in, plain, safe
from bot.database import DatabaseProblem
from bot.desk import Desk
from bot.first_start import join_terminal_user, open_database, terminal_defaults, terminal_user
from bot.reading_service import ReadingService
from bot.reply import Reply
from bot.settings import Settings

WELCOME = "Callcue. Type a note about a prospect; :help shows more, :quit ends."


def chat_here(settings: Settings) -> None:
    """Hold a conversation on standard input and output until it ends. Raises DatabaseProblem."""
    screen = Screen()
    defaults, me = terminal_defaults(settings), terminal_user()
    clock = TerminalClock(ZoneInfo(defaults.zone))
    engine = open_database(settings, now=clock())
    join_terminal_user(engine, me, defaults, now=clock())
    reading = ReadingService()
    desk = Desk(engine, reading, clock, defaults)
    _warm_up(desk)
    conversation = Conversation(desk, clock, me, _new_numbers(desk), show=screen.show, tell=screen.tell)
    if screen.is_typed:
        screen.tell(WELCOME)
    with contextlib.suppress(KeyboardInterrupt):
        conversation.recover()
        conversation.hold(messages_in(screen.lines(lambda: f"{safe(conversation.speaker)}> ")))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C is no reason to leave in disorder
    reading.close()


def _new_numbers(desk: Desk) -> Iterator[int]:
    """Count on from what any terminal has used; milliseconds, so that two at a time hardly meet."""
    return itertools.count(max(desk.last_update_id(BOT_ID) + 1, time.time_ns() // 1_000_000))


def _warm_up(desk: Desk) -> None:
    """Get ready to read before the first note is typed. Should it fail, that note shows why."""
    with contextlib.suppress(DatabaseProblem):
        desk.warm_up()  # it compiles in a thread of its own


class Screen:
    """Where one conversation is shown: plain when it goes to a file or a pipe, with bold labels on a terminal."""

    def __init__(self) -> None:
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        self.is_typed = sys.stdin.isatty()
        self._pretty = Console(soft_wrap=True, highlight=False) if sys.stdout.isatty() else None

    def show(self, reply: Reply) -> None:
        """Write one answer, and a blank line after it."""
        if self._pretty is None:
            sys.stdout.write(plain(reply) + "\n\n")
        else:
            self._pretty.print(_styled(reply))
        sys.stdout.flush()

    def tell(self, text: str) -> None:
        """Write something that is no answer."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def lines(self, prompt: Callable[[], str]) -> Iterator[str]:
        """Give the lines that come in until they end; the prompt is shown only to somebody who types."""
        if not self.is_typed:
            yield from sys.stdin
            return
        if importlib.util.find_spec("readline"):
            import readline  # noqa: F401 (gives input() its arrow keys and history)
        while True:
            try:
                yield self._typed(prompt())
            except EOFError:
                self.tell("")
                return

    def _typed(self, prompt: str) -> str:
        if sys.stdout.isatty():
            return input(prompt)
        sys.stderr.write(prompt)  # input() would write it to standard output
        sys.stderr.flush()
        return input()


def _styled(reply: Reply) -> Text:
    text = Text()
    for line in reply.lines:
        label, rest = safe(line.label), safe(line.text)
        text.append(label, style="bold").append(" " if label and rest else "").append(rest).append("\n")
    for row in button_rows(reply):
        text.append(row, style="cyan").append("\n")
    return text
