"""What is stored of playbooks: their versions, and which one each team works with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class PlaybookVersion(SQLModel, table=True):
    """One edition of a team's playbook. Never edited: a change is a new version."""

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    number: int  # 1, 2, 3 ... within one team; a draft that is dropped leaves a gap
    base_id: int | None = Field(default=None, foreign_key="playbookversion.id")  # what it was edited from
    schema_number: int  # the shape of `content`, see schema.SCHEMA_NUMBER
    author_id: int | None = Field(default=None, foreign_key="person.id")  # None: the program itself
    created_at: datetime  # aware, UTC
    published_at: datetime | None = None  # aware, UTC; when it was first published; None: a draft
    content: str = Field(sa_type=Text)  # a cache: the parsed files as JSON, so that a start parses no YAML


class PlaybookFile(SQLModel, table=True):
    """One file of a version, as its author wrote it: the truth, with comments and order."""

    __table_args__ = (UniqueConstraint("version_id", "path"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="playbookversion.id", index=True)
    path: str = Field(max_length=400)  # within the playbook: "cues/needs.en.yaml"
    text: str = Field(sa_type=Text)


class PlaybookCard(SQLModel, table=True):
    """Which cards a version holds. An id means the same card in all versions of a team.

    A card that is in an older version but not in the current one is retired; its last version still has its words.
    """

    __table_args__ = (UniqueConstraint("version_id", "card_id"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="playbookversion.id", index=True)
    card_id: str = Field(max_length=60, index=True)
    section: str = Field(max_length=20)  # "questions", "objections" (an answer) or "cadences"
    path: str = Field(max_length=400)
    line: int  # 1 is the first


class TeamPlaybook(SQLModel, table=True):
    """The version that a team works with. Publishing and rolling back change this one row."""

    team_id: int = Field(primary_key=True, foreign_key="team.id")
    version_id: int = Field(foreign_key="playbookversion.id")
