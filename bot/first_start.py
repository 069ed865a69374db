"""What a new installation needs before it can answer: tables, a team with a playbook, at a terminal a person."""

from __future__ import annotations

import getpass
import os
import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from bot.console import terminal_id
from bot.database import database_url, migrate, open_engine, transaction
from bot.desk import Defaults
from bot.records.people import Team, add_person, add_team, all_teams, find_person
from bot.roles import Role
from bot.settings import Settings
from nlp.language import languages
from playbooks.versions import publish_default

FIRST_TEAM = "Team"
LOCAL_TIME = Path("/etc/localtime")


def open_database(settings: Settings, *, now: datetime) -> Engine:
    """Return the database, its tables as this version of the program has them, with at least one team in it.

    Raises DatabaseProblem.
    """
    engine = open_engine(database_url(settings))
    migrate(engine)
    with transaction(engine) as session:
        if not all_teams(session):
            start_team(session, FIRST_TEAM, now=now)
    return engine


def start_team(session: Session, name: str, *, now: datetime) -> Team:
    """Add a team that works with the default playbook from now on."""
    team = add_team(session, name, now=now)
    if team.id is None:
        raise RuntimeError("the team was not written")
    publish_default(session, team.id, now=now)
    return team


def join_terminal_user(engine: Engine, name: str, defaults: Defaults, *, now: datetime) -> None:
    """Make whoever sits at the terminal a member of the first team: who can open the database may do everything."""
    with transaction(engine) as session:
        team_id = all_teams(session)[0].id
        if team_id is not None and find_person(session, terminal_id(name)) is None:
            add_person(
                session,
                team_id,
                name,
                role=Role.ADMIN,
                language=defaults.language,
                zone=defaults.zone,
                telegram_id=terminal_id(name),
                now=now,
            )


def terminal_user() -> str:
    """Return the name under which somebody is logged in on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "me"


def defaults_of(settings: Settings) -> Defaults:
    """Return what holds for new people, as set."""
    return Defaults(language=settings.language, zone=settings.timezone, country=settings.country)


def terminal_defaults(settings: Settings, environment: Mapping[str, str] = os.environ) -> Defaults:
    """Return what holds for somebody at this machine: what is set, else the machine's language and zone."""
    is_set = settings.model_fields_set
    return Defaults(
        language=settings.language if "language" in is_set else _language_of(environment) or settings.language,
        zone=settings.timezone if "timezone" in is_set else _zone_of(environment) or settings.timezone,
        country=settings.country,
    )


def _language_of(environment: Mapping[str, str]) -> str | None:
    """Return the language of the locale, when the bot speaks it."""
    names = (environment.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((name for name in names if name), "")
    return first[:2] if first[:2] in languages() else None


def _zone_of(environment: Mapping[str, str], local_time: Path = LOCAL_TIME) -> str | None:
    """Return the IANA name of the machine's zone, None when it does not tell."""
    path = str(local_time.resolve())
    named = environment.get("TZ", "").lstrip(":") or path.rpartition("zoneinfo/")[2]
    return named if named in zoneinfo.available_timezones() else None
