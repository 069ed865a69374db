"""The shape of a playbook: what may stand in its YAML files. What no shape can say is in `validate.py`.

A playbook is a folder of YAML files. Each file holds one or more of the sections below; all files together make
one playbook, so a lead may split or join them at will.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA_NUMBER = 1

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]  # of a need, an objection ...
CardId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]  # permanent
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
CuePhrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]
Text = dict[str, Sentence]  # language code -> the same thing said in that language
Texts = dict[str, list[Sentence]]  # language code -> lines
StyleKey = Literal["analytical", "amiable", "driver", "expressive"]
LifecycleKey = Literal["potential", "new", "loyal", "at_risk"]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]  # a code such as "en"
Variable = Literal["prospect", "need", "rep"]  # stands in card text as {prospect}, {need}, {rep}
RungKey = Literal["feature", "benefit", "value"]
KindKey = Literal["need", "want"]
AxisKey = Literal["assertiveness", "responsiveness"]


class Strict(BaseModel):
    """Nothing unknown, nothing guessed ("3" is no number), nothing changed later, no input text in error messages."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class StyleThresholds(Strict):
    """When a style is named."""

    confidence: float = Field(default=0.5, ge=0.25, le=0.99)  # below this: "not enough to go on"
    margin: float = Field(default=0.15, ge=0.0, le=0.5)  # second style is named when it is this near the first


class About(Strict):
    """Section `playbook`: what the playbook is called, and its settings."""

    name: Text
    languages: list[Language] = Field(min_length=1)  # every text must exist in each
    style: StyleThresholds = StyleThresholds()
    neutral: dict[Variable, Text] = {}  # what is said where a variable has no value; else neutral.yaml says it


class Axis(Strict):
    """Section `axes`: one of the two, and what to watch for where a note shows nothing of it."""

    key: AxisKey
    name: Text
    low: Text  # "asks", "controls"
    high: Text  # "tells", "emotes"
    watch: Text  # one thing to look for in the next call


class Style(Strict):
    """Section `styles`: how to recognise, talk to, win and keep people of one style (domain D1)."""

    key: StyleKey
    name: Text
    traits: Text
    prefers: Text
    buys_because: Text
    worries_about: Text
    answer_worry: Text
    talk: Texts  # exactly two lines, the first thing a rep needs
    opening: Text  # a line to start with, to say as it is
    pace: Text
    proof: Text
    decision_help: Text
    channel: Text
    approach: Text
    engage: Text
    keep: Text
    avoid: Text  # one don't


class Lifecycle(Strict):
    """Section `lifecycles`: where a customer stands, and how such a customer wants to be treated (D2)."""

    key: LifecycleKey
    name: Text
    meaning: Text
    engage: Text


class Kind(Strict):
    """Section `kinds`: want and need, and the questions that tell them apart (D5)."""

    key: KindKey
    name: Text  # one word beside a need in the brief: "must", "wish"
    explain: Text
    probes: Texts  # what to ask before pitching to it; two for a want


class Rung(Strict):
    """Section `rungs`: feature, benefit, value, and the question that leads to the next rung (D6)."""

    key: RungKey
    name: Text
    explain: Text
    climb: Text  # the question for the next rung; may use {need}


class Need(Strict):
    """Section `needs`: one thing customers are after (D4)."""

    key: Key
    name: Text
    group: Literal["product", "service"]
    sounds_like: Texts  # how a customer says it
    ask: Text  # to go deeper
    offer: Text
    proof: Text
    avoid: Text


class Topic(Strict):
    """Section `topics`: something a rep should know before the next call; not known yet, it is asked for (D7)."""

    key: Key
    name: Text
    priority: int = Field(ge=1, le=100)  # 1 is asked first
    known_by_needs: list[Key] = []  # a note with one of these has said it
    known_by_objections: list[Key] = []
    known_by_facts: list[Literal["amount", "role", "industry", "competitor", "size", "person", "next_step"]] = []


class When(Strict):
    """What a card is for. All that is given must fit; what fits more of it wins (E2)."""

    style: StyleKey | None = None
    need: Key | None = None
    objection: Key | None = None
    lifecycle: LifecycleKey | None = None
    kind: KindKey | None = None
    rung: RungKey | None = None
    topic: Key | None = None  # asked only while the note has not said it

    @property
    def specificity(self) -> int:
        """How many conditions it has."""
        return len(self.model_dump(exclude_none=True))


class Question(Strict):
    """Section `questions`: one question worth asking, neutral and in the wording of each style (D7)."""

    id: CardId
    when: When = When()
    text: Text
    styles: dict[StyleKey, Text] = {}


class Steps(Strict):
    """The steps of an answer to an objection (D8), each to be said or done."""

    listen: Text
    acknowledge: Text
    explore: Texts  # one or two questions
    respond: Text  # with proof
    confirm: Text


class Answer(Strict):
    """One way to handle an objection."""

    id: CardId
    when: When = When()  # the objection itself need not be repeated here
    steps: Steps


class Objection(Strict):
    """Section `objections`: a reason to hold back, and how to handle it (D8)."""

    key: Key
    name: Text
    sounds_like: Texts
    answers: list[Answer] = Field(min_length=1)


class CadenceStep(Strict):
    """One contact of a cadence."""

    day: int = Field(ge=0, le=400)  # working days after the start
    channel: Literal["call", "email", "message", "visit", "event", "letter"]
    purpose: Text
    message: Text  # a template; may use {prospect}, {need}, {rep}


class Cadence(Strict):
    """Section `cadences`: a row of follow-ups (D9)."""

    id: CardId
    when: When = When()
    name: Text
    steps: list[CadenceStep] = Field(min_length=1, max_length=12)
    stop: Text  # when to stop


class CueCard(Strict):
    """Section `cues`: phrases that speak for one thing, with lines where they count and where they do not.

    Exactly one of style, axis, need, objection, lifecycle, kind, rung, topic says what they speak for.
    """

    id: CardId
    style: StyleKey | None = None
    axis: AxisKey | None = None
    pole: Literal["low", "high"] | None = None  # with axis
    need: Key | None = None
    objection: Key | None = None
    lifecycle: LifecycleKey | None = None
    kind: KindKey | None = None  # alone: a mark of want or need; with need: that need's kind
    rung: RungKey | None = None  # alone: a mark of a benefit or a value; of a need in the same sentence
    topic: Key | None = None
    weight: float = Field(default=1.0, gt=0.0, le=3.0)
    phrases: list[CuePhrase] = Field(min_length=1)
    exceptions: list[Sentence] = []
    even_if: list[
        Literal["negated", "reps_own", "somebody_else", "competitor", "past", "hypothetical", "question", "resolved"]
    ] = []
    matches: list[Sentence] = Field(min_length=1)
    misses: list[Sentence] = Field(min_length=1)


class PlaybookFile(Strict):
    """One file: any of the sections."""

    playbook: About | None = None
    axes: list[Axis] = []
    styles: list[Style] = []
    lifecycles: list[Lifecycle] = []
    kinds: list[Kind] = []
    rungs: list[Rung] = []
    needs: list[Need] = []
    topics: list[Topic] = []
    questions: list[Question] = []
    objections: list[Objection] = []
    cadences: list[Cadence] = []
    language: Language | None = None  # of the cues and words in this file
    words: dict[str, list[Sentence]] = {}  # named word lists, for use in phrases as @name
    cues: list[CueCard] = []
