"""Where a note names a company: by its legal form, its kind of business, its spelling, or as its heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlp.who.words import Note, Word, is_close, may_name_company

CAMEL = re.compile(r"^(?!Mc|Mac|De[A-Z]|Van[A-Z]|Le[A-Z]|La[A-Z]|IJ)[A-Z]\w*[a-z][A-Z]\w+$")
EARLY = 3  # up to here a note without capitals opens with its company
LONGEST = 5  # words of one company's name

LEGAL_FORM = 4.0  # how much each sign is worth; SURE_COMPANY of them is enough to be sure
SECTOR = 3.0
SPELLING = 3.0
HEADING = 2.5
GUESS = 2.5
PLACE_ONLY = 2.0
SURE_COMPANY = 3.0
LATER = 1.5  # what a sign loses after the first sentence


@dataclass(frozen=True, slots=True)
class Company:
    """Words `first` to `last` (half-open) of a note that name a company."""

    first: int
    last: int
    score: float
    is_described: bool = False  # a kind of business and a town, no name: "vlasfabriek Kortrijk"


def find_companies(note: Note) -> list[Company]:
    """Return the companies that a note names by themselves, in order, not overlapping; rivals are left out."""
    found: list[Company] = []
    taken = 0
    for index in range(len(note.words)):
        company = _company_at(note, index, taken)
        if company and not _is_rival(note, company):
            if found and company.first < found[-1].last:
                company = _join(found.pop(), company)
            found.append(_weighed(note, company))
            taken = company.last
    return found


def _company_at(note: Note, index: int, taken: int) -> Company | None:
    if index < taken and not _ends_company(note, index):
        return None
    return _named_outright(note, index) or (_by_heading(note) if index == 0 else None)


def _named_outright(note: Note, index: int) -> Company | None:
    word = note.words[index]
    if not (word.capital or word.text == "&" or may_name_company(word.low, note.lists.language)):
        return None
    signs = (
        _by_legal_form,
        _by_sector_before,
        _by_sector_after,
        _by_spelling,
        _by_sign,
        _by_owner,
        _by_link,
        _by_last_word,
    )
    return next((company for sign in signs if (company := sign(note, index))), None)


def _join(one: Company, other: Company) -> Company:
    first, last = min(one.first, other.first), max(one.last, other.last)
    return Company(first, last, max(one.score, other.score), one.is_described and other.is_described)


def _weighed(note: Note, company: Company) -> Company:
    word = note.words[company.first]
    loss = LATER if word.sentence > 0 and company.score < LEGAL_FORM else 0.0
    return replace(company, score=company.score - loss)


def _is_rival(note: Note, company: Company) -> bool:
    lists = note.lists
    return bool(lists.rivals.before(note.words, company.first) or lists.rivals_after.at(note.words, company.last))


def _ends_company(note: Note, index: int) -> bool:
    low = note.words[index].low
    return low in note.lists.company_suffixes or low in note.lists.company_tails


def _by_legal_form(note: Note, index: int) -> Company | None:
    """ "Acme BV", "Jansen & Zn"."""
    words, lists = note.words, note.lists
    word = words[index]
    if not index or not is_close(word):
        return None
    if word.low in lists.company_suffixes and word.capital:
        first = run_back(note, index)
        return Company(first, _legal_end(note, index), LEGAL_FORM) if first < index else None
    if word.low in lists.company_tails and words[index - 1].low in lists.joiners and (word.capital or note.is_lower):
        first = run_back(note, index - 1)
        if first == index - 1 and note.is_lower and index > 1:
            first -= 1
        return Company(first, _legal_end(note, index), LEGAL_FORM) if first < index - 1 else None
    return None


def _legal_end(note: Note, index: int) -> int:
    """Return where the legal form that starts here ends: "GmbH & Co. KG"."""
    words, lists = note.words, note.lists
    end = last = index + 1
    while end < min(len(words), index + LONGEST) and is_close(words[end]):
        low = words[end].low
        if low in lists.company_suffixes or (low in lists.company_tails and words[end - 1].low in lists.joiners):
            last = end + 1
        elif low not in lists.joiners:
            break
        end += 1
    return last


def _by_sector_before(note: Note, index: int) -> Company | None:
    """ "Bakkerij De Molen", "Hotel Krone", "vlasfabriek Kortrijk"."""
    words, lists = note.words, note.lists
    if not lists.leads_company(words[index].low) or words[index].possessive:
        return None
    if index + 1 >= len(words) or not is_close(words[index + 1]):
        return None
    last = run_on(note, index + 1)
    if last > index + 1:
        only_place = lists.places.at(words, index + 1) >= last - index - 1
        return Company(index, last, PLACE_ONLY if only_place else SECTOR, is_described=only_place)
    if note.is_lower and index <= EARLY and _is_lower_name(note, index + 1):
        return Company(index, index + 2, PLACE_ONLY)
    return None


def _by_sector_after(note: Note, index: int) -> Company | None:
    """ "Bos Logistics", "Hollins Farm", "Parkside Tower", "Winterland chaletverhuur"."""
    word, lists = note.words[index], note.lists
    if not index or not is_close(word) or not (lists.is_sector(word.low) or word.low in lists.site_ends):
        return None
    first = run_back(note, index)
    if first == index or (not word.capital and not _is_made_up(note, first, index)):
        return None
    only_place = lists.places.at(note.words, first) >= index - first
    score = PLACE_ONLY if only_place or not word.capital else SECTOR  # a guess where the sector is in lower case
    return Company(first, index + 1, score, is_described=only_place)


def _is_made_up(note: Note, first: int, index: int) -> bool:
    """Say whether the capitals before a sector in lower case are a proper name that no person has."""
    lists = note.lists
    front = note.words[first:index]
    if lists.places.at(note.words, first) or any(word.low in lists.first_names or not word.capital for word in front):
        return False
    if lists.titles.before(note.words, first) or lists.brands.before(note.words, first):
        return False
    return any(not lists.is_ordinary(word.low, compounds=False) or not word.opens for word in front)


def _by_last_word(note: Note, index: int) -> Company | None:
    """ "Kessler Optics", "Van Dalen Grondverzet": a name that ends in an ordinary word, as few people's do."""
    word, lists = note.words[index], note.lists
    if not note.goes_on(index) or not is_name_word(note, index) or not lists.is_ordinary(word.low):
        return None
    first = run_back(note, index)
    if first == index or word.low in lists.first_names or word.low in lists.roles or word.quoted:
        return None
    front = note.words[first:index]
    if all(one.low in lists.particles for one in front):
        return None
    if any(one.low in lists.first_names for one in front) or lists.titles.before(note.words, first):
        return None
    is_surname = front[0].low in lists.surname_starts or not all(lists.is_ordinary(one.low) for one in front)
    if lists.trades.before(note.words, first) or not is_surname or any(one.alone for one in front):
        return None
    return Company(first, index + 1, GUESS)


def _by_sign(note: Note, index: int) -> Company | None:
    """ "Laird & Ledger": two capitals joined by a sign, neither of them a first name."""
    if note.words[index].text != "&" or not note.goes_on(index) or not note.goes_on(index + 1):
        return None
    pair = (index - 1, index + 1)
    if not all(is_name_word(note, one) and _is_nobodys(note, one) for one in pair):
        return None
    return Company(index - 1, max(run_on(note, index + 1), index + 2), SPELLING)


def _is_nobodys(note: Note, index: int) -> bool:
    word = note.words[index]
    return not word.alone and word.low not in note.lists.first_names and word.text.isalpha()


def _by_owner(note: Note, index: int) -> Company | None:
    """ "Lola's Bridal": a capital after a first name's possessive."""
    words, lists = note.words, note.lists
    if not words[index].possessive or words[index].low not in lists.first_names or not words[index].capital:
        return None
    last = run_on(note, index + 1) if note.goes_on(index + 1) else index
    return Company(index, last, GUESS) if last > index + 1 and words[index + 1].capital else None


def _by_link(note: Note, index: int) -> Company | None:
    """ "at Sunset Lofts": two capitals where somebody is or works."""
    words, lists = note.words, note.lists
    if not lists.site_links.at(words, index) or not note.goes_on(index + 1) or not is_name_word(note, index + 1):
        return None
    last = run_on(note, index + 1)
    if last - index < 3 or words[index + 1].low in lists.first_names or lists.roles.at(words, index + 1):
        return None
    return Company(index + 1, last, GUESS)


def _by_spelling(note: Note, index: int) -> Company | None:
    """ "FitFabriek", "SecuGuard Zaventem"."""
    word = note.words[index]
    if not CAMEL.match(word.text) or word.low in note.lists.brands or word.quoted or word.sentence > 1:
        return None
    return Company(index, max(run_on(note, index), index + 1), SPELLING)


def _by_heading(note: Note) -> Company | None:
    """A note that opens with capitals only: "Plastiek Noord, ..."."""
    words, lists = note.words, note.lists
    last = 1
    while last < min(len(words), LONGEST) and is_close(words[last]) and _may_go_on(note, last):
        last += 1
    if last < 2 or (note.goes_on(last)):
        return None
    if not words[0].capital or not is_name_word(note, 1) or words[0].low in lists.first_names:
        return None
    unfit = (lists.titles, lists.trades, lists.families, lists.articles, lists.meetings, lists.surname_starts)
    if any(names.at(words, 0) for names in unfit):
        return None
    if lists.is_ordinary(words[0].low) and not (lists.is_sector(words[0].low) or lists.is_ordinary(words[1].low)):
        return None
    if any(_named_outright(note, index) or lists.roles.at(words, index) for index in range(1, last)):
        return None
    return Company(0, last, HEADING)


def _may_go_on(note: Note, index: int) -> bool:
    return is_name_word(note, index) or note.lists.places.at(note.words, index) > 0


def is_name_word(note: Note, index: int) -> bool:
    """Say whether a word has the capital of a name and is no town, day, brand, title or the like."""
    if not 0 <= index < len(note.words):
        return False
    word, lists = note.words[index], note.lists
    return (
        word.capital
        and (word.text[-1].isalpha() or word.text.isalnum())
        and not any(
            word.low in unfit
            for unfit in (lists.calendar, lists.brands, lists.never, lists.titles, lists.company_suffixes)
        )
        and not lists.places.at(note.words, index)
    )


def run_on(note: Note, start: int) -> int:
    """Return where the words of a proper name that starts here end: particles, capitals, "&"; `start` if none."""
    words, lists = note.words, note.lists
    index, last = start, start
    while index < min(len(words), start + LONGEST) and (index == start or is_close(words[index])):
        is_place = last == start and words[index].capital and lists.places.at(words, index) > 0
        if is_place or (is_name_word(note, index) and words[index].low not in lists.particles):
            last = index + 1
        elif not _is_inside_name(note, index, started=last > start):
            break
        index += 1
    return last


def _is_inside_name(note: Note, index: int, *, started: bool) -> bool:
    words, lists = note.words, note.lists
    low = words[index].low
    if started:
        return low in lists.joiners or (low in lists.particles and words[index].capital)
    if low not in lists.particles or index + 1 >= len(words):
        return False
    is_link = low in lists.company_links and not words[index].capital
    following = words[index + 1].low
    return not is_link or following in lists.particles or following in lists.place_like_surnames


def run_back(note: Note, end: int) -> int:
    """Return where the capitals of a proper name that ends before `end` start; `end` if there are none."""
    words = note.words
    first, index = end, end - 1
    while index >= max(0, end - LONGEST + 1) and is_close(words[index + 1]):
        word = words[index]
        if _starts_name(note, word, index, first == end):
            first = index
        elif not _links_back(note, index, started=first < end):
            break
        index -= 1
    return first


def _links_back(note: Note, index: int, *, started: bool) -> bool:
    """Say whether a small word may stand inside a name; "van" alone parts a person from a company."""
    low, lists = note.words[index].low, note.lists
    if low in lists.joiners:
        return started
    return low in lists.particles and (low not in lists.company_links or note.words[index + 1].low in lists.particles)


def _starts_name(note: Note, word: Word, index: int, nearest: bool) -> bool:
    """Say whether a capital belongs to a name; the first word of a sentence has one in any case."""
    if word.low in note.lists.particles and word.capital and not nearest:
        return True
    if not is_name_word(note, index) and not (word.capital and nearest and note.lists.places.at(note.words, index)):
        return False
    if word.text.isupper() and word.low in note.lists.roles:
        return False
    if not word.opens:
        return True
    if note.lists.meetings.at(note.words, index):
        return False
    return nearest or not note.lists.is_ordinary(word.low)


def _is_lower_name(note: Note, index: int) -> bool:
    """Say whether a word in lower case can only be a proper name."""
    if index >= len(note.words) or not is_close(note.words[index]):
        return False
    low, lists = note.words[index].low, note.lists
    if len(low) < 4 or not low.isalpha() or low in lists.first_names:
        return False
    return not lists.is_ordinary(low, compounds=False)
