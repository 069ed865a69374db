"""Who a note is about: the person and the company, and whether the note says so for certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.reading import Named
from nlp.who.companies import SURE_COMPANY, Company, find_companies, is_name_word, run_on
from nlp.who.keys import normalise_company, normalise_name
from nlp.who.people import FLOOR, Person, find_people
from nlp.who.words import Note, is_close, note_of

__all__ = ["find_mentions", "find_named", "normalise_company", "normalise_name"]

SURE_PERSON = 4.0
CLEAR_LEAD = 1.5  # by how much the best person must lead the next for the note to be sure
IN_BRACKET = 4.5  # what "Karin Bos (Bos Logistics)" is worth as a sign of a company
LINKED = 3.0  # "Dermot @ Kilbride"
LONGEST_ROLE = 8  # words between a person and the company in "Priya Raman, head of ops at Northwind"
BESIDE = 2.5  # "Karin Bos, Acme"


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everybody whom a note names, whoever they are."""

    note: Note
    companies: Sequence[Company]
    people: Sequence[Person]


@lru_cache(maxsize=1)  # the prospect and the other people of a note are asked for one after the other
def find_mentions(text: str, language: str) -> Mentions:
    """Return the people and companies that a note names by themselves."""
    note = note_of(text, language)
    companies = find_companies(note)
    return Mentions(note, companies, find_people(note, companies))


def find_named(text: str, *, language: str) -> Named:
    """Return who a note is about, in the note's own words; None where it does not say.

    `sure` is True when the note says it outright ("met Karin Bos (Bos Logistics)"). A person or company with `sure`
    False is a guess that should be asked about. A title stays where there is no first name: "Dr Osei".
    """
    mentions = find_mentions(text, language)
    note, companies = mentions.note, mentions.companies
    people = _without_kept_out(note, mentions.people)
    person = max(people, key=lambda one: (one.score, -one.first), default=None)
    if person and person.score < FLOOR:
        person = None
    company = _best_company(note, companies, person)
    return Named(
        person=_words(note, *_whole_person(note, person, people)) if person else None,
        company=_words(note, company.first, company.last) if company else None,
        sure=_is_sure(note, person, company, people),
    )


def _without_kept_out(note: Note, people: Sequence[Person]) -> list[Person]:
    """Return the people who may be the prospect; one who is the rep's colleague once is it throughout the note."""
    names = [normalise_name(_words(note, person.first, person.last)) for person in people]
    out = {name for name, person in zip(names, people, strict=True) if person.kept_out}
    return [person for name, person in zip(names, people, strict=True) if name not in out]


def _words(note: Note, first: int, last: int) -> str:
    return note.text[note.words[first].start : note.words[last - 1].end]


def _whole_person(note: Note, person: Person, people: Sequence[Person]) -> tuple[int, int]:
    """Return the words of a person, with a partner named in the same breath: "Wil & Truus"."""
    for other in people:
        first, second = sorted((person, other), key=lambda one: one.first)
        if other is not person and _are_pair(note, first, second):
            return first.first, second.last
    return person.first, person.last


def _are_pair(note: Note, first: Person, second: Person) -> bool:
    if second.first != first.last + 1 or note.words[first.last].low not in note.lists.joiners:
        return False
    close = is_close(note.words[first.last]) and is_close(note.words[second.first])
    return close and "unknown" not in (first.kind, second.kind) and not note.words[second.last - 1].possessive


def _best_company(note: Note, companies: Sequence[Company], person: Person | None) -> Company | None:
    """Return the company beside the person, else the one that the note names best."""
    beside = None
    if person:
        beside = _company_beside(note, person, companies) or _after_role(note, person, companies)
    found = [*companies, beside] if beside else list(companies)
    return max(found, key=lambda one: (one.score, -one.first), default=None)


def _company_beside(note: Note, person: Person, companies: Sequence[Company]) -> Company | None:
    words, index = note.words, person.last
    if index >= len(words):
        return None
    gap = words[index].gap.strip()
    if gap == "(":
        return _in_bracket(note, index)
    if gap in (",", "-", "–", "/") and not words[index].opens and person.kind != "titled":
        return _proper(note, index, BESIDE, companies)
    if note.lists.company_links.at(words, index) and is_close(words[index]):
        return _proper(note, index + 1, LINKED, companies) or _in_lower_case(note, index + 1)
    return None


def _after_role(note: Note, person: Person, companies: Sequence[Company]) -> Company | None:
    """ "Priya Raman, head of ops at Northwind"."""
    words, lists = note.words, note.lists
    end = min(len(words), person.last + LONGEST_ROLE)
    end = next((index for index in range(person.last, end) if words[index].opens), end)
    has_role = False
    for index in range(person.last, end - 1):
        if has_role and lists.company_links.at(words, index):
            company = _proper(note, index + 1, LINKED, companies)
            if company:
                return company
        has_role = has_role or lists.roles.at(words, index) > 0
    return None


def _in_lower_case(note: Note, first: int) -> Company | None:
    """ "fatima from bos logistics", "piet van acme": in a note without capitals, after the link."""
    words, lists = note.words, note.lists
    if not note.is_lower or first >= len(words) or lists.openers.at(words, first) or lists.own.at(words, first):
        return None
    if note.goes_on(first + 1) and lists.is_sector(words[first + 1].low):
        return Company(first, first + 2, BESIDE)
    low = words[first].low
    if lists.places.at(words, first) or lists.calendar.at(words, first) or _is_no_name(note, low):
        return None
    return Company(first, first + 1, BESIDE)


def _is_no_name(note: Note, low: str) -> bool:
    lists = note.lists
    return len(low) < 4 or not low.isalpha() or low in lists.first_names or lists.is_ordinary(low)


def _in_bracket(note: Note, first: int) -> Company | None:
    """ "(Bos Logistics)", "(Jansen & Zn, Gouda)": capitals that are no role and no town."""
    words, lists = note.words, note.lists
    last = first + 1
    while last < min(len(words), first + 7) and not words[last].gap.strip(" '’&.+"):
        last += 1
    word = words[first]
    if not is_name_word(note, first) or lists.roles.at(words, first) or lists.kin.at(words, first):
        return None
    if last - first == 1 and (lists.is_sector(word.low) or word.low in lists.first_names):
        return None
    if last < len(words) and words[last].gap.strip()[:1] not in (")", ","):
        return None
    return Company(first, last, IN_BRACKET)


def _proper(note: Note, first: int, score: float, companies: Sequence[Company]) -> Company | None:
    """Return the proper name that starts here, unless it is a town, a person, or found already."""
    words, lists = note.words, note.lists
    if any(company.first <= first + 1 and first < company.last for company in companies):
        return next(
            Company(company.first, company.last, max(score, company.score))
            for company in companies
            if company.first <= first + 1 and first < company.last
        )
    first += lists.openers.at(words, first)
    last = run_on(note, first)
    if last == first or not is_name_word(note, last - 1) or words[first].low in lists.first_names:
        return None
    if lists.roles.at(words, first) or lists.titles.at(words, first):
        return None
    return Company(first, last, score)


def _is_sure(note: Note, person: Person | None, company: Company | None, people: Sequence[Person]) -> bool:
    if not person:
        return company is not None and _is_sure_of_company(note, company) and not people
    if company and company.score < SURE_COMPANY and not company.is_described:
        return False
    name = normalise_name(_words(note, person.first, person.last))
    rest = [one for one in people if normalise_name(_words(note, one.first, one.last)) != name]
    lead = person.score - max((one.score for one in rest), default=0.0)
    if person.kind == "titled" and _is_doubtful_end(note, person):
        return False
    return person.score >= SURE_PERSON and lead >= CLEAR_LEAD and person.kind != "unknown"


def _is_doubtful_end(note: Note, person: Person) -> bool:
    """Say whether a title with two capitals may end in a town: "Mr Kapoor Gurgaon"."""
    return sum(word.capital and word.text.isalpha() for word in note.words[person.first : person.last]) > 2


def _is_sure_of_company(note: Note, company: Company) -> bool:
    return company.score >= SURE_COMPANY and note.words[company.first].sentence == 0
