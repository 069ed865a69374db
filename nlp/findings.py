"""From votes to findings: needs with their kind and rung, objections, lifecycle, topics."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from nlp.reading import (
    UNCLEAR,
    LifecycleFinding,
    NeedFinding,
    ObjectionFinding,
    Vote,
)
from nlp.words import Words

# Nothing is as common in a rep's notes as somebody who has not bought yet.
USUAL_LIFECYCLE = "potential"


def find_needs(votes: Sequence[Vote], words: Words) -> tuple[NeedFinding, ...]:
    """Return what the prospect is after: what is needed before what is wanted, then the strongest first."""
    marks = [vote for vote in votes if vote.about in ("kind", "rung") and vote.weight > 0]
    found = []
    for need, evidence in _by_key(votes, "need").items():
        best = max(evidence, key=lambda vote: (vote.weight, -vote.first))
        found.append(
            NeedFinding(
                need=need,
                kind=_kind(best, marks, words),
                quote=best.quote,
                strength=_strength(evidence),
                rung=_rung(best, marks, words),
            )
        )
    return tuple(sorted(found, key=lambda need: (need.kind == "want", -need.strength, need.quote.start)))


def find_objections(votes: Sequence[Vote]) -> tuple[ObjectionFinding, ...]:
    """Return the reasons to hold back, in the order of the note."""
    found = [
        ObjectionFinding(objection, max(evidence, key=lambda vote: vote.weight).quote, _strength(evidence))
        for objection, evidence in _by_key(votes, "objection").items()
    ]
    return tuple(sorted(found, key=lambda objection: objection.quote.start))


def find_lifecycle(votes: Sequence[Vote]) -> LifecycleFinding:
    """Return where the customer stands; without a sign of it, what is usual, marked as assumed."""
    values = _by_key(votes, "lifecycle")
    if not values:
        return LifecycleFinding(USUAL_LIFECYCLE if votes else UNCLEAR, assumed=bool(votes))
    value, evidence = max(values.items(), key=lambda item: sum(vote.weight for vote in item[1]))
    return LifecycleFinding(value, max(evidence, key=lambda vote: vote.weight).quote)


def find_topics(votes: Iterable[Vote]) -> frozenset[str]:
    """Return what the note speaks about, whichever way."""
    return frozenset(vote.key for vote in votes if vote.about == "topic")


def _by_key(votes: Iterable[Vote], about: str) -> dict[str, list[Vote]]:
    found: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        if vote.about == about and vote.weight > 0:
            found[vote.key].append(vote)
    return found


def _strength(evidence: Iterable[Vote]) -> float:
    return 1.0 - math.exp(-sum(vote.weight for vote in evidence))


def _kind(need: Vote, marks: Iterable[Vote], words: Words) -> Literal["need", "want"]:
    """Weigh the marks of want and need near a need: those in its clause count double (domain D5)."""
    balance = {"want": -0.5, "need": 0.5}.get(need.kind or "", 0.1)
    for mark in _near(need, marks, words, "kind"):
        same = words.clause[mark.first] == words.clause[need.first]
        balance += (1 if mark.key == "need" else -1) * mark.weight * (2 if same else 1)
    return "need" if balance > 0 else "want"


def _rung(need: Vote, marks: Iterable[Vote], words: Words) -> Literal["feature", "benefit", "value"]:
    """Return the highest rung of the means-end ladder that the need's sentence reaches (domain D6)."""
    reached = {mark.key for mark in _near(need, marks, words, "rung")}
    return "value" if "value" in reached else "benefit" if "benefit" in reached else "feature"


def _near(need: Vote, marks: Iterable[Vote], words: Words, about: str) -> list[Vote]:
    sentence = words.sentence[need.first]
    return [mark for mark in marks if mark.about == about and words.sentence[mark.first] == sentence]
