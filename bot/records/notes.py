"""What reps wrote: notes, the messages that they came in, and what was read in them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from bot.incoming import Incoming
from bot.records.outbox import OutboxMessage
from bot.records.prospects import Prospect
from nlp.reading import Reading

MOST_CHARACTERS = 8000  # of one note, all its messages together
SAME_PROSPECT_FOR = timedelta(minutes=15)  # a note without a name is about the one before it


class Note(SQLModel, table=True):
    """What a rep wrote about one prospect, in one message or several."""

    __table_args__ = (Index("ix_note_author", "author_id", "written_at"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="person.id")
    prospect_id: int | None = Field(default=None, foreign_key="prospect.id", index=True)  # None: not known yet
    text: str = Field(sa_type=Text)  # its messages' texts, a line break between them
    language: str = Field(max_length=16)  # what it was read as
    written_at: datetime  # aware, UTC: when its first message was sent
    zone: str = Field(max_length=64)  # of the author at that moment
    local_day: date  # the author's date at that moment, from which days in the note count
    playbook_version_id: int = Field(foreign_key="playbookversion.id")  # what it was read with
    revision: int = 1  # grows with every change, so that a button pressed twice acts once


class NoteMessage(SQLModel, table=True):
    """One message of a note."""

    __table_args__ = (UniqueConstraint("bot_id", "chat_id", "message_id"), UniqueConstraint("note_id", "position"))

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="note.id", ondelete="CASCADE")
    position: int  # 0, 1, 2 ... within the note
    bot_id: int = Field(sa_type=BigInteger)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    sent_at: datetime  # aware, UTC
    text: str = Field(sa_type=Text)


class StoredReading(SQLModel, table=True):
    """What was read in a note, kept so that a button need not read it again. A cache: it can be made anew."""

    note_id: int = Field(primary_key=True, foreign_key="note.id", ondelete="CASCADE")
    playbook_version_id: int = Field(foreign_key="playbookversion.id")
    content: str = Field(sa_type=Text)  # a nlp.reading.Reading as JSON


def add_note(
    session: Session,
    incoming: Incoming,
    *,
    author_id: int,
    prospect_id: int | None,
    text: str,
    language: str,
    zone: str,
    local_day: date,
    version_id: int,
) -> Note:
    """Add a note of one message."""
    note = Note(
        author_id=author_id,
        prospect_id=prospect_id,
        text=text,
        language=language,
        written_at=incoming.at,
        zone=zone,
        local_day=local_day,
        playbook_version_id=version_id,
    )
    session.add(note)
    session.flush()
    add_message(session, note, incoming, text)
    return note


def add_message(session: Session, note: Note, incoming: Incoming, text: str) -> None:
    """Add a message to a note, after those that it has."""
    session.add(
        NoteMessage(
            note_id=note.id or 0,
            position=1 + max((message.position for message in messages_of(session, note)), default=-1),
            bot_id=incoming.bot_id,
            chat_id=incoming.chat_id,
            message_id=incoming.message_id,
            sent_at=incoming.at,
            text=text,
        )
    )
    session.flush()


def messages_of(session: Session, note: Note) -> list[NoteMessage]:
    """Return a note's messages in their order."""
    found = select(NoteMessage).where(NoteMessage.note_id == note.id)
    return list(session.exec(found.order_by(col(NoteMessage.position))))


def join_texts(texts: list[str]) -> str:
    """Return the text of a note whose messages are these."""
    return "\n".join(texts)


def last_message(session: Session, incoming: Incoming, *, author_id: int) -> tuple[Note, NoteMessage] | None:
    """Return the message of a note that its author sent last in this chat, with the note."""
    found = (
        select(Note, NoteMessage)
        .join(NoteMessage, col(NoteMessage.note_id) == Note.id)
        .where(
            Note.author_id == author_id,
            NoteMessage.bot_id == incoming.bot_id,
            NoteMessage.chat_id == incoming.chat_id,
            col(NoteMessage.message_id) != incoming.message_id,
        )
        .order_by(col(NoteMessage.sent_at).desc(), col(NoteMessage.id).desc())
    )
    return session.exec(found).first()


def message_of(session: Session, incoming: Incoming, message_id: int) -> NoteMessage | None:
    """Return the message of a note that a rep sent under this id in this chat."""
    return session.exec(
        select(NoteMessage).where(
            NoteMessage.bot_id == incoming.bot_id,
            NoteMessage.chat_id == incoming.chat_id,
            NoteMessage.message_id == message_id,
        )
    ).one_or_none()


def note_answered(session: Session, incoming: Incoming) -> Note | None:
    """Return the note that a message replies to: a message of the note itself, or what the bot said of it."""
    if incoming.reply_to is None:
        return None
    written = message_of(session, incoming, incoming.reply_to)
    if written is not None:
        return session.get(Note, written.note_id)
    said = select(OutboxMessage.note_id).where(
        OutboxMessage.bot_id == incoming.bot_id,
        OutboxMessage.chat_id == incoming.chat_id,
        OutboxMessage.sent_message_id == incoming.reply_to,
        col(OutboxMessage.note_id).is_not(None),
    )
    note_id = session.exec(said.order_by(col(OutboxMessage.id).desc())).first()
    return session.get(Note, note_id) if note_id else None


def prospect_just_written_about(session: Session, note: Note) -> Prospect | None:
    """Return the prospect of its author's note before, if that was written up to 15 minutes earlier."""
    found = (
        select(Note)
        .where(
            Note.author_id == note.author_id,
            Note.id != note.id,
            col(Note.written_at) > note.written_at - SAME_PROSPECT_FOR,
            col(Note.written_at) <= note.written_at,
        )
        .order_by(col(Note.written_at).desc(), col(Note.id).desc())
    )
    before = session.exec(found).first()
    return session.get(Prospect, before.prospect_id) if before and before.prospect_id else None


def delete_note(session: Session, note: Note) -> None:
    """Delete a note with its messages and what was read in it."""
    session.delete(note)
    session.flush()


def forget_if_empty(session: Session, prospect: Prospect) -> None:
    """Delete a prospect that no note is about."""
    if session.exec(select(Note.id).where(Note.prospect_id == prospect.id)).first() is None:
        session.delete(prospect)
        session.flush()


def keep_reading(session: Session, note: Note, reading: Reading) -> None:
    """Remember what was read in a note, in place of what was read before."""
    content = _as_json().dump_json(reading).decode()
    session.merge(
        StoredReading(note_id=note.id, playbook_version_id=note.playbook_version_id, content=content)  # type: ignore[arg-type]
    )
    session.flush()


def kept_reading(session: Session, note: Note) -> Reading | None:
    """Return what was read in a note with the playbook version it names; None when that has to be done again."""
    stored = session.get(StoredReading, note.id)
    if stored is None or stored.playbook_version_id != note.playbook_version_id:
        return None
    return _as_json().validate_json(stored.content)


@lru_cache
def _as_json() -> TypeAdapter[Reading]:
    """Return how readings become JSON and back; making it costs more than using it."""
    return TypeAdapter(Reading)
