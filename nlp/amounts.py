"""Where a note speaks of money, and of how big the customer is: numbers with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nlp.language import resource
from nlp.who.words import entries

# Every repetition is bounded, so that a text of digits alone takes no more than linear time.
NUMBER = r"(?:\d{1,3}(?:[.,  ]\d{3}){1,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,12}(?:[.,]\d{1,4})?)(?:,-)?"
NOT_INSIDE = r"(?<![\w.,])"
END = r"(?![^\W_])"


def find_amounts(text: str, *, language: str) -> Iterator[tuple[int, int]]:
    """Yield where amounts of money stand: "€40k", "1.200 euro p/m", "under 40k"."""
    for found in _money(language).finditer(text):
        yield found.span()


def find_sizes(text: str, *, language: str) -> Iterator[tuple[int, int]]:
    """Yield where counts of people, sites, vehicles or land stand: "22 seats", "40 medewerkers"."""
    for found in _size(language).finditer(text):
        yield found.span()


@lru_cache
def _money(language: str) -> re.Pattern[str]:
    lists = resource(language, "facts")
    many = _any_of(lists.get("multipliers"))
    money = _any_of(lists.get("currencies"))
    number = f"{NUMBER}(?:\\s?(?:-|–|{_any_of(lists.get('range_words'))})\\s?{NUMBER})?"
    spoken = _any_of(lists.get("number_words"))
    per = f"(?:\\s?(?:{_any_of(lists.get('periods'))}){END})"
    sign = "[" + re.escape("".join(entries(lists.get("currency_signs")))) + "]"
    multiplied = f"{number}\\s?(?:{many}){END}"
    kinds = (
        f"{sign}\\s?{number}(?:\\s?(?:{many}){END})?",
        f"{NOT_INSIDE}{number}(?:\\s?(?:{many}))?\\s?(?:{sign}|(?:{money}){END})",
        f"{NOT_INSIDE}{number}\\s?(?:{_any_of(lists.get('money_by_itself'))}){END}",
        f"{NOT_INSIDE}(?:{_any_of(lists.get('bounds'))})\\s{multiplied}",
        f"{NOT_INSIDE}{multiplied}(?={per})",
        f"{NOT_INSIDE}(?:(?:{spoken})[ -]?){{1,6}}(?:{money}|{_any_of(lists.get('money_by_itself'))}){END}",
    )
    return re.compile(f"(?:{'|'.join(kinds)}){per}?", re.IGNORECASE)


@lru_cache
def _size(language: str) -> re.Pattern[str]:
    units = _any_of(resource(language, "facts").get("size_units"))
    return re.compile(f"{NOT_INSIDE}\\d{{1,3}}(?:[.,]?\\d{{3}}){{0,2}}(?!\\d)\\s?(?:{units}){END}", re.IGNORECASE)


def _any_of(value: object) -> str:
    """Return a pattern for any entry of a word list, longest first; one that never matches when it is empty."""
    words = sorted(entries(value), key=len, reverse=True)
    return "|".join(re.escape(word) for word in words) or r"(?!)"
