"""What an answer is made from: who asks, when, in which transaction, and what was read in the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.incoming import Incoming
from bot.reading_service import Edition, ReadingService
from bot.records.people import Person
from bot.reply import Line, Reply
from bot.roles import Role
from bot.texts import say
from nlp.reading import Reading


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a person who has not chosen otherwise."""

    language: str = "en"
    zone: str = "Europe/Amsterdam"  # IANA name
    country: str = "NL"  # ISO 3166 code, whose holidays are no working days


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """One text to be read, and all that its reading depends on."""

    version_id: int
    text: str
    written_on: date
    likely: str


class NotReadYet(Exception):
    """An answer needs a reading. It is made outside the transaction, then the answer starts again with it."""

    def __init__(self, request: ReadRequest, edition: Edition) -> None:
        super().__init__("a text has to be read first")
        self.request = request
        self.edition = edition


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that a person did, being answered inside one transaction."""

    session: Session
    person: Person
    incoming: Incoming
    now: datetime  # aware, UTC
    defaults: Defaults
    readings: Mapping[ReadRequest, Reading]  # what has been read for this turn so far
    service: ReadingService

    @property
    def person_id(self) -> int:
        """The person's row."""
        assert self.person.id is not None  # noqa: S101 (it comes from the database)
        return self.person.id

    @property
    def role(self) -> Role:
        """What the person is in the team."""
        return Role(self.person.role)

    def say(self, key: str, **values: object) -> str:
        """Return a text in the person's language."""
        return say(self.person.language, key, **values)

    def tell(self, key: str, **values: object) -> Reply:
        """Return an answer of one text."""
        return Reply(lines_of(self.say(key, **values)))

    def local_day(self, moment: datetime) -> date:
        """Return the person's date at a moment."""
        return moment.astimezone(ZoneInfo(self.person.zone)).date()

    def edition(self) -> Edition:
        """Return what the team's notes are answered from now."""
        return self.service.edition_for(self.session, self.person.team_id)

    def edition_of(self, version_id: int) -> Edition:
        """Return one version of a playbook."""
        return self.service.edition_of(self.session, version_id)

    def read(self, text: str, edition: Edition, *, written_on: date) -> Reading:
        """Return what a text says. Raises NotReadYet when it has to be read first."""
        request = ReadRequest(edition.version_id, text, written_on, self.person.language)
        if request not in self.readings:
            raise NotReadYet(request, edition)
        return self.readings[request]


def lines_of(text: str) -> tuple[Line, ...]:
    """Return each line of a text as a line of an answer."""
    return tuple(Line(line) for line in text.strip("\n").split("\n"))
