"""The answer to a note: its brief, what is still to be asked about it, and the buttons to the rest."""

from __future__ import annotations

from typing import Literal

from bot.answers.brief import Subject, brief_lines
from bot.answers.placing import Place, is_named, open_question, question_rows, title_of
from bot.answers.turn import Turn
from bot.presses import Press
from bot.records.notes import Note, keep_reading, kept_reading, messages_of
from bot.records.prospects import Prospect
from bot.reply import Button, Line, Reply
from nlp.reading import Named, Reading
from playbooks.advice import advise

Remark = Literal["", "joined", "split", "changed", "kept_apart"]


def brief_of(turn: Turn, note: Note, *, place: Place | None = None, remark: Remark = "") -> Reply:
    """Return a note's brief. `place` is what is asked about its prospect; None: whatever is open."""
    subject = subject_of(turn, note)
    place = place or open_question(turn, note, subject.reading.named)
    rows = question_rows(turn, note, place) if place.question else ()
    return Reply(
        brief_lines(subject, head=_head(turn, note, place, subject, remark)),
        rows + _rest_rows(turn, note, subject),
        note_id=note.id,
    )


def subject_of(turn: Turn, note: Note) -> Subject:
    """Return what a brief of a note says, from the playbook version that it was read with."""
    reading = reading_of(turn, note)
    playbook = turn.edition_of(note.playbook_version_id).playbook
    prospect = turn.session.get(Prospect, note.prospect_id) if note.prospect_id is not None else None
    named = reading.named if reading.named.sure else Named()
    return Subject(
        title=(prospect.title if prospect else title_of(named)) or turn.say("no_name_yet"),
        reading=reading,
        advice=advise(
            playbook,
            reading,
            lifecycle=reading.lifecycle.value,
            language=turn.person.language,
            prospect=prospect.person_name if prospect else named.person or "",
            rep=turn.person.name,
        ),
        playbook=playbook,
        language=turn.person.language,
        written_on=note.local_day,
    )


def reading_of(turn: Turn, note: Note) -> Reading:
    """Return what was read in a note; reads it again when that was not kept."""
    kept = kept_reading(turn.session, note)
    if kept is not None:
        return kept
    reading = turn.read(note.text, turn.edition_of(note.playbook_version_id), written_on=note.local_day)
    keep_reading(turn.session, note, reading)
    return reading


def _head(turn: Turn, note: Note, place: Place, subject: Subject, remark: Remark) -> list[Line]:
    """Return what must be seen before the brief itself."""
    texts = []
    if remark:
        texts.append(turn.say(f"remark_{remark}"))
    if place.question:
        texts.append(turn.say(f"ask_{place.question}", name=title_of(place.fresh) if place.fresh else ""))
    elif remark == "" and note.prospect_id is not None and not is_named(subject.reading.named) and note.revision == 1:
        texts.append(turn.say("remark_unnamed"))
    if not subject.reading.language_sure:
        texts.append(turn.say("language_unsure"))
    return [Line(text) for text in texts]


def _rest_rows(turn: Turn, note: Note, subject: Subject) -> tuple[tuple[Button, ...], ...]:
    rows = [("more", "objections"), ("why", "plan")]
    own = note.author_id == turn.person_id
    mending = []
    if own and len(messages := messages_of(turn.session, note)) > 1:
        mending.append(Button(turn.say("button_split"), _data(note, "split", messages[-1].position, note.revision)))
    if own and note.prospect_id is not None and not is_named(subject.reading.named):
        mending.append(Button(turn.say("button_change"), _data(note, "change")))
    buttons = [tuple(Button(turn.say(f"button_{verb}"), _data(note, verb)) for verb in row) for row in rows]
    return (*buttons, tuple(mending)) if mending else tuple(buttons)


def _data(note: Note, verb: str, *values: int) -> str:
    assert note.id is not None  # noqa: S101 (it comes from the database)
    return Press(verb, note.id, values).data
