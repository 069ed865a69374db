"""Words, word pairs and letter groups as hashed features of a text (Weinberger et al., ICML 2009)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.dictionary import MOST_CACHED
from nlp.forms import Forms
from nlp.phrases import normal_form
from nlp.words import Words

BUCKETS = 1 << 18
SCALE_OF_PIECE = 2.0  # length of a piece's feature vector
SCALE_OF_NOTE = 3.0  # length of a whole note's
LETTERS = (3, 4, 5)  # lengths of letter groups


class Features(NamedTuple):
    """The buckets that are not empty, in ascending order, and their values."""

    buckets: NDArray[np.int64]
    values: NDArray[np.float32]


def features_of_piece(words: Words, forms: Forms, first: int, last: int) -> Features:
    """Return the features of the words `first` up to `last`, weighed by 1 + log(count), of length SCALE_OF_PIECE."""
    found = chain.from_iterable(buckets_of_word(words, forms, index, first) for index in range(first, last))
    quoted = (_QUOTED,) if any(words.quoted[first:last]) else ()
    buckets, counts = np.unique(np.fromiter(chain(found, quoted), dtype=np.int64), return_counts=True)
    return _of_length(SCALE_OF_PIECE, buckets, 1.0 + np.log(counts))


def features_of_note(pieces: Sequence[Features]) -> Features:
    """Return the features of a note from those of its pieces, of length SCALE_OF_NOTE."""
    if not pieces:
        return Features(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    buckets, where = np.unique(np.concatenate([piece.buckets for piece in pieces]), return_inverse=True)
    added = np.bincount(where, weights=np.concatenate([piece.values for piece in pieces]))
    return _of_length(SCALE_OF_NOTE, buckets, np.log1p(added))


def features_of_words(words: Words, forms: Forms, indices: Iterable[int], first: int) -> Features:
    """Return the features of some words of a piece that begins at `first`, each once and unweighed."""
    found = chain.from_iterable(buckets_of_word(words, forms, index, first) for index in indices)
    buckets = np.unique(np.fromiter(found, dtype=np.int64))
    return Features(buckets, np.ones(len(buckets), dtype=np.float32))


def buckets_of_word(words: Words, forms: Forms, index: int, first: int) -> Iterator[int]:
    """Yield the buckets of a word, its lemma, its neighbours before it from `first` on, and its letter groups."""
    lemma, own = _shape(words.lower[index], forms)
    yield from own
    yield bucket_of(f"b:{_shape(words.lower[index - 1], forms)[0] if index > first else '^'} {lemma}")
    if index - first >= 2:
        yield bucket_of(f"s:{_shape(words.lower[index - 2], forms)[0]} _ {lemma}")


def bucket_of(name: str) -> int:
    """Return the number that a feature is kept under."""
    return zlib.crc32(name.encode()) % BUCKETS


_QUOTED = bucket_of("quoted")


def _of_length(length: float, buckets: NDArray[np.int64], weighed: NDArray[np.float64]) -> Features:
    norm = float(np.linalg.norm(weighed)) or 1.0
    return Features(buckets, (length / norm * weighed).astype(np.float32))


def _shape(lower: str, forms: Forms) -> tuple[str, tuple[int, ...]]:
    return _cached_shape(lower, forms.lemmas(lower)[0] if not lower[0].isdigit() else "")


@lru_cache(maxsize=MOST_CACHED)
def _cached_shape(lower: str, lemma: str) -> tuple[str, tuple[int, ...]]:
    """Return a word's lemma, and the buckets that do not depend on its neighbours."""
    normal = normal_form(lower)
    if normal[:1].isdigit():
        size = f"#{min(len(normal), 4)}"  # a number matters by its size, not by its digits
        return size, (bucket_of(f"w:{size}"), bucket_of(f"l:{size}"))
    framed = f"<{normal}>" if len(normal) > 3 else ""
    groups = (f"c:{framed[at : at + n]}" for n in LETTERS for at in range(len(framed) - n + 1))
    return lemma, tuple(map(bucket_of, (f"w:{normal}", f"l:{lemma}", *groups)))
