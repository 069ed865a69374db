"""The table for the README."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its limit; a figure above its limit is printed bold."""

    what: str
    figure: str
    limit: str = ""
    is_kept: bool = True


def limited(what: str, value: float, most: float, form: str) -> Row:
    """Return a row for a value that should be at most `most`; `form` shows both ("{:.1f} ms")."""
    return Row(what, form.format(value), f"at most {form.format(most)}", value <= most)


def as_table(rows: Iterable[Row]) -> str:
    """Return the rows as Markdown."""
    lines = [f"| {row.what} | {row.figure if row.is_kept else f'**{row.figure}**'} | {row.limit} |" for row in rows]
    return "\n".join(["| | measured | limit |", "|---|---|---|", *lines, ""])
