from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from playbooks.check import check_folder
from playbooks.default_playbook import default_files
from playbooks.load import parse_files


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(Path(__file__).parent / "small", tmp_path / "playbook"))


def test_a_good_folder_has_no_problems(folder):
    assert check_folder(folder) == []


def test_hidden_files_and_others_are_passed_over(folder):
    (folder / ".git").mkdir()
    (folder / ".git" / "config.yaml").write_text("not: ours")
    (folder / "README.md").write_text("not: ours")
    assert check_folder(folder) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: \xff", "new.yaml, line 1: the file is not UTF-8 text. Save it as UTF-8 in your editor."),
        (
            b"#" * 2_000_000,
            "new.yaml: the file is larger than 1 MB. Split it; a playbook may have as many files as you like.",
        ),
    ],
)
def test_a_file_that_is_no_text_is_named(folder, content, said):
    (folder / "new.yaml").write_bytes(content)
    assert [str(problem) for problem in check_folder(folder)] == [said]


def test_a_wrong_ending_is_named(folder):
    (folder / "new.yml").write_text("needs: []")
    assert [(problem.path, problem.code) for problem in check_folder(folder)] == [("new.yml", "bad_path")]


def test_an_empty_or_missing_folder_is_named(tmp_path):
    assert [problem.code for problem in check_folder(tmp_path)] == ["no_files"]
    assert [problem.code for problem in check_folder(tmp_path / "gone")] == ["no_file"]


def test_the_default_playbook_is_valid():
    playbook, problems = parse_files(default_files())
    assert [str(problem) for problem in problems] == []
    assert playbook is not None
    assert playbook.about.languages == ["en", "nl"]


def test_the_default_playbook_has_its_files_in_folders_too(tmp_path):
    for path, text in default_files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert check_folder(tmp_path) == []
