"""What the next message of a person is expected to be. A row, so that any process can go on with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, select

ANSWER_LASTS = timedelta(minutes=10)


class Expected(StrEnum):
    """What is expected."""

    NAME = "name"  # of the prospect that a note is about
    REST = "rest"  # of a long text that was refused, which a channel cut into messages


class Awaited(SQLModel, table=True):
    """The one thing that is expected of a person; a later one takes its place."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    expected: str = Field(max_length=16)  # an Expected
    note_id: int | None = Field(default=None, foreign_key="note.id", ondelete="CASCADE")
    expires_at: datetime  # aware, UTC


def await_answer(
    session: Session,
    person_id: int,
    expected: Expected,
    *,
    now: datetime,
    note_id: int | None = None,
    lasts: timedelta = ANSWER_LASTS,
) -> None:
    """Expect something of a person, for ten minutes unless said otherwise."""
    session.merge(Awaited(person_id=person_id, expected=expected, note_id=note_id, expires_at=now + lasts))
    session.flush()


def awaited_of(session: Session, person_id: int, *, now: datetime) -> Awaited | None:
    """Return what is expected of a person now."""
    return session.exec(select(Awaited).where(Awaited.person_id == person_id, Awaited.expires_at > now)).one_or_none()


def forget_awaited(session: Session, person_id: int) -> bool:
    """Expect nothing more; say whether something was expected."""
    awaited = session.get(Awaited, person_id)
    if awaited is not None:
        session.delete(awaited)
        session.flush()
    return awaited is not None
