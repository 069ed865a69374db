"""Where a note names a person, and how much speaks for that person being who the note is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nlp.who.companies import CAMEL, Company, is_name_word
from nlp.who.words import Note, Phrases, is_close, may_name_person

Kind = Literal["titled", "full", "initials", "first", "word", "particle", "unknown"]

# What a name is worth by itself, and what its surroundings add or take away. A sum of FLOOR is worth saying.
WORTH: dict[Kind, float] = {
    "titled": 3.0,  # Mrs Okafor, notaris Claes
    "full": 3.5,  # Karin Bos
    "initials": 3.0,  # J. de Vries
    "first": 2.2,  # Karin
    "word": 1.6,  # Wil, Joy: also words
    "particle": 1.6,  # Van Hoof
    "unknown": 0.5,  # Fenwick
}
MEETING = 3.0  # "spoke with Karin"
BRACKET = 2.0  # "Karin (Bos Logistics)"
COMPANY_LINK = 2.0  # "Karin from the bakery"
ROLE = 1.5  # "Karin, buyer"
PLACE = 1.0  # "Karin in Ede"
FIRST_WORD = 1.5
SENTENCES = (1.5, 1.0, 0.5)  # for being in the first, second, third sentence
SUBJECT = 1.0  # opens a sentence
APART = 1.5  # between commas
REPEATED = 0.5
OWN_SIDE = -6.0  # "my manager Lorna"
RIVAL = -5.0
KIN = -4.0  # "her friend Val"
QUOTED = -3.0
LESSER = -2.5  # "call Tuesday with Colin"
SECOND = -1.5  # "and Colin"
POSSESSIVE = -1.5  # "Jo's handover"
FLOOR = 3.0


@dataclass(frozen=True, slots=True)
class Person:
    """Words `first` to `last` (half-open) of a note that name a person."""

    first: int
    last: int
    kind: Kind
    score: float = 0.0
    kept_out: bool = False  # the rep's own side, kin, or a rival


def find_people(note: Note, companies: Sequence[Company] = ()) -> list[Person]:
    """Return everybody whom a note names, in order, outside the names of these companies, with their scores."""
    inside = {index for company in companies for index in range(company.first, company.last)}
    found: list[Person] = []
    index = 0
    while index < len(note.words):
        person = None if index in inside else _person_at(note, index)
        if person and not inside.isdisjoint(range(person.first, person.last)):
            person = None
        if person:
            found.append(_scored(note, person))
        index = person.last if person else index + 1
    return found


def _person_at(note: Note, index: int) -> Person | None:
    word = note.words[index]
    if not (word.capital or "." in word.text or may_name_person(word.low, note.lists.language)):
        return None
    return (
        _titled(note, index)
        or _household(note, index)
        or _given(note, index)
        or _by_particles(note, index)
        or _initials(note, index)
        or _particle(note, index)
        or _unknown(note, index)
    )


def _titled(note: Note, index: int) -> Person | None:
    """ "Mrs Okafor", "mevrouw terpstra", "Mr & Mrs Patel", "fam. Hoekstra", "notaris Claes"."""
    words, lists = note.words, note.lists
    start = _after_titles(note, index)
    if start == index or not note.goes_on(start):
        return None
    last = _surname_end(note, start, loose=True)
    if last == start and start < len(words) and words[start].alone and words[start].capital:
        last = start + 1
    if last == start:
        return None
    if lists.roles.at(words, start) or (index and lists.trades.at(words, index) and not words[start].capital):
        return None
    return Person(index, last, "titled")


def _household(note: Note, index: int) -> Person | None:
    """ "the Hendersons", "the Castellanos family", "die Peeters"."""
    words, lists = note.words, note.lists
    name = index + 1
    if not lists.articles.at(words, index) or not note.goes_on(name):
        return None
    word = words[name]
    if not is_name_word(note, name) or not word.text.isalpha() or word.text.isupper() or _is_business(note, name):
        return None
    following = words[name + 1] if name + 1 < len(words) else None
    if lists.families.at(words, name + 1):
        return Person(index, name + 2, "titled")
    if not word.low.endswith("s") or word.low in lists.first_names:
        return None
    apart = words[index].opens and following is not None and following.gap.startswith(",")
    if lists.is_ordinary(word.low.removesuffix("s")) and not apart:
        return None
    return None if following and is_close(following) and following.capital else Person(index, name + 1, "particle")


def _after_titles(note: Note, index: int) -> int:
    words, lists = note.words, note.lists
    start = index
    for _ in range(3):
        step = _title(note, start)
        if not step or (start > index and not is_close(words[start])):
            break
        start += step
        if start < len(words) and words[start].low in lists.joiners and _title(note, start + 1):
            start += 1
    return start


def _title(note: Note, index: int) -> int:
    lists = note.lists
    return next((n for names in (lists.titles, lists.trades, lists.families) if (n := names.at(note.words, index))), 0)


def _given(note: Note, index: int) -> Person | None:
    """ "Karin", "Karin Bos", "Paula De Backer", "Tony G"; in lower case where the note is."""
    word, lists = note.words[index], note.lists
    if not lists.is_first_name(word.low):
        return None
    last = index + 1 if word.possessive else _surname_end(note, index + 1, loose=not word.capital)
    if not _is_first_name(note, index, has_surname=last > index + 1):
        return None
    is_word = lists.is_also_word(word.low)
    if last > index + 1:
        return Person(index, last, "full" if word.capital or not is_word else "word")
    if word.low in lists.calendar and word.low in lists.also_words and not word.opens:
        return Person(index, index + 1, "unknown")
    return Person(index, index + 1, "word" if is_word and (word.opens or not word.capital) else "first")


def _by_particles(note: Note, index: int) -> Person | None:
    """ "Ton van der Zalm": particles that only a surname has, after a capital."""
    words, lists = note.words, note.lists
    word = words[index]
    start = index + 1
    if not is_name_word(note, index) or not word.text.isalpha() or _is_business(note, index) or start >= len(words):
        return None
    bound = start + 1 < len(words) and lists.bound_particles.at(words, start)
    last = _surname_end(note, start, loose=False)
    return Person(index, last, "full") if bound and last > start + 1 and is_close(words[start]) else None


def _is_first_name(note: Note, index: int, *, has_surname: bool) -> bool:
    """Say whether a word that may be a first name is one here."""
    word, lists = note.words[index], note.lists
    if word.low in lists.never or _is_town(note, index):
        return False
    if word.capital:
        if word.opens and not has_surname and lists.is_sector(word.low):  # "Marina at Port Isla"
            return False
        if has_surname or not (word.opens and lists.is_also_word(word.low)):
            return True
        return _is_lone(note, index) or _is_named_again(note, index)
    if lists.is_also_word(word.low) or word.low in lists.also_words or word.low in lists.calendar:
        unfit = word.low in lists.calendar or word.low in lists.lesser_links or word.low in lists.openers
        return not unfit and word.low in lists.own_first_names and bool(_meeting_before(note, index))
    return note.is_lower or bool(_meeting_before(note, index))


def _is_town(note: Note, index: int) -> bool:
    """Say whether a first name stands for a town: "in Milan", "the Milan lot"."""
    words, lists = note.words, note.lists
    if not lists.places.at(words, index) or not note.goes_on(index):
        return False
    return bool(lists.place_links.before(words, index) or lists.openers.before(words, index))


def _is_lone(note: Note, index: int) -> bool:
    """Say whether what follows is what follows a name: "Wil & Truus", "Bo, salon", "Gill's"."""
    if note.words[index].possessive:
        return True
    if index + 1 >= len(note.words):
        return True
    following, lists = note.words[index + 1], note.lists
    if following.gap[:1] in ",(:-" or following.gap[:2] == " (":
        return True
    if is_name_word(note, index + 1):
        return True
    return following.low in lists.joiners or following.low in lists.company_links or following.low in lists.place_links


def _initials(note: Note, index: int) -> Person | None:
    """ "J. de Vries", "J.P. Bos"."""
    words = note.words
    start = index
    while start < len(words) and start - index < 4 and _is_initial(note, start):
        start += 1
    if start == index or not note.goes_on(start):
        return None
    dotted = "." in words[start - 1].text or "." in words[start].gap
    last = _surname_end(note, start, loose=False)
    return Person(index, last, "initials") if dotted and last > start else None


def _is_initial(note: Note, index: int) -> bool:
    text = note.words[index].text
    if note.words[index].low in note.lists.never:  # English "I"
        return False
    return text.replace(".", "").isupper() and (note.words[index].alone or "." in text)


def _particle(note: Note, index: int) -> Person | None:
    """ "Van Hoof", "Ter Horst"."""
    word = note.words[index]
    if not word.capital or word.low not in note.lists.surname_starts:
        return None
    last = _surname_end(note, index + 1, loose=False)
    return Person(index, last, "particle") if last > index + 1 and not note.words[last - 1].text.isupper() else None


def _unknown(note: Note, index: int) -> Person | None:
    """A capital that is no word of the language: "Fenwick", "Raj Malhotra"."""
    word, lists = note.words[index], note.lists
    if not is_name_word(note, index) or len(word.text) < 3 or not word.text.isalpha() or CAMEL.match(word.text):
        return None
    if word.text.isupper() or _is_business(note, index):
        return None
    if lists.is_ordinary(word.low) and (word.opens or not (_meeting_before(note, index) or _has_role(note, index))):
        return None
    if word.opens and not (_is_lone(note, index) or _is_named_again(note, index)):
        return None
    last = index + 1
    while last < min(len(note.words), index + 3) and is_close(note.words[last]) and is_name_word(note, last):
        if _is_business(note, last):
            break
        last += 1
    return Person(index, last, "unknown")


def _has_role(note: Note, index: int) -> bool:
    return note.lists.roles.before(note.words, index) > 0 and is_close(note.words[index])


def _is_named_again(note: Note, index: int) -> bool:
    """Say whether a word is written with a capital inside a sentence as well."""
    return note.names[note.words[index].low] > 0


def _is_business(note: Note, index: int) -> bool:
    low = note.words[index].low
    return note.lists.is_sector(low) or low in note.lists.roles or low in note.lists.kin


def _surname_end(note: Note, start: int, *, loose: bool) -> int:
    """Return where a surname that starts here ends; `start` if there is none. `loose` takes lower case as well."""
    words = note.words
    initials = start
    while note.goes_on(initials) and initials - start < 2 and _is_initial(note, initials):
        initials += 1
    index = initials
    while note.goes_on(index) and index - initials < 3 and words[index].low in note.lists.particles:
        index += 1
    if note.goes_on(index) and _is_surname(note, index, initials, loose=loose):
        second = index + 1
        return second + (note.goes_on(second) and is_name_word(note, second) and not _is_business(note, second))
    return start if loose else initials


def _is_surname(note: Note, index: int, start: int, *, loose: bool) -> bool:
    """Say whether the word after these particles (from `start`) ends a surname."""
    words, lists = note.words, note.lists
    word = words[index]
    first = start - 1 if start and words[start - 1].low in lists.surname_starts else start
    particle = words[first].low if index > first else ""
    if word.capital:
        if particle and _is_employer(note, index, start):
            return False
        return is_name_word(note, index) or (particle != "" and bool(lists.places.at(words, index)))
    if not loose or not word.text.isalpha() or len(word.low) < 3 or _is_business(note, index):
        return False
    if lists.is_ordinary(word.low):
        return particle != "" and particle not in lists.company_links and word.low not in lists.own
    return bool(particle) or not lists.places.at(words, index)


def _is_employer(note: Note, index: int, start: int) -> bool:
    """Tell "Karin van Acme" from "Karin van Dijk": one small particle that is also a link to a company."""
    words, lists = note.words, note.lists
    if index - start > 1 or words[start].capital or words[start].low not in lists.company_links:
        return False
    return start > 0 and words[index].low not in lists.place_like_surnames


def _scored(note: Note, person: Person) -> Person:
    against, kept_out = _signs_against(note, person)
    total = WORTH[person.kind] + _strong_signs(note, person) + _place_in_note(note, person) + against
    if person.kind == "unknown" and person.last - person.first > 1:
        total += 1.0
    return replace(person, score=total, kept_out=kept_out)


def _strong_signs(note: Note, person: Person) -> float:
    words, lists = note.words, note.lists
    total = _meeting_before(note, person.first)
    if words[person.first].gap.endswith("("):
        total += BRACKET / 2
    following = words[person.last] if person.last < len(words) else None
    if following is None:
        return total
    if "(" in following.gap[:2]:
        total += BRACKET
    is_linked = lists.company_links.at(words, person.last) and is_close(following)
    if is_linked and person.kind != "unknown" and _introduces(note, person.last + 1):
        total += COMPANY_LINK
    if _role_around(note, person):
        total += ROLE
    return total


def _introduces(note: Note, index: int) -> bool:
    """Say whether after "from", "van", "@" comes what a person may be from: an article, a capital, a business."""
    if index >= len(note.words):
        return False
    word, lists = note.words[index], note.lists
    return is_name_word(note, index) or word.low in lists.openers or lists.is_sector(word.low)


def _meeting_before(note: Note, first: int) -> float:
    """Return what the words before a name are worth; a role or an article may stand between: "met the owner Karin"."""
    words, lists = note.words, note.lists
    end = first
    for _ in range(3):
        size = lists.meetings.before(words, end)
        if size and (end == len(words) or is_close(words[end])):
            return MEETING if words[first].sentence == 0 or size > 1 else MEETING / 2
        step = lists.roles.before(words, end) or lists.openers.before(words, end)
        if not step:
            break
        end -= step
    return 2.0 if first == 1 and lists.lesser_links.before(words, 1) else 0.0


def _role_around(note: Note, person: Person) -> bool:
    words, lists = note.words, note.lists
    if lists.roles.before(words, person.first):
        return True
    if person.last >= len(words) or words[person.last].opens:
        return False
    return any(lists.roles.at(words, person.last + step) for step in range(3) if _in_sentence(note, person, step))


def _in_sentence(note: Note, person: Person, step: int) -> bool:
    index = person.last + step
    return index < len(note.words) and note.words[index].sentence == note.words[person.first].sentence


def _place_in_note(note: Note, person: Person) -> float:
    words, lists = note.words, note.lists
    word = words[person.first]
    total = SENTENCES[word.sentence] if word.sentence < len(SENTENCES) else 0.0
    total += FIRST_WORD * (person.first == 0)
    if person.kind != "unknown":
        total += SUBJECT * word.opens
    if word.sentence < 2 and word.gap.startswith(",") and _stands_apart(note, person.last):
        total += APART
    if note.mentions[words[person.last - 1].low] > 1:
        total += REPEATED
    total += PLACE * _place_follows(note, person.last)
    if word.sentence == 0 and lists.for_links.before(words, person.first):
        total += PLACE
    return total


def _stands_apart(note: Note, last: int) -> bool:
    """Say whether a name that follows a comma ends at one: "Rooftop bar, terrace heaters, Valentina. "."""
    return last >= len(note.words) or note.words[last].gap[:1] in (",", ".", ":", "\n")


def _place_follows(note: Note, index: int) -> bool:
    words, lists = note.words, note.lists
    if lists.places.at(words, index):
        return not words[index].opens
    return bool(lists.place_links.at(words, index)) and index + 1 < len(words) and words[index + 1].capital


def _signs_against(note: Note, person: Person) -> tuple[float, bool]:
    words, lists = note.words, note.lists
    word = words[person.first]
    total, kept_out = 0.0, True
    if _is_own(note, person):
        total += OWN_SIDE
    elif not _role_around(note, person) and (
        _before(lists.rivals, note, person) or lists.rivals_after.at(words, person.last)
    ):
        total += RIVAL
    elif _is_kin(note, person):
        total += KIN
    else:
        kept_out = False
    total += QUOTED * word.quoted
    if words[person.last - 1].possessive:
        total += POSSESSIVE / 3 if word.opens and person.first else POSSESSIVE
    if _before(lists.joiners, note, person):
        total += SECOND
    elif word.sentence > 0 and _before(lists.lesser_links, note, person) and not _meeting_before(note, person.first):
        total += LESSER
    return total, kept_out


def _before(phrases: Phrases, note: Note, person: Person) -> bool:
    return bool(phrases.before(note.words, person.first)) and is_close(note.words[person.first])


def _is_own(note: Note, person: Person) -> bool:
    """ "my manager Lorna", "our Colin", "Mo from support", "Marleen van ons"."""
    words, lists = note.words, note.lists
    if _before(lists.own, note, person) or _before(lists.own_people, note, person):
        return True
    between = lists.roles.before(words, person.first)
    if between and lists.own.before(words, person.first - between):
        return True
    if lists.own_after.at(words, person.last):
        return True
    linked = lists.company_links.at(words, person.last)
    return bool(linked) and any(
        index < len(words) and words[index].low in lists.own_place and is_close(words[index])
        for index in (person.last + 1, person.last + 2)
    )


def _is_kin(note: Note, person: Person) -> bool:
    """ "her friend Val", "Gerda de dochter"."""
    words, lists = note.words, note.lists
    if _meeting_before(note, person.first):
        return False
    if _before(lists.kin, note, person):
        return True
    index = person.last
    if index < len(words) and not words[index].opens:
        index += lists.openers.at(words, index) or lists.possessives.at(words, index)
        return index > person.last and bool(lists.kin.at(words, index)) and is_close(words[index])
    return False
