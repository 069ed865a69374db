"""The forms in which a word of a note may be looked up: as written, without accents, spelt out, its lemmas."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from nlp.dictionary import MOST_CACHED, is_in_dictionary, lemma_of
from nlp.language import resource
from nlp.phrases import normal_form
from nlp.spelling import Spelling


class Forms:
    """Looks words up for one language. A word never has to be right in one form only (row L6)."""

    def __init__(self, language: str) -> None:
        words = resource(language, "words")
        self._language = language
        self._lemmas: dict[str, list[str]] = words.get("lemmas") or {}
        self._shorthand: dict[str, list[str]] = words.get("shorthand") or {}
        self._endings: dict[str, list[str]] = words.get("endings") or {}
        self._numbers = frozenset(words.get("numbers") or ())
        self._spelling = Spelling()
        self._kept_keys = lru_cache(maxsize=MOST_CACHED)(self._make)
        self._kept_lemmas = lru_cache(maxsize=MOST_CACHED)(self._look_up_lemmas)
        self._kept_meant = lru_cache(maxsize=MOST_CACHED)(self._meant)

    def expect(self, words: Iterable[str]) -> None:
        """Say which words, in normal form, a misspelt word may stand for."""
        self._spelling = Spelling(words)
        self._kept_keys.cache_clear()
        self._kept_meant.cache_clear()

    def read_as(self, lower: str) -> str:
        """Return the word that a misspelt word is read as; empty for a word that a dictionary holds."""
        return self._kept_meant(lower)

    def keys(self, lower: str) -> tuple[str, ...]:
        """Return the keys of a lower-case word: "w:" and its normal forms, "l:" and its lemmas, "n:" for a number."""
        return self._kept_keys(lower)

    def lemmas(self, lower: str) -> tuple[str, ...]:
        """Return the lemmas of a word, and the word itself, in normal form."""
        return self._kept_lemmas(lower)

    def _look_up_lemmas(self, lower: str) -> tuple[str, ...]:
        plain = lower.replace("’", "'")
        found = (*self._lemmas.get(plain, ()), lemma_of(plain, self._language), plain)
        return tuple(dict.fromkeys(normal_form(word) for word in found))

    def is_known(self, lower: str) -> bool:
        """Say whether a dictionary of the language, or a rep's shorthand, holds the word."""
        plain = lower.replace("’", "'")
        return plain in self._lemmas or plain in self._shorthand or is_in_dictionary(plain, self._language)

    def _meant(self, lower: str) -> str:
        plain = normal_form(lower)
        meant = None if self.is_known(lower) else self._spelling.meant(plain)
        return meant if meant and meant != plain else ""

    def _make(self, lower: str) -> tuple[str, ...]:
        if lower[0].isdigit():
            return f"w:{normal_form(lower)}", "n:"
        spelt = self._spelt_out(lower)
        keys = [f"w:{normal_form(word)}" for word in spelt]
        keys += [f"l:{lemma}" for word in spelt for lemma in self.lemmas(word)]
        return tuple(dict.fromkeys([*keys, "n:"] if lower in self._numbers else keys))

    def _spelt_out(self, lower: str) -> list[str]:
        """Return the word, what it is short for, and the two words that an ending holds together ("he's": he, is)."""
        plain = lower.replace("’", "'")
        spelt = [lower]
        for word in (plain, *self._shorthand.get(plain, ()), *filter(None, [self.read_as(lower)])):
            ending = next((ending for ending in self._endings if word.endswith(ending) and word != ending), None)
            if ending:
                spelt += [word.removesuffix(ending), *self._endings[ending]]
            if word != plain:
                spelt.append(word)
        return spelt
