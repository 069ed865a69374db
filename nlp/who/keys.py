"""Names brought into a form in which they compare well, whatever language they were written in."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from nlp.language import languages, resource
from nlp.who.words import WORD, entries


def normalise_name(name: str) -> str:
    """Return a person's name for comparing: "de Vries, Jan", "Dhr. Jan de Vries", "JAN DE VRIES" give "jan vries".

    What stands after a first comma goes to the front; case, accents, particles, and the titles, articles and
    occupations before a name go. Initials stay as single letters: "J.P. de Vries" gives "j p vries". A name of
    nothing but such words keeps the last of them, so that the key of a name is empty only when it has no letter
    or digit at all.
    """
    front, comma, back = name.partition(",")
    words = _plain_words(f"{back} {front}" if comma else name)
    while len(words) > 1 and words[0] in _known("titles", "trades", "families", "articles"):
        words = words[1:]
    particles = _known("particles")
    kept = [word for place, word in enumerate(words) if word not in particles or (place == 0 and len(word) == 1)]
    return " ".join(kept or words[-1:])


def normalise_company(name: str) -> str:
    """Return a company's name for comparing: "Jansen & Zn. B.V.", "JANSEN EN ZN" and "Jansen" give "jansen".

    Case, accents, signs, legal forms at the end, tails such as "& Sons", and "and" go. A name of nothing but such
    words keeps the first of them.
    """
    words = _plain_words(name)
    while len(words) > 1 and _is_tail(words):
        words.pop()
    joiners = _known("joiners")
    return " ".join([word for word in words if word not in joiners] or words[:1])


def _is_tail(words: list[str]) -> bool:
    """Say whether the last word only says what kind of company it is: "BV", "& Zn"."""
    joiners = _known("joiners")
    if words[-1] in _known("company_suffixes") | joiners:
        return True
    return words[-1] in _known("company_tails") and words[-2] in joiners


def _plain_words(name: str) -> list[str]:
    """Return the words of a name in lower case without accents; "J.P." is two words, "B.V." one."""
    suffixes = _known("company_suffixes")
    words: list[str] = []
    for found in WORD.findall(_plain(name)):
        joined = found.replace(".", "").replace("’", "'")
        words += [joined] if "." not in found or joined in suffixes else list(joined)
    return words


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold()


@lru_cache
def _known(*lists: str) -> frozenset[str]:
    """Return the words of these lists in all languages, without dots and accents."""
    return frozenset(
        _plain(word).replace(".", "")
        for code in languages()
        for name in lists
        for word in entries(resource(code, "names").get(name))
    )
