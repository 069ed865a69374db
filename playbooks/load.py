"""From the files of a playbook to the playbook, or to everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from playbooks.draft import Draft
from playbooks.playbook import Playbook
from playbooks.problems import Problem, in_order
from playbooks.schema import (
    About,
    Axis,
    Cadence,
    CueCard,
    Kind,
    Lifecycle,
    Need,
    Objection,
    Question,
    Rung,
    Style,
    Topic,
)
from playbooks.shape import shape_file
from playbooks.source import ShapedFile, Source
from playbooks.validate import check
from playbooks.yaml_lines import read_yaml

# Relative, without "..", no hidden parts: it is also the file's name in an exported archive.
_PATH = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}/){0,4}[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}\.yaml")


def parse_files(files: Mapping[str, str]) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """Read a playbook from its files (path -> YAML text).

    Returns the playbook and no problems, or None and all problems of all files at once, by file and line.
    """
    draft, problems = read_draft(files)
    problems = check_draft(draft, problems)
    return (None, problems) if problems else (assemble(draft), ())


def check_draft(draft: Draft, found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return what reading found wrong and what is wrong between the parts, by file and line."""
    return in_order((*found, *check(draft)))


def read_draft(files: Mapping[str, str]) -> tuple[Draft, tuple[Problem, ...]]:
    """Return what is well-formed in the files, and what is not YAML or not of the schema's shape."""
    shaped: list[ShapedFile] = []
    problems: list[Problem] = []
    if not files:
        problems.append(Problem("playbook", None, "no_files"))
    for path, text in sorted(files.items()):
        found, wrong = _read_file(path, text)
        problems += wrong
        if found is not None:
            shaped.append(found)
    whole = len(shaped) == len(files) > 0 and all(file.whole for file in shaped)
    return Draft(tuple(shaped), whole), tuple(problems)


def assemble(draft: Draft) -> Playbook:
    """Merge files without problems into one playbook. Order is by path, then as written."""
    about = next(iter(draft.pieces(About)))
    return Playbook(
        about=about.item,
        axes=[piece.item for piece in draft.pieces(Axis)],
        styles=[piece.item for piece in draft.pieces(Style)],
        lifecycles=[piece.item for piece in draft.pieces(Lifecycle)],
        kinds=[piece.item for piece in draft.pieces(Kind)],
        rungs=[piece.item for piece in draft.pieces(Rung)],
        needs=[piece.item for piece in draft.pieces(Need)],
        topics=[piece.item for piece in draft.pieces(Topic)],
        questions=[piece.item for piece in draft.pieces(Question)],
        objections=[piece.item for piece in draft.pieces(Objection)],
        cadences=[piece.item for piece in draft.pieces(Cadence)],
        words={language: dict(lists) for language, lists in draft.words.items() if lists},
        cues=_cues_by_language(draft.files),
    )


def _cues_by_language(files: Iterable[ShapedFile]) -> dict[str, list[CueCard]]:
    found: dict[str, list[CueCard]] = {}
    for file in files:
        if file.content.cues and file.content.language:
            found.setdefault(file.content.language, []).extend(file.content.cues)
    return found


def _read_file(path: str, text: str) -> tuple[ShapedFile | None, list[Problem]]:
    problems = [] if _PATH.fullmatch(path) else [Problem(path, None, "bad_path")]
    lined, broken = read_yaml(path, text)
    problems += broken
    if lined is None:
        return None, problems
    shaped, ill_formed = shape_file(Source(path, lined))
    # What YAML refused has no value; that it is therefore missing need not be said as well.
    said = {problem.line for problem in broken}
    problems += (problem for problem in ill_formed if problem.line not in said)
    return shaped, problems
