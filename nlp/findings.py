"""From evidence to findings: needs with their kind and rung, objections, lifecycle, topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from nlp.evidence import Evidence
from nlp.reading import (
    LIFECYCLES,
    UNCLEAR,
    About,
    LifecycleFinding,
    NeedFinding,
    ObjectionFinding,
    Vote,
)
from nlp.weighing import Weighing

NEARBY = 2.0  # how much more a mark of want or need in the need's own clause says
OWN_KIND = 0.5  # what a need's own cue says of its kind, in weights of a mark
USUAL_LIFECYCLE = "potential"  # most notes are about somebody who has not bought yet, and do not say so
ENOUGH_TO_ASSUME = 0.6  # probability from which another value may be assumed
MUCH_SURER = 2.0  # log-odds by which another piece must beat the cue's own to be quoted in its place
USUALLY_NEED = 0.1  # most of what reps write down is needed


def find_needs(evidence: Evidence, weighing: Weighing, keys: Iterable[str]) -> tuple[NeedFinding, ...]:
    """Return what the prospect is after, of `keys`: what is needed before what is wanted, then the likeliest."""
    found = []
    for need in keys:
        if weighing.is_found(evidence, "need", need):
            shown = strongest(evidence, "need", need)
            found.append(
                NeedFinding(
                    need=need,
                    kind=_kind(shown, evidence, weighing),
                    quote=shown.quote,
                    strength=weighing.probability(evidence, "need", need),
                    rung=_rung(shown, evidence),
                )
            )
    return tuple(sorted(found, key=lambda need: (need.kind == "want", -need.strength, need.quote.start)))


def find_objections(evidence: Evidence, weighing: Weighing, keys: Iterable[str]) -> tuple[ObjectionFinding, ...]:
    """Return the reasons to hold back, of `keys`, in the order of the note."""
    found = []
    for key in keys:
        if weighing.is_found(evidence, "objection", key):
            quote = strongest(evidence, "objection", key).quote
            found.append(ObjectionFinding(key, quote, weighing.probability(evidence, "objection", key)))
    return tuple(sorted(found, key=lambda objection: objection.quote.start))


def find_lifecycle(evidence: Evidence, weighing: Weighing) -> LifecycleFinding:
    """Return where the customer most likely stands. Without a cue for it, that is marked as assumed.

    Advice for a customer that somebody is not hurts more than advice for a prospect: so a less usual value is assumed
    only when it is likely enough, else the usual one.
    """
    if not len(evidence.words):
        return LifecycleFinding(UNCLEAR)
    probabilities = weighing.choose(evidence, "lifecycle", LIFECYCLES)
    value = max(LIFECYCLES, key=lambda value: probabilities[value])
    if probabilities[value] < 1.0 - sum(probabilities.values()):
        return LifecycleFinding(UNCLEAR)
    if cues := evidence.cue_votes("lifecycle", value):
        return LifecycleFinding(value, cues[0].quote)
    likely = probabilities[value] >= ENOUGH_TO_ASSUME
    return LifecycleFinding(value if likely else USUAL_LIFECYCLE, assumed=True)


def find_topics(votes: Iterable[Vote]) -> frozenset[str]:
    """Return what the note speaks about, whichever way."""
    return frozenset(vote.key for vote in votes if vote.about == "topic")


def strongest(evidence: Evidence, about: About, key: str) -> Vote:
    """Return what shows a key best: its strongest cue, or a piece that the second reader is much surer of."""
    opinions = evidence.opinion_votes(about, key)
    cues = [(vote.weight + evidence.opinion_at(about, key, vote), vote) for vote in evidence.cue_votes(about, key)]
    if not cues:
        return opinions[0]
    best = max(cues, key=lambda item: (item[0], -item[1].first))[1]
    if opinions and opinions[0].weight > evidence.opinion_at(about, key, best) + MUCH_SURER:
        return opinions[0]
    return best


def _kind(need: Vote, evidence: Evidence, weighing: Weighing) -> Literal["need", "want"]:
    return "need" if kind_balance(need, evidence) > weighing.lean_to_want(evidence, need) else "want"


def kind_balance(need: Vote, evidence: Evidence) -> float:
    """Weigh the marks of need (plus) against those of want (minus) near a need (domain D5)."""
    balance = {"want": -OWN_KIND, "need": OWN_KIND}.get(need.kind or "", USUALLY_NEED)
    for mark in _near(need, evidence, "kind"):
        same = evidence.words.clause[mark.first] == evidence.words.clause[need.first]
        balance += (1 if mark.key == "need" else -1) * mark.weight * (NEARBY if same else 1.0)
    return balance


def _rung(need: Vote, evidence: Evidence) -> Literal["feature", "benefit", "value"]:
    """Return the highest rung of the means-end ladder that the need's sentence reaches (domain D6)."""
    reached = {mark.key for mark in _near(need, evidence, "rung")}
    return "value" if "value" in reached else "benefit" if "benefit" in reached else "feature"


def _near(need: Vote, evidence: Evidence, about: About) -> list[Vote]:
    numbers = evidence.words.sentence
    marks = (vote for vote in evidence.votes if vote.about == about and vote.weight > 0)
    return [mark for mark in marks if numbers[mark.first] == numbers[need.first]]
