from __future__ import annotations

import re
import string
from importlib.resources import files as resources
from pathlib import Path

import pytest
import yaml

import playbooks.problems
from playbooks.problems import Problem, closest

TEXTS = yaml.safe_load(resources("playbooks").joinpath("problems.yaml").read_text(encoding="utf-8"))


def test_a_problem_says_where_what_and_what_next():
    problem = Problem(
        "objections.yaml", 41, "unknown_reference", "card", "too-expensive", "objection", "price", (("value", "prise"),)
    )
    assert str(problem) == (
        "objections.yaml, line 41, card \"too-expensive\": 'prise' is not an objection. Did you mean 'price'?"
    )
    assert problem.in_language("nl") == (
        "objections.yaml, regel 41, kaart \"too-expensive\": 'prise' is niet de sleutel van een bezwaar."
        " Bedoelde je 'price'?"
    )
    assert problem.in_language("fr") == str(problem)


@pytest.mark.parametrize("code", TEXTS["sentences"])
def test_every_sentence_is_in_both_languages_with_the_same_values(code):
    said = TEXTS["sentences"][code]
    assert set(said) == {"en", "nl"}
    english, dutch = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in said.values())
    assert english == dutch


@pytest.mark.parametrize("thing", TEXTS["things"])
def test_every_thing_is_named_in_both_languages(thing):
    assert {language: set(names) for language, names in TEXTS["things"][thing].items()} == {
        "en": {"name", "a"},
        "nl": {"name", "a"},
    }


def test_every_code_is_said_somewhere():
    folder = Path(playbooks.problems.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert [key for key in TEXTS["sentences"] if not re.search(rf"[\"']{key}[\"']", code)] == []


@pytest.mark.parametrize(
    ("word", "meant"), [("prise", "price"), ("Price", "price"), ("statusquo", "status_quo"), ("banana", "")]
)
def test_a_misspelt_word_suggests_what_was_meant(word, meant):
    assert closest(word, ["price", "timing", "status_quo"]) == meant


def test_what_an_author_wrote_is_repeated_shortened_and_on_one_line():
    problem = Problem("a.yaml", 1, "bad_id", values=(("value", "x\n" * 500),))
    assert len(problem.message) < 250
    assert "\n" not in problem.message
