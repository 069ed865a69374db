"""What a note says, as plain values: the result of reading and the only thing that leaves nlp."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

STYLES = ("analytical", "amiable", "driver", "expressive")
LIFECYCLES = ("potential", "new", "loyal", "at_risk")
UNCLEAR = "unclear"

# Where each style lies on (assertiveness: asks -1 .. tells +1, responsiveness: controls -1 .. emotes +1),
# after Merrill and Reid, Personal Styles and Effective Performance (1981).
AXES = ("assertiveness", "responsiveness")
STYLE_AXES: Mapping[str, tuple[int, int]] = {
    "analytical": (-1, -1),
    "amiable": (-1, +1),
    "driver": (+1, -1),
    "expressive": (+1, +1),
}

About = Literal["style", "assertiveness", "responsiveness", "need", "objection", "lifecycle", "kind", "rung", "topic"]

Verdict = Literal[
    "counts",  # it says what it seems to say
    "reversed",  # negated behaviour: evidence for the opposite
    "negated",
    "reps_own",
    "somebody_else",
    "competitor",
    "past",
    "hypothetical",
    "question",  # asked, not stated: counts for less
    "resolved",
    "irony",
]


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact piece of the note: `note[start:end] == text`, in characters, half-open."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Vote:
    """One cue seen in the note, what it speaks for, and whether it counts."""

    cue: str  # id of the cue
    about: About
    key: str  # a style, a pole of an axis, a need, an objection, a lifecycle value ...
    weight: (
        float  # as it counted, after scope; 0.0 when silenced, negative when reversed; of an opinion its probability
    )
    quote: Quote
    verdict: Verdict
    because: str = ""  # the words that decided the verdict ("not", "my colleague"); empty when it simply counts
    read_as: str = ""  # the word that a misspelt word was read as, when that was needed
    first: int = 0  # the cue's own words, numbered through the note: `first` up to, but without, `last`
    last: int = 0
    kind: str | None = None  # want or need, where a need's cue tells it itself


@dataclass(frozen=True, slots=True)
class StyleGuess:
    """A place on two axes, each in [-1, 1], and how likely each style is."""

    style: str  # one of STYLES, or UNCLEAR: not enough to go on
    second: str | None  # set only when it is nearly as likely
    probabilities: Mapping[str, float]  # each style's, in [0, 1]; the rest up to 1 is "unclear"
    assertiveness: float  # asks -1 .. tells +1
    responsiveness: float  # controls -1 .. emotes +1
    evidence: tuple[Vote, ...] = ()  # what speaks for the style first, then what speaks for another


@dataclass(frozen=True, slots=True)
class NeedFinding:
    """Something that the prospect is after."""

    need: str
    kind: Literal["need", "want"]
    quote: Quote
    strength: float  # (0, 1]: how strongly the note says it
    rung: Literal["feature", "benefit", "value"] = "feature"  # how far up the means-end ladder it was said


@dataclass(frozen=True, slots=True)
class ObjectionFinding:
    """A reason why the prospect holds back."""

    objection: str
    quote: Quote
    strength: float  # (0, 1]


@dataclass(frozen=True, slots=True)
class LifecycleFinding:
    """Where the customer stands, and the words that show it."""

    value: str  # one of LIFECYCLES, or UNCLEAR
    quote: Quote | None = None
    assumed: bool = False  # no cue shows it; it is what the note as a whole makes likeliest


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the rep is to do next. `day` is None when something is to be done but no day is fixed."""

    quote: Quote
    day: date | None = None
    at: time | None = None  # local time of the person who wrote the note
    action: str = ""  # the rep's own words for what to do ("send the quote"); empty when only a day was said
    other_day: date | None = None  # what an ambiguous day ("next Tuesday") could also mean


@dataclass(frozen=True, slots=True)
class Named:
    """Who the note is about. `sure` is False when the chat should ask."""

    person: str | None = None
    company: str | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount, a role, a competitor or another fact that the note carries."""

    kind: Literal["amount", "role", "industry", "competitor", "size", "person"]
    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one note says. Same note, cues, language and day: the same reading."""

    language: str  # what it was read as: a code such as "en"
    language_sure: bool  # False: it looks like none of the languages that are read
    style: StyleGuess
    needs: tuple[NeedFinding, ...] = ()  # most important first
    objections: tuple[ObjectionFinding, ...] = ()  # in the order of the note
    lifecycle: LifecycleFinding = field(default_factory=lambda: LifecycleFinding(UNCLEAR))
    next_step: NextStep | None = None
    named: Named = field(default_factory=Named)
    facts: tuple[Fact, ...] = ()
    topics: frozenset[str] = frozenset()  # what the note speaks about, so that it is not asked again
    votes: tuple[Vote, ...] = ()  # every cue seen, counted or not, in the order of the note
