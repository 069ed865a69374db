"""A note comes in: alone, as the rest of the one before, or changed; each time the answer is a brief."""

from __future__ import annotations

from datetime import timedelta

from babel.numbers import format_decimal

from bot.answers.briefing import Remark, brief_of
from bot.answers.placing import Place, find_place, is_named, names_another, settle
from bot.answers.turn import Turn
from bot.answers.typed import clean, has_words
from bot.commands import MAY_WRITE_NOTES
from bot.presses import Press
from bot.reading_service import Edition
from bot.records.awaited import Awaited, Expected, await_answer
from bot.records.notes import (
    MOST_CHARACTERS,
    Note,
    NoteMessage,
    add_message,
    add_note,
    delete_note,
    forget_if_empty,
    join_texts,
    keep_reading,
    kept_reading,
    last_message,
    message_of,
    messages_of,
)
from bot.records.prospects import Prospect
from bot.reply import Reply
from nlp.reading import Named, Reading

JOINS_WITHIN = timedelta(seconds=90)
PASTED_WITHIN = timedelta(seconds=5)  # a channel cuts a long text into messages that come this close together
TERMINAL = 0  # the bot id of the terminal, where messages join only when asked


def take_note(turn: Turn, awaited: Awaited | None) -> Reply:
    """Keep what a rep wrote and answer with its brief."""
    text = clean(turn.incoming.text)
    refusal = _refusal(turn, text)
    if refusal is not None:
        return refusal
    if awaited is not None and awaited.expected == Expected.REST:
        await_answer(turn.session, turn.person_id, Expected.REST, now=turn.incoming.at, lasts=PASTED_WITHIN)
        return turn.tell("too_long_rest")
    edition = turn.edition()
    reading = turn.read(text, edition, written_on=turn.local_day(turn.incoming.at))
    earlier = _goes_on_with(turn, reading.named)
    if earlier is None:
        return _new_note(turn, text, reading, edition)
    note, message = earlier
    if len(join_texts([note.text, text])) <= MOST_CHARACTERS:
        return _go_on(turn, note, text, edition)
    if turn.incoming.joins_previous:
        return turn.tell("too_long_to_join", most=_written(turn, MOST_CHARACTERS))
    if turn.incoming.at - message.sent_at <= PASTED_WITHIN:
        return _refuse_whole(turn, note, text)
    return _new_note(turn, text, reading, edition, remark="kept_apart")


def change_note(turn: Turn) -> Reply | None:
    """Take over what a rep changed in a message of a note. None: the message is no part of a note of theirs."""
    message = message_of(turn.session, turn.incoming, turn.incoming.message_id)
    note = turn.session.get_one(Note, message.note_id) if message else None
    if message is None or note is None or note.author_id != turn.person_id:
        return None
    text = clean(turn.incoming.text)
    refusal = _refusal(turn, text)
    if refusal is not None:
        return refusal
    messages = messages_of(turn.session, note)
    texts = [text if other.id == message.id else other.text for other in messages]
    if len(join_texts(texts)) > MOST_CHARACTERS:
        return turn.tell("too_long_to_join", most=_written(turn, MOST_CHARACTERS))
    message.text = text
    return _read_again(turn, note, texts, turn.edition(), remark="changed")


def split_note(turn: Turn, note: Note, press: Press) -> Reply:
    """Make the last message of a note a note of its own; a second press shows what came of the first."""
    messages = messages_of(turn.session, note)
    last = messages[-1]
    if len(messages) < 2 or note.revision != press.value(1) or last.position != press.value(0):
        return brief_of(turn, note)
    edition = turn.edition()
    reading = turn.read(last.text, edition, written_on=turn.local_day(last.sent_at))
    _read_again(turn, note, [message.text for message in messages[:-1]], edition)
    apart = Note(
        author_id=note.author_id,
        text=last.text,
        language=reading.language,
        written_at=last.sent_at,
        zone=note.zone,
        local_day=turn.local_day(last.sent_at),
        playbook_version_id=edition.version_id,
    )
    turn.session.add(apart)
    turn.session.flush()
    last.note_id, last.position = apart.id or 0, 0
    keep_reading(turn.session, apart, reading)
    _settle_split(turn, apart, reading.named)
    return brief_of(turn, apart, remark="split")


def _settle_split(turn: Turn, apart: Note, named: Named) -> None:
    """What was split off is about somebody else: only a name files it, never the message before."""
    settle(turn, apart, find_place(turn, apart, named) if is_named(named) else Place(question="who"))


def _refusal(turn: Turn, text: str) -> Reply | None:
    if turn.role not in MAY_WRITE_NOTES:
        return turn.tell("viewer_writes_no_notes")
    if not has_words(text):
        return turn.tell("no_words")
    if len(text) > MOST_CHARACTERS:
        return turn.tell("too_long", length=_written(turn, len(text)), most=_written(turn, MOST_CHARACTERS))
    return None


def _goes_on_with(turn: Turn, named: Named) -> tuple[Note, NoteMessage] | None:
    """Return the note, and its last message, that this message goes on with."""
    incoming = turn.incoming
    last = last_message(turn.session, incoming, author_id=turn.person_id)
    if last is None or incoming.joins_previous:
        return last
    note, message = last
    is_near = timedelta(0) <= incoming.at - message.sent_at <= JOINS_WITHIN
    if incoming.bot_id == TERMINAL or incoming.reply_to is not None or not is_near:
        return None
    prospect = turn.session.get(Prospect, note.prospect_id) if note.prospect_id else None
    earlier = kept_reading(turn.session, note)
    return None if names_another(named, prospect, earlier.named if earlier else Named()) else last


def _new_note(turn: Turn, text: str, reading: Reading, edition: Edition, *, remark: Remark = "") -> Reply:
    note = add_note(
        turn.session,
        turn.incoming,
        author_id=turn.person_id,
        prospect_id=None,
        text=text,
        language=reading.language,
        zone=turn.person.zone,
        local_day=turn.local_day(turn.incoming.at),
        version_id=edition.version_id,
    )
    keep_reading(turn.session, note, reading)
    place = find_place(turn, note, reading.named)
    settle(turn, note, place)
    return brief_of(turn, note, place=place, remark=remark)


def _go_on(turn: Turn, note: Note, text: str, edition: Edition) -> Reply:
    add_message(turn.session, note, turn.incoming, text)
    texts = [message.text for message in messages_of(turn.session, note)]
    return _read_again(turn, note, texts, edition, remark="joined")


def _read_again(turn: Turn, note: Note, texts: list[str], edition: Edition, *, remark: Remark = "") -> Reply:
    """Take over a note's new text: read it, and find its prospect where that is still open."""
    text = join_texts(texts)
    reading = turn.read(text, edition, written_on=note.local_day)
    note.text, note.language, note.playbook_version_id = text, reading.language, edition.version_id
    note.revision += 1
    turn.session.flush()
    keep_reading(turn.session, note, reading)
    place = None
    if note.prospect_id is None:
        place = find_place(turn, note, reading.named)
        settle(turn, note, place)
    return brief_of(turn, note, place=place, remark=remark)


def _refuse_whole(turn: Turn, note: Note, text: str) -> Reply:
    """Keep nothing of a text that came in several messages and is too long: not the parts that came before either."""
    length = len(join_texts([note.text, text]))
    prospect = turn.session.get(Prospect, note.prospect_id) if note.prospect_id else None
    delete_note(turn.session, note)
    if prospect is not None:
        forget_if_empty(turn.session, prospect)
    await_answer(turn.session, turn.person_id, Expected.REST, now=turn.incoming.at, lasts=PASTED_WITHIN)
    return turn.tell("too_long_altogether", length=_written(turn, length), most=_written(turn, MOST_CHARACTERS))


def _written(turn: Turn, number: int) -> str:
    return format_decimal(number, locale=turn.person.language)
