"""What is behind the buttons of a brief: more questions, answers to objections, why, and the follow-ups."""

from __future__ import annotations

from bot.answers.brief import Subject, day_text, next_step_text, objection_quote, percent, quoted
from bot.answers.briefing import brief_of, subject_of
from bot.answers.turn import Turn
from bot.answers.typed import one_line
from bot.answers.working_days import working_day_after
from bot.presses import Press
from bot.records.notes import Note
from bot.reply import Button, Line, Reply
from bot.texts import say
from nlp.reading import STYLES, Vote
from playbooks.advice import AdvisedAnswer, AdvisedStep

PAGE = 3500  # characters; Telegram shows at most 4096 in one message

Row = tuple[Button, ...]


def show_brief(turn: Turn, note: Note, _press: Press) -> Reply:
    """Go back to the brief."""
    return brief_of(turn, note)


def show_questions(turn: Turn, note: Note, press: Press) -> Reply:
    """Show every question that is worth asking, the most useful first."""
    subject = subject_of(turn, note)
    questions = subject.advice.questions
    lines = [Line(f"{number}. {question.text}") for number, question in enumerate(questions, start=1)]
    title = turn.say("more_title", name=subject.title)
    return _paged(turn, note, press, [Line(label=title), *lines] if lines else [Line(turn.say("more_none"))])


def show_objections(turn: Turn, note: Note, press: Press) -> Reply:
    """Show how to answer each objection, step by step."""
    subject = subject_of(turn, note)
    lines: list[Line] = []
    for answer in subject.advice.answers:
        lines.append(Line(quoted(objection_quote(subject, answer)), f"{answer.name}:"))
        lines += _steps(turn, answer)
    return _paged(turn, note, press, lines or [Line(turn.say("objections_none"))])


def show_why(turn: Turn, note: Note, press: Press) -> Reply:
    """Show what the reading rests on: every cue that was seen, whether it counts, and why."""
    subject = subject_of(turn, note)
    style = subject.reading.style
    chances = [f"{_style_name(subject, key)} {percent(style.probabilities.get(key, 0.0))}" for key in STYLES]
    unclear = max(0.0, 1.0 - sum(style.probabilities.get(key, 0.0) for key in STYLES))
    axes = {"assertiveness": _signed(style.assertiveness), "responsiveness": _signed(style.responsiveness)}
    head = [
        Line(label=turn.say("why_title", name=subject.title)),
        Line(" · ".join([*chances, f"{turn.say('why_unclear')} {percent(unclear)}"])),
        Line(turn.say("why_axes", **axes)),
    ]
    votes = [_vote_line(subject, vote) for vote in subject.reading.votes] or [Line(turn.say("why_none"))]
    return _paged(turn, note, press, head + votes)


def show_plan(turn: Turn, note: Note, press: Press) -> Reply:
    """Show the agreed next step and the follow-ups that the playbook advises, each with its day."""
    subject = subject_of(turn, note)
    language, written_on = subject.language, subject.written_on
    lines = []
    if step := subject.reading.next_step:
        agreed = next_step_text(step, language, written_on=written_on)
        lines.append(Line(turn.say("plan_agreed", what=agreed)))
    if cadence := subject.advice.cadence:
        for advised in cadence.steps:
            day = working_day_after(written_on, advised.day, country=turn.defaults.country)
            lines += _plan_lines(turn, advised, day_text(day, language, written_on=written_on))
        lines.append(Line(cadence.stop, turn.say("plan_stop")))
    title = Line(label=turn.say("plan_title", name=subject.title))
    return _paged(turn, note, press, [title, *lines] if lines else [Line(turn.say("plan_none"))])


def pages_of(lines: list[Line]) -> list[list[Line]]:
    """Return the lines page by page; a page is never longer than a channel can show, and a line never cut."""
    pages: list[list[Line]] = [[]]
    length = 0
    for line in lines:
        if pages[-1] and length + len(line.plain) + 1 > PAGE:
            pages.append([])
            length = 0
        pages[-1].append(line)
        length += len(line.plain) + 1
    return pages


def _paged(turn: Turn, note: Note, press: Press, lines: list[Line]) -> Reply:
    pages = pages_of(lines)
    place = min(press.value(0), len(pages) - 1)
    turning = []
    if place > 0:
        turning.append(Button(turn.say("button_earlier"), Press(press.verb, press.row, (place - 1,)).data))
    if place < len(pages) - 1:
        turning.append(Button(turn.say("button_further"), Press(press.verb, press.row, (place + 1,)).data))
    back = Button(turn.say("button_back"), Press("brief", press.row).data)
    rows: tuple[Row, ...] = (tuple(turning), (back,)) if turning else ((back,),)
    return Reply(tuple(pages[place]), rows, note_id=note.id)


def _steps(turn: Turn, answer: AdvisedAnswer) -> list[Line]:
    steps = answer.steps
    said = {
        "listen": steps.listen,
        "acknowledge": steps.acknowledge,
        "explore": " ".join(steps.explore),
        "respond": steps.respond,
        "confirm": steps.confirm,
    }
    return [Line(text, turn.say(f"step_{name}")) for name, text in said.items()]


def _plan_lines(turn: Turn, step: AdvisedStep, day: str) -> list[Line]:
    channel = turn.say(f"channel_{step.channel}")
    return [Line(step.purpose, f"{day} · {channel}:"), Line(f"“{step.message}”")]


def _signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "−")


def _style_name(subject: Subject, key: str) -> str:
    return subject.playbook.name_of(subject.playbook.style(key), key, subject.language)


def _vote_line(subject: Subject, vote: Vote) -> Line:
    """Return one cue: its words, what it speaks for and how strongly, whether it counts, and its id."""
    verdict = say(subject.language, f"verdict_{vote.verdict}")
    if vote.because:
        verdict = say(subject.language, "why_because", verdict=verdict, because=vote.because)
    parts = [f"{_speaks_for(subject, vote)} {_signed(vote.weight)}", verdict]
    if vote.read_as:
        parts.append(say(subject.language, "why_read_as", word=vote.read_as))
    return Line(f"“{one_line(vote.quote.text)}” → {' · '.join(parts)} ({vote.cue})")


def _speaks_for(subject: Subject, vote: Vote) -> str:
    playbook, language = subject.playbook, subject.language
    match vote.about:
        case "assertiveness" | "responsiveness":
            axis = playbook.axis(vote.about)
            return playbook.say(axis.high if vote.key == "high" else axis.low, language) if axis else vote.key
        case "style":
            return _style_name(subject, vote.key)
        case "need":
            return playbook.name_of(playbook.need(vote.key), vote.key, language)
        case "objection":
            return playbook.name_of(playbook.objection(vote.key), vote.key, language)
        case "lifecycle":
            return playbook.name_of(playbook.lifecycle(vote.key), vote.key, language)
        case "kind":
            return playbook.name_of(playbook.kind(vote.key), vote.key, language)
        case "rung":
            return playbook.name_of(playbook.rung(vote.key), vote.key, language)
        case "topic":
            return playbook.name_of(playbook.topic(vote.key), vote.key, language)
