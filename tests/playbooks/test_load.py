from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from playbooks.load import parse_files


def codes(problems):
    return [problem.code for problem in problems]


def test_a_whole_playbook_has_no_problems(files):
    playbook, problems = parse_files(files)
    assert playbook is not None
    assert problems == ()


def test_files_may_be_split_and_joined_at_will(files, small):
    whole, problems = parse_files({"all.yaml": "\n".join(files[path] for path in files if "cues" not in path)})
    assert problems == ()
    assert whole is not None
    assert {need.key for need in whole.needs} == {need.key for need in small.needs}


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (
            "questions.yaml",
            "when: {topic: money}",
            "when: {topic: monney}",
            "questions.yaml, line 11, card \"which-budget\": 'monney' is not a topic. Did you mean 'money'?",
        ),
        (
            "needs.yaml",
            "    group: product\n",
            "",
            "needs.yaml, line 2, need \"speedup\": 'group' is missing. Add it.",
        ),
        (
            "needs.yaml",
            "    group: product",
            "    grupo: product",
            "needs.yaml, line 4, need \"speedup\": there is no field 'grupo' here. The fields are: key, name, group, "
            "sounds_like, ask, offer, proof, avoid. Did you mean 'group'?",
        ),
        (
            "needs.yaml",
            "group: product",
            "group: products",
            "needs.yaml, line 4, need \"speedup\": 'products' is not known here. Choose one of: product, service. "
            "Did you mean 'product'?",
        ),
        (
            "needs.yaml",
            '["it must be faster", "too slow"]',
            '["it must be faster", no]',
            "needs.yaml, line 5, need \"speedup\": 'no' without quotes means false in YAML, and a text is expected "
            'here. Write "no".',
        ),
        (
            "objections.yaml",
            'confirm: {en: "confirm", nl: "bevestig"}',
            'confirm: "confirm"',
            'objections.yaml, line 12, card "costly-neutral": write this once for each language, as \'en: "..."\' '
            "and 'nl: \"...\"' on lines of their own.",
        ),
        (
            "cadences.yaml",
            "      - day: 1\n",
            "      - day: -1\n",
            'cadences.yaml, line 6, card "cadence-potential": the number must be 0 or more.',
        ),
        (
            "cadences.yaml",
            "      - day: 1\n",
            '      - day: "1"\n',
            'cadences.yaml, line 6, card "cadence-potential": a whole number is expected here.',
        ),
        (
            "questions.yaml",
            "id: who-decides",
            "id: Who Decides",
            "questions.yaml, line 2, card \"Who Decides\": 'Who Decides' cannot be an id. Use 2 to 60 small letters, "
            "digits and dashes, a letter first: 'too-expensive'.",
        ),
        (
            "cues/cues.en.yaml",
            'phrases: ["far too slow"]',
            "phrases: []",
            'cues/cues.en.yaml, line 7, cue "en-speed": at least 1 must stand here.',
        ),
        (
            "questions.yaml",
            "      driver: {en",
            "      drivr: {en",
            "questions.yaml, line 6, card \"who-decides\": 'drivr' is not known here. Choose one of: analytical, "
            "amiable, driver, expressive. Did you mean 'driver'?",
        ),
    ],
)
def test_an_ill_formed_card_is_explained(broken, path, old, new, said):
    assert [str(problem) for problem in broken(path, old, new)] == [said]


def test_all_problems_of_all_files_are_found_at_once(files):
    files["needs.yaml"] = files["needs.yaml"].replace("    group: product\n", "")
    files["questions.yaml"] = files["questions.yaml"].replace("topic: money", "topic: monney")
    files["styles.yaml"] = files["styles.yaml"].replace("key: amiable", "key: driver")
    files["cues/cues.nl.yaml"] = "language: nl\ncues: [\n"
    assert {(problem.path, problem.code) for problem in parse_files(files)[1]} == {
        ("needs.yaml", "missing_field"),
        ("styles.yaml", "duplicate_key"),
        ("cues/cues.nl.yaml", "yaml_structure"),
    }
    del files["cues/cues.nl.yaml"]  # with every file readable, what is not there is known to be missing
    assert {(problem.path, problem.code) for problem in parse_files(files)[1]} == {
        ("needs.yaml", "missing_field"),
        ("styles.yaml", "duplicate_key"),
        ("styles.yaml", "missing_item"),
        ("questions.yaml", "unknown_reference"),
    }


def test_a_need_that_is_ill_formed_is_still_a_need_to_those_that_name_it(broken):
    problems = broken("needs.yaml", 'offer: {en: "offer", nl: "aanbod"}', "offer: 3")
    assert codes(problems) == ["not_by_language"]


def test_what_yaml_refuses_is_not_reported_twice(broken):
    assert codes(broken("needs.yaml", '{en: "offer", nl: "aanbod"}', "*offer")) == ["yaml_alias"]


@pytest.mark.parametrize("path", ["../n.yaml", "/etc/n.yaml", "a/../n.yaml", "n.txt", ".n.yaml", "a\\n.yaml", ""])
def test_a_file_with_an_odd_name_is_refused(files, path):
    files[path] = "needs: []"
    assert codes(parse_files(files)[1]) == ["bad_path"]


def test_no_files_at_all_is_a_problem_and_nothing_else_is_said():
    assert codes(parse_files({})[1]) == ["no_files"]


@pytest.mark.parametrize("text", ["3", "- a", "needs: 3", "needs:", "playbook: 3", "words: 3", "cues: [3]", "x: 1"])
def test_odd_shapes_are_problems(files, text):
    playbook, problems = parse_files({**files, "odd.yaml": text})
    assert playbook is None
    assert {problem.path for problem in problems} == {"odd.yaml"}


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=10), st.sampled_from(["price", "en"]))
NAMES = st.sampled_from(
    [
        *("playbook", "languages", "style", "needs", "key", "name", "en", "topics", "questions", "id", "when", "need"),
        *(
            "text",
            "styles",
            "driver",
            "objections",
            "answers",
            "steps",
            "explore",
            "language",
            "words",
            "cues",
            "phrases",
        ),
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)


@settings(deadline=3000, max_examples=150)
@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_any_values_give_a_playbook_or_problems(values):
    playbook, problems = parse_files({"any.yaml": yaml.safe_dump(values)})
    assert playbook is None
    assert all(str(problem) and problem.in_language("nl") for problem in problems)


@settings(deadline=3000, max_examples=150)
@given(st.text(alphabet="abk: -[]{}'\"\nens", max_size=200))
def test_any_text_gives_a_playbook_or_problems(text):
    playbook, problems = parse_files({"any.yaml": text})
    assert playbook is None
    assert problems
