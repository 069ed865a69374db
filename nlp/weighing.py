"""How much each sort of evidence says, learnt from labelled notes: evidence in, probabilities out.

Where several things may be said at once (needs, objections) it is a logistic regression; where one of a few holds
(style, lifecycle) a conditional logit with "unclear" as one more choice (McFadden, "Conditional logit analysis of
qualitative choice behavior", 1974). The coefficients are few and shared by all keys, so a key that a lead adds is
weighed like any other, by its cues alone. `python -m nlp.training.train` writes them to `models/weighing.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlp.evidence import LEANING_NAMES, Evidence
from nlp.reading import Vote

MODEL = Path(__file__).parent / "models" / "weighing.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """Coefficients of one sort of finding."""

    of_evidence: Mapping[str, float]  # one for each name in LEANING_NAMES
    constant: float = 0.0  # of a key being there; for a choice, of "unclear"
    per_length: float = 0.0  # times log(1 + pieces), added to the constant
    prior: Mapping[str, float] = field(default_factory=dict)  # of single keys
    threshold: float = 0.5  # probability from which a key is found


@dataclass(frozen=True, slots=True)
class Weighing:
    """All coefficients: for keys that the second reader knows, and for those known by their cues alone."""

    with_opinion: Mapping[str, Weights]  # by what it is about
    cues_alone: Mapping[str, Weights]

    def of(self, about: str, *, known: bool) -> Weights:
        """Return the coefficients for one sort of finding."""
        return (self.with_opinion if known else self.cues_alone)[about]

    def score(self, evidence: Evidence, about: str, key: str) -> float:
        """Return the log-odds that all evidence adds up to for one key, without the constant."""
        weights = self.of(about, known=evidence.knows(about, key))
        leaning = evidence.leaning(about, key).values()
        said = sum(weights.of_evidence[name] * value for name, value in zip(LEANING_NAMES, leaning, strict=True))
        return said + weights.prior.get(key, 0.0)

    def probability(self, evidence: Evidence, about: str, key: str) -> float:
        """Return how likely it is, in [0, 1], that the note says `key`, whatever else it says."""
        weights = self.of(about, known=evidence.knows(about, key))
        return 1.0 / (1.0 + math.exp(-_limited(self.score(evidence, about, key) + _constant(weights, evidence))))

    def is_found(self, evidence: Evidence, about: str, key: str) -> bool:
        """Say whether a key is likely enough to be shown. What scope silenced is never found on an opinion alone."""
        if not evidence.may_be_shown(about, key):
            return False
        threshold = self.of(about, known=evidence.knows(about, key)).threshold
        return self.probability(evidence, about, key) >= threshold

    def choose(self, evidence: Evidence, about: str, keys: Sequence[str]) -> dict[str, float]:
        """Return each key's probability where one of them holds; what they lack to 1 is that none can be told."""
        known = all(evidence.knows(about, key) for key in keys)
        powers = {key: math.exp(_limited(self.score(evidence, about, key))) for key in keys}
        whole = sum(powers.values()) + math.exp(_limited(_constant(self.of(about, known=known), evidence)))
        return {key: power / whole for key, power in powers.items()}

    def lean_to_want(self, evidence: Evidence, need: Vote) -> float:
        """Return how far the second reader takes a need for a want, in the weights of marks of kind."""
        weights = self.of("kind", known=evidence.knows("kind", "want"))
        if not evidence.knows("kind", "want"):
            return 0.0
        return weights.constant + weights.of_evidence["best"] * evidence.opinion_at("kind", "want", need)


def load(path: Path = MODEL) -> Weighing:
    """Load the learnt coefficients."""
    stored: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return Weighing(*({about: Weights(**w) for about, w in stored[part].items()} for part in PARTS))


PARTS = ("with_opinion", "cues_alone")


def _constant(weights: Weights, evidence: Evidence) -> float:
    return weights.constant + weights.per_length * math.log1p(evidence.pieces)


def _limited(log_odds: float) -> float:
    return max(-60.0, min(60.0, log_odds))
