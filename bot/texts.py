"""Looks up what the bot says: every sentence is in `texts.yaml`, English beside Dutch."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("texts.yaml")
FALLBACK = "en"


@lru_cache
def texts() -> dict[str, dict[str, str]]:
    """Return all texts: key -> language code -> text with {placeholders}."""
    loaded = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return dict(loaded)


def say(language: str, key: str, **values: object) -> str:
    """Return a text in a language, with its placeholders filled in. Raises KeyError for an unknown key."""
    versions = texts()[key]
    return versions.get(language, versions[FALLBACK]).format(**values)
