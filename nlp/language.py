"""Which languages there are, and the resources that each brings as files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "languages"


@lru_cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages that have a folder, in alphabetical order."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir() and folder.name.isalpha()))


@lru_cache
def resource(language: str, name: str) -> dict[str, Any]:
    """Return the parsed `name.yaml` of a language. Raises FileNotFoundError when the language lacks it."""
    text = (FOLDER / language / f"{name}.yaml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=yaml.CSafeLoader)
    return dict(loaded or {})
