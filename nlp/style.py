"""A prospect's social style from the evidence in a note: probabilities, and a place on two axes.

The two axes and four styles are Merrill and Reid's (Personal Styles and Effective Performance, 1981).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.evidence import Evidence
from nlp.reading import STYLE_AXES, STYLES, UNCLEAR, StyleGuess, Vote
from nlp.weighing import Weighing

MOST_OPINIONS = 2  # pieces that the second reader shows for a style


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a style is named: a playbook's choice."""

    confidence: float = 0.5  # below this probability nothing is named
    margin: float = 0.15  # a second style is named when it is this near


def guess_style(evidence: Evidence, *, weighing: Weighing, thresholds: Thresholds) -> StyleGuess:
    """Weigh all evidence about style and axes. Probabilities are in [0, 1]; with "unclear" they sum to 1."""
    probabilities = weighing.choose(evidence, "style", STYLES)
    first, second = sorted(STYLES, key=lambda style: -probabilities[style])[:2]
    close = probabilities[first] - probabilities[second] <= thresholds.margin
    named = _is_named(probabilities, first, second, close=close, thresholds=thresholds)
    return StyleGuess(
        style=first if named else UNCLEAR,
        second=second if named and close else None,
        probabilities=probabilities,
        assertiveness=_place(probabilities, 0),
        responsiveness=_place(probabilities, 1),
        evidence=_shown(evidence, first, probabilities[first]) if named else tuple(evidence.on_style),
    )


def _is_named(
    probabilities: Mapping[str, float], first: str, second: str, *, close: bool, thresholds: Thresholds
) -> bool:
    """A style is named when it is likely enough, or when it and a close second are so together."""
    if probabilities[first] >= thresholds.confidence:
        return True
    together = probabilities[first] + probabilities[second]
    unclear = 1.0 - sum(probabilities.values())
    return close and together >= thresholds.confidence + thresholds.margin and probabilities[first] > unclear


def _shown(evidence: Evidence, style: str, probability: float) -> tuple[Vote, ...]:
    """Return what speaks for the style first, then the other cues on style.

    Where no cue does, those are the pieces that the second reader saw it in, or the piece that comes nearest; their
    weight is the style's probability.
    """
    cues = sorted(evidence.on_style, key=lambda vote: (vote.key != style or vote.weight < 0, -abs(vote.weight)))
    if cues and cues[0].key == style and cues[0].weight > 0:
        return tuple(cues)
    opinions = evidence.opinion_votes("style", style, most=MOST_OPINIONS)
    telling = [vote for vote in opinions if vote.weight > 0] or opinions[:1]
    return (*(evidence.told(vote, probability) for vote in telling), *cues)


def _place(probabilities: Mapping[str, float], axis: int) -> float:
    return sum(probability * STYLE_AXES[style][axis] for style, probability in probabilities.items())
