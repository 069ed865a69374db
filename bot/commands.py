"""Every command, who may use it, and whether the menu shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.roles import EVERYBODY, NOTE_TAKERS, Role
from bot.texts import say


@dataclass(frozen=True, slots=True)
class Command:
    """A word with a slash. Its line in the menu is the text `menu_<name>`."""

    roles: frozenset[Role]
    strangers: bool = False  # somebody who has not joined may use it too
    in_menu: bool = True


COMMANDS: Mapping[str, Command] = {
    "start": Command(EVERYBODY, strangers=True, in_menu=False),
    "help": Command(EVERYBODY),
    "language": Command(EVERYBODY),
    "cancel": Command(EVERYBODY),
}

# Not a command, but somebody must be allowed to do it: write a note.
MAY_WRITE_NOTES = NOTE_TAKERS


def menu(language: str, role: Role | None = None) -> list[tuple[str, str]]:
    """Return (command, description) of what a role may use, in a language; without a role what everybody may."""
    return [
        (name, say(language, f"menu_{name}"))
        for name, command in COMMANDS.items()
        if command.in_menu and (role in command.roles if role else command.roles == EVERYBODY)
    ]
