"""Every cue of the default playbook shows itself at work: where it counts and where it does not."""

from __future__ import annotations

import pytest

from nlp.pipeline import make_pipeline
from playbooks.default_playbook import default_files
from playbooks.load import parse_files

PLAYBOOK, PROBLEMS = parse_files(default_files())


@pytest.fixture(scope="module")
def pipelines():
    bank = PLAYBOOK.cue_bank()
    return {language: make_pipeline(bank, language) for language in ("en", "nl")}


def test_the_default_playbook_is_in_order():
    assert [str(problem) for problem in PROBLEMS] == []


def cards() -> list[tuple[str, str, list[str], list[str]]]:
    """Return (language, cue, lines where it counts, lines where it does not), a row a cue."""
    if PLAYBOOK is None:
        return []
    return [(language, card.id, card.matches, card.misses) for language, some in PLAYBOOK.cues.items() for card in some]


def counted_in(pipelines, language: str, line: str) -> set[str]:
    return {vote.cue for vote in pipelines[language](line).user_data["votes"] if vote.weight > 0}


@pytest.mark.parametrize(("language", "cue", "matches", "misses"), cards(), ids=[cue for _, cue, _, _ in cards()])
def test_a_cue_counts_in_its_matches_and_not_in_its_misses(pipelines, language, cue, matches, misses):
    silent = [line for line in matches if cue not in counted_in(pipelines, language, line)]
    loud = [line for line in misses if cue in counted_in(pipelines, language, line)]
    assert (silent, loud) == ([], [])
