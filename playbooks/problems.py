"""What is wrong with a playbook, as values: where, what, and what to do next, in the author's language.

The sentences stand in `problems.yaml`, one for each code, so that a message can be reworded or translated there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz import fuzz, process

LIKE_ENOUGH = 65.0  # of 100: how alike a misspelt word and a known one must be
LONGEST_VALUE = 60  # characters of the author's own text that a message repeats


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a playbook file that its author can mend."""

    path: str
    line: int | None  # 1 is the first; None: the file as a whole
    code: str  # a key of problems.yaml; stays the same when the wording changes
    card_kind: str = ""  # what it stands in: a key of `things` in problems.yaml, such as "card" or "need"
    card: str = ""  # id or key of that
    thing: str = ""  # what the message speaks of: a key of `things`
    suggestion: str = ""  # what was probably meant
    values: tuple[tuple[str, str], ...] = ()  # what the message repeats of the author's text

    @property
    def where(self) -> str:
        """Which card it stands in, in English; empty outside of cards."""
        return self.where_in("en")

    @property
    def message(self) -> str:
        """What is wrong and what to do, in English."""
        return self.message_in("en")

    def __str__(self) -> str:
        """The whole in English: `needs.yaml, line 4, need "price": ...`."""
        return self.in_language("en")

    def in_language(self, language: str) -> str:
        """Return file, line, card and message in a language; in English where there is no such translation."""
        line = _sentence("line", language).format(line=self.line) if self.line else ""
        place = ", ".join(part for part in (self.path, line, self.where_in(language)) if part)
        return f"{place}: {self.message_in(language)}"

    def where_in(self, language: str) -> str:
        """Return which card it stands in, named in a language."""
        return f'{_thing(self.card_kind, language)["name"]} "{self.card}"' if self.card else ""

    def message_in(self, language: str) -> str:
        """Return what is wrong and what to do, in a language."""
        thing = _thing(self.thing, language) if self.thing else {"name": "", "a": ""}
        sentence = _sentence(self.code, language).format(
            thing=thing["name"], a_thing=thing["a"], **{name: _shorten(value) for name, value in self.values}
        )
        if not self.suggestion:
            return sentence
        return f"{sentence} {_sentence('did_you_mean', language).format(suggestion=self.suggestion)}"


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or an empty text when none is near."""
    found = process.extractOne(word.lower(), sorted(known), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return str(found[0]) if found else ""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, by file and line."""
    return tuple(dict.fromkeys(sorted(problems, key=lambda problem: (problem.path, problem.line or 0))))


def _shorten(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"


@lru_cache
def _texts() -> Mapping[str, Any]:
    text = files("playbooks").joinpath("problems.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def _sentence(code: str, language: str) -> str:
    by_language = _texts()["sentences"][code]
    return str(by_language.get(language) or by_language["en"])


def _thing(key: str, language: str) -> Mapping[str, str]:
    by_language: Mapping[str, Mapping[str, str]] = _texts()["things"][key]
    return by_language.get(language) or by_language["en"]
