"""Messages on their way to people: written with the change of state that they tell of, sent afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Index, Text, and_, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.reply import Reply

LEASE = timedelta(minutes=2)  # longer than any HTTP time-out of a channel


class OutboxState(StrEnum):
    """Where a message is on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # given up


class OutboxMessage(SQLModel, table=True):
    """One answer to one chat. Its content is blanked once it arrived or was given up."""

    __table_args__ = (
        Index("ix_outboxmessage_waiting", "bot_id", "state"),
        Index("ix_outboxmessage_sent", "chat_id", "sent_message_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    chat_id: int = Field(sa_type=BigInteger)
    content: str | None = Field(default=None, sa_type=Text)  # a bot.reply.Reply as JSON
    replaces_message_id: int | None = Field(default=None, sa_type=BigInteger)  # to be edited, not sent anew
    note_id: int | None = Field(default=None, foreign_key="note.id", ondelete="SET NULL", index=True)  # it speaks of it
    state: str = Field(default=OutboxState.PENDING, max_length=16)  # an OutboxState
    created_at: datetime  # aware, UTC
    not_before: datetime | None = None  # aware, UTC: when to try again; while sending, the end of the lease
    attempts: int = 0
    error: str | None = Field(default=None, max_length=40)  # a short word for why the last attempt failed
    sent_message_id: int | None = Field(default=None, sa_type=BigInteger)
    sent_at: datetime | None = None


def put_out(
    session: Session, reply: Reply, *, bot_id: int, chat_id: int, replaces_message_id: int | None, now: datetime
) -> None:
    """Write an answer that the sender finds once this transaction is kept."""
    session.add(
        OutboxMessage(
            bot_id=bot_id,
            chat_id=chat_id,
            content=_as_json().dump_json(reply).decode(),
            replaces_message_id=replaces_message_id,
            note_id=reply.note_id,
            created_at=now,
        )
    )


def reply_of(message: OutboxMessage) -> Reply:
    """Return the answer that an unsent message holds."""
    return _as_json().validate_json(message.content or "")


def claim_messages(
    session: Session, bot_id: int, *, chat_id: int | None, limit: int, now: datetime
) -> list[OutboxMessage]:
    """Take messages that are to be sent now, the oldest first; those of a dead process when its lease has ended."""
    mine = [col(OutboxMessage.bot_id) == bot_id]
    if chat_id is not None:
        mine.append(col(OutboxMessage.chat_id) == chat_id)
    unsent = col(OutboxMessage.state).in_((OutboxState.PENDING, OutboxState.SENDING))
    due = or_(col(OutboxMessage.not_before).is_(None), col(OutboxMessage.not_before) <= now)
    chosen = (
        select(OutboxMessage.id)
        .where(*mine, unsent, due)
        .order_by(col(OutboxMessage.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("chosen")  # as a plain subquery PostgreSQL may run it more than once, and claim more than the limit
    )
    claim = (
        update(OutboxMessage)
        .where(col(OutboxMessage.id).in_(select(chosen.c.id)), unsent, due)
        .values(state=OutboxState.SENDING, not_before=now + LEASE, attempts=OutboxMessage.attempts + 1)
        .returning(OutboxMessage)
    )
    return sorted(session.scalars(claim), key=lambda message: message.id or 0)


def mark_message_sent(session: Session, outbox_id: int, message_id: int | None, *, now: datetime) -> None:
    """The message arrived: keep where, blank what. Nothing changes the second time."""
    _finish(
        session, outbox_id, state=OutboxState.SENT, sent_message_id=message_id, sent_at=now, content=None, error=None
    )


def mark_message_failed(session: Session, outbox_id: int, *, error: str, retry_at: datetime | None) -> None:
    """The message did not arrive: try again at a moment, or give it up and blank it."""
    if retry_at is None:
        _finish(session, outbox_id, state=OutboxState.FAILED, content=None, error=error[:40])
    else:
        _finish(session, outbox_id, state=OutboxState.PENDING, not_before=retry_at, error=error[:40])


def free_messages(session: Session, bot_id: int) -> None:
    """Let what a dead process was sending be sent at once."""
    sending = and_(col(OutboxMessage.bot_id) == bot_id, col(OutboxMessage.state) == OutboxState.SENDING)
    session.execute(update(OutboxMessage).where(sending).values(state=OutboxState.PENDING, not_before=None))


def _finish(session: Session, outbox_id: int, **values: object) -> None:
    being_sent = and_(col(OutboxMessage.id) == outbox_id, col(OutboxMessage.state) == OutboxState.SENDING)
    session.execute(update(OutboxMessage).where(being_sent).values(**values))


@lru_cache
def _as_json() -> TypeAdapter[Reply]:
    """Return how answers become JSON and back; making it costs more than using it."""
    return TypeAdapter(Reply)
