"""The brief: what a note tells and what to do about it, on one phone screen. Pure: values in, lines out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_time

from bot.answers.typed import one_line, shorten
from bot.reply import Line
from bot.texts import say
from nlp.reading import UNCLEAR, NextStep, Quote, Reading
from playbooks.advice import Advice, AdvisedAnswer
from playbooks.playbook import Playbook
from playbooks.situation import known_topics

MOST_CHARACTERS = 900  # visible ones
MOST_NEEDS = 3
MOST_OBJECTIONS = 2
MOST_QUESTIONS = 3
MOST_OPEN = 3
LONGEST_QUOTE = 60  # characters; the whole one is behind Why


@dataclass(frozen=True, slots=True)
class Subject:
    """What a brief is about."""

    title: str  # the prospect, or what stands for one that is not named yet
    reading: Reading
    advice: Advice
    playbook: Playbook
    language: str  # of the person who reads the brief
    written_on: date  # local day of the note


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the brief that is shown whole or not at all. Without a label it goes on with the line before."""

    text: str
    label: str = ""
    starts_line: bool = True
    joint: str = " "  # between it and what stands before it on its line


def brief_lines(subject: Subject, *, head: Iterable[Line] = ()) -> tuple[Line, ...]:
    """Return the brief, behind lines that must be seen first; cut from the end to 900 characters."""
    lines: list[Line] = list(head)
    for item in _items(subject):
        longer = _with_item(lines, item)
        if len("\n".join(line.plain for line in longer)) > MOST_CHARACTERS:
            break
        lines = longer
    return tuple(lines)


def stands(subject: Subject) -> str:
    """Return where the customer stands, and whether that is only assumed."""
    found = subject.reading.lifecycle
    if found.value == UNCLEAR:
        return say(subject.language, "stands_unclear")
    name = subject.playbook.name_of(subject.playbook.lifecycle(found.value), found.value, subject.language)
    return say(subject.language, "assumed", name=name) if found.assumed else name


def next_step_text(step: NextStep, language: str, *, written_on: date) -> str:
    """Return what is to be done and when: "call Thu 12 Mar at 15:00"."""
    what = shorten(one_line(step.action), LONGEST_QUOTE) or say(language, "next_contact")
    return f"{what} {_when(step, language, written_on)}" if step.day else f"{what}, {say(language, 'no_day')}"


def day_text(day: date, language: str, *, written_on: date) -> str:
    """Return a day with its weekday, and its year when that is not the year of writing."""
    return format_date(day, "EEE d MMM" if day.year == written_on.year else "EEE d MMM y", locale=language)


def quoted(quote: Quote) -> str:
    """Return a quote in quotation marks, cut where it is very long."""
    return f"“{shorten(one_line(quote.text), LONGEST_QUOTE)}”"


def percent(probability: float) -> str:
    """Return a probability for people; a guess is never shown as certain."""
    return f"{min(probability, 0.99):.0%}"


def style_text(subject: Subject) -> tuple[str, str]:
    """Return the style, or the two that are close, with its probability as a label, and the words that show it."""
    guess = subject.reading.style
    if guess.style == UNCLEAR:
        return say(subject.language, "brief_style"), say(subject.language, "not_enough")
    shown = " / ".join(_likely(subject, style) for style in (guess.style, guess.second) if style)
    return shown, f"— {quoted(guess.evidence[0].quote)}" if guess.evidence else ""


def objection_quote(subject: Subject, answer: AdvisedAnswer) -> Quote:
    """Return the words of the note that an answer is for."""
    return next(found.quote for found in subject.reading.objections if found.objection == answer.objection)


def _items(subject: Subject) -> Iterator[Item]:
    """Give the pieces of the brief, the most important first."""
    language = subject.language
    yield Item(f"· {stands(subject)}", subject.title)
    label, shown_by = style_text(subject)
    yield Item(shown_by, label)
    yield from _in_one_line(subject.advice.watch, say(language, "brief_watch"))
    yield from _in_one_line(_needs(subject), say(language, "brief_needs"), joint=" · ")
    yield from _in_one_line(_objections(subject), say(language, "brief_holds_back"), joint=" · ")
    if step := subject.reading.next_step:
        yield Item(next_step_text(step, language, written_on=subject.written_on), say(language, "brief_next"))
    yield from _in_one_line(_open(subject), say(language, "brief_open"), joint="; ")
    yield from _in_one_line(subject.advice.talk, say(language, "brief_talk"))
    for number, question in enumerate(subject.advice.questions[:MOST_QUESTIONS], start=1):
        yield Item(f"{number}. {question.text}", say(language, "brief_ask") if number == 1 else "")
    for answer in subject.advice.answers[:1]:
        quote = shorten(one_line(objection_quote(subject, answer).text), LONGEST_QUOTE)
        yield Item(answer.steps.acknowledge, say(language, "brief_if", quote=quote))


def _needs(subject: Subject) -> list[str]:
    playbook, language = subject.playbook, subject.language
    texts = []
    for found in subject.reading.needs[:MOST_NEEDS]:
        need = playbook.name_of(playbook.need(found.need), found.need, language)
        kind = playbook.name_of(playbook.kind(found.kind), found.kind, language)
        texts.append(f"{need} ({kind}) {quoted(found.quote)}")
    return texts


def _objections(subject: Subject) -> list[str]:
    playbook, language = subject.playbook, subject.language
    found = subject.reading.objections[:MOST_OBJECTIONS]
    names = (playbook.name_of(playbook.objection(one.objection), one.objection, language) for one in found)
    return [f"{name} {quoted(one.quote)}" for name, one in zip(names, found, strict=True)]


def _open(subject: Subject) -> list[str]:
    """Return the names of what the note does not say, what matters most first."""
    playbook = subject.playbook
    known = known_topics(playbook.topics, subject.reading)
    unknown = sorted((topic for topic in playbook.topics if topic.key not in known), key=lambda topic: topic.priority)
    return [playbook.say(topic.name, subject.language) for topic in unknown[:MOST_OPEN]]


def _likely(subject: Subject, style: str) -> str:
    name = subject.playbook.name_of(subject.playbook.style(style), style, subject.language)
    return f"{name} {percent(subject.reading.style.probabilities.get(style, 0.0))}"


def _when(step: NextStep, language: str, written_on: date) -> str:
    assert step.day is not None  # noqa: S101 (the caller looked)
    day = day_text(step.day, language, written_on=written_on)
    if step.other_day:
        day = say(language, "next_or", day=day, other=day_text(step.other_day, language, written_on=written_on))
    if step.at is None:
        return day
    return say(language, "next_at", day=day, time=format_time(step.at, "HH:mm", locale=language))


def _in_one_line(texts: Iterable[str], label: str, *, joint: str = " ") -> Iterator[Item]:
    for place, text in enumerate(texts):
        yield Item(text, label) if place == 0 else Item(text, starts_line=False, joint=joint)


def _with_item(lines: list[Line], item: Item) -> list[Line]:
    if item.starts_line:
        return [*lines, Line(item.text, item.label)]
    last = lines[-1]
    return [*lines[:-1], Line(f"{last.text}{item.joint}{item.text}", last.label)]
