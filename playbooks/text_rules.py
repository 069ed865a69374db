"""Rules for the texts of cards: every language, plain text, https links, known variables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from playbooks.draft import Draft
from playbooks.problems import Problem, closest
from playbooks.schema import (
    About,
    Axis,
    Cadence,
    Kind,
    Lifecycle,
    Need,
    Objection,
    Question,
    Rung,
    Strict,
    Style,
    Text,
    Texts,
    Topic,
)
from playbooks.source import Piece
from playbooks.variables import IN_BRACES, VARIABLES, neutral_phrases
from playbooks.yaml_lines import YamlPath

WITH_TEXTS: tuple[type[Strict], ...] = (
    About,
    Axis,
    Style,
    Lifecycle,
    Kind,
    Rung,
    Need,
    Topic,
    Question,
    Objection,
    Cadence,
)
# Where variables are filled in before a text is shown: (section, field).
FILLED = frozenset(
    {
        ("questions", "text"),
        ("questions", "styles"),
        ("objections", "answers"),
        ("cadences", "steps"),
        ("cadences", "stop"),
        ("kinds", "probes"),
        ("rungs", "climb"),
        ("needs", "ask"),
    }
)
TALK_LINES = 2

_HTML = re.compile(r"</?[A-Za-z!][^>]{0,40}>?|&(?:[a-z]{2,8}|#\d{1,6});")
_LINK = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]{1,20}:)//\S*|\b(?:javascript|data|file|tg):\S+", re.IGNORECASE)

_TURNS_DIRECTION = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

ByLanguage = Mapping[str, Any]  # language -> a text, or lines


def text_rules(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the texts of a playbook."""
    for kind in WITH_TEXTS:
        for piece in draft.pieces(kind):
            for inside, said in texts_in(piece.item):
                yield from _languages(draft, piece, inside, said)
                for at, text in _each(inside, said):
                    yield from _plain(piece, at, text)
                    yield from _variables(piece, at, text)
    yield from _two_lines_of_talk(draft)
    yield from _neutral_phrases(draft)


def texts_in(item: BaseModel, inside: YamlPath = ()) -> Iterator[tuple[YamlPath, ByLanguage]]:
    """Yield every text of an entry, by language, and where in the entry it stands."""
    for name, field in type(item).model_fields.items():
        value = getattr(item, name)
        if field.annotation in (Text, Texts):
            yield (*inside, name), value
        elif isinstance(value, BaseModel):
            yield from texts_in(value, (*inside, name))
        elif isinstance(value, list):
            for number, part in enumerate(value):
                if isinstance(part, BaseModel):
                    yield from texts_in(part, (*inside, name, number))
        elif isinstance(value, dict):
            for key, said in value.items():
                yield (*inside, name, key), said


def _each(inside: YamlPath, said: ByLanguage) -> Iterator[tuple[YamlPath, str]]:
    for language, text in said.items():
        if isinstance(text, str):
            yield (*inside, language), text
        else:
            for number, line in enumerate(text):
                yield (*inside, language, number), line


def _languages(draft: Draft, piece: Piece[Any], inside: YamlPath, said: ByLanguage) -> Iterator[Problem]:
    for language in draft.languages:
        if language not in said:
            yield piece.problem("missing_language", inside, language=language)
    for language in said:
        if language not in draft.languages:
            yield piece.problem(
                "unknown_language",
                (*inside, language),
                suggestion=closest(language, draft.languages),
                value=language,
                known=", ".join(draft.languages),
            )
    if len({len(lines) for lines in said.values() if isinstance(lines, list)}) > 1 and _is_script(inside):
        yield piece.problem("uneven_lines", inside)


def _is_script(inside: YamlPath) -> bool:
    """Lines that are asked or shown one by one must agree between languages; examples of speech need not."""
    return inside[-1] != "sounds_like"


def _plain(piece: Piece[Any], at: YamlPath, text: str) -> Iterator[Problem]:
    if found := _HTML.search(text):
        yield piece.problem("html", at, value=found[0])
    for link in _LINK.finditer(text):
        if (link[1] or "").lower() != "https:":
            yield piece.problem("link", at, value=link[0])
    if any(_is_control(character) for character in text):
        yield piece.problem("control_character", at)


def _is_control(character: str) -> bool:
    """Also true for what turns the direction of writing; the joiners inside emoji are no such thing."""
    if unicodedata.category(character) in ("Cc", "Cs", "Co"):
        return character != "\n"
    return unicodedata.bidirectional(character) in _TURNS_DIRECTION


def _variables(piece: Piece[Any], at: YamlPath, text: str) -> Iterator[Problem]:
    known = ", ".join(f"{{{name}}}" for name in VARIABLES)
    section, field = str(piece.at[0]), str(at[0])
    for name in IN_BRACES.findall(text):
        if name not in VARIABLES:
            suggestion = closest(name, VARIABLES)
            yield piece.problem("unknown_variable", at, suggestion=suggestion, value=name, known=known)
        elif (section, field) not in FILLED:
            yield piece.problem("variable_here", at, value=name)
    if any(brace in IN_BRACES.sub("", text) for brace in "{}"):
        yield piece.problem("brace", at, known=known)


def _two_lines_of_talk(draft: Draft) -> Iterator[Problem]:
    for piece in draft.pieces(Style):
        for language, lines in piece.item.talk.items():
            if len(lines) != TALK_LINES:
                yield piece.problem("line_count", ("talk", language), limit=str(TALK_LINES))


def _neutral_phrases(draft: Draft) -> Iterator[Problem]:
    """A language that this program brings no neutral phrases for brings its own."""
    for piece in draft.pieces(About):
        own: Mapping[str, ByLanguage] = {str(name): said for name, said in piece.item.neutral.items()}
        for variable in VARIABLES:
            for language in draft.languages:
                if language not in neutral_phrases()[variable] and language not in own.get(variable, {}):
                    yield piece.problem("no_neutral_phrase", ("neutral",), value=variable, language=language)
