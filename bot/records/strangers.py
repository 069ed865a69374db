"""People who wrote to the bot without being in: they get one line, then silence."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import BigInteger
from sqlmodel import Field, Session, SQLModel, select

from bot.records.inserting import insert_unless_there

MOST_ATTEMPTS = 5  # wrong codes within ATTEMPTS_LAST
ATTEMPTS_LAST = timedelta(days=1)


class Stranger(SQLModel, table=True):
    """Somebody who has not joined: what they were told, and how often they tried a code."""

    telegram_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    told_at: datetime | None = None  # aware, UTC: when they got the one neutral line
    attempts: int = 0  # wrong codes since `attempts_since`
    attempts_since: datetime | None = None  # aware, UTC


def meet_stranger(session: Session, telegram_id: int) -> Stranger:
    """Return what is known of a stranger, locked until the end of the transaction."""
    insert_unless_there(session, Stranger, {"telegram_id": telegram_id, "attempts": 0})
    return session.exec(select(Stranger).where(Stranger.telegram_id == telegram_id).with_for_update()).one()


def may_try_code(stranger: Stranger, *, now: datetime) -> bool:
    """Say whether a stranger has an attempt left; yesterday's attempts are forgotten."""
    if stranger.attempts_since is None or now - stranger.attempts_since >= ATTEMPTS_LAST:
        stranger.attempts, stranger.attempts_since = 0, now
    return stranger.attempts < MOST_ATTEMPTS
