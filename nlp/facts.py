"""Facts that a note carries in plain words: amounts, roles, industry, rivals, size, other people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nlp.amounts import find_amounts, find_sizes
from nlp.language import resource
from nlp.reading import Fact, Quote
from nlp.who.companies import CAMEL, is_name_word, run_on
from nlp.who.keys import normalise_name
from nlp.who.names import find_mentions, find_named
from nlp.who.people import FLOOR, Person
from nlp.who.words import Note, Phrases, entries, is_close

HEADING_SENTENCES = 2  # a prospect's trade is said here; later words speak of others
Span = tuple[int, int]
Kind = Literal["amount", "role", "industry", "competitor", "size", "person"]


@dataclass(frozen=True)
class FactWords:
    """One language's word lists for facts; what each holds is said in its facts.yaml."""

    role_modifiers: Phrases
    weak_roles: Phrases
    industries: Phrases


@lru_cache
def fact_words(language: str) -> FactWords:
    """Return a language's word lists."""
    lists = resource(language, "facts")
    return FactWords(**{name: Phrases(entries(lists.get(name))) for name in FactWords.__dataclass_fields__})


def find_facts(text: str, *, language: str) -> tuple[Fact, ...]:
    """Return the facts of a note in its order, each with the exact words that say it, none of them twice.

    Only what is said of the prospect's side counts, not of the rep's own. Age, income and family are never facts.
    """
    mentions = find_mentions(text, language)
    note = mentions.note
    found = [
        *(_fact(text, "amount", span) for span in find_amounts(text, language=language)),
        *(_fact(text, "size", span) for span in find_sizes(text, language=language)),
        *(_fact(text, "role", _place(note, span)) for span in _roles(note)),
        *(_fact(text, "industry", _place(note, span)) for span in _industries(note)),
        *(_fact(text, "competitor", _place(note, span)) for span in _competitors(note)),
        *(_fact(text, "person", _place(note, span)) for span in _other_people(note, mentions.people)),
    ]
    found.sort(key=lambda fact: (fact.quote.start, fact.quote.end))
    first = {(fact.kind, fact.value.casefold()): fact for fact in reversed(found)}
    return tuple(fact for fact in found if first[fact.kind, fact.value.casefold()] is fact)


def _fact(text: str, kind: Kind, span: Span) -> Fact:
    quote = Quote(text[slice(*span)], *span)
    return Fact(kind, quote.text, quote)


def _place(note: Note, span: Span) -> Span:
    """Return the characters of these words."""
    return note.words[span[0]].start, note.words[span[1] - 1].end


def _roles(note: Note) -> Iterator[Span]:
    """Yield roles with what makes them exact: "payroll manager", "head of ops", "facilitair manager"."""
    words, lists = note.words, note.lists
    weak = fact_words(lists.language).weak_roles
    index = 0
    while index < len(words):
        size = lists.roles.at(words, index)
        last = index + size
        if size and lists.company_links.at(words, last - 1):  # head of ...
            last = last + 1 if last < len(words) and is_close(words[last]) else index
        if last > index:
            first = _role_start(note, index)
            if not _is_own(note, first) and (first < index or size > 1 or words[index].low not in weak):
                yield first, last
        index = max(index + 1, last)


def _role_start(note: Note, index: int) -> int:
    modifiers = fact_words(note.lists.language).role_modifiers
    first = index
    while first and index - first < 3 and note.words[first - 1].low in modifiers and is_close(note.words[first]):
        first -= 1
    return first


def _is_own(note: Note, first: int) -> bool:
    lists = note.lists
    return bool(lists.own.before(note.words, first) or lists.own_people.before(note.words, first))


def _industries(note: Note) -> Iterator[Span]:
    words, lists = note.words, note.lists
    industries = fact_words(lists.language).industries
    index = 0
    while index < len(words) and words[index].sentence < HEADING_SENTENCES:
        size = industries.at(words, index) or int(_is_compound_sector(note, index))
        if size and not _is_own(note, index):
            yield index, index + size
        index += size or 1


def _is_compound_sector(note: Note, index: int) -> bool:
    """Say whether a word is a trade joined to another word: "bloemengroothandel"."""
    low, endings = note.words[index].low, note.lists.sector_endings
    if not endings or low in endings or CAMEL.match(note.words[index].text):
        return False
    return len(low) > 6 and low.endswith(endings) and low not in note.lists.roles


def _competitors(note: Note) -> Iterator[Span]:
    """Yield rivals that are named: "comparing with Samsara", "zit bij AFAS", "Spectrum already quoted"."""
    words, lists = note.words, note.lists
    last = 0
    for index in range(1, len(words)):
        if index < last or not is_close(words[index]):
            continue
        if lists.rivals.before(words, index):
            last = _rival_end(note, index)
            if last > index:
                yield index, last
        elif lists.rivals_after.at(words, index) and _is_rival_name(note, index - 1):
            yield index - 1, index


def _rival_end(note: Note, index: int) -> int:
    if note.words[index].low in note.lists.brands:
        return index + 1
    last = run_on(note, index)
    if last > index and _is_rival_name(note, index) and not note.lists.places.at(note.words, last - 1):
        return last
    return index


def _is_rival_name(note: Note, index: int) -> bool:
    word, lists = note.words[index], note.lists
    if word.low in lists.brands:
        return True
    if not is_name_word(note, index) or word.low in lists.first_names or _is_own(note, index):
        return False
    return not word.opens or not lists.is_ordinary(word.low)


def _other_people(note: Note, people: Sequence[Person]) -> Iterator[Span]:
    """Yield people beside the one whom the note is about; never family, nor the rep's own colleagues."""
    named = find_named(note.text, language=note.lists.language)
    seen = set(normalise_name(named.person or "").split())
    for person in people:
        key = normalise_name(note.text[slice(*_place(note, (person.first, person.last)))])
        if not person.kept_out and _is_known(person) and not seen.issuperset(key.split()):
            yield person.first, person.last


def _is_known(person: Person) -> bool:
    return person.score >= FLOOR if person.kind == "unknown" else person.score > 0
