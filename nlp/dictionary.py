"""Each language's dictionary: is a word in it, and what is its lemma?

The dictionaries are simplemma's and stay packed: unpacked they would be faster, but take ten times the memory, and what
was looked up is kept.
"""

from __future__ import annotations

from functools import lru_cache

import simplemma

MOST_CACHED = 8_000  # words kept in each cache, so that memory stays flat


@lru_cache(maxsize=2 * MOST_CACHED)
def is_in_dictionary(lower: str, language: str) -> bool:
    """Say whether the dictionary of a language holds a lower-case word. Raises ValueError where there is none."""
    return simplemma.is_known(lower, lang=language, low_memory=True)


@lru_cache(maxsize=MOST_CACHED)
def lemma_of(lower: str, language: str) -> str:
    """Return the lemma of a word, itself where none is known. Raises ValueError where there is no dictionary."""
    found = simplemma.lemmatize(lower, lang=language, low_memory=True)
    return found.split("_")[-1]  # "terug_bellen"
