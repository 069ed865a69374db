"""Who may do what: the roles, and the groups of them that commands and buttons name."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the team. Admins are installation-wide."""

    VIEWER = "viewer"
    REP = "rep"
    LEAD = "lead"
    ADMIN = "admin"


EVERYBODY = frozenset(Role)
NOTE_TAKERS = frozenset({Role.REP, Role.LEAD, Role.ADMIN})
