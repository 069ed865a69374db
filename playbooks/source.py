"""One file of a playbook while it is checked: its values, and where in the file each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from playbooks.problems import Problem
from playbooks.schema import (
    About,
    Axis,
    Cadence,
    CueCard,
    Kind,
    Lifecycle,
    Need,
    Objection,
    PlaybookFile,
    Question,
    Rung,
    Strict,
    Style,
    Topic,
)
from playbooks.yaml_lines import Lined, YamlPath

Item = TypeVar("Item", bound=Strict)

# What the things in a section are called (a key of `things` in problems.yaml).
THINGS: Mapping[str, str] = {
    "playbook": "playbook",
    "axes": "axis",
    "styles": "style",
    "lifecycles": "lifecycle",
    "kinds": "kind",
    "rungs": "rung",
    "needs": "need",
    "topics": "topic",
    "questions": "question",
    "objections": "objection",
    "cadences": "cadence",
    "cues": "cue",
}

SECTION_OF: Mapping[type[Strict], str] = {
    About: "playbook",
    Axis: "axes",
    Style: "styles",
    Lifecycle: "lifecycles",
    Kind: "kinds",
    Rung: "rungs",
    Need: "needs",
    Topic: "topics",
    Question: "questions",
    Objection: "objections",
    Cadence: "cadences",
    CueCard: "cues",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that could be read as YAML."""

    path: str
    lined: Lined

    def problem(self, code: str, at: YamlPath, *, thing: str = "", suggestion: str = "", **values: str) -> Problem:
        """Return a problem with what stands at a place in the file."""
        card_kind, card = self._card_around(at)
        line = self.lined.line_of(at)
        return Problem(self.path, line, code, card_kind, card, thing, suggestion, tuple(values.items()))

    def value_at(self, at: YamlPath) -> Any:
        """Return what stands at a place, or None where the file has no such place."""
        value = self.lined.value
        for step in at:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def _card_around(self, at: YamlPath) -> tuple[str, str]:
        """Return the innermost card, need ... that holds a place: what it is, and its id or key."""
        for end in range(len(at), 1, -1):
            around = self.value_at(at[:end])
            if not isinstance(around, dict):
                continue
            if isinstance(around.get("id"), str):
                return ("cue" if at[0] == "cues" else "card"), around["id"]
            if isinstance(around.get("key"), str):
                return THINGS.get(str(at[0]), "card"), around["key"]
        return "", ""


@dataclass(frozen=True, slots=True)
class Piece(Generic[Item]):
    """One well-formed entry of a section, and where it stands."""

    item: Item
    source: Source
    at: YamlPath

    def problem(
        self, code: str, inside: YamlPath = (), *, thing: str = "", suggestion: str = "", **values: str
    ) -> Problem:
        """Return a problem with a part of this entry."""
        return self.source.problem(code, (*self.at, *inside), thing=thing, suggestion=suggestion, **values)

    @property
    def place(self) -> str:
        """File and line, to point at it from elsewhere: "needs.yaml:12"."""
        return f"{self.source.path}:{self.source.lined.line_of(self.at)}"


@dataclass(frozen=True, slots=True)
class ShapedFile:
    """What is well-formed in a file; entries that are not are left out of it."""

    source: Source
    content: PlaybookFile
    kept: Mapping[str, tuple[int, ...]]  # section -> place in the file's list of each entry in `content`
    whole: bool = True  # False: a whole section is missing from `content`

    def pieces(self, kind: type[Item]) -> Iterable[Piece[Item]]:
        """Yield the well-formed entries of one kind, in the order of the file."""
        section = SECTION_OF[kind]
        found = getattr(self.content, section)
        if kind is About:
            if found is not None:
                yield Piece(found, self.source, (section,))
            return
        for index, item in zip(self.kept.get(section, ()), found, strict=True):
            yield Piece(item, self.source, (section, index))
