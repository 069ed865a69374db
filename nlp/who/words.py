"""The words of a note as the search for names sees them, and each language's word lists for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.dictionary import is_in_dictionary
from nlp.language import languages, resource

WORD = re.compile(
    r"[@&+]"
    r"|(?:[^\W\d_]\.){2,}"  # B.V., J.P.
    r"|[^\W\d_]/[^\W\d_]?(?![^\W_])"  # w/, b/c
    r"|['’][^\W\d_]{1,2}(?![^\W_])"  # 't, 'k
    r"|[^\W_]+(?:['’\-][^\W_]+)*"
)
SENTENCE_END = re.compile(r"[.!?…\n;•]")
POSSESSIVE = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)
QUOTES = {'"': '"”', "“": '"”', "„": '"”“', "'": "'’", "‘": "'’", "«": "»"}  # opening mark: what may close it
CLITIC = re.compile(r"['’‘][^\W\d_]\s")  # 't, 'k: an apostrophe, no quotation mark
LONGEST_WORD = 40  # letters; longer ones are in no dictionary
LONGEST_QUOTE = 400  # characters; an opening mark without a closing one must not swallow the rest of a note


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a note: `note[start:end]`, without a possessive 's."""

    text: str
    low: str  # lower case, without dots
    start: int
    end: int
    gap: str  # what stands between the word before and this one
    sentence: int  # the number of its sentence, from 0
    opens: bool  # the first of its sentence, or after a colon: a capital says nothing here
    quoted: bool  # between quotation marks: somebody's own words
    possessive: bool
    capital: bool
    close: bool  # only blanks on one line (or the dot of an abbreviation) part it from the word before

    @property
    def alone(self) -> bool:
        """True for a single letter, which may be an initial."""
        return len(self.text) == 1 and self.text.isalpha()


class Phrases:
    """A word list that may hold phrases of several words."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for entry in entries:
            words = tuple(_low(found.group()) for found in WORD.finditer(entry))
            if words:
                self._by_first.setdefault(words[0], []).append(words)
                self._by_last.setdefault(words[-1], []).append(words)
        self._single = frozenset(low for low, phrases in self._by_first.items() if (low,) in phrases)
        for index in (self._by_first, self._by_last):
            for phrases in index.values():
                phrases.sort(key=len, reverse=True)

    def __contains__(self, low: str) -> bool:
        return low in self._single

    def may_start(self, low: str) -> bool:
        """Say whether some phrase starts with this word."""
        return low in self._by_first

    def at(self, words: Sequence[Word], start: int) -> int:
        """Return how many words the longest phrase that starts here has; 0 when none does."""
        if not 0 <= start < len(words):
            return 0
        for phrase in self._by_first.get(words[start].low, ()):
            if _is_phrase(words, start, phrase):
                return len(phrase)
        return 0

    def before(self, words: Sequence[Word], end: int) -> int:
        """Return how many words the longest phrase that ends just before `end` has; 0 when none does."""
        if not 0 < end <= len(words):
            return 0
        for phrase in self._by_last.get(words[end - 1].low, ()):
            if end >= len(phrase) and _is_phrase(words, end - len(phrase), phrase):
                return len(phrase)
        return 0

    def __bool__(self) -> bool:
        return bool(self._by_first)


def _is_phrase(words: Sequence[Word], start: int, phrase: tuple[str, ...]) -> bool:
    found = words[start : start + len(phrase)]
    return tuple(word.low for word in found) == phrase and all(is_close(word) for word in found[1:])


def is_close(word: Word) -> bool:
    """Say whether only blanks on one line (or the dot of an abbreviation) part a word from the one before."""
    return word.close


@dataclass(frozen=True)
class NameWords:
    """One language's word lists for names; what each holds is said in its names.yaml."""

    language: str
    titles: Phrases
    trades: Phrases
    families: Phrases
    articles: Phrases
    openers: Phrases
    possessives: Phrases
    particles: Phrases
    bound_particles: Phrases
    surname_starts: Phrases
    place_like_surnames: Phrases
    meetings: Phrases
    company_links: Phrases
    for_links: Phrases
    site_links: Phrases
    place_links: Phrases
    lesser_links: Phrases
    joiners: Phrases
    own: Phrases
    own_people: Phrases
    own_after: Phrases
    own_place: Phrases
    kin: Phrases
    roles: Phrases
    sectors: Phrases
    leading_sectors: Phrases
    sector_endings: tuple[str, ...]
    site_ends: Phrases
    company_starts: Phrases
    company_suffixes: Phrases
    company_tails: Phrases
    rivals: Phrases
    rivals_after: Phrases
    brands: Phrases
    calendar: Phrases
    places: Phrases
    never: Phrases
    first_names: frozenset[str]  # of every language
    own_first_names: frozenset[str]
    also_words: Phrases
    ordinary: Phrases
    abbreviations: Phrases

    def is_first_name(self, low: str) -> bool:
        """Say whether it is a first name, or several that hyphens join: "Jan-Willem"."""
        return low in self.first_names or all(part in self.first_names for part in low.split("-"))

    def is_sector(self, low: str) -> bool:
        """Say whether a word names a kind of business, alone or as the end of a compound."""
        return low in self.sectors or (len(low) > 6 and low.endswith(self.sector_endings))

    def leads_company(self, low: str) -> bool:
        """Say whether a kind of business may stand before the proper name of a company."""
        return self.is_sector(low) if not self.leading_sectors else low in self.leading_sectors

    def is_also_word(self, low: str) -> bool:
        """Say whether a first name is a word of the language as well: "Mark", or Dutch "Door" in English."""
        if low in self.also_words:
            return self.is_ordinary(low)
        return low not in self.own_first_names and self.is_ordinary(low)

    def is_ordinary(self, low: str, *, compounds: bool = True) -> bool:
        """Say whether a word is one of the language's own, so that a capital alone makes it no name."""
        if low in self.ordinary or low in self.never or in_dictionary(low, self.language):
            return True
        return compounds and is_compound(low, self.language)


def entries(value: object) -> list[str]:
    """Return a word list of a language file: a list as it is, a text split at blanks. None is empty."""
    if isinstance(value, str):
        return value.split()
    return [str(entry) for entry in value] if isinstance(value, list) else []


@lru_cache
def name_words(language: str) -> NameWords:
    """Return a language's word lists; first names and places are those of every language there is."""
    own = resource(language, "names")
    every = [resource(code, "names") for code in languages()]
    lists = {
        name: Phrases(entries(own.get(name)))
        for name in NameWords.__dataclass_fields__
        if name not in ("language", "sector_endings", "first_names", "own_first_names", "places")
    }
    return NameWords(
        language=language,
        sector_endings=tuple(entries(own.get("sector_endings"))),
        first_names=frozenset(low for words in every for low in entries(words.get("first_names"))),
        own_first_names=frozenset(entries(own.get("first_names"))),
        places=Phrases(
            place for words in every for key in ("places", "place_phrases") for place in entries(words.get(key))
        ),
        **lists,
    )


def in_dictionary(low: str, language: str) -> bool:
    """Say whether a language's dictionary has the word; False where there is no dictionary."""
    try:
        return len(low) <= LONGEST_WORD and is_in_dictionary(low, language)
    except ValueError:
        return False


@lru_cache(maxsize=8192)
def may_name_company(low: str, language: str) -> bool:
    """Say whether a word in lower case may be a sign of a company; most words are none, and are passed over."""
    lists = name_words(language)
    known = (lists.company_suffixes, lists.company_tails, lists.site_ends)
    return (
        any(low in words for words in known)
        or lists.is_sector(low)
        or lists.leads_company(low)
        or lists.site_links.may_start(low)
    )


@lru_cache(maxsize=8192)
def may_name_person(low: str, language: str) -> bool:
    """Say whether a word in lower case may begin the name of a person; most words don't, and are passed over."""
    lists = name_words(language)
    known = (lists.titles, lists.trades, lists.families, lists.articles)
    return any(words.may_start(low) for words in known) or lists.is_first_name(low)


def is_compound(low: str, language: str) -> bool:
    """Say whether a word is two words of the dictionary joined: "bandenwissel"."""
    if len(low) > LONGEST_WORD:
        return False
    return any(
        in_dictionary(low[:cut], language) and in_dictionary(low[cut:], language) for cut in range(4, len(low) - 3)
    )


@dataclass(frozen=True)
class Note:
    """A note split into words, with the word lists of its language."""

    text: str
    words: list[Word]
    lists: NameWords
    is_lower: bool  # written without capitals, so that a name need not have one
    mentions: Counter[str]  # how often each word occurs
    names: Counter[str]  # how often with a capital that no sentence gave it

    def goes_on(self, index: int) -> bool:
        """Say whether there is a word here, close to the one before."""
        return 0 <= index < len(self.words) and is_close(self.words[index])


def note_of(text: str, language: str) -> Note:
    """Split a note into words for the search."""
    lists = name_words(language)
    words = words_of(text, lists)
    starts = [word for word in words if word.opens and word.text[0].isalpha()]
    lower = sum(not word.capital for word in starts)
    names = Counter(word.low for word in words if word.capital and not word.opens)
    return Note(text, words, lists, lower * 2 > len(starts), mentions=Counter(word.low for word in words), names=names)


def words_of(text: str, lists: NameWords) -> list[Word]:
    """Split a note into words, with what a reader sees around each of them."""
    quoted = _quoted(text)
    words: list[Word] = []
    before, sentence = 0, 0
    for found in WORD.finditer(text):
        start, end = found.span()
        gap = text[before:start]
        is_blank = gap == " "  # as between most words
        ends = not is_blank and bool(SENTENCE_END.search(gap)) and not _is_abbreviated(words, gap, lists)
        ends = ends and not (gap == "." and found.group()[0].islower())  # prod.leider
        sentence += bool(ends and words)
        name = POSSESSIVE.sub("", found.group())
        opens = ends or not words or ":" in gap
        words.append(
            Word(
                text=name,
                low=_low(name),
                start=start,
                end=start + len(name),
                gap=gap,
                sentence=sentence,
                opens=opens,
                quoted=bool(quoted[start]),
                possessive=len(name) < end - start,
                capital=name[0].isupper(),
                close=not opens and (is_blank or gap.strip(" \t\xa0") in ("", ".")),
            )
        )
        before = end
    return words


def _low(text: str) -> str:
    return text.casefold().replace("’", "'").replace(".", "")


def _is_abbreviated(words: Sequence[Word], gap: str, lists: NameWords) -> bool:
    """Say whether the full stop of this gap only ends an abbreviation or an initial."""
    if not words or gap.strip() != ".":
        return False
    last = words[-1]
    return (last.alone and last.capital) or last.low in lists.abbreviations or last.low in lists.titles


def _quoted(text: str) -> bytearray:
    """Return for each character whether it stands between quotation marks."""
    inside = bytearray(len(text) + 1)
    opened, closing = -1, ""
    for index, mark in enumerate(text):
        if opened >= 0:
            if mark in closing and not text[index + 1 : index + 2].isalnum():
                inside[opened:index] = b"\x01" * (index - opened)
                opened = -1
            elif mark == "\n" or index - opened > LONGEST_QUOTE:
                opened = -1
        elif mark in QUOTES and not text[max(0, index - 1) : index].isalnum() and not _is_clitic(text, index):
            opened, closing = index, QUOTES[mark]
    return inside


def _is_clitic(text: str, index: int) -> bool:
    return bool(CLITIC.match(text, index)) and text[index + 1].islower()
