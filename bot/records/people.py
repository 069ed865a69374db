"""Who is in: teams, their people, and the codes that let people in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.roles import Role

CODE_LASTS = timedelta(days=7)
CODE_BYTES = 12  # 96 random bits: 16 characters that a link can carry


class Team(SQLModel, table=True):
    """People who share a playbook."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=100)
    created_at: datetime  # aware, UTC


class Person(SQLModel, table=True):
    """A member of a team."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    telegram_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)  # negative: at a terminal
    name: str = Field(max_length=200)
    role: str = Field(max_length=16)  # a Role
    language: str = Field(max_length=16)  # code such as "en"
    zone: str = Field(max_length=64)  # IANA name
    joined_at: datetime  # aware, UTC
    removed_at: datetime | None = None  # telegram_id is then None


class Invite(SQLModel, table=True):
    """A code that lets one person into a team. Only its hash is kept."""

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    role: str = Field(max_length=16)  # a Role
    code_hash: str = Field(unique=True, max_length=64)
    author_id: int | None = Field(default=None, foreign_key="person.id")  # None: made on the command line
    created_at: datetime  # aware, UTC
    expires_at: datetime  # aware, UTC
    used_at: datetime | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id")  # who came in with it


def add_team(session: Session, name: str, *, now: datetime) -> Team:
    """Add an empty team; it has no playbook yet."""
    team = Team(name=name, created_at=now)
    session.add(team)
    session.flush()
    return team


def add_person(
    session: Session,
    team_id: int,
    name: str,
    *,
    role: Role,
    language: str,
    zone: str,
    telegram_id: int | None,
    now: datetime,
) -> Person:
    """Add somebody to a team."""
    person = Person(
        team_id=team_id,
        telegram_id=telegram_id,
        name=name[:200],
        role=role,
        language=language,
        zone=zone,
        joined_at=now,
    )
    session.add(person)
    session.flush()
    return person


def all_teams(session: Session) -> list[Team]:
    """Return all teams, the oldest first."""
    return list(session.exec(select(Team).order_by(col(Team.id))))


def people_of(session: Session, team_id: int) -> list[Person]:
    """Return who is in a team now, the oldest member first."""
    found = select(Person).where(Person.team_id == team_id, col(Person.removed_at).is_(None))
    return list(session.exec(found.order_by(col(Person.id))))


def find_person(session: Session, telegram_id: int, *, lock: bool = False) -> Person | None:
    """Return the member with this id. `lock` puts everything that this person sends in one row, on PostgreSQL."""
    found = select(Person).where(Person.telegram_id == telegram_id)
    return session.exec(found.with_for_update() if lock else found).one_or_none()


def create_invite(
    session: Session, team_id: int, *, role: Role, author_id: int | None = None, now: datetime
) -> tuple[str, Invite]:
    """Make a code for one person; return it and what is kept of it. It cannot be shown again."""
    code = secrets.token_urlsafe(CODE_BYTES)
    invite = Invite(
        team_id=team_id,
        role=role,
        code_hash=hash_code(code),
        author_id=author_id,
        created_at=now,
        expires_at=now + CODE_LASTS,
    )
    session.add(invite)
    session.flush()
    return code, invite


def use_invite(session: Session, code: str, *, now: datetime) -> Invite | None:
    """Use up a code; return its invitation, None when it is wrong, used or expired."""
    used = (
        update(Invite)
        .where(
            col(Invite.code_hash) == hash_code(code),
            col(Invite.used_at).is_(None),
            col(Invite.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(Invite.id))
    )
    invite_id = session.execute(used).scalar_one_or_none()
    return None if invite_id is None else session.get_one(Invite, invite_id, populate_existing=True)


def hash_code(code: str) -> str:
    """Return what is stored of a code. It is random and long, so a plain hash cannot be searched back."""
    return hashlib.sha256(code.strip().encode("utf-8", "replace")).hexdigest()
