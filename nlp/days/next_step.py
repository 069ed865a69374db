"""The rep's own next step: which of the days in a note the rep is to act on, and what is to be done.

Days on which the prospect or anybody else acts, past days and the customer's own deadlines are not next steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nlp.days.dates import DayMention, find_days
from nlp.days.step_words import BREAK, DAY, STOP, Term, quoted_ranges, step_words, terms_of
from nlp.days.who_acts import ACTS, Sentence, Verdict, is_plain, who_acts
from nlp.reading import NextStep, Quote

WORDS_BEHIND = 4  # words of the action that a quote takes along behind its verb


@dataclass(frozen=True, slots=True)
class _Step:
    """A day that the rep acts on: the sentence, what told so, and the mention that counts."""

    sentence: Sentence
    verdict: Verdict
    mention: DayMention


def find_next_step(text: str, *, language: str, written_on: date, month_first: bool = False) -> NextStep | None:
    """Return what the rep is to do next, or None when the note says nothing of the kind.

    The last day on which the rep acts wins; a period ("next week") counts only where no day is fixed.
    Raises FileNotFoundError when the language has no dates.yaml or next_step.yaml.
    """
    mentions = find_days(text, language=language, written_on=written_on, month_first=month_first)
    steps = [step for step in _steps(text, mentions, language) if _is_ahead(step.mention, written_on)]
    fixed = [step for step in steps if step.mention.day is not None]
    chosen = (fixed or steps)[-1:]
    return _next_step(text, chosen[0]) if chosen else None


def _is_ahead(mention: DayMention, written_on: date) -> bool:
    return mention.day is None or mention.day >= written_on


def _steps(text: str, mentions: Sequence[DayMention], language: str) -> Iterator[_Step]:
    if not mentions:
        return
    words = step_words(language)
    quoted = quoted_ranges(text, language)
    terms = terms_of(text, mentions, language)
    said = [term for term in terms if term.text[0].isalnum()]
    for sentence in _sentences(terms):
        first, last = sentence.terms[sentence.day], sentence.terms[sentence.day_end]
        if any(start < first.start and last.end < end for start, end in quoted):
            continue
        mention = _mention_of(sentence)
        verdict = who_acts(sentence, words) or _by_place(sentence, mention, said[-1])
        if verdict and verdict.reps and (mention.sure or _says_who_acts(sentence, verdict)):
            yield _Step(sentence, verdict, mention)


def _says_who_acts(sentence: Sentence, verdict: Verdict) -> bool:
    """Say whether a verb or the rep told so, rather than a noun: what "in the morning" needs to be a day."""
    return any(sentence.terms[at].has("me", *ACTS) for at in (verdict.first, verdict.last))


def _by_place(sentence: Sentence, mention: DayMention, last_said: Term) -> Verdict | None:
    """Reps end a note with what they do next: there, a plain "Sandra Thursday 10am" is a step."""
    is_last = last_said.start < sentence.terms[-1].end
    if not (is_last and mention.day and mention.sure and is_plain(sentence)):
        return None
    first, last = sentence.clause()
    return Verdict(reps=True, first=first, last=last - 1)


def _sentences(terms: Sequence[Term]) -> Iterator[Sentence]:
    """Return a sentence for every day in it, days that correct each other taken together."""
    start = 0
    stops = [at for at, term in enumerate(terms) if term.has(STOP)]
    for stop in [*stops, len(terms)]:
        sentence = terms[start:stop]
        days = [at for at, term in enumerate(sentence) if term.has(DAY)]
        for group in _corrections(sentence, days):
            yield Sentence(sentence, group[0], group[-1])
        start = stop + 1


def _corrections(terms: Sequence[Term], days: Sequence[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for day in days:
        if group and not _corrects(terms[group[-1] + 1 : day]):
            yield group
            group = []
        group.append(day)
    if group:
        yield group


def _corrects(between: Sequence[Term]) -> bool:
    """Say whether the words between two days put the second in place of, or beside, the first."""
    return (
        bool(between)
        and len(between) <= 4
        and all(term.has("correction", "or", BREAK) for term in between)
        and any(term.text[0].isalpha() for term in between)
    )


def _mention_of(sentence: Sentence) -> DayMention:
    """The last day of a correction; of two days to choose from the first, with the other one beside it."""
    terms = sentence.terms
    last = terms[sentence.day_end].mention
    first = terms[sentence.day].mention
    assert first is not None  # noqa: S101 (a sentence's day is a mention)
    assert last is not None  # noqa: S101
    between = terms[sentence.day + 1 : sentence.day_end]
    if between and all(term.has("or") for term in between):
        return replace(first, other_day=last.day)
    return last


def _next_step(text: str, step: _Step) -> NextStep:
    start, end = _quote_range(step)
    quote = Quote(text[start:end], start, end)
    mention = step.mention
    return NextStep(quote, mention.day, mention.at, _action(text, step, start, end), mention.other_day)


def _quote_range(step: _Step) -> tuple[int, int]:
    sentence, verdict = step.sentence, step.verdict
    terms = sentence.terms
    first = min(verdict.first, sentence.day)
    last = max(verdict.last, sentence.day_end)
    _, clause_end = sentence.clause()
    if last > sentence.day_end:
        last = max(last, min(clause_end - 1, last + WORDS_BEHIND))
    elif _ends_with_particle(terms[last + 1 : clause_end]):
        last += 1
    return terms[first].start, terms[last].end


def _ends_with_particle(behind: Sequence[Term]) -> bool:
    """Say whether the word behind the day belongs to the verb: "Ik rij donderdag terug"."""
    return len(behind) == 1 and behind[0].has("toward", "prepositions")


def _action(text: str, step: _Step, start: int, end: int) -> str:
    """The words of the quote without the day."""
    terms = step.sentence.terms
    day_start, day_end = terms[step.sentence.day].start, terms[step.sentence.day_end].end
    before = [term for term in terms[: step.sentence.day] if term.start >= start]
    while before and before[-1].has("before_a_day"):
        before.pop()
    left = text[start : before[-1].end] if before else ""
    right = text[day_end:end] if end > day_end else ""
    return re.sub(r"\s+", " ", f"{left} {right}").strip(" ,.;:-") if day_start >= start else ""
