"""Notes to measure with: labelled ones, others as long as asked for, and such with words that nobody ever wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, cycle, islice
from random import Random

from nlp.training.data import read_notes

SEED = 20261121
SHARE_OF_NEW_WORDS = 0.3  # in a note with a wide vocabulary
SYLLABLES = (
    "ba",
    "ke",
    "lin",
    "mo",
    "dra",
    "vel",
    "shi",
    "pur",
    "gon",
    "lat",
    "fem",
    "tro",
    "wick",
    "zan",
    "stij",
    "ost",
)


def labelled(language: str) -> list[str]:
    """Return the labelled notes of one language, in an order that mixes their writers."""
    texts = [note.text for note in read_notes() if note.language == language]
    Random(SEED).shuffle(texts)
    return texts


def rounds_of(texts: Sequence[str], *, sides: int) -> Iterator[tuple[str, ...]]:
    """Yield the notes over and over, each for as many sides, to each of them with new words of its own."""
    return zip(*(with_new_words(texts, seed=SEED + side) for side in range(sides)), strict=True)


def with_new_words(texts: Sequence[str], *, seed: int = SEED) -> Iterator[str]:
    """Yield the notes over and over, each time with other new words in the place of some of theirs."""
    random = Random(seed)
    for text in cycle(texts):
        yield " ".join(new_word(random) if random.random() < SHARE_OF_NEW_WORDS else word for word in text.split(" "))


def new_word(random: Random) -> str:
    """Return a word that can be said and that hardly ever comes twice."""
    return "".join(random.choice(SYLLABLES) for _ in range(random.randint(3, 5)))


def as_long_as(texts: Sequence[str], words: int) -> Iterator[str]:
    """Yield notes of exactly so many words, cut from the labelled notes laid end to end."""
    said = chain.from_iterable(text.split() for text in cycle(texts))
    while True:
        yield " ".join(islice(said, words))
