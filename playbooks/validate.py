"""What no shape can say about a playbook: that its parts fit each other and nothing is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, get_args

from playbooks.cue_rules import cue_rules
from playbooks.draft import Draft
from playbooks.problems import Problem, closest
from playbooks.schema import (
    About,
    Axis,
    AxisKey,
    Cadence,
    CueCard,
    Kind,
    KindKey,
    Lifecycle,
    LifecycleKey,
    Need,
    Objection,
    Question,
    Rung,
    RungKey,
    Style,
    StyleKey,
    Topic,
    When,
)
from playbooks.source import SECTION_OF, THINGS, Piece
from playbooks.text_rules import text_rules
from playbooks.yaml_lines import YamlPath

Rule = Callable[[Draft], Iterator[Problem]]

# The entries that every playbook has, since they are the model and fixed.
FIXED: tuple[tuple[type[Any], Any], ...] = (
    (Axis, AxisKey),
    (Style, StyleKey),
    (Lifecycle, LifecycleKey),
    (Kind, KindKey),
    (Rung, RungKey),
)
KEYED: tuple[type[Any], ...] = (Axis, Style, Lifecycle, Kind, Rung, Need, Topic, Objection)
WITH_ID: tuple[type[Any], ...] = (Question, Cadence, CueCard)  # and answers, inside objections
WITH_WHEN: tuple[type[Any], ...] = (Question, Cadence)


def check(draft: Draft) -> Iterator[Problem]:
    """Yield everything that is wrong between the well-formed parts of a playbook."""
    for rule in RULES:
        yield from rule(draft)


def one_playbook_section(draft: Draft) -> Iterator[Problem]:
    """The section `playbook` stands in exactly one file."""
    found = list(draft.pieces(About))
    written = any(file.source.value_at(("playbook",)) for file in draft.files)
    if draft.whole and not written:
        yield draft.whole_problem(About, "no_playbook_section")
    for piece in found[1:]:
        yield piece.problem("second_playbook_section", first=found[0].source.path)


def fixed_entries(draft: Draft) -> Iterator[Problem]:
    """All styles, axes, lifecycle values, kinds and rungs are there."""
    for kind, keys in FIXED if draft.whole else ():
        section = SECTION_OF[kind]
        for key in get_args(keys):
            if key not in draft.keys[section]:
                yield draft.whole_problem(kind, "missing_item", thing=THINGS[section], section=section, value=key)


def keys_are_unique(draft: Draft) -> Iterator[Problem]:
    """No two needs, styles ... have the same key."""
    for kind in KEYED:
        first: dict[str, Piece[Any]] = {}
        for piece in draft.pieces(kind):
            key = piece.item.key
            if key in first:
                yield piece.problem(
                    "duplicate_key",
                    ("key",),
                    thing=THINGS[SECTION_OF[kind]],
                    value=key,
                    first=first[key].place,
                )
            first.setdefault(key, piece)


def ids_are_unique(draft: Draft) -> Iterator[Problem]:
    """No two cards or cues have the same id."""
    first: dict[str, str] = {}
    for piece, inside, card_id in ids(draft):
        if card_id in first:
            yield piece.problem("duplicate_id", (*inside, "id"), value=card_id, first=first[card_id])
        first.setdefault(card_id, f"{piece.source.path}:{piece.source.lined.line_of((*piece.at, *inside))}")


def ids(draft: Draft) -> Iterator[tuple[Piece[Any], YamlPath, str]]:
    """Yield every id with the entry that it stands in, and where in it."""
    for kind in WITH_ID:
        for piece in draft.pieces(kind):
            yield piece, (), piece.item.id
    for objection in draft.pieces(Objection):
        for number, answer in enumerate(objection.item.answers):
            yield objection, ("answers", number), answer.id


def references_exist(draft: Draft) -> Iterator[Problem]:
    """Whatever names a need, an objection or a topic names one that there is."""
    if not draft.whole:  # it may stand in the file that could not be read
        return
    for piece, inside, section, key in references(draft):
        if key not in draft.keys[section]:
            suggestion = closest(key, draft.keys[section])
            yield piece.problem("unknown_reference", inside, thing=THINGS[section], suggestion=suggestion, value=key)


def references(draft: Draft) -> Iterator[tuple[Piece[Any], YamlPath, str, str]]:
    """Yield every mention of a need, an objection or a topic: who, where in it, the section, the key."""
    for piece, inside, when in conditions(draft):
        yield from _named(piece, inside, when)
    for cue in draft.pieces(CueCard):
        yield from _named(cue, (), cue.item)
    for topic in draft.pieces(Topic):
        for field, section in (("known_by_needs", "needs"), ("known_by_objections", "objections")):
            for number, key in enumerate(getattr(topic.item, field)):
                yield topic, (field, number), section, key


def conditions(draft: Draft) -> Iterator[tuple[Piece[Any], YamlPath, When]]:
    """Yield the `when` of every card, and where it stands."""
    for kind in WITH_WHEN:
        for piece in draft.pieces(kind):
            yield piece, ("when",), piece.item.when
    for objection in draft.pieces(Objection):
        for number, answer in enumerate(objection.item.answers):
            yield objection, ("answers", number, "when"), answer.when


def _named(
    piece: Piece[Any], inside: YamlPath, names: When | CueCard
) -> Iterator[tuple[Piece[Any], YamlPath, str, str]]:
    for field, section in (("need", "needs"), ("objection", "objections"), ("topic", "topics")):
        key = getattr(names, field)
        if key is not None:
            yield piece, (*inside, field), section, key


def answers_fit(draft: Draft) -> Iterator[Problem]:
    """Every objection has an answer for everybody, and no answer of another objection."""
    for piece in draft.pieces(Objection):
        key = piece.item.key
        for number, answer in enumerate(piece.item.answers):
            if answer.when.objection not in (None, key):
                yield piece.problem("other_objection", ("answers", number, "when", "objection"), value=key)
        if not any(set(_given(answer.when)) <= {"objection"} for answer in piece.item.answers):
            yield piece.problem("no_neutral_answer", ("answers",))


def cadences_fit(draft: Draft) -> Iterator[Problem]:
    """Every lifecycle value has a cadence for all its customers; steps stand in the order of their days."""
    served: set[str] = set()
    for piece in draft.pieces(Cadence):
        given = _given(piece.item.when)
        if set(given) <= {"lifecycle"}:
            served.update(given.values() or get_args(LifecycleKey))
        for number, (earlier, later) in enumerate(pairwise(piece.item.steps), start=1):
            if later.day < earlier.day:
                yield piece.problem("day_order", ("steps", number, "day"))
    for value in get_args(LifecycleKey):
        if value not in served and draft.has_all(Cadence):
            yield draft.whole_problem(Cadence, "no_cadence", value=value)


def _given(when: When) -> dict[str, str]:
    given: dict[str, str] = when.model_dump(exclude_none=True)
    return given


RULES: tuple[Rule, ...] = (
    one_playbook_section,
    fixed_entries,
    keys_are_unique,
    ids_are_unique,
    references_exist,
    answers_fit,
    cadences_fit,
    text_rules,
    cue_rules,
)
