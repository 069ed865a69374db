"""Versions of a team's playbook: drafted, published, looked up. Functions on a session; none of them commits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import defer
from sqlmodel import Session, col
from sqlmodel import select as select_model

from playbooks.default_playbook import default_files
from playbooks.draft import Draft
from playbooks.load import assemble, check_draft, read_draft
from playbooks.playbook import Playbook
from playbooks.problems import Problem, in_order
from playbooks.schema import SCHEMA_NUMBER
from playbooks.source import THINGS
from playbooks.tables import PlaybookCard, PlaybookFile, PlaybookVersion, TeamPlaybook
from playbooks.validate import ids

CARD_SECTIONS = ("questions", "objections", "cadences")


class PlaybookInvalid(Exception):
    """The files are no valid playbook; `problems` say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"the playbook has {len(self.problems)} problems")


class BaseOutdated(Exception):
    """Somebody published in between. `current_id` is what the team works with now."""

    def __init__(self, current_id: int | None) -> None:
        self.current_id = current_id
        super().__init__(f"the team's playbook is version id {current_id} by now")


class NoPlaybook(Exception):
    """The team has no published playbook."""


def publish(
    session: Session,
    team_id: int,
    files: Mapping[str, str],
    *,
    author_id: int | None,
    base_id: int | None,
    now: datetime,
    removed: Collection[str] = (),
) -> PlaybookVersion:
    """Make a version from a base and what changes in it, and let the team work with it from now on.

    `files` (path -> YAML text) replace those of the same path in the base; `removed` ones are left out. `base_id` is
    the version that was edited; None for a team's first. Raises BaseOutdated and PlaybookInvalid.
    """
    draft = add_draft(session, team_id, files, author_id=author_id, base_id=base_id, now=now, removed=removed)
    return publish_draft(session, draft, now=now)


def publish_default(session: Session, team_id: int, *, now: datetime, author_id: int | None = None) -> PlaybookVersion:
    """Publish the playbook that ships with the program as a team's first. Raises BaseOutdated when it has one."""
    return publish(session, team_id, default_files(), author_id=author_id, base_id=None, now=now)


def add_draft(
    session: Session,
    team_id: int,
    files: Mapping[str, str],
    *,
    author_id: int | None,
    base_id: int | None,
    now: datetime,
    removed: Collection[str] = (),
) -> PlaybookVersion:
    """Store a version that nobody works with yet. Arguments and errors as in `publish`."""
    _lock_team(session, team_id)
    _require_current(session, team_id, base_id)
    whole = {**(files_of(session, base_id) if base_id is not None else {}), **files}
    whole = {path: text for path, text in whole.items() if path not in removed}
    draft, problems = read_draft(whole)
    problems = check_draft(draft, problems) or _reused_ids(session, team_id, draft)
    if problems:
        raise PlaybookInvalid(problems)
    version = PlaybookVersion(
        team_id=team_id,
        number=_next_number(session, team_id),
        base_id=base_id,
        schema_number=SCHEMA_NUMBER,
        author_id=author_id,
        created_at=now,
        content=assemble(draft).to_json(),
    )
    session.add(version)
    session.flush()
    _add_parts(session, version, whole, draft)
    return version


def publish_draft(session: Session, version: PlaybookVersion, *, now: datetime) -> PlaybookVersion:
    """Let the team work with a draft from now on. Raises BaseOutdated when its base is no longer current."""
    _lock_team(session, version.team_id)
    _require_current(session, version.team_id, version.base_id)
    version.published_at = now
    current = session.get(TeamPlaybook, version.team_id, populate_existing=True)
    if current is None:
        session.add(TeamPlaybook(team_id=version.team_id, version_id=_id_of(version)))
    else:
        current.version_id = _id_of(version)
    session.flush()
    return version


def current_version(session: Session, team_id: int) -> PlaybookVersion:
    """Return the version that a team works with, its content not loaded yet. Raises NoPlaybook."""
    found = session.exec(
        select_model(PlaybookVersion)
        .join(TeamPlaybook, col(TeamPlaybook.version_id) == col(PlaybookVersion.id))
        .where(TeamPlaybook.team_id == team_id)
        .options(defer(PlaybookVersion.content))  # type: ignore[arg-type]
    ).one_or_none()
    if found is None:
        raise NoPlaybook(f"team id {team_id} has no playbook")
    return found


def load_version(session: Session, version_id: int) -> Playbook:
    """Return the playbook of a version. Slow enough to keep the result: versions never change.

    Raises NoPlaybook when there is no such version.
    """
    version = session.get(PlaybookVersion, version_id)
    if version is None:
        raise NoPlaybook(f"there is no playbook version id {version_id}")
    if version.schema_number == SCHEMA_NUMBER:
        try:
            return Playbook.from_json(version.content)
        except ValueError:
            pass  # the cache of another program version; the files are the truth
    draft, problems = read_draft(files_of(session, version_id))
    if problems:
        raise PlaybookInvalid(problems)
    return assemble(draft)


def files_of(session: Session, version_id: int) -> dict[str, str]:
    """Return the files of a version, path -> text, as their authors wrote them."""
    found = select_model(PlaybookFile).where(PlaybookFile.version_id == version_id)
    return {file.path: file.text for file in session.exec(found.order_by(col(PlaybookFile.path)))}


def find_card(session: Session, team_id: int, card_id: str) -> PlaybookCard | None:
    """Return where a card stands in the newest published version that has it, retired or not."""
    return session.exec(
        select_model(PlaybookCard)
        .join(PlaybookVersion, col(PlaybookCard.version_id) == col(PlaybookVersion.id))
        .where(
            PlaybookVersion.team_id == team_id,
            PlaybookCard.card_id == card_id,
            col(PlaybookVersion.published_at).is_not(None),
        )
        .order_by(col(PlaybookVersion.number).desc())
        .limit(1)
    ).first()


def _lock_team(session: Session, team_id: int) -> None:
    """Put everybody who publishes for a team in one row. (On SQLite, BEGIN IMMEDIATE has done so.)"""
    team = table("team", column("id"))
    session.execute(select(team.c.id).where(team.c.id == team_id).with_for_update())


def _require_current(session: Session, team_id: int, base_id: int | None) -> None:
    current = session.execute(
        select(col(TeamPlaybook.version_id)).where(col(TeamPlaybook.team_id) == team_id)
    ).scalar_one_or_none()
    if current != base_id:
        raise BaseOutdated(current)


def _next_number(session: Session, team_id: int) -> int:
    newest = select(func.max(col(PlaybookVersion.number))).where(col(PlaybookVersion.team_id) == team_id)
    return (session.execute(newest).scalar_one() or 0) + 1


def _add_parts(session: Session, version: PlaybookVersion, files: Mapping[str, str], draft: Draft) -> None:
    version_id = _id_of(version)
    session.add_all(PlaybookFile(version_id=version_id, path=path, text=text) for path, text in files.items())
    for piece, inside, card_id in ids(draft):
        section = str(piece.at[0])
        if section in CARD_SECTIONS:
            line = piece.source.lined.line_of((*piece.at, *inside)) or 1
            card = PlaybookCard(
                version_id=version_id, card_id=card_id, section=section, path=piece.source.path, line=line
            )
            session.add(card)
    session.flush()


def _reused_ids(session: Session, team_id: int, draft: Draft) -> tuple[Problem, ...]:
    """An id that was a question once cannot become a cadence: old answers would show the wrong card."""
    taken = _sections_of_ids(session, team_id)
    problems = []
    for piece, inside, card_id in ids(draft):
        section, version = taken.get(card_id, (str(piece.at[0]), 0))
        if section != str(piece.at[0]):
            thing = "answer" if section == "objections" else THINGS[section]
            problems.append(
                piece.problem("reused_id", (*inside, "id"), thing=thing, value=card_id, version=str(version))
            )
    return in_order(problems)


def _sections_of_ids(session: Session, team_id: int) -> dict[str, tuple[str, int]]:
    """Return for every card id that a team has published: its section, and the last version that has it."""
    rows = session.execute(
        select(col(PlaybookCard.card_id), col(PlaybookCard.section), func.max(col(PlaybookVersion.number)))
        .join(PlaybookVersion, col(PlaybookCard.version_id) == col(PlaybookVersion.id))
        .where(col(PlaybookVersion.team_id) == team_id, col(PlaybookVersion.published_at).is_not(None))
        .group_by(col(PlaybookCard.card_id), col(PlaybookCard.section))
    )
    return {card_id: (section, number) for card_id, section, number in rows}


def _id_of(version: PlaybookVersion) -> int:
    if version.id is None:
        raise ValueError("the version has not been flushed")
    return version.id
