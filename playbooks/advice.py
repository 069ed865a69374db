"""What the playbook advises for a reading: how to talk, what to ask, how to answer, when to follow up.

A pure function of its arguments: the same reading and playbook give the same advice to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nlp.reading import UNCLEAR, Reading
from playbooks.playbook import Playbook
from playbooks.questions import AdvisedQuestion, advise_questions
from playbooks.schema import Answer, Axis, Cadence, CadenceStep, Objection, When
from playbooks.situation import Situation, matched


@dataclass(frozen=True, slots=True)
class AdvisedSteps:
    """The steps of an answer, in the order in which they are taken."""

    listen: str
    acknowledge: str
    explore: tuple[str, ...]
    respond: str
    confirm: str


@dataclass(frozen=True, slots=True)
class AdvisedAnswer:
    """How to handle one objection of the note."""

    id: str
    objection: str  # its key
    name: str
    steps: AdvisedSteps
    matched: str  # "objection=price, style=driver"
    fallback: bool  # the style is known, but nothing is written for it: the neutral answer


@dataclass(frozen=True, slots=True)
class AdvisedStep:
    """One contact of a cadence."""

    day: int  # working days after the start
    channel: str  # "call", "email", "message", "visit", "event" or "letter"
    purpose: str
    message: str


@dataclass(frozen=True, slots=True)
class AdvisedCadence:
    """A row of follow-ups."""

    id: str
    name: str
    steps: tuple[AdvisedStep, ...]
    stop: str
    matched: str  # "lifecycle=new"


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that the playbook has to say about a reading, in one language."""

    talk: tuple[str, ...]  # two lines; none while the style is unclear
    watch: tuple[str, ...]  # what to look for next time; only while the style is unclear
    questions: tuple[AdvisedQuestion, ...]  # most useful first
    answers: tuple[AdvisedAnswer, ...]  # one for each objection, in the order of the note
    cadence: AdvisedCadence | None


def advise(
    playbook: Playbook,
    reading: Reading,
    *,
    lifecycle: str,
    language: str,
    prospect: str = "",
    rep: str = "",
) -> Advice:
    """Choose the cards that fit a reading and word them.

    `lifecycle` is where the customer stands by all that is known (a value of the model, or "unclear"); `language` is
    what the advice is given in; `prospect` and `rep` are names for the texts, neutral phrases where they are empty.
    """
    words = _Wording(playbook, language, prospect, rep, _first_need(playbook, reading, language))
    situation = Situation.of(playbook, reading, lifecycle)
    return Advice(
        talk=_talk(words, situation),
        watch=_watch(words, reading) if situation.style is None else (),
        questions=advise_questions(playbook, situation, language, prospect=prospect, rep=rep),
        answers=tuple(_answers(words, reading, situation)),
        cadence=_cadence(words, situation),
    )


@dataclass(frozen=True, slots=True)
class _Wording:
    """Says texts of a playbook in one language, variables filled in."""

    playbook: Playbook
    language: str
    prospect: str
    rep: str
    need: str

    def say(self, said: dict[str, str]) -> str:
        return self._fill(self.playbook.say(said, self.language))

    def lines(self, said: dict[str, list[str]]) -> tuple[str, ...]:
        return tuple(self._fill(line) for line in self.playbook.say(said, self.language))

    def _fill(self, text: str) -> str:
        values = {"prospect": self.prospect, "rep": self.rep, "need": self.need}
        return self.playbook.fill(text, self.language, **values)


def _first_need(playbook: Playbook, reading: Reading, language: str) -> str:
    """Return the name of the most important need; what {need} stands for in cards that are about no single need."""
    for finding in reading.needs:
        if need := playbook.need(finding.need):
            return playbook.say(need.name, language)
    return ""


def _talk(words: _Wording, situation: Situation) -> tuple[str, ...]:
    style = words.playbook.style(situation.style or UNCLEAR)
    return words.lines(style.talk) if style else ()


def _watch(words: _Wording, reading: Reading) -> tuple[str, ...]:
    """Return what to look for on each axis that the note shows nothing of; on both when it shows only opposites."""
    seen = {vote.about for vote in reading.style.evidence}
    unseen = [axis for axis in words.playbook.axes if not _is_seen(axis, seen)]
    return tuple(words.say(axis.watch) for axis in unseen or words.playbook.axes)


def _is_seen(axis: Axis, seen: Iterable[str]) -> bool:
    return not {axis.key, "style"}.isdisjoint(seen)  # a style is a place on both axes


def _answers(words: _Wording, reading: Reading, situation: Situation) -> Iterable[AdvisedAnswer]:
    for key in dict.fromkeys(finding.objection for finding in reading.objections):
        objection = words.playbook.objection(key)
        if objection and (answer := _best_answer(objection, situation)):
            yield AdvisedAnswer(
                id=answer.id,
                objection=key,
                name=words.say(objection.name),
                steps=_steps(words, answer),
                matched=matched(_with_objection(answer.when, key)),
                fallback=situation.style is not None and answer.when.style is None,
            )


def _best_answer(objection: Objection, situation: Situation) -> Answer | None:
    fitting = [answer for answer in objection.answers if situation.fits(answer.when)]
    return max(fitting, key=lambda answer: _with_objection(answer.when, objection.key).specificity, default=None)


def _with_objection(when: When, objection: str) -> When:
    return when.model_copy(update={"objection": objection})


def _steps(words: _Wording, answer: Answer) -> AdvisedSteps:
    steps = answer.steps
    return AdvisedSteps(
        listen=words.say(steps.listen),
        acknowledge=words.say(steps.acknowledge),
        explore=words.lines(steps.explore),
        respond=words.say(steps.respond),
        confirm=words.say(steps.confirm),
    )


def _cadence(words: _Wording, situation: Situation) -> AdvisedCadence | None:
    fitting = [cadence for cadence in words.playbook.cadences if situation.fits(cadence.when)]
    best: Cadence | None = max(fitting, key=lambda cadence: cadence.when.specificity, default=None)
    if best is None:
        return None
    return AdvisedCadence(
        id=best.id,
        name=words.say(best.name),
        steps=tuple(_step(words, step) for step in best.steps),
        stop=words.say(best.stop),
        matched=matched(best.when),
    )


def _step(words: _Wording, step: CadenceStep) -> AdvisedStep:
    return AdvisedStep(step.day, step.channel, words.say(step.purpose), words.say(step.message))
