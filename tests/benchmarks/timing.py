"""Times two or more ways to do something in one run, so that what else the machine does cancels out."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

Side = Callable[[str], object]
Seconds = list[float]


def interleaved(sides: Mapping[str, Side], rounds: Iterable[Sequence[str]]) -> dict[str, Seconds]:
    """Return for each side the seconds of processor time that its text of each round took.

    The sides take turns, each with a text of its own, so that none finds a new word looked up by another.
    """
    took: dict[str, Seconds] = {name: [] for name in sides}
    gc.collect()
    for texts in rounds:
        for (name, side), text in zip(sides.items(), texts, strict=True):
            took[name].append(seconds_of(side, text))
    return took


def seconds_of(side: Side, text: str) -> float:
    """Return the processor time of this thread alone, as on a core that nobody else uses."""
    begin = time.thread_time()
    side(text)
    return time.thread_time() - begin


def ratio(took: Mapping[str, Seconds], one: str, other: str) -> float:
    """Return how many times as long one side takes as another: the median over all rounds."""
    return median(mine / its for mine, its in zip(took[one], took[other], strict=True))


def percentile(seconds: Seconds, share: float) -> float:
    """Return the value that this share of all values does not exceed."""
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]
