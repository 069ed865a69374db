"""An answer that every channel can show: lines and buttons, no Telegram in it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer. The label is shown bold, the text as it is; neither holds markup."""

    text: str = ""
    label: str = ""

    @property
    def plain(self) -> str:
        """The line as a person sees it, without markup."""
        return f"{self.label} {self.text}".strip() if self.text else self.label


@dataclass(frozen=True, slots=True)
class Button:
    """A button under an answer: what it says, and what pressing it means (see `bot.presses`)."""

    label: str
    data: str  # "1:<verb>:<id>[:<arg>]", at most 64 bytes, no text of people in it


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to one person."""

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = field(default=())  # rows
    replaces: bool = False  # show it in place of the message whose button was pressed
    note_id: int | None = None  # the note that it speaks of, so that an answer to it finds the prospect

    @property
    def plain(self) -> str:
        """The whole answer as a person sees it, without markup and buttons."""
        return "\n".join(line.plain for line in self.lines)
