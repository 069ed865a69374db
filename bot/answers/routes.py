"""What a person does, and who answers it: every command and button on one screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.answers import behind, helping, joining, naming, noting
from bot.answers.turn import Turn
from bot.answers.typed import clean, command_in
from bot.commands import COMMANDS
from bot.presses import VERBS, Press, PressUnknown, parse_press
from bot.records.awaited import Expected, awaited_of
from bot.records.notes import Note
from bot.records.people import Person
from bot.reply import Reply
from bot.roles import Role

ON_COMMAND: Mapping[str, Callable[[Turn, str], Reply | None]] = {
    "start": joining.already_in,
    "help": helping.give_help,
    "language": helping.change_language,
    "cancel": helping.cancel,
}
ON_NOTE_PRESS: Mapping[str, Callable[[Turn, Note, Press], Reply | None]] = {
    "brief": behind.show_brief,
    "more": behind.show_questions,
    "objections": behind.show_objections,
    "why": behind.show_why,
    "plan": behind.show_plan,
    "pick": naming.pick,
    "change": naming.change,
    "nameless": naming.leave_nameless,
    "split": noting.split_note,
}
ON_PRESS: Mapping[str, Callable[[Turn, Press], Reply | None]] = {
    "language": helping.press_language,
}


def answer(turn: Turn) -> Reply | None:
    """Answer whatever a person did. None: there is nothing to say."""
    if not turn.incoming.private:
        return turn.tell("not_in_groups")
    match turn.incoming.kind:
        case "press":
            return _answer_press(turn)
        case "media":
            return turn.tell("typed_only")
        case "edit":
            return None if command_in(turn.incoming.text) else noting.change_note(turn)
        case _:
            return _answer_text(turn)


def _answer_text(turn: Turn) -> Reply | None:
    """A command; the answer to a question of the bot; else a note."""
    command = command_in(turn.incoming.text)
    if command is not None:
        return _answer_command(turn, *command)
    awaited = awaited_of(turn.session, turn.person_id, now=turn.incoming.at)
    if awaited is not None and awaited.expected == Expected.NAME:
        reply = naming.take_name(turn, awaited)
        if reply is not None:
            return reply
    return noting.take_note(turn, awaited)


def _answer_command(turn: Turn, name: str, rest: str) -> Reply | None:
    if name not in ON_COMMAND or turn.role not in COMMANDS[name].roles:
        return turn.tell("command_unknown")
    return ON_COMMAND[name](turn, clean(rest))


def _answer_press(turn: Turn) -> Reply:
    """Do what a button means, if it still means something and the row is theirs; the answer takes its place."""
    try:
        press = parse_press(turn.incoming.text)
    except PressUnknown:
        return turn.tell("press_gone")
    reply = _pressed(turn, press) if turn.role in VERBS[press.verb] else None
    return replace(reply, replaces=True) if reply else turn.tell("press_gone")


def _pressed(turn: Turn, press: Press) -> Reply | None:
    if press.verb in ON_PRESS:
        return ON_PRESS[press.verb](turn, press)
    note = turn.session.get(Note, press.row) if press.row < 2**31 else None
    if note is None or not may_see(turn, note):
        return None
    return ON_NOTE_PRESS[press.verb](turn, note, press)


def may_see(turn: Turn, note: Note) -> bool:
    """Say whether a note is the person's own, or of somebody they lead. Checked again at every press."""
    if note.author_id == turn.person_id or turn.role == Role.ADMIN:
        return True
    author = turn.session.get_one(Person, note.author_id)
    return turn.role == Role.LEAD and author.team_id == turn.person.team_id
