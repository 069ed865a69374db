"""Notes that mix languages (row L2): which words only another language knows, and what its cues see in them."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.cue_finder import Found
from nlp.forms import Forms
from nlp.reading import Vote
from nlp.words import Words

SHORTEST = 4  # letters; shorter words are too alike between languages


def guest_words(words: Words, host: Forms, guest: Forms) -> frozenset[int]:
    """Return the words that the note's language does not know and another one does; names are passed over."""
    return frozenset(
        index
        for index, lower in enumerate(words.lower)
        if len(lower) >= SHORTEST
        and words.text[words.start[index]].islower()
        and not host.is_known(lower)
        and guest.is_known(lower)
    )


def cues_of_guest(
    found: Iterable[Found], words: Words, foreign: frozenset[int], guest: Forms, votes: Iterable[Vote]
) -> list[Found]:
    """Return the cues that rest on foreign words, without those that say again what the note's own language saw."""
    own = list(votes)
    return [
        one
        for one in found
        if not foreign.isdisjoint(range(one.match.first, one.match.last))
        and all(_knows(guest, words.lower[index]) for index in range(one.match.first, one.match.last))
        and not any(_says_the_same(vote, one) for vote in own)
    ]


def _knows(forms: Forms, lower: str) -> bool:
    return lower[0].isdigit() or forms.is_known(lower)


def _says_the_same(vote: Vote, one: Found) -> bool:
    touches = vote.first < one.match.last and one.match.first < vote.last
    return touches and (vote.about, vote.key) == (one.cue.about, one.cue.key)
