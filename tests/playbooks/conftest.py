"""A small playbook, and a team to keep it for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.records.people import Team
from playbooks.load import parse_files
from playbooks.playbook import Playbook
from playbooks.problems import Problem

SMALL = Path(__file__).parent / "small"
NOW = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)

Broken = Callable[[str, str, str], tuple[Problem, ...]]


@pytest.fixture
def files() -> dict[str, str]:
    """The files of a playbook that is as small as a whole one can be."""
    return {
        path.relative_to(SMALL).as_posix(): path.read_text(encoding="utf-8") for path in sorted(SMALL.rglob("*.yaml"))
    }


@pytest.fixture
def small(files: dict[str, str]) -> Playbook:
    playbook, problems = parse_files(files)
    assert playbook is not None, [str(problem) for problem in problems]
    return playbook


@pytest.fixture
def broken(files: dict[str, str]) -> Broken:
    """Return what is said when, in one file of the small playbook, a text is replaced by another."""

    def replace(path: str, old: str, new: str) -> tuple[Problem, ...]:
        assert old in files[path], f"{path} does not hold {old!r}"
        playbook, problems = parse_files({**files, path: files[path].replace(old, new, 1)})
        assert (playbook is None) == bool(problems)
        return problems

    return replace


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def team_id(session: Session) -> int:
    team = Team(name="The team", created_at=NOW)
    session.add(team)
    session.flush()
    assert team.id is not None
    return team.id
