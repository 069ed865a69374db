from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbooks.yaml_lines import read_yaml


def test_values_keep_their_lines():
    lined, problems = read_yaml("a.yaml", "needs:\n  - key: price\n    name:\n      en: Price\n  - key: speed\n")
    assert not problems
    assert lined is not None
    assert lined.value == {"needs": [{"key": "price", "name": {"en": "Price"}}, {"key": "speed"}]}
    assert lined.line_of(("needs", 0, "name", "en")) == 4
    assert lined.line_of(("needs", 1, "key")) == 5
    assert lined.line_of(("needs", 1, "group")) == 5  # what is missing is missed where its card stands


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("3", 3),
        ("-2.5", -2.5),
        ("true", True),
        ("~", None),
        ('"3"', "3"),
        ("'no'", "no"),
        ("2026-03-12", "2026-03-12"),
        ("12:30", "12:30"),
        ("010", "010"),
        (".inf", ".inf"),
        ("1" * 5000, "1" * 5000),
    ],
)
def test_only_plain_values_are_read(written, read):
    lined, problems = read_yaml("a.yaml", f"value: {written}")
    assert not problems
    assert lined is not None
    assert lined.value == {"value": read}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: 1\nb: *a", 2, "yaml_alias"),
        ("a: &x 1", 1, "yaml_alias"),
        ("a: 1\nb: !!python/object/apply:os.system ['true']", 2, "yaml_tag"),
        ("a: 1\nb: 2\na: 3", 3, "duplicate_field"),
        ("a: 1\nno: 2", 2, "quote_field"),
        ("a: 1\n? [x]\n: 2", 2, "field_not_text"),
        ("a: 1\n---\nb: 2", 2, "yaml_documents"),
        ("a:\n\tb: 1", 2, "yaml_tab"),
        ("a:\n  - @person wants", 2, "yaml_mark"),
        ("a: look: here", 1, "yaml_colon"),
        ("a: 1\nb: 'open\nc: 2\n", 2, "yaml_quote"),
        ('a: "\\q"', 1, "yaml_escape"),
        ("a:\n  b: 1\n c: 2", 3, "yaml_structure"),
        ("a: \x00", 1, "yaml_character"),
        ("a: 1\nb: \ud800", 2, "yaml_character"),
        ("a: " + "[" * 40, 1, "yaml_depth"),
        ("- " * 40, 1, "yaml_depth"),
        ("#" * 1_000_001, None, "too_large"),
    ],
)
def test_what_a_playbook_does_not_need_is_refused_with_its_line(text, line, code):
    _, problems = read_yaml("a.yaml", text)
    assert (code, line) in {(problem.code, problem.line) for problem in problems}


def test_several_mistakes_are_found_at_once():
    _, problems = read_yaml("a.yaml", "a: 1\na: 2\non: 3\nb: *x\n")
    assert [problem.code for problem in problems] == ["duplicate_field", "quote_field", "yaml_alias"]


@pytest.mark.parametrize("unit", ["[", "{", "- ", "? ", "[a,", "{a: ", "&a ", "!a ", "'", "- - a\n", "\n", "a: {}\n"])
def test_a_file_built_to_blow_up_is_left_early(unit):
    started = time.monotonic()
    read_yaml("a.yaml", unit * (900_000 // len(unit)))
    assert time.monotonic() - started < 10


@settings(deadline=2000, max_examples=300)
@given(st.one_of(st.text(), st.text(alphabet="ab:-[]{}&*!|>'\"#%@`?, \n\t~<0")))
def test_any_text_gives_values_or_problems(text):
    lined, problems = read_yaml("a.yaml", text)
    assert lined is not None or problems
    assert all(str(problem) and problem.in_language("nl") for problem in problems)
