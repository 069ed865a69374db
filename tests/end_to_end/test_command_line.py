"""The commands besides `run` and `chat`, each as a process of its own."""

from __future__ import annotations

import json

import pytest

NOTE = '{"id": "n1", "text": "Met Karin Bos. No coffee. Call back Thursday.", "written_on": "2026-03-09"}'


@pytest.fixture
def alone(installation):
    """An installation without Telegram."""
    installation.settings["CALLCUE_TELEGRAM_TOKEN"] = ""
    return installation


def test_teams_and_people_from_the_command_line(alone):
    alone.settings |= {"CALLCUE_LANGUAGE": "nl", "CALLCUE_TIMEZONE": "Europe/Amsterdam"}
    assert alone.call("chat", stdin="/help\n").returncode == 0
    assert "\tadmin\tnl\tEurope/Amsterdam\t" in alone.call("people", "list").stdout

    assert alone.call("team", "add", "North").returncode == 0
    assert alone.call("team", "list").stdout == "Team\t2\nNorth\t0\n"
    which = alone.call("invite")
    assert (which.returncode, which.stdout) == (1, "")
    assert '--team NAME; the names are: "Team", "North"' in which.stderr


def test_reading_a_file_goes_on_after_a_bad_line(alone):
    (alone.folder / "notes.jsonl").write_text(f'{NOTE}\n{{"id": "n2"}}\n{NOTE.replace("n1", "n3")}\n', encoding="utf-8")
    done = alone.call("read", "notes.jsonl", "--explain")
    assert done.returncode == 1
    assert done.stderr == 'notes.jsonl, line 2: "text" is missing or is no text. The line was left out.\n'
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], second["id"]) == ("n1", "n3")
    assert first["next_step"] == {"date": "2026-03-12", "quote": "Call back Thursday"}
    assert 0 < sum(first["style_scores"].values()) <= 1
    assert all(vote["verdict"] for vote in first["votes"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "missing.jsonl"], "missing.jsonl cannot be read: No such file or directory."),
        (["invite", "--team", "South"], 'There is no team "South". The names are: "Team".'),
        (["team", "add", "Team"], 'There is a team "Team" already.'),
        (["playbook", "check", "missing"], "missing: 1 to mend."),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[:2]),
)
def test_what_cannot_be_done_is_told_in_one_sentence(alone, arguments, said):
    done = alone.call(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == said


def test_a_wrong_setting_is_named_but_not_repeated(alone):
    alone.settings["CALLCUE_TIMEZONE"] = "Mars/Phobos"
    done = alone.call("chat", stdin="hello\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert "CALLCUE_TIMEZONE" in done.stderr
    assert "Mars" not in done.stderr


def test_a_data_folder_that_cannot_be_used_is_told(alone):
    (alone.folder / "file").write_text("no folder")
    alone.settings["CALLCUE_DATA_DIR"] = str(alone.folder / "file")
    done = alone.call("chat", stdin="hello\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert "CALLCUE_DATA_DIR" in done.stderr
    assert "Traceback" not in done.stderr
