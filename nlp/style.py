"""A prospect's social style from the cues in a note: evidence on two axes, weighed into probabilities.

The two axes and four styles are Merrill and Reid's (Personal Styles and Effective Performance, 1981). Evidence adds
up in log-odds: each style's score is the sum of its cues' weights, "unclear" has a constant one, and the probabilities
are their softmax (multinomial logistic regression; Bishop, Pattern Recognition and Machine Learning, 2006, 4.3.4).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nlp.reading import STYLE_AXES, STYLES, UNCLEAR, StyleGuess, Vote


@dataclass(frozen=True, slots=True)
class Calibration:
    """How much a cue's weight says. Learnt from labelled notes, so that probabilities mean what they say."""

    scale: float = 1.1  # log-odds that a weight of 1 adds
    unclear: float = 1.3  # log-odds of a note without any evidence being unclear


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a style is named: a playbook's choice."""

    confidence: float = 0.5  # below this probability nothing is named
    margin: float = 0.15  # a second style is named when it is this near


def guess_style(votes: Iterable[Vote], *, thresholds: Thresholds, calibration: Calibration) -> StyleGuess:
    """Weigh the votes about style and axes. Probabilities are in [0, 1]; with "unclear" they sum to 1."""
    evidence = _strongest_once([vote for vote in votes if vote.weight and _poles(vote)])
    scores = dict.fromkeys(STYLES, 0.0)
    for vote in evidence:
        for style, share in _poles(vote).items():
            scores[style] += vote.weight * share
    probabilities = _softmax(scores, calibration)
    first, second = sorted(STYLES, key=lambda style: -probabilities[style])[:2]
    named = probabilities[first] >= thresholds.confidence or (
        probabilities[first] + probabilities[second] >= thresholds.confidence + 2 * thresholds.margin
        and probabilities[first] > _unclear(probabilities)
    )
    close = probabilities[first] - probabilities[second] <= thresholds.margin
    return StyleGuess(
        style=first if named else UNCLEAR,
        second=second if named and close else None,
        probabilities=probabilities,
        assertiveness=_place(probabilities, 0),
        responsiveness=_place(probabilities, 1),
        evidence=tuple(sorted(evidence, key=lambda vote: (-abs(vote.weight), vote.quote.start))),
    )


def _poles(vote: Vote) -> Mapping[str, float]:
    """Return how much of a vote's weight goes to each style."""
    if vote.about == "style":
        return {vote.key: 1.0}
    if vote.about in ("assertiveness", "responsiveness"):
        axis = 0 if vote.about == "assertiveness" else 1
        pole = 1 if vote.key == "high" else -1
        return {style: 0.5 * pole * place[axis] for style, place in STYLE_AXES.items()}
    return {}


def _strongest_once(votes: list[Vote]) -> list[Vote]:
    """Let no cue count twice, and no words count twice for the same thing."""
    kept: list[Vote] = []
    for vote in sorted(votes, key=lambda vote: (-abs(vote.weight), vote.first)):
        if not any(
            other.cue == vote.cue or (other.key == vote.key and other.first < vote.last and vote.first < other.last)
            for other in kept
        ):
            kept.append(vote)
    return kept


def _softmax(scores: Mapping[str, float], calibration: Calibration) -> dict[str, float]:
    powers = {style: math.exp(min(60.0, calibration.scale * score)) for style, score in scores.items()}
    whole = sum(powers.values()) + math.exp(calibration.unclear)
    return {style: power / whole for style, power in powers.items()}


def _unclear(probabilities: Mapping[str, float]) -> float:
    return 1.0 - sum(probabilities.values())


def _place(probabilities: Mapping[str, float], axis: int) -> float:
    return sum(probability * STYLE_AXES[style][axis] for style, probability in probabilities.items())
