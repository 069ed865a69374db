from __future__ import annotations

import pytest

from playbooks.load import parse_files

NEED = "needs.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("model.yaml", "  - {key: loyal,", "  - {key: new,", "missing_item"),
        ("model.yaml", "known_by_needs: [cheapness]", "known_by_needs: [cheapnes]", "unknown_reference"),
        ("questions.yaml", "need: speedup", "need: sped", "unknown_reference"),
        ("questions.yaml", "id: who-else", "id: who-decides", "duplicate_id"),
        ("questions.yaml", "id: who-else", "id: costly-driver", "duplicate_id"),
        ("questions.yaml", "id: who-else", "id: en-driver", "duplicate_id"),
        ("needs.yaml", "key: cheapness", "key: speedup", "duplicate_key"),
        ("objections.yaml", "style: driver", "objection: expensive", "other_objection"),
        (
            "objections.yaml",
            "      - id: costly-neutral\n",
            "      - id: n\n        when: {style: amiable}\n",
            "bad_id",
        ),
        (
            "objections.yaml",
            "      - id: costly-neutral\n",
            "      - id: costly-neutral\n        when: {style: amiable}\n",
            "no_neutral_answer",
        ),
        ("cadences.yaml", "{lifecycle: loyal}", "{lifecycle: loyal, style: driver}", "no_cadence"),
        ("cadences.yaml", "{day: 5, channel", "{day: 0, channel", "day_order"),
        ("cues/cues.en.yaml", "style: driver, ", "", "cue_targets"),
        ("cues/cues.en.yaml", "style: driver, ", "style: driver, need: speedup, ", "cue_targets"),
        ("cues/cues.en.yaml", "pole: high, ", "", "cue_pole"),
        ("cues/cues.en.yaml", "language: en\n", "", "no_cue_language"),
        ("cues/cues.en.yaml", "language: en\n", "language: fr\n", "unknown_language"),
        ("cues/cues.en.yaml", "@person <interrupt>", "@persons <interrupt>", "bad_phrase"),
        ("cues/cues.en.yaml", '"far too slow"', '"..9 slow"', "bad_phrase"),
        ("cues/cues.en.yaml", '["he", "she", "they"]', '["he", "@she"]', "bad_word"),
        ("cues/cues.en.yaml", "need: speedup", "need: speeedup", "unknown_reference"),
    ],
)
def test_parts_that_do_not_fit_are_found(broken, path, old, new, code):
    assert code in {problem.code for problem in broken(path, old, new)}


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ('{en: "offer"}', "missing_language"),
        ('{en: "offer", nl: "aanbod", fr: "offre"}', "unknown_language"),
        ('{en: "", nl: "aanbod"}', "empty_text"),
        ('{en: "<b>offer</b>", nl: "aanbod"}', "html"),
        ('{en: "fish &amp; chips", nl: "aanbod"}', "html"),
        ('{en: "see http://example.com", nl: "aanbod"}', "link"),
        ('{en: "see javascript:alert(1)", nl: "aanbod"}', "link"),
        ('{en: "a\\u0007b", nl: "aanbod"}', "control_character"),
        ('{en: "a\\u202eb", nl: "aanbod"}', "control_character"),
        ('{en: "for {prospect}", nl: "aanbod"}', "variable_here"),
        ('{en: "for {prospct}", nl: "aanbod"}', "unknown_variable"),
        ('{en: "for {", nl: "aanbod"}', "brace"),
    ],
)
def test_texts_are_plain_and_in_every_language(broken, new, code):
    assert [problem.code for problem in broken(NEED, '{en: "offer", nl: "aanbod"}', new)] == [code]


@pytest.mark.parametrize(
    "new", ['{en: "see https://example.com/a?b=1", nl: "aanbod"}', '{en: "5 < 6 & 7 > 3 👩‍👧 عربي", nl: "aanbod"}']
)
def test_plain_texts_and_https_links_pass(broken, new):
    assert broken(NEED, '{en: "offer", nl: "aanbod"}', new) == ()


def test_a_style_has_two_lines_of_talk(broken):
    problems = broken("styles.yaml", '["driver talk 1", "driver talk 2"]', '["driver talk 1"]')
    assert {problem.code for problem in problems} == {"line_count", "uneven_lines"}


def test_lines_that_are_asked_agree_between_languages(broken):
    problems = broken("model.yaml", 'nl: ["Wat als het blijft?"]', 'nl: ["Wat als het blijft?", "En dan?"]')
    assert [problem.code for problem in problems] == ["uneven_lines"]


def test_a_playbook_without_settings_is_told_so(files):
    files["model.yaml"] = files["model.yaml"][files["model.yaml"].index("axes:") :]
    assert [str(problem) for problem in parse_files(files)[1]] == [
        "playbook: no file has the section 'playbook' with the name and the languages. Add it to one of them."
    ]


def test_settings_stand_in_one_file_only(files):
    files["other.yaml"] = 'playbook: {name: {en: "x", nl: "y"}, languages: ["en", "nl"]}'
    assert [problem.code for problem in parse_files(files)[1]] == ["second_playbook_section"]


def test_a_word_list_is_defined_once_a_language(files):
    files["cues/more.en.yaml"] = 'language: en\nwords: {person: ["we"]}\n'
    files["cues/more.nl.yaml"] = 'language: nl\nwords: {person: ["wij"]}\n'
    assert [(problem.path, problem.code) for problem in parse_files(files)[1]] == [
        ("cues/more.en.yaml", "duplicate_key")
    ]


def test_word_lists_serve_all_files_of_their_language(files):
    files["cues/more.en.yaml"] = (
        "language: en\n"
        'cues: [{id: en-more, need: speedup, phrases: ["@person waited"], matches: ["a"], misses: ["b"]}]\n'
    )
    assert parse_files(files)[1] == ()


def test_a_language_without_neutral_phrases_brings_its_own(files):
    english = {path: text for path, text in files.items() if "nl" not in path}
    english["model.yaml"] = english["model.yaml"].replace('languages: ["en", "nl"]', 'languages: ["en", "nl", "fr"]')
    problems = parse_files(english)[1]
    assert {problem.code for problem in problems} == {"missing_language", "no_neutral_phrase"}
