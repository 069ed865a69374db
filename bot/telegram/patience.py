"""Trying again: how long to wait, and work that is repeated until the database can be used."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from bot.database import DatabaseProblem

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Backoff:
    """Waits that grow with each failure in a row, in seconds."""

    first: float = 0.5
    longest: float = 30.0
    failures: int = 0

    def next_wait(self) -> float:
        """Count a failure and return how long to wait now."""
        self.failures += 1
        return wait_after(self.failures, first=self.first, longest=self.longest)

    def reset(self) -> None:
        """It worked again."""
        self.failures = 0


def wait_after(failures: int, *, first: float = 0.5, longest: float = 30.0) -> float:
    """Return the seconds to wait after so many failures in a row (from 1): doubling up to the longest."""
    return float(min(longest, first * 2 ** min(failures - 1, 20)))


async def work(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a plain function in a worker thread, again and again while the database cannot be used.

    What waits here is stored, or not yet confirmed to Telegram, so that waiting loses nothing.
    """
    backoff = Backoff()
    while True:
        try:
            return await asyncio.to_thread(function, *args, **kwargs)
        except DatabaseProblem as problem:
            wait = backoff.next_wait()
            log.error("%s Trying again in %.0f seconds.", problem, max(wait, 1))
            await asyncio.sleep(wait)
