"""Customers and customers-to-be, each one rep's own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Index
from sqlmodel import Field, Session, SQLModel, col, select

from nlp.reading import Named
from nlp.who.names import normalise_company, normalise_name


class Prospect(SQLModel, table=True):
    """Somebody, or a company, that notes are about."""

    __table_args__ = (
        Index("ix_prospect_person", "owner_id", "person_key"),
        Index("ix_prospect_company", "owner_id", "company_key"),
        {"sqlite_autoincrement": True},  # an old button must not find a new row under its number
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    owner_id: int = Field(foreign_key="person.id")
    person_name: str = Field(default="", max_length=200)  # as the rep wrote it first
    company: str = Field(default="", max_length=200)
    person_key: str = Field(default="", max_length=200)  # normalised, to find it again
    company_key: str = Field(default="", max_length=200)
    created_at: datetime  # aware, UTC
    last_note_at: datetime  # aware, UTC
    revision: int = 1  # grows with every change

    @property
    def title(self) -> str:
        """The prospect as lists and briefs name it: person · company."""
        return " · ".join(part for part in (self.person_name, self.company) if part)


def add_prospect(session: Session, named: Named, *, owner_id: int, team_id: int, now: datetime) -> Prospect:
    """Add a prospect with the names that a note gave it."""
    person, company = (named.person or "")[:200], (named.company or "")[:200]
    prospect = Prospect(
        team_id=team_id,
        owner_id=owner_id,
        person_name=person,
        company=company,
        person_key=normalise_name(person)[:200],
        company_key=normalise_company(company)[:200],
        created_at=now,
        last_note_at=now,
    )
    session.add(prospect)
    session.flush()
    return prospect


def matching(session: Session, named: Named, *, owner_id: int) -> list[Prospect]:
    """Return the rep's prospects that these names can mean, the last written about first.

    Same person and same company; else one of them where the other name is not known yet; a company without a
    person means all that are known there.
    """
    person, company = normalise_name(named.person or "")[:200], normalise_company(named.company or "")[:200]
    if not person:
        return _where(session, owner_id, col(Prospect.company_key) == company) if company else []
    known = _where(session, owner_id, col(Prospect.person_key) == person)
    if not company:
        return known
    same = [prospect for prospect in known if prospect.company_key == company]
    if same:
        return same
    nameless = _where(session, owner_id, col(Prospect.company_key) == company, col(Prospect.person_key) == "")
    return [prospect for prospect in known if not prospect.company_key] + nameless


def fill_in(prospect: Prospect, named: Named) -> None:
    """Keep a name that the prospect did not have yet."""
    if named.company and not prospect.company:
        prospect.company, prospect.company_key = named.company[:200], normalise_company(named.company)[:200]
        prospect.revision += 1
    if named.person and not prospect.person_name:
        prospect.person_name, prospect.person_key = named.person[:200], normalise_name(named.person)[:200]
        prospect.revision += 1


def latest(session: Session, *, owner_id: int, limit: int) -> list[Prospect]:
    """Return the rep's prospects that were written about last."""
    found = select(Prospect).where(Prospect.owner_id == owner_id)
    return list(session.exec(found.order_by(col(Prospect.last_note_at).desc()).limit(limit)))


def _where(session: Session, owner_id: int, *conditions: ColumnElement[bool]) -> list[Prospect]:
    found = select(Prospect).where(Prospect.owner_id == owner_id, *conditions)
    return list(session.exec(found.order_by(col(Prospect.last_note_at).desc(), col(Prospect.id).desc())))
