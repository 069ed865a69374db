"""The language in which cues are written: words with a few marks, easy to read and safe to run.

    te duur             these words, one after the other; case, accents and apostrophes do not matter
    <look> at the clock any form of the word: look, looks, looked, looking
    his|her watch       either word; an option may be a few words: all-in|inclusive
    (really) keen       a word that may be absent
    wait ..3 price      up to three other words between
    @person wants       a word of the named list "person"
    prijs+  +garantie   a longer word that starts or ends so: prijsopgave, prijsgarantie
    #                   a number

Commas, quotes and hyphens are passed over; a phrase never crosses the end of a sentence. There are no regular
expressions and nothing unbounded: any phrase is matched in time linear in the length of a note.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from typing import Literal

MOST_PARTS = 14
MOST_GAP = 6
MOST_WAYS = 24  # phrases that alternatives of several words may make of one
SHORTEST_STEM = 3  # of a word that starts or ends a compound

FormKind = Literal["word", "lemma", "starts", "ends", "number"]

_MARKS = frozenset("|<>@+()#")
_GAP = re.compile(r"\.\.([1-9])")


class PhraseError(ValueError):
    """A phrase cannot be understood; the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a word of a phrase may stand in a note."""

    kind: FormKind
    text: str = ""  # in normal form

    @property
    def key(self) -> str:
        """What a word of a note is looked up by."""
        return f"{self.kind[0]}:{self.text}"  # "n:" is any number


@dataclass(frozen=True, slots=True)
class Part:
    """A place in a phrase: one word of several forms, or a gap of up to `gap` words."""

    forms: tuple[Form, ...] = ()
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A parsed phrase. At least one part is a word that must be there."""

    text: str
    parts: tuple[Part, ...]


@lru_cache(maxsize=20_000)
def normal_form(word: str) -> str:
    """Return the word in lower case, without accents and apostrophes: "Één" and "een" are the same."""
    if word.isascii() and word.isalnum():  # most words; nothing is to be folded
        return word.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(c for c in folded if c.isalnum() or c in "/&%€$£@+#")


def parse(text: str, lists: Mapping[str, Sequence[str]] | None = None) -> tuple[Phrase, ...]:
    """Parse one phrase; it is several where an alternative has several words ("all-in|inclusive").

    `lists` are the named word lists that it may use. Raises PhraseError.
    """
    ways = [_ways(chunk, lists or {}) for chunk in text.split()]
    if math.prod(map(len, ways)) > MOST_WAYS:
        raise PhraseError(f"its alternatives of several words make more than {MOST_WAYS} phrases; make two of it")
    return tuple(_checked(Phrase(text, tuple(chain(*way)))) for way in product(*ways))


def _checked(phrase: Phrase) -> Phrase:
    parts = phrase.parts
    if not any(part.forms and not part.optional for part in parts):
        raise PhraseError("a phrase needs at least one word that must be there")
    if parts[0].gap or parts[-1].gap:
        raise PhraseError("a gap (..3) must stand between two words")
    if len(parts) > MOST_PARTS:
        raise PhraseError(f"a phrase has at most {MOST_PARTS} words; make two of it")
    return phrase


def words_of(phrases: Iterable[Phrase]) -> frozenset[str]:
    """Return all words, in normal form, that some phrases are made of."""
    forms = (form for phrase in phrases for part in phrase.parts for form in part.forms)
    return frozenset(form.text for form in forms if form.kind in ("word", "lemma"))


def _ways(chunk: str, lists: Mapping[str, Sequence[str]]) -> list[list[Part]]:
    """Return the ways to say one chunk: a place with its single words, and a row of places for each longer option."""
    if chunk.startswith(".."):
        return [[_gap(chunk)]]
    optional = chunk.startswith("(") and chunk.endswith(")") and len(chunk) > 2
    inner = chunk[1:-1] if optional else chunk
    if _MARKS.isdisjoint(inner):
        return [[_word(word, optional=optional) for word in literal_words(inner)]]
    said = [_said(option) for part in inner.split("|") for option in _options(part, lists)]
    forms = dict.fromkeys(option for option in said if isinstance(option, Form))
    ways = [option for option in said if isinstance(option, list)]
    return [[Part(tuple(forms), optional)], *ways] if forms else ways


@lru_cache(maxsize=50_000)
def _said(option: str) -> Form | list[Part]:
    """Return the form of an option that is one word, or the places of one that is several."""
    if _MARKS.isdisjoint(option):
        words = literal_words(option)
        return [_word(word) for word in words] if len(words) > 1 else Form("word", normal_form(words[0]))
    return _form(option)


@lru_cache(maxsize=50_000)
def _word(word: str, *, optional: bool = False) -> Part:
    return Part((Form("word", normal_form(word)),), optional)


def _gap(chunk: str) -> Part:
    found = _GAP.fullmatch(chunk)
    if not found or int(found[1]) > MOST_GAP:
        raise PhraseError(f"'{chunk}': write ..1 to ..{MOST_GAP} for up to that many words between")
    return Part(gap=int(found[1]))


def _options(said: str, lists: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return what an alternative stands for: the words of a list, or itself."""
    if not said.startswith("@"):
        return [said]
    name = said[1:]
    if name not in lists:
        raise PhraseError(f"there is no word list '{name}'; define it under 'words'")
    nested = [option for option in lists[name] if option.startswith("@")]
    if nested:
        raise PhraseError(f"the word list '{name}' may not use another list ({nested[0]})")
    return lists[name]


def _form(option: str) -> Form:
    if option == "#":
        return Form("number")
    if option.startswith("<") and option.endswith(">"):
        return Form("lemma", _single(option[1:-1]))
    if option.startswith("+"):
        return Form("ends", _stem(option[1:]))
    if option.endswith("+"):
        return Form("starts", _stem(option[:-1]))
    return Form("word", _single(option))


def _stem(text: str) -> str:
    stem = _single(text)
    if len(stem) < SHORTEST_STEM:
        raise PhraseError(f"'{text}' is too short for a compound; at least {SHORTEST_STEM} letters")
    return stem


def _single(text: str) -> str:
    words = literal_words(text)
    if len(words) != 1:
        raise PhraseError(f"'{text}' must be one word here; write a second phrase instead")
    return normal_form(words[0])


def literal_words(text: str) -> list[str]:
    """Split text that holds no marks into words, as a note is split."""
    words = _SHORTHAND.findall(text)
    if not words:
        raise PhraseError(f"'{text}' holds no word")
    return words


# "w/" and "w/o" are words of their own; digits and letters are apart ("4hrs" is two words).
_SHORTHAND = re.compile(r"[^\W\d_]/[^\W\d_]?(?![^\W\d_])|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[€$£%&@]")
