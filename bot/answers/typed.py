"""What people type, made safe to keep: the words stay, what could break a screen or a database goes."""

from __future__ import annotations

import re
import unicodedata

KEPT_CONTROLS = "\n\t"
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # can turn a whole line around
COMMAND = re.compile(r"/([A-Za-z][A-Za-z0-9_]*)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


def clean(text: str) -> str:
    """Return a text without control characters and broken code points, with plain line ends, stripped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in KEPT_CONTROLS or not _is_harmful(c)).strip()


def has_words(text: str) -> bool:
    """Say whether there is a letter or a digit in a text, of whatever script."""
    return any(c.isalnum() for c in text)


def command_in(text: str) -> tuple[str, str] | None:
    """Return a command's name and what stands behind it, None when the text is no command."""
    match = COMMAND.fullmatch(text.strip())
    return (match[1].lower(), (match[2] or "").strip()) if match else None


def shorten(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut after a word where possible."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at_word = cut.rsplit(None, 1)[0] if len(cut.rsplit(None, 1)[0]) > most // 2 else cut
    return at_word.rstrip(" ,;:.-") + "…"


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


def _is_harmful(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in BIDI_CONTROLS
