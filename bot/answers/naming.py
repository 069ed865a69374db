"""The rep says whose note it is: by a button, or by sending the name."""

from __future__ import annotations

import re

from bot.answers.briefing import brief_of, reading_of
from bot.answers.placing import (
    Place,
    is_named,
    pick_buttons,
    place_by_hand,
    prospect_for,
    question_rows,
    recent_prospects,
)
from bot.answers.turn import Turn, lines_of
from bot.answers.typed import clean, has_words
from bot.presses import Press
from bot.records.awaited import Awaited, Expected, await_answer, forget_awaited
from bot.records.notes import Note
from bot.records.prospects import Prospect, add_prospect
from bot.reply import Button, Reply
from nlp.reading import Named, Reading

LONGEST_NAME = 80  # characters; what is longer is no name, but the next note
MOST_WORDS = 8
PERSON_AND_COMPANY = re.compile(r"(.+?)\s*(?:,|\(|/|·|\s[-–—@]\s)\s*([^()]+?)\s*\)?")


def pick(turn: Turn, note: Note, press: Press) -> Reply | None:
    """File a note under the prospect of a button, 0 for a new one; once it is filed the button only shows it."""
    if press.value(1) != note.revision or note.author_id != turn.person_id:
        return brief_of(turn, note)
    chosen = _chosen(turn, note, press.value(0))
    if chosen is None:
        return None
    forget_awaited(turn.session, turn.person_id)
    place_by_hand(turn, note, chosen)
    return brief_of(turn, note)


def change(turn: Turn, note: Note, _press: Press) -> Reply:
    """Ask whose note it is instead: the latest prospects as buttons, or a name as the next message."""
    if note.author_id != turn.person_id:
        return brief_of(turn, note)
    await_answer(turn.session, turn.person_id, Expected.NAME, note_id=note.id, now=turn.now)
    offered = pick_buttons(turn, note, recent_prospects(turn, but=note.prospect_id))
    back = Button(turn.say("button_back"), Press("brief", press_row(note)).data)
    return Reply(lines_of(turn.say("change_to")), (*((button,) for button in offered), (back,)), note_id=note.id)


def leave_nameless(turn: Turn, note: Note, _press: Press) -> Reply:
    """Stop asking; the note stays as it is and can be named later."""
    forget_awaited(turn.session, turn.person_id)
    return brief_of(turn, note, place=Place())


def take_name(turn: Turn, awaited: Awaited) -> Reply | None:
    """File the note that was asked about under the name that was sent. None: this is no name, but a note."""
    note = turn.session.get(Note, awaited.note_id) if awaited.note_id else None
    text = clean(turn.incoming.text)
    if note is None or len(text) > LONGEST_NAME or len(text.split()) > MOST_WORDS or "\n" in text:
        return None
    if not has_words(text) or turn.incoming.reply_to is not None:
        return None
    reading = turn.read(text, turn.edition(), written_on=turn.local_day(turn.incoming.at))
    if says_more_than_a_name(reading):
        return None
    return _file(turn, note, reading.named if _is_whole(reading.named, text) else split_name(text))


def says_more_than_a_name(reading: Reading) -> bool:
    """Say whether a short text speaks of something that only a note speaks of."""
    return bool(reading.needs or reading.objections or reading.next_step or reading.style.evidence)


def split_name(text: str) -> Named:
    """Return what a rep sends when asked for a name: "Karin Bos", "Karin Bos, Bos Logistics", "Karin (Bos)"."""
    text = text.strip(" .!?")
    match = PERSON_AND_COMPANY.fullmatch(text)
    return Named(match[1], match[2], sure=True) if match else Named(text, sure=True)


def press_row(note: Note) -> int:
    """Return the number of a note for its buttons."""
    assert note.id is not None  # noqa: S101 (it comes from the database)
    return note.id


def _is_whole(named: Named, text: str) -> bool:
    """Say whether the names that were found are all that the text has, but for signs between them."""
    found = "".join(c for c in f"{named.person or ''}{named.company or ''}" if c.isalnum())
    return is_named(named) and len(found) == sum(c.isalnum() for c in text)


def _file(turn: Turn, note: Note, named: Named) -> Reply | None:
    if not is_named(named):
        return None
    found = prospect_for(turn, named)
    if isinstance(found, list):
        place = Place(question="which", candidates=tuple(found))
        await_answer(turn.session, turn.person_id, Expected.NAME, note_id=note.id, now=turn.now)
        return Reply(lines_of(turn.say("ask_which")), question_rows(turn, note, place), note_id=note.id)
    forget_awaited(turn.session, turn.person_id)
    place_by_hand(turn, note, found)
    button = Button(turn.say("button_brief"), Press("brief", press_row(note)).data)
    return Reply(lines_of(turn.say("filed_under", name=found.title)), ((button,),), note_id=note.id)


def _chosen(turn: Turn, note: Note, prospect_id: int) -> Prospect | None:
    if prospect_id:
        prospect = turn.session.get(Prospect, prospect_id)
        return prospect if prospect and prospect.owner_id == turn.person_id else None
    named = reading_of(turn, note).named
    if not is_named(named):
        return None
    return add_prospect(turn.session, named, owner_id=turn.person_id, team_id=turn.person.team_id, now=note.written_at)
