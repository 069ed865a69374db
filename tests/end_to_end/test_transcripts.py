"""Conversations at the terminal, word for word: `> ` begins what is typed, `# ` what the terminal itself says.

After a change that is meant: `REWRITE_TRANSCRIPTS=1 make test TESTS=tests/end_to_end/test_transcripts.py`, then read
the difference.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.console import Conversation, TerminalClock, messages_in, plain
from bot.desk import Defaults, Desk
from bot.first_start import join_terminal_user, open_database
from bot.reading_service import ReadingService
from bot.settings import Settings

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
ZONE = "Europe/Amsterdam"


@pytest.fixture(scope="module")
def reading():
    service = ReadingService()
    yield service
    service.close()


@pytest.fixture
def begin(tmp_path, reading):
    """Begin a conversation in a language on an empty database; `said` collects what is shown."""
    engines = []

    def begin(language: str, said: list[str]) -> Conversation:
        defaults, clock = Defaults(language=language, zone=ZONE), TerminalClock(ZoneInfo(ZONE))
        engines.append(open_database(Settings(_env_file=None, data_dir=tmp_path), now=clock()))
        join_terminal_user(engines[0], "Robin", defaults, now=clock())
        return Conversation(
            Desk(engines[0], reading, clock, defaults),
            clock,
            "Robin",
            itertools.count(1),
            show=lambda reply: said.append(plain(reply) + "\n"),
            tell=lambda text: said.extend(f"# {line}" for line in text.splitlines()),
        )

    yield begin
    for engine in engines:
        engine.dispose()


def typed_in(transcript: str) -> list[str]:
    return [line.removeprefix("> ") for line in transcript.splitlines() if line.startswith("> ")]


def answers_in(transcript: str) -> str:
    return "".join(line for line in transcript.splitlines(keepends=True) if not line.startswith(("> ", "# ")))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_the_conversation_goes_word_for_word(file, begin):
    expected = file.read_text(encoding="utf-8")
    said: list[str] = []
    conversation = begin(file.stem[:2], said)
    for message in messages_in(typed_in(expected)):
        said.append("\\\n".join(f"> {line}" for line in message.split("\n")))
        conversation.hold([message])
    held = "".join(f"{part}\n" for part in said)
    if os.environ.get("REWRITE_TRANSCRIPTS"):
        file.write_text(held, encoding="utf-8")
    assert held == expected


@pytest.mark.parametrize("file", TRANSCRIPTS[:1], ids=lambda file: file.stem)
def test_the_same_conversation_through_a_pipe_writes_the_answers_and_nothing_else(file, fresh):
    transcript = file.read_text(encoding="utf-8")
    fresh.settings |= {
        "CALLCUE_TELEGRAM_TOKEN": "",
        "CALLCUE_LANGUAGE": file.stem[:2],
        "CALLCUE_TIMEZONE": ZONE,
        "LOGNAME": "Robin",
    }
    done = fresh.call(stdin="\n".join(typed_in(transcript)))
    assert done.returncode == 0, done.stderr
    assert done.stdout == answers_in(transcript)
