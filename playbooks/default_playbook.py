"""The playbook that ships with the program."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


def default_files() -> dict[str, str]:
    """Return the default playbook's files: path within the playbook -> YAML text."""
    return dict(sorted(_yaml_files(files("playbooks").joinpath("default"), "")))


def _yaml_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _yaml_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield f"{prefix}{entry.name}", entry.read_text(encoding="utf-8")
