"""Which language a note is written in."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from nlp.language import languages

ENOUGH_LETTERS = 12  # in fewer, the person's own language is the better guess
OURS = 0.1  # probability of all languages that are read, below which a note counts as written in another
_LOADING = Lock()


def detect_language(text: str, *, likely: str) -> tuple[str, bool]:
    """Return the language to read `text` in, and whether that is certain.

    `likely` is the language of the person who wrote it; it is taken when the text is too short to tell, and when the
    text is in a language that is not read at all (then it is not certain).
    """
    if sum(character.isalpha() for character in text) < ENOUGH_LETTERS:
        return likely, False
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    ours = {code: share for code, share in ranked if code in languages()}
    if sum(ours.values()) < OURS:
        return likely, False
    first = max(ours, key=lambda code: ours[code])
    return first, ours[first] >= 2 * max((ours[code] for code in ours if code != first), default=0.0)


def get_ready() -> None:
    """Load the model now, so that the first note need not wait. Nearly all of it is unpacking, beside other threads."""
    _identifier()


def _identifier() -> Any:
    with _LOADING:  # two threads would load it twice
        return _loaded_identifier()


@lru_cache(maxsize=1)
def _loaded_identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
