"""Raw updates, kept before anything is done with them, and blanked once it is done."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from bot.records.inserting import insert_unless_there

MOST_ATTEMPTS = 3  # failures before an update is given up
MOST_RESTARTS = 20  # so many processes may die while an update is the next one; then it must be what kills them


class InboxState(StrEnum):
    """What has become of an update."""

    RECEIVED = "received"
    HANDLED = "handled"
    FAILED = "failed"  # given up after MOST_ATTEMPTS; kept as it came


class InboxUpdate(SQLModel, table=True):
    """One update as a channel got it. Handled once, however often it is delivered."""

    __table_args__ = (UniqueConstraint("bot_id", "update_id"), Index("ix_inboxupdate_waiting", "bot_id", "state"))

    id: int | None = Field(default=None, primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    payload: str | None = Field(default=None, sa_type=Text)  # JSON; None once handled
    state: str = Field(default=InboxState.RECEIVED, max_length=16)  # an InboxState
    attempts: int = 0  # failed ones
    restarts: int = 0  # processes that started with this as the oldest update
    received_at: datetime  # aware, UTC
    handled_at: datetime | None = None


def store_update(session: Session, bot_id: int, update_id: int, payload: dict[str, Any], *, at: datetime) -> int | None:
    """Keep an update; return its id, None when it was there already."""
    values = {
        "bot_id": bot_id,
        "update_id": update_id,
        "payload": json.dumps(payload),  # ASCII only, so that no odd character can hinder it
        "state": InboxState.RECEIVED,
        "attempts": 0,
        "restarts": 0,
        "received_at": at,
    }
    return insert_unless_there(session, InboxUpdate, values)


def take_update(session: Session, inbox_id: int) -> InboxUpdate | None:
    """Return an update that is still to be handled, locked until the end of the transaction; else None."""
    found = select(InboxUpdate).where(InboxUpdate.id == inbox_id, InboxUpdate.state == InboxState.RECEIVED)
    return session.exec(found.with_for_update()).one_or_none()


def mark_handled(update: InboxUpdate, *, now: datetime) -> None:
    """Blank an update: what it said has become state and answers."""
    update.state, update.payload, update.handled_at = InboxState.HANDLED, None, now


def count_attempt(update: InboxUpdate) -> None:
    """An attempt at handling it failed; the last one parks it, as it came."""
    update.attempts += 1
    if update.attempts >= MOST_ATTEMPTS:
        update.state = InboxState.FAILED


def waiting_updates(session: Session, bot_id: int) -> list[InboxUpdate]:
    """Return what is still to be handled, in the order of its coming."""
    found = select(InboxUpdate).where(InboxUpdate.bot_id == bot_id, InboxUpdate.state == InboxState.RECEIVED)
    return list(session.exec(found.order_by(col(InboxUpdate.update_id))))


def count_restart(update: InboxUpdate) -> None:
    """A process starts with this as the oldest update; what kills one after the other is parked, as it came."""
    update.restarts += 1
    if update.restarts > MOST_RESTARTS:
        update.state = InboxState.FAILED


def last_update_id(session: Session, bot_id: int) -> int:
    """Return the highest update id that a bot ever got, 0 when it got none."""
    return session.exec(select(func.max(InboxUpdate.update_id)).where(InboxUpdate.bot_id == bot_id)).one() or 0
