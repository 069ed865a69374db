"""An answer as Telegram shows it: HTML in messages that are short enough, and a keyboard."""

from __future__ import annotations

import html
from collections.abc import Iterator

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.reply import Line, Reply

LONGEST = 4096  # what Telegram takes in one message, in UTF-16 code units
UNSENDABLE = dict.fromkeys([*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)])  # control characters but \t, \n


def messages_of(reply: Reply, *, longest: int = LONGEST) -> list[str]:
    """Return the answer as HTML, cut into messages of at most `longest` UTF-16 units, at ends of lines where possible.

    The markup counts as well, which is more careful than Telegram is.
    """
    messages = [""]
    for line in (short for whole in reply.lines for short in _short_lines(whole, longest)):
        markup = html_of(line)
        together = f"{messages[-1]}\n{markup}" if messages[-1] else markup
        if size_of(together) <= longest:
            messages[-1] = together
        else:
            messages.append(markup)
    return messages


def html_of(line: Line) -> str:
    """Return one line as Telegram's HTML: the label bold, everything escaped."""
    label, text = _escaped(line.label), _escaped(line.text)
    return " ".join(part for part in (f"<b>{label}</b>" if label else "", text) if part)


def keyboard_of(reply: Reply) -> InlineKeyboardMarkup | None:
    """Return the buttons under an answer, or None when it has none."""
    rows = [
        [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
        for row in reply.buttons
        if row
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def size_of(text: str) -> int:
    """Return the length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _escaped(text: str) -> str:
    sendable = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair cannot be sent
    return html.escape(sendable.translate(UNSENDABLE), quote=False)


def _short_lines(line: Line, longest: int) -> Iterator[Line]:
    """Halve a line at a space near its middle until every part fits."""
    if size_of(html_of(line)) <= longest:
        yield line
        return
    words = line.text or line.label
    middle = len(words) // 2
    cut = words.rfind(" ", middle // 2, middle) + 1 or middle
    yield from _short_lines(Line(words[:cut].rstrip(), line.label if line.text else ""), longest)
    yield from _short_lines(Line(words[cut:].lstrip()), longest)
