"""People who write to the desk, as a channel would hand it on: stored, answered, claimed, marked sent."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.database import transaction
from bot.desk import Defaults, Desk
from bot.incoming import Incoming, Kind
from bot.reading_service import ReadingService
from bot.records.people import Team, add_person, add_team
from bot.reply import Button, Reply
from bot.roles import Role
from nlp.reading import (
    LifecycleFinding,
    Named,
    NeedFinding,
    NextStep,
    ObjectionFinding,
    Quote,
    Reading,
    StyleGuess,
    Vote,
)
from playbooks.default_playbook import default_files
from playbooks.load import parse_files
from playbooks.tables import PlaybookVersion, TeamPlaybook

MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
BOT = 7777
KARIN = (
    "Met Karin Bos (Bos Logistics) re fleet tracking. Straight to it, no coffee. "
    "Drivers retype trip sheets 4 hrs a week. Board signs off in June. Call back Thursday."
)


class SimpleReader:
    """Reads what these tests write, word for word, so that they do not depend on the quality of reading."""

    def read(self, text: str, *, written_on: date, language: str | None = None, likely: str = "en") -> Reading:
        """Find what a few fixed phrases say."""
        vote = self._style(text)
        return Reading(
            language=language or likely,
            language_sure="lorem" not in text,
            style=StyleGuess("driver", None, {"driver": 0.84}, 0.8, -0.6, (vote,))
            if vote
            else StyleGuess("unclear", None, {}, 0.0, 0.0),
            needs=tuple(
                NeedFinding("efficiency", "need", quote, 0.9)
                for quote in _quotes(text, "retype trip sheets 4 hrs a week")
            ),
            objections=tuple(
                ObjectionFinding("authority", quote, 0.9) for quote in _quotes(text, "Board signs off in June")
            ),
            lifecycle=LifecycleFinding("potential", assumed=True),
            next_step=self._next_step(text, written_on),
            named=self._named(text),
            votes=(vote,) if vote else (),
        )

    def complete(self) -> None:
        """Nothing is compiled."""

    def _style(self, text: str) -> Vote | None:
        for quote in _quotes(text, "no coffee"):
            return Vote("driver-no-small-talk", "style", "driver", 1.4, quote, "counts")
        return None

    def _next_step(self, text: str, written_on: date) -> NextStep | None:
        for quote in _quotes(text, "Call back Thursday"):
            ahead = (3 - written_on.weekday()) % 7 or 7
            return NextStep(quote, day=written_on + timedelta(days=ahead), action="Call back")
        return None

    def _named(self, text: str) -> Named:
        if met := re.search(r"\bMet ([A-Z]\w+(?: (?:de )?[A-Z]\w+)?)?(?: ?\(([^)]+)\))?", text):
            return Named(met[1], met[2], sure=True)
        maybe = re.search(r"\bperhaps ([A-Z]\w+)", text)
        return Named(maybe[1]) if maybe else Named()


def _quotes(text: str, phrase: str) -> list[Quote]:
    start = text.find(phrase)
    return [Quote(phrase, start, start + len(phrase))] if start >= 0 else []


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Office:
    """A desk with its database, and what people at it do."""

    engine: Engine
    clock: Clock
    desk: Desk
    team_id: int
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def hire(self, name: str, role: Role = Role.REP, *, language: str = "en", team_id: int | None = None) -> Chat:
        """Let somebody in and return their chat."""
        telegram_id = 1000 + next(self.numbers)
        with transaction(self.engine) as session:
            person = add_person(
                session,
                team_id or self.team_id,
                name,
                role=role,
                language=language,
                zone="Europe/Amsterdam",
                telegram_id=telegram_id,
                now=self.clock(),
            )
        return Chat(self, telegram_id, name, person.id or 0)

    def stranger(self, telegram_id: int = 66, **more: Any) -> Chat:
        """Return the chat of somebody who is not in."""
        return Chat(self, telegram_id, "Someone", 0, more)

    def look(self, table: type[Any]) -> list[Any]:
        """Return all rows of a table."""
        with transaction(self.engine) as session:
            return rows_of(session, table)


def rows_of(session: Session, table: type[Any]) -> list[Any]:
    """Return all rows of a table in the order of their keys."""
    return list(session.exec(select(table).order_by(*table.__table__.primary_key)))


@dataclass
class Chat:
    """One person's private chat with the bot."""

    office: Office
    telegram_id: int
    name: str
    person_id: int
    more: dict[str, Any] = field(default_factory=dict)
    shown: list[Reply] = field(default_factory=list)
    message_ids: list[int] = field(default_factory=list)  # of what was shown

    def say(self, text: str, **more: Any) -> Reply:
        """Send a text; return the one answer to it."""
        replies = self.send("text", text, **more)
        assert len(replies) == 1, replies
        return replies[0]

    def press(self, label: str, **more: Any) -> Reply:
        """Press a button of what was shown last; return what comes in its place."""
        replies = self.send("press", self.button(label).data, message_id=self.message_ids[-1], **more)
        assert len(replies) == 1, replies
        return replies[0]

    def button(self, label: str) -> Button:
        """Return a button of what was shown last."""
        buttons = [button for row in self.shown[-1].buttons for button in row]
        return next(button for button in buttons if button.label == label)

    def send(self, kind: Kind, text: str = "", **more: Any) -> list[Reply]:
        """Do anything; return all answers to it."""
        incoming = self.incoming(kind, text, **more)
        inbox_id = self.office.desk.store(incoming.bot_id, incoming.update_id, {"text": text}, self.office.clock())
        assert inbox_id is not None
        self.office.desk.answer(inbox_id, incoming)
        return self.collect(incoming.bot_id)

    def collect(self, bot_id: int = BOT) -> list[Reply]:
        """Have what waits for this chat sent to it."""
        outgoing = self.office.desk.claim_outgoing(bot_id, chat_id=self.telegram_id)
        for one in outgoing:
            message_id = one.replaces_message_id or next(self.office.numbers)
            self.office.desk.mark_sent(one.id, message_id)
            self.shown.append(one.reply)
            self.message_ids.append(message_id)
        return [one.reply for one in outgoing]

    def incoming(self, kind: Kind, text: str = "", **more: Any) -> Incoming:
        """Return what a channel would make of it."""
        number = next(self.office.numbers)
        incoming = Incoming(
            kind=kind,
            bot_id=BOT,
            update_id=number,
            sender_id=self.telegram_id,
            sender_name=self.name,
            chat_id=self.telegram_id,
            private=True,
            message_id=number,
            at=self.office.clock(),
            text=text,
        )
        return replace(incoming, **{**self.more, **more})


@pytest.fixture(scope="session")
def playbook_json() -> str:
    """The default playbook, parsed once, without its cues: the simple reader does not use any."""
    files = {path: text for path, text in default_files().items() if not path.startswith("cues/")}
    playbook, problems = parse_files(files)
    assert playbook is not None, problems
    return playbook.to_json()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def add_working_team(playbook_json: str, clock: Clock) -> Callable[[Session, str], Team]:
    """Add a team that works with the default playbook."""

    def add(session: Session, name: str) -> Team:
        team = add_team(session, name, now=clock())
        version = PlaybookVersion(
            team_id=team.id or 0,
            number=1,
            schema_number=1,
            created_at=clock(),
            published_at=clock(),
            content=playbook_json,
        )
        session.add(version)
        session.flush()
        session.add(TeamPlaybook(team_id=team.id or 0, version_id=version.id or 0))
        return team

    return add


@pytest.fixture
def reading() -> Iterator[ReadingService]:
    service = ReadingService(lambda playbook: SimpleReader())
    yield service
    service.close()


@pytest.fixture
def office(
    engine: Engine, clock: Clock, reading: ReadingService, add_working_team: Callable[[Session, str], Team]
) -> Office:
    """A team with a playbook and nobody in it."""
    with transaction(engine) as session:
        team = add_working_team(session, "North")
    return Office(engine, clock, Desk(engine, reading, clock, Defaults()), team.id or 0)


@pytest.fixture
def rep(office: Office) -> Chat:
    return office.hire("Robin")
