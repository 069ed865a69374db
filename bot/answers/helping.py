"""Finding one's way: help on one screen, the language, and a way out of a question."""

from __future__ import annotations

from bot.answers.turn import Turn, lines_of
from bot.commands import menu
from bot.presses import Press
from bot.records.awaited import forget_awaited
from bot.reply import Button, Line, Reply
from bot.roles import Role
from bot.texts import say
from nlp.language import languages


def help_lines(turn: Turn) -> tuple[Line, ...]:
    """Return what this person can do here, on one screen."""
    intro = lines_of(turn.say("help_viewer" if turn.role == Role.VIEWER else "help"))
    commands = (Line(label=f"/{name}", text=what) for name, what in menu(turn.person.language, turn.role))
    return (*intro, *commands)


def give_help(turn: Turn, _rest: str) -> Reply:
    """Answer /help."""
    return Reply(help_lines(turn))


def cancel(turn: Turn, _rest: str) -> Reply:
    """Answer /cancel: the bot's open question need not be answered."""
    was_open = forget_awaited(turn.session, turn.person_id)
    return turn.tell("cancelled" if was_open else "nothing_to_cancel")


def change_language(turn: Turn, wanted: str) -> Reply:
    """Answer /language: switch to the one named, else offer them all as buttons."""
    wanted = wanted.strip().lower()
    if wanted in languages():
        return _switch(turn, wanted)
    offered = tuple(
        Button(say(code, "language_name"), Press("language", place).data) for place, code in enumerate(languages())
    )
    key = "language_unknown" if wanted else "language_which"
    return Reply(lines_of(turn.say(key)), (offered,))


def press_language(turn: Turn, press: Press) -> Reply | None:
    """Switch to the language of a button. None: there is no such language any more."""
    if press.row >= len(languages()):
        return None
    return _switch(turn, languages()[press.row])


def _switch(turn: Turn, code: str) -> Reply:
    turn.person.language = code
    return turn.tell("language_switched")
