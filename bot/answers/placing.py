"""Whose note is it? A name finds the prospect again or makes a new one; where it is not certain, the bot asks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from babel.dates import format_date

from bot.answers.turn import Turn
from bot.answers.typed import shorten
from bot.presses import Press
from bot.records.awaited import Expected, await_answer
from bot.records.notes import Note, note_answered, prospect_just_written_about
from bot.records.prospects import Prospect, add_prospect, fill_in, latest, matching
from bot.reply import Button
from nlp.reading import Named
from nlp.who.names import normalise_company, normalise_name

MOST_OFFERED = 6  # prospects as buttons
LONGEST_LABEL = 40  # characters

Question = Literal["", "who", "which", "whether"]


@dataclass(frozen=True, slots=True)
class Place:
    """The prospect of a note, or the question that finds it."""

    prospect: Prospect | None = None
    question: Question = ""  # "": nothing to ask
    candidates: tuple[Prospect, ...] = ()
    fresh: Named | None = None  # offered as a new prospect


def find_place(turn: Turn, note: Note, named: Named) -> Place:
    """Say what prospect a note is about, or what to ask. A prospect that is named for certain is made when new."""
    if not is_named(named):
        return _place_without_name(turn, note)
    candidates = tuple(matching(turn.session, named, owner_id=turn.person_id))
    if len(candidates) == 1:
        fill_in(candidates[0], named)
        return Place(candidates[0])
    if candidates:
        return Place(question="which", candidates=candidates, fresh=named)
    if named.sure:
        return Place(_new_prospect(turn, named))
    answered = _prospect_answered(turn) or _prospect_before(turn, note)
    return Place(question="whether", candidates=(answered,) if answered else (), fresh=named)


def open_question(turn: Turn, note: Note, named: Named) -> Place:
    """Return the question that is still open for a note without a prospect; makes and changes nothing."""
    if note.prospect_id is not None:
        return Place(turn.session.get_one(Prospect, note.prospect_id))
    if not is_named(named):
        return Place(question="who")
    candidates = tuple(matching(turn.session, named, owner_id=turn.person_id))
    return Place(question="which" if candidates else "whether", candidates=candidates, fresh=named)


def settle(turn: Turn, note: Note, place: Place) -> None:
    """File a note under the prospect that was found; else expect a name as the answer."""
    if place.prospect is None:
        await_answer(turn.session, turn.person_id, Expected.NAME, note_id=note.id, now=turn.now)
        return
    note.prospect_id = place.prospect.id
    place.prospect.last_note_at = max(place.prospect.last_note_at, note.written_at)


def place_by_hand(turn: Turn, note: Note, prospect: Prospect) -> None:
    """File a note under the prospect that the rep chose."""
    note.revision += 1
    settle(turn, note, Place(prospect))


def prospect_for(turn: Turn, named: Named) -> Prospect | list[Prospect]:
    """Return the prospect that a rep names, made when new; several when the names fit several."""
    candidates = matching(turn.session, named, owner_id=turn.person_id)
    if len(candidates) > 1:
        return candidates
    if candidates:
        fill_in(candidates[0], named)
        return candidates[0]
    return _new_prospect(turn, named)


def names_another(named: Named, prospect: Prospect | None, earlier: Named) -> bool:
    """Say whether a text names a prospect for certain that is not the one already meant."""
    if not (named.sure and is_named(named)):
        return False
    known_person = prospect.person_key if prospect else normalise_name(earlier.person or "")
    known_company = prospect.company_key if prospect else normalise_company(earlier.company or "")
    person, company = normalise_name(named.person or ""), normalise_company(named.company or "")
    differs = (person and known_person and person != known_person) or (
        company and known_company and company != known_company
    )
    return bool(differs)


def is_named(named: Named) -> bool:
    """Say whether there is a name in it at all."""
    return bool(normalise_name(named.person or "") or normalise_company(named.company or ""))


def title_of(named: Named) -> str:
    """Return names as lists and briefs show them."""
    return " · ".join(part for part in (named.person, named.company) if part)


def question_rows(turn: Turn, note: Note, place: Place) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that answer the question, each a row, since names are long."""
    buttons = pick_buttons(turn, note, place.candidates)
    if place.fresh is not None:
        label = turn.say("button_new", name=shorten(title_of(place.fresh), LONGEST_LABEL))
        buttons.append(Button(label, Press("pick", _id(note), (0, note.revision)).data))
    buttons.append(Button(turn.say("button_nameless"), Press("nameless", _id(note)).data))
    return tuple((button,) for button in buttons)


def recent_prospects(turn: Turn, *, but: int | None = None) -> tuple[Prospect, ...]:
    """Return the prospects that the rep is likely to mean, without one of them."""
    found = latest(turn.session, owner_id=turn.person_id, limit=MOST_OFFERED + 1)
    return tuple(prospect for prospect in found if prospect.id != but)[:MOST_OFFERED]


def pick_buttons(turn: Turn, note: Note, candidates: tuple[Prospect, ...]) -> list[Button]:
    """Return a button for each candidate; those with the same title show when they were last written about."""
    offered = candidates[:MOST_OFFERED]
    titles = Counter(prospect.title for prospect in offered)
    buttons = []
    for prospect in offered:
        label = shorten(prospect.title, LONGEST_LABEL)
        if titles[prospect.title] > 1:
            day = turn.local_day(prospect.last_note_at)
            label = f"{label} ({format_date(day, 'd MMM y', locale=turn.person.language)})"
        buttons.append(Button(label, Press("pick", _id(note), (prospect.id or 0, note.revision)).data))
    return buttons


def _place_without_name(turn: Turn, note: Note) -> Place:
    prospect = _prospect_answered(turn) or _prospect_before(turn, note)
    return Place(prospect) if prospect else Place(question="who")


def _prospect_answered(turn: Turn) -> Prospect | None:
    """Return the prospect of the message that this one replies to."""
    note = note_answered(turn.session, turn.incoming)
    if note is None or note.prospect_id is None:
        return None
    prospect = turn.session.get_one(Prospect, note.prospect_id)
    return prospect if prospect.owner_id == turn.person_id else None


def _prospect_before(turn: Turn, note: Note) -> Prospect | None:
    """Return the prospect that the rep wrote about in the last 15 minutes."""
    return prospect_just_written_about(turn.session, note)


def _new_prospect(turn: Turn, named: Named) -> Prospect:
    return add_prospect(turn.session, named, owner_id=turn.person_id, team_id=turn.person.team_id, now=turn.incoming.at)


def _id(note: Note) -> int:
    assert note.id is not None  # noqa: S101 (it comes from the database)
    return note.id
