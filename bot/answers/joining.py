"""Getting in: a code makes a stranger a person; everybody else gets one neutral line, then silence."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.answers.helping import help_lines
from bot.answers.turn import Defaults, Turn, lines_of
from bot.answers.typed import clean, command_in, one_line
from bot.incoming import Incoming
from bot.records.people import Invite, Person, add_person, use_invite
from bot.records.strangers import MOST_ATTEMPTS, Stranger, may_try_code, meet_stranger
from bot.reply import Line, Reply
from bot.roles import Role
from bot.texts import say
from nlp.language import languages


def answer_stranger(session: Session, incoming: Incoming, *, now: datetime, defaults: Defaults) -> Reply | None:
    """Answer somebody who is not in: let them in with a good code. None: silence."""
    if not incoming.private:
        return None
    stranger = meet_stranger(session, incoming.sender_id)
    command, code = command_in(incoming.text) or ("", "") if incoming.kind == "text" else ("", "")
    if command == "start" and code:
        return _try_code(session, stranger, incoming, code, now=now, defaults=defaults)
    if stranger.told_at is not None:
        return None
    stranger.told_at = now
    return Reply(lines_of(say(language_of(incoming, defaults), "stranger")))


def already_in(turn: Turn, _code: str) -> Reply:
    """Answer /start of somebody who is in; a code is not used up by it."""
    return Reply((*lines_of(turn.say("already_in", role=turn.say(f"role_{turn.role}"))), *help_lines(turn)))


def language_of(incoming: Incoming, defaults: Defaults) -> str:
    """Return the language that somebody's app is set to, if the bot speaks it."""
    code = (incoming.language_code or "").partition("-")[0].lower()
    return code if code in languages() else defaults.language


def _try_code(
    session: Session, stranger: Stranger, incoming: Incoming, code: str, *, now: datetime, defaults: Defaults
) -> Reply | None:
    if not may_try_code(stranger, now=now):
        return None
    invite = use_invite(session, code, now=now)
    if invite is not None:
        return _let_in(session, stranger, invite, incoming, now=now, defaults=defaults)
    stranger.attempts += 1
    key = "code_wrong" if stranger.attempts < MOST_ATTEMPTS else "code_wrong_too_often"
    return Reply(lines_of(say(language_of(incoming, defaults), key)))


def _let_in(
    session: Session, stranger: Stranger, invite: Invite, incoming: Incoming, *, now: datetime, defaults: Defaults
) -> Reply:
    person = add_person(
        session,
        invite.team_id,
        one_line(clean(incoming.sender_name)) or str(incoming.sender_id),
        role=Role(invite.role),
        language=language_of(incoming, defaults),
        zone=defaults.zone,
        telegram_id=incoming.sender_id,
        now=now,
    )
    invite.person_id = person.id
    session.delete(stranger)
    return Reply(_welcome(person))


def _welcome(person: Person) -> tuple[Line, ...]:
    role = say(person.language, f"role_{person.role}")
    kind = "welcome_viewer" if person.role == Role.VIEWER else "welcome"
    return lines_of(say(person.language, kind, name=person.name, role=role))
