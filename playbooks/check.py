"""A playbook in a folder: its files read with care, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playbooks.load import parse_files
from playbooks.problems import Problem, in_order
from playbooks.yaml_lines import LIMIT


def check_folder(path: Path) -> list[Problem]:
    """Return all problems of the playbook in a folder (or of one file); none when it could be published."""
    files, problems = files_in(path)
    if not files:
        return list(problems)
    return list(in_order((*problems, *parse_files(files)[1])))


def files_in(path: Path) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Read the YAML files of a folder and its subfolders, hidden ones left out: path within it -> text."""
    if not path.exists():
        return {}, (Problem(str(path), None, "no_file"),)
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for name, file in sorted(_yaml_files(path)):
        found = _read(name, file)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            files[name] = found
    if not files and not problems:
        problems.append(Problem(str(path), None, "no_files"))
    return files, tuple(problems)


def _yaml_files(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield path.name, path
        return
    for file in path.rglob("*"):
        inside = file.relative_to(path)
        hidden = any(part.startswith(".") for part in inside.parts)
        if file.suffix in (".yaml", ".yml") and file.is_file() and not hidden:
            yield inside.as_posix(), file


def _read(name: str, file: Path) -> str | Problem:
    try:
        with file.open("rb") as opened:
            content = opened.read(LIMIT + 1)
        if len(content) > LIMIT:
            return Problem(name, None, "too_large", values=(("limit", "1 MB"),))
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return Problem(name, content.count(b"\n", 0, error.start) + 1, "not_utf8")
    except OSError:
        return Problem(name, None, "unreadable")
