from __future__ import annotations

import pytest

from nlp.reading import (
    UNCLEAR,
    Fact,
    NeedFinding,
    NextStep,
    ObjectionFinding,
    Quote,
    Reading,
    StyleGuess,
    Vote,
)
from playbooks.advice import advise
from playbooks.load import parse_files

QUOTE = Quote("words", 0, 5)


def reading(style: str = UNCLEAR, second: str | None = None, evidence: tuple[Vote, ...] = (), **said) -> Reading:
    return Reading("en", True, StyleGuess(style, second, {}, 0.0, 0.0, evidence), **said)


def need(key: str, kind: str = "need", rung: str = "feature") -> NeedFinding:
    return NeedFinding(key, kind, QUOTE, 0.8, rung)


def objection(key: str = "costly") -> ObjectionFinding:
    return ObjectionFinding(key, QUOTE, 0.8)


def vote(about: str, key: str) -> Vote:
    return Vote("cue", about, key, 1.0, QUOTE, "counts")


def ask(playbook, note, *, lifecycle="potential", language="en"):
    return [question.id for question in advise(playbook, note, lifecycle=lifecycle, language=language).questions]


def test_a_clear_style_gets_its_two_lines_of_talk(small):
    advice = advise(small, reading("driver", second="expressive"), lifecycle="potential", language="nl")
    assert advice.talk == ("doelgericht praat 1", "doelgericht praat 2")
    assert advice.watch == ()


@pytest.mark.parametrize(
    ("evidence", "watch"),
    [
        ((), ("watch who sets the pace", "watch for feelings")),
        ((vote("assertiveness", "high"),), ("watch for feelings",)),
        ((vote("responsiveness", "low"),), ("watch who sets the pace",)),
        ((vote("style", "driver"),), ("watch who sets the pace", "watch for feelings")),  # seen, yet not enough
    ],
)
def test_an_unclear_style_says_what_to_watch_for(small, evidence, watch):
    advice = advise(small, reading(evidence=evidence), lifecycle="potential", language="en")
    assert advice.talk == ()
    assert advice.watch == watch


def test_gaps_are_asked_by_priority_and_each_before_any_a_second_time(small):
    assert ask(small, reading()) == ["who-decides", "which-budget", "always-good", "next-step", "who-else"]


@pytest.mark.parametrize(
    ("note", "known"),
    [
        (reading(topics=frozenset({"deciders"})), {"who-decides", "who-else"}),
        (reading(objections=(objection(),)), {"who-decides", "who-else"}),
        (reading(needs=(need("cheapness"),)), {"which-budget"}),
        (reading(facts=(Fact("amount", "4,000", QUOTE),)), {"which-budget"}),
        (reading(next_step=NextStep(QUOTE)), {"next-step"}),
    ],
)
def test_what_the_note_says_is_not_asked(small, note, known):
    gaps = {"who-decides", "who-else", "which-budget", "next-step"}
    assert gaps - set(ask(small, note)) == known


def test_the_first_three_questions_are_of_different_sorts(small):
    assert ask(small, reading(needs=(need("speedup"),)))[:3] == ["who-decides", "speed-must", "which-budget"]
    assert ask(small, reading(needs=(need("speedup"),)), lifecycle="at_risk")[:3] == [
        "risk-what", "speed-must", "who-decides",
    ]  # fmt: skip


def test_a_must_is_deepened_before_a_wish_and_a_wish_is_probed(small):
    note = reading(needs=(need("cheapness", "want"), need("speedup")))
    deepening = [
        question.id
        for question in advise(small, note, lifecycle="new", language="en").questions
        if question.sort == "need"
    ]
    assert deepening == [
        "speed-must",
        "kinds.want.probes.1",
        "speed-where",
        "kinds.want.probes.2",
        "needs.speedup.ask",
        "needs.cheapness.ask",
        "rungs.feature.climb",
    ]


def test_a_condition_on_kind_holds_for_the_need_that_the_card_names(small):
    note = reading(needs=(need("speedup", "want"), need("cheapness", "need")))
    assert "speed-must" not in ask(small, note)


def test_the_question_for_the_next_rung_names_the_need(small):
    note = reading(needs=(need("speedup"),))
    texts = {q.id: q.text for q in advise(small, note, lifecycle="new", language="nl").questions}
    assert texts["rungs.feature.climb"] == "Wat doet snelheid voor je?"


def test_questions_are_worded_for_the_style_where_that_is_written(small):
    first = advise(small, reading("driver"), lifecycle="potential", language="en").questions[0]
    assert (first.text, first.matched) == ("Who signs?", "style=driver, topic=deciders")
    first = advise(small, reading("amiable"), lifecycle="potential", language="en").questions[0]
    assert (first.text, first.matched) == ("Who decides?", "topic=deciders")


def test_no_question_is_asked_twice_in_other_clothes(files):
    files["questions.yaml"] += (
        "  - id: budget-again\n    when: {topic: money}\n"
        '    text: {en: "what may it cost", nl: "Wat mag het gaan kosten?"}\n'
    )
    playbook, problems = parse_files(files)
    assert playbook is not None, problems
    assert "budget-again" not in ask(playbook, reading())


def test_a_turn_is_not_lost_to_a_question_that_was_asked_already(files):
    files["questions.yaml"] = files["questions.yaml"].replace("Who decides?", "What does it cost you today?")
    playbook, problems = parse_files(files)
    assert playbook is not None, problems
    note = reading(needs=(need("speedup", "want"),))
    assert ask(playbook, note)[:3] == ["who-decides", "kinds.want.probes.2", "which-budget"]


def test_each_objection_gets_the_answer_that_fits_most_closely(small):
    note = reading("driver", objections=(objection(), objection(), objection("gone")))
    (answer,) = advise(small, note, lifecycle="potential", language="en").answers
    assert (answer.id, answer.objection, answer.name) == ("costly-driver", "costly", "too costly")
    assert answer.matched == "style=driver, objection=costly"
    assert answer.fallback is False
    assert answer.steps.explore == ("Which return do you need?",)


def test_a_neutral_answer_says_that_it_is_one(small):
    (answer,) = advise(
        small, reading("amiable", objections=(objection(),)), lifecycle="new", language="nl", prospect="Karin"
    ).answers
    assert (answer.id, answer.fallback, answer.matched) == ("costly-neutral", True, "objection=costly")
    assert answer.steps.acknowledge == "Dat snap ik, Karin."
    (answer,) = advise(small, reading(objections=(objection(),)), lifecycle="new", language="nl").answers
    assert answer.fallback is False  # no style was named, so nothing is missing


@pytest.mark.parametrize(
    ("style", "lifecycle", "cadence", "matched"),
    [
        ("driver", "new", "cadence-new-driver", "style=driver, lifecycle=new"),
        ("amiable", "new", "cadence-new", "lifecycle=new"),
        (UNCLEAR, "at_risk", "cadence-at-risk", "lifecycle=at_risk"),
    ],
)
def test_the_cadence_that_fits_most_closely_is_chosen(small, style, lifecycle, cadence, matched):
    chosen = advise(small, reading(style), lifecycle=lifecycle, language="en").cadence
    assert chosen is not None
    assert (chosen.id, chosen.matched) == (cadence, matched)


def test_no_cadence_fits_while_the_lifecycle_is_unclear(small):
    assert advise(small, reading(), lifecycle=UNCLEAR, language="en").cadence is None


def test_messages_are_filled_in_with_the_most_important_need(small):
    note = reading(needs=(need("speedup"), need("cheapness")))
    cadence = advise(small, note, lifecycle="new", language="en", prospect="Karin", rep="Tom").cadence
    assert cadence is not None
    assert cadence.steps[0].message == "Hello Karin, about speed. Tom"
    assert [(step.day, step.channel) for step in cadence.steps] == [(1, "call"), (5, "email")]


def test_needs_that_the_playbook_no_longer_has_are_passed_over(small):
    assert ask(small, reading(needs=(need("gone"),))) == ask(small, reading())


def test_the_same_reading_gives_the_same_advice(small):
    note = reading("driver", needs=(need("speedup"),), objections=(objection(),))
    assert advise(small, note, lifecycle="new", language="en") == advise(small, note, lifecycle="new", language="en")
