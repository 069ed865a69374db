"""What a press of a button means: `1:<verb>:<row>[:<values>]`, numbers in base 36, no text of people in it.

Old buttons live on in chats for years: a verb keeps its meaning, and a new meaning gets a new verb.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.roles import EVERYBODY, NOTE_TAKERS, Role

FORMAT = "1"
MOST_BYTES = 64  # Telegram's limit for callback data
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

# Who may press what. Whether the row is theirs to see is checked beside it, again at every press.
VERBS: Mapping[str, frozenset[Role]] = {
    "brief": NOTE_TAKERS,  # row: note
    "more": NOTE_TAKERS,  # row: note; more questions
    "objections": NOTE_TAKERS,  # row: note; value: which answer is shown
    "why": NOTE_TAKERS,  # row: note; value: page
    "plan": NOTE_TAKERS,  # row: note; the follow-up cadence
    "pick": NOTE_TAKERS,  # row: note; values: prospect or 0 for a new one, revision of the note
    "change": NOTE_TAKERS,  # row: note; it is about somebody else
    "nameless": NOTE_TAKERS,  # row: note; leave it without a name
    "split": NOTE_TAKERS,  # row: note; values: position of the message, revision of the note
    "language": EVERYBODY,  # row: place of the language in the list of languages
}


class PressUnknown(Exception):
    """The callback data is malformed, or of a format or verb that does not exist (any more)."""


@dataclass(frozen=True, slots=True)
class Press:
    """One press: do `verb` with row `row`. `values` are further whole numbers from 0."""

    verb: str
    row: int
    values: tuple[int, ...] = ()

    @property
    def data(self) -> str:
        """The callback data, at most 64 bytes."""
        if self.verb not in VERBS:
            raise PressUnknown(self.verb)
        parts = [FORMAT, self.verb, to_base36(self.row)]
        if self.values:
            parts.append(".".join(map(to_base36, self.values)))
        data = ":".join(parts)
        if len(data.encode()) > MOST_BYTES:
            raise ValueError(f"callback data of {self.verb} is longer than {MOST_BYTES} bytes")
        return data

    def value(self, place: int, default: int = 0) -> int:
        """Return one of the values, `default` when the button has fewer."""
        return self.values[place] if place < len(self.values) else default


def parse_press(data: str) -> Press:
    """Return the press that callback data stands for. Raises PressUnknown."""
    form = rf"{FORMAT}:([a-z]+):([0-9a-z]{{1,13}})(?::([0-9a-z]{{1,13}}(?:\.[0-9a-z]{{1,13}})*))?"
    match = re.fullmatch(form, data) if len(data.encode()) <= MOST_BYTES else None
    if match is None or match[1] not in VERBS:
        raise PressUnknown(data[:MOST_BYTES])
    values = tuple(int(value, 36) for value in match[3].split(".")) if match[3] else ()
    return Press(match[1], int(match[2], 36), values)


def to_base36(number: int) -> str:
    """Return a whole number from 0 in base 36."""
    digits = ""
    while number >= 36:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return DIGITS[number] + digits
