"""Which questions are worth asking next, most useful first.

Three sorts of questions stand in line, and are called by turns:

- gaps: one for each topic that the note says nothing about, in the order of the topics' priority;
- needs: what deepens a need that was found, musts before wishes, as in the reading. First the cards for that need and
  the probes that tell whether a wish is more than one, then the need's own question, then the next rung;
- situation: what fits the objection, the lifecycle value or the style, and last what fits always.

Within a line, every topic and every need has its best question before any has its second; best is what fits most
closely (most conditions, a wording for the style), then what stands first in the playbook. While somebody has not
bought yet, gaps have two turns of four; with a customer it is the situation that comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, zip_longest
from typing import Literal

from rapidfuzz import fuzz

from nlp.reading import NeedFinding
from playbooks.playbook import Playbook
from playbooks.schema import Question, When
from playbooks.situation import Situation, matched

Sort = Literal["gap", "need", "situation"]

TURNS: tuple[Sort, ...] = ("gap", "need", "gap", "situation")
TURNS_WITH_CUSTOMER: tuple[Sort, ...] = ("situation", "need", "gap")
CUSTOMERS = ("new", "loyal", "at_risk")
ALIKE = 88.0  # of 100: two questions this alike are one


@dataclass(frozen=True, slots=True)
class AdvisedQuestion:
    """A question worth asking."""

    id: str  # of the card; "needs.price.ask", "kinds.want.probes.1", "rungs.feature.climb" for what belongs to those
    text: str
    matched: str  # "style=driver, topic=decision"
    sort: Sort


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that fits, not yet worded."""

    id: str
    when: When
    text: Mapping[str, str]
    sort: Sort
    need: str = ""  # key of the need that it speaks of

    @property
    def closeness(self) -> int:
        """How closely it fits."""
        return self.when.specificity


def advise_questions(
    playbook: Playbook, situation: Situation, language: str, *, prospect: str = "", rep: str = ""
) -> tuple[AdvisedQuestion, ...]:
    """Return all questions that fit, most useful first, no two alike."""
    cards = [_candidate(card, situation) for card in playbook.questions if situation.fits(card.when)]
    lines: Mapping[Sort, Sequence[_Candidate]] = {
        "gap": _gaps(playbook, cards),
        "need": _deepening(playbook, situation, cards),
        "situation": _closest_first(card for card in cards if card.sort == "situation"),
    }
    turns = TURNS_WITH_CUSTOMER if situation.lifecycle in CUSTOMERS else TURNS
    worded = {
        sort: [_worded(playbook, candidate, language, prospect, rep) for candidate in line]
        for sort, line in lines.items()
    }
    return tuple(_by_turns(worded, turns))


def _candidate(card: Question, situation: Situation) -> _Candidate:
    """Word a card for the style, and sort it."""
    when, text = card.when, card.text
    for style, wording in card.styles.items():
        if style == situation.style:
            when, text = when.model_copy(update={"style": style}), wording
    need = situation.need_for(when)
    sort: Sort = "gap" if when.topic else "need" if need else "situation"
    return _Candidate(card.id, when, text, sort, need.need if need else "")


def _gaps(playbook: Playbook, cards: Sequence[_Candidate]) -> list[_Candidate]:
    topics = sorted(playbook.topics, key=lambda topic: topic.priority)
    return _one_of_each(_closest_first(card for card in cards if card.when.topic == topic.key) for topic in topics)


def _deepening(playbook: Playbook, situation: Situation, cards: Sequence[_Candidate]) -> list[_Candidate]:
    must_first = sorted(situation.needs, key=lambda finding: finding.kind != "need")
    return _one_of_each(
        [
            *_closest_first(
                [
                    *_probes(playbook, finding),
                    *(card for card in cards if card.sort == "need" and card.need == finding.need),
                ]
            ),
            *_own_questions(playbook, finding),
        ]
        for finding in must_first
    )


def _probes(playbook: Playbook, finding: NeedFinding) -> Iterator[_Candidate]:
    """Yield what tells whether a wish is more than that; a must needs no such question."""
    kind = playbook.kind(finding.kind)
    if kind is None or finding.kind != "want":
        return
    for number in range(min(len(lines) for lines in kind.probes.values())):
        text = {language: lines[number] for language, lines in kind.probes.items()}
        when = When(need=finding.need, kind=finding.kind)
        yield _Candidate(f"kinds.{kind.key}.probes.{number + 1}", when, text, "need", finding.need)


def _own_questions(playbook: Playbook, finding: NeedFinding) -> Iterator[_Candidate]:
    """Yield what a need itself asks, and the question for the next rung."""
    need, rung = playbook.need(finding.need), playbook.rung(finding.rung)
    if need:
        yield _Candidate(f"needs.{need.key}.ask", When(need=need.key), need.ask, "need", need.key)
    if rung:
        when = When(need=finding.need, rung=finding.rung)
        yield _Candidate(f"rungs.{rung.key}.climb", when, rung.climb, "need", finding.need)


def _closest_first(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    return sorted(candidates, key=lambda candidate: -candidate.closeness)


def _one_of_each(groups: Iterable[Sequence[_Candidate]]) -> list[_Candidate]:
    """Take the first of every group, then the second of every group, and so on."""
    rounds = zip_longest(*groups)
    return [candidate for candidate in chain.from_iterable(rounds) if candidate is not None]


def _worded(playbook: Playbook, found: _Candidate, language: str, prospect: str, rep: str) -> AdvisedQuestion:
    need = playbook.name_of(playbook.need(found.need), found.need, language)
    text = playbook.fill(playbook.say(found.text, language), language, prospect=prospect, rep=rep, need=need)
    return AdvisedQuestion(found.id, text, matched(found.when), found.sort)


def _by_turns(lines: Mapping[Sort, Sequence[AdvisedQuestion]], turns: Sequence[Sort]) -> Iterator[AdvisedQuestion]:
    """Call the lines by turns. Whoever asks what was asked already is passed over, as is a line with nobody left."""
    waiting = {sort: iter(line) for sort, line in lines.items()}
    asked: dict[str, str] = {}  # id -> the question's bare words
    left = set(waiting)
    for sort in cycle(turns):
        if not left:
            return
        found = next((question for question in waiting[sort] if not _is_asked(question, asked)), None)
        if found is None:
            left.discard(sort)
        else:
            asked[found.id] = _bare_words(found.text)
            yield found


def _is_asked(question: AdvisedQuestion, asked: Mapping[str, str]) -> bool:
    words = _bare_words(question.text)
    return question.id in asked or any(fuzz.ratio(words, other) >= ALIKE for other in asked.values())


def _bare_words(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()
