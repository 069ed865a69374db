"""Holds a file against the schema and says in plain sentences what does not fit."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from playbooks.problems import Problem, closest
from playbooks.schema import PlaybookFile, Text, Texts
from playbooks.source import ShapedFile, Source
from playbooks.yaml_lines import YamlPath, meaning_of


def shape_file(source: Source) -> tuple[ShapedFile, tuple[Problem, ...]]:
    """Return what is well-formed in a file, and every way in which the rest is not."""
    data = {} if source.lined.value is None else source.lined.value
    if not isinstance(data, dict):
        return ShapedFile(source, PlaybookFile(), {}, whole=False), (source.problem("not_a_mapping", ()),)
    try:
        content = PlaybookFile.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = _without_misspelt([_translate(source, detail) for detail in details])
        return _keep_good(source, data, [detail["loc"] for detail in details]), problems
    kept = {section: tuple(range(len(items))) for section, items in data.items() if isinstance(items, list)}
    return ShapedFile(source, content, kept), ()


def _keep_good(source: Source, data: Mapping[str, Any], wrong: Iterable[YamlPath]) -> ShapedFile:
    """Leave out the entries that are wrong, so that the others can be checked against each other."""
    places = {at[:2] for at in wrong}
    good: dict[str, Any] = {}
    kept: dict[str, tuple[int, ...]] = {}
    for section, items in data.items():
        if not isinstance(items, list):
            if not any(place[0] == section for place in places):
                good[section] = items
        elif (section,) not in places:
            kept[section] = tuple(i for i in range(len(items)) if (section, i) not in places)
            good[section] = [items[i] for i in kept[section]]
    whole = all(len(place) > 1 for place in places)
    return ShapedFile(source, PlaybookFile.model_validate(good), kept, whole)


def _without_misspelt(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Leave out that a field is missing where the same card has it misspelt."""
    misspelt = {(problem.card, problem.suggestion) for problem in problems if problem.code == "unknown_field"}
    return tuple(
        problem
        for problem in problems
        if problem.code != "missing_field" or (problem.card, dict(problem.values)["field"]) not in misspelt
    )


def _translate(source: Source, detail: ErrorDetails) -> Problem:
    """Turn what pydantic found into a problem with file, line and card."""
    at = tuple(step for step in detail["loc"] if step != "[key]")
    is_name = detail["loc"][-1:] == ("[key]",)
    value = at[-1] if is_name else source.value_at(at)
    explain = _EXPLAIN.get(detail["type"], _other)
    return explain(source, at, value, detail.get("ctx") or {})


Explain = Callable[[Source, YamlPath, Any, Mapping[str, Any]], Problem]


def _other(source: Source, at: YamlPath, _value: Any, _limits: Mapping[str, Any]) -> Problem:
    return source.problem("wrong", at)


def _missing(source: Source, at: YamlPath, _value: Any, _limits: Mapping[str, Any]) -> Problem:
    return source.problem("missing_field", at, field=str(at[-1]))


def _unknown_field(source: Source, at: YamlPath, _value: Any, _limits: Mapping[str, Any]) -> Problem:
    model = _expected_at(at[:-1])
    known = list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []
    field = str(at[-1])
    return source.problem("unknown_field", at, suggestion=closest(field, known), field=field, known=", ".join(known))


def _text(source: Source, at: YamlPath, value: Any, _limits: Mapping[str, Any]) -> Problem:
    word = source.lined.bare.get(at)
    if word:
        return source.problem("quote_text", at, word=word, meaning=meaning_of(value))
    return source.problem("empty_text" if value is None else "not_text", at)


def _mapping(source: Source, at: YamlPath, _value: Any, _limits: Mapping[str, Any]) -> Problem:
    by_language = _expected_at(at) in (Text, Texts)
    return source.problem("not_by_language" if by_language else "not_a_mapping", at)


def _choice(source: Source, at: YamlPath, value: Any, limits: Mapping[str, Any]) -> Problem:
    known = re.findall(r"'([^']+)'", str(limits.get("expected", "")))
    written = source.lined.bare.get(at, str(value))
    return source.problem("not_one_of", at, suggestion=closest(written, known), value=written, known=", ".join(known))


def _pattern(source: Source, at: YamlPath, value: Any, limits: Mapping[str, Any]) -> Problem:
    pattern = str(limits.get("pattern", ""))
    code = "bad_key" if "_" in pattern else "bad_id" if "-]" in pattern else "bad_language"
    return source.problem(code, at, value=str(value))


def _limit(code: str, name: str) -> Explain:
    def explain(source: Source, at: YamlPath, _value: Any, limits: Mapping[str, Any]) -> Problem:
        return source.problem(code, at, limit=f"{limits[name]:g}")

    return explain


def _plain(code: str) -> Explain:
    def explain(source: Source, at: YamlPath, _value: Any, _limits: Mapping[str, Any]) -> Problem:
        return source.problem(code, at)

    return explain


_EXPLAIN: Mapping[str, Explain] = {
    "missing": _missing,
    "extra_forbidden": _unknown_field,
    "string_type": _text,
    "string_too_short": _plain("empty_text"),
    "string_too_long": _limit("long_text", "max_length"),
    "string_pattern_mismatch": _pattern,
    "dict_type": _mapping,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "list_type": _plain("not_a_list"),
    "int_type": _plain("not_a_whole_number"),
    "int_from_float": _plain("not_a_whole_number"),
    "float_type": _plain("not_a_number"),
    "greater_than": _limit("not_above", "gt"),
    "greater_than_equal": _limit("too_small", "ge"),
    "less_than_equal": _limit("too_great", "le"),
    "too_short": _limit("too_few", "min_length"),
    "too_long": _limit("too_many", "max_length"),
    "literal_error": _choice,
}


def _expected_at(at: YamlPath) -> Any:
    """Return what the schema expects at a place: a model, or a type; None where it expects nothing."""
    expected: Any = PlaybookFile
    for step in at:
        expected = _inside(expected, step)
    return expected


def _inside(expected: Any, step: str | int) -> Any:
    if isinstance(expected, type) and issubclass(expected, BaseModel):
        field = expected.model_fields.get(str(step))
        return _bare_type(field.annotation) if field else None
    inner = get_args(expected)
    return _bare_type(inner[-1]) if get_origin(expected) in (list, dict) and inner else None


def _bare_type(annotation: Any) -> Any:
    """Take off `Annotated` and `| None`."""
    if get_origin(annotation) is Annotated:
        return _bare_type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare_type(next(option for option in get_args(annotation) if option is not type(None)))
    return annotation
