from __future__ import annotations

import pytest
from pydantic import ValidationError

from nlp.cues import Cue
from playbooks.load import parse_files
from playbooks.playbook import Playbook


def test_a_stored_playbook_is_the_same_again(small):
    assert Playbook.from_json(small.to_json()) == small


def test_what_is_no_stored_playbook_is_refused():
    with pytest.raises(ValueError, match="validation error"):
        Playbook.from_json('{"about": 3}')


def test_a_playbook_never_changes(small):
    with pytest.raises(ValidationError):
        small.about = small.about


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("axis", "responsiveness"),
        ("style", "amiable"),
        ("lifecycle", "at_risk"),
        ("kind", "want"),
        ("rung", "value"),
        ("need", "speedup"),
        ("topic", "money"),
        ("objection", "costly"),
    ],
)
def test_entries_are_looked_up_by_key(small, section, key):
    assert getattr(small, section)(key).key == key
    assert getattr(small, section)("gone") is None


def test_names_come_in_the_language_asked_for(small):
    assert small.name_of(small.need("speedup"), "speedup", "nl") == "snelheid"
    assert small.name_of(small.need("speedup"), "speedup", "fr") == "speed"  # the playbook's first language
    assert small.name_of(small.need("gone"), "gone", "nl") == "gone"


@pytest.mark.parametrize(
    ("language", "values", "said"),
    [
        ("en", {"prospect": "Karin", "need": "speed", "rep": "Tom"}, "Hello Karin, about speed. Tom"),
        ("en", {}, "Hello there, about this. your contact person"),
        ("nl", {"prospect": ""}, "Hello relatie, about dit onderwerp. je contactpersoon"),
        ("fr", {"prospect": "Karin", "rep": "Tom"}, "Hello Karin, about this. Tom"),
        ("en", {"prospect": "{rep}", "need": "{}", "rep": "Tom"}, "Hello {rep}, about {}. Tom"),
    ],
)
def test_variables_are_filled_or_said_neutrally(small, language, values, said):
    assert small.fill("Hello {prospect}, about {need}. {rep}", language, **values) == said


def test_a_playbook_may_choose_its_own_neutral_phrases(files):
    files["model.yaml"] = files["model.yaml"].replace(
        'languages: ["en", "nl"]', 'languages: ["en", "nl"]\n  neutral: {prospect: {en: "friend", nl: "vriend"}}'
    )
    playbook, problems = parse_files(files)
    assert playbook is not None, problems
    assert playbook.fill("{prospect} {need}", "nl") == "vriend dit onderwerp"


def test_cues_reach_the_reader_as_they_were_written(small):
    bank = small.cue_bank()
    cues = {cue.id: cue for cue in bank.cues}
    assert cues["en-tells"] == Cue("en-tells", "en", "assertiveness", "high", ("@person <interrupt>",), 1.5)
    assert cues["en-speed"] == Cue(
        "en-speed", "en", "need", "speedup", ("far too slow",), kind="need", exceptions=("slow food",)
    )
    assert cues["en-costly"].even_if == {"question"}
    assert (cues["en-must"].about, cues["en-must"].key, cues["en-must"].kind) == ("kind", "need", None)
    assert {cue.about for cue in bank.cues} == {
        "assertiveness", "style", "need", "objection", "lifecycle", "kind", "rung", "topic",
    }  # fmt: skip
    assert [cue.id for cue in bank.of("nl")] == ["nl-costly"]
    assert bank.words["en"] == {"person": ("he", "she", "they")}
