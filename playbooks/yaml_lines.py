"""Reads a YAML file into plain values, remembering the line of each. Nothing in a file is ever executed.

Only what a playbook needs is YAML here: fields, lists, texts, numbers, true/false and null. Aliases, tags and deep
nesting are refused; libyaml hands over one event after the other, so a file built to blow up is left early.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from playbooks.problems import Problem

LIMIT = 1_000_000  # bytes of one file
DEPTH = 20

YamlPath = tuple[str | int, ...]  # ("needs", 0, "name", "en")

_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "yes", "on"), True),
    **dict.fromkeys(("false", "no", "off"), False),
    **dict.fromkeys(("null", "~", ""), None),
}
_MEANINGS: Mapping[bool | None, str] = {True: "true", False: "false", None: "null"}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Lined:
    """A file as plain values: dict, list, str, int, float, bool and None."""

    value: Any
    lines: Mapping[YamlPath, int]  # where each value stands; 1 is the first line
    bare: Mapping[YamlPath, str]  # how what YAML takes for something else than text was written: "no", "24"

    def line_of(self, at: YamlPath) -> int | None:
        """Return the line of a value, or of the nearest around it that the file has."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at)


def read_yaml(path: str, text: str) -> tuple[Lined | None, tuple[Problem, ...]]:
    """Read one file. Returns its values and what is wrong; None for values where reading had to stop.

    `path` only names the file in problems.
    """
    if len(text) > LIMIT or len(text.encode("utf-8", "replace")) > LIMIT:
        return None, (Problem(path, None, "too_large", values=(("limit", "1 MB"),)),)
    builder = _Builder(path)
    lined = None
    try:
        lined = Lined(builder.build(text), builder.lines, builder.bare)
    except _TooDeepError:
        builder.refuse("yaml_depth", max(builder.lines.values()), limit=str(DEPTH))
    except yaml.YAMLError as error:
        builder.problems.append(_syntax_problem(path, text, error))
    except UnicodeEncodeError as error:  # half of a surrogate pair
        builder.refuse("yaml_character", text.count("\n", 0, error.start) + 1)
    return lined, tuple(builder.problems)


class _TooDeepError(Exception):
    """Nested deeper than any playbook; the rest is not looked at."""


@dataclass
class _Builder:
    """Turns YAML events into values, depth first."""

    path: str
    lines: dict[YamlPath, int] = field(default_factory=dict)
    bare: dict[YamlPath, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    events: Iterator[yaml.Event] = field(default_factory=lambda: iter(()))

    def build(self, text: str) -> Any:
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)
        value = None
        documents = 0
        for event in self.events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            documents += 1
            if documents > 1:
                self.refuse("yaml_documents", _line(event))
                break
            value = self._value(next(self.events), ())
        return value

    def refuse(self, code: str, line: int, **values: str) -> None:
        self.problems.append(Problem(self.path, line, code, values=tuple(values.items())))

    def _value(self, event: yaml.Event, at: YamlPath) -> Any:
        self.lines.setdefault(at, _line(event))
        self._refuse_marks(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, at)
        if isinstance(event, yaml.AliasEvent):
            return None
        if len(at) >= DEPTH:
            raise _TooDeepError
        return self._list(at) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(at)

    def _refuse_marks(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None) is not None:
            self.refuse("yaml_alias", _line(event))
        if getattr(event, "tag", None) is not None:
            self.refuse("yaml_tag", _line(event))

    def _list(self, at: YamlPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*at, len(items))))
        return items

    def _mapping(self, at: YamlPath) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self._field_name(event, at)
            if name in fields:
                first = self.lines[(*at, name)]
                self.refuse("duplicate_field", _line(event), field=name, first=str(first))
            self.lines.setdefault((*at, name), _line(event))
            fields[name] = self._value(next(self.events), (*at, name))
        return fields

    def _field_name(self, event: yaml.Event, at: YamlPath) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse("field_not_text", _line(event))
            self._value(event, (*at, "?"))
            return "?"
        self._refuse_marks(event)
        if _is_bare(event) and event.value.lower() in _WORDS:
            meaning = _MEANINGS[_WORDS[event.value.lower()]]
            self.refuse("quote_field", _line(event), word=event.value, meaning=meaning)
        return str(event.value)

    def _scalar(self, event: yaml.ScalarEvent, at: YamlPath) -> Any:
        text = str(event.value)
        value = _plain_value(text) if _is_bare(event) else text
        if not isinstance(value, str):
            self.bare[at] = text
        return value


def meaning_of(value: object) -> str:
    """Return what YAML takes an unquoted word for: "true", "null", or the number itself."""
    return _MEANINGS[value] if value is None or isinstance(value, bool) else str(value)


def _plain_value(text: str) -> str | int | float | bool | None:
    """Return what an unquoted word means. Dates, times and odd numbers stay text."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _is_bare(event: yaml.ScalarEvent) -> bool:
    return bool(event.implicit[0])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


# How libyaml names what it stumbled over, and what that usually is; the first that fits counts.
_STUMBLES: tuple[tuple[str, str], ...] = (
    ("unknown escape character", "yaml_escape"),
    ("while scanning a quoted scalar", "yaml_quote"),
    ("mapping values are not allowed", "yaml_colon"),
    ("could not find expected ':'", "yaml_colon"),
    ("control characters are not allowed", "yaml_character"),
    ("undefined tag handle", "yaml_tag"),
    ("while scanning a tag", "yaml_tag"),
    ("while parsing a tag", "yaml_tag"),
    ("while scanning an anchor", "yaml_alias"),
    ("while scanning an alias", "yaml_alias"),
)


def _syntax_problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    found: Any = error  # a scanner's error has marks, a reader's has not
    said = f"{getattr(found, 'context', '')} {getattr(found, 'problem', '')} {getattr(found, 'reason', '')}"
    code = next((code for words, code in _STUMBLES if words in said), "yaml_structure")
    mark = getattr(found, "problem_mark", None)
    if code == "yaml_quote":
        mark = found.context_mark or mark  # where the text begins, not where the file ends
    line = int(mark.line) + 1 if mark else 1
    written = "".join(text.split("\n")[line - 1 : line])
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Problem(path, line, "yaml_tab")
    if "cannot start any token" in said and mark and (character := written[mark.column : mark.column + 1]):
        return Problem(path, line, "yaml_mark", values=(("mark", f"'{character}'"),))
    return Problem(path, line, code)
