"""Rules for cues and word lists: one language a file, one target a cue, phrases that can be understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nlp.phrases import PhraseError, parse
from playbooks.draft import Draft
from playbooks.problems import Problem, closest
from playbooks.schema import CueCard
from playbooks.source import Piece, ShapedFile

TARGETS = ("style", "axis", "need", "objection", "lifecycle", "kind", "rung", "topic")


def cue_rules(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the cues and word lists of a playbook."""
    first: dict[tuple[str, str], str] = {}
    for file in draft.files:
        language = file.content.language
        if file.content.cues or file.content.words:
            yield from _language(draft, file)
        yield from _word_lists(file, first)
        for piece in file.pieces(CueCard):
            yield from _target(piece)
            yield from _phrases(piece, draft.words.get(language or "", {}))


def targets_of(cue: CueCard) -> tuple[str, ...]:
    """Return what a cue speaks for: the names of its fields. A need's own `kind` is not a target."""
    given = tuple(name for name in TARGETS if getattr(cue, name) is not None)
    return ("need",) if given == ("need", "kind") else given


def _language(draft: Draft, file: ShapedFile) -> Iterator[Problem]:
    language = file.content.language
    if language is None:
        if file.source.value_at(("language",)) is None:  # else its shape is wrong, and that was said
            yield file.source.problem("no_cue_language", ("cues",) if file.content.cues else ("words",))
    elif language not in draft.languages:
        known = ", ".join(draft.languages)
        suggestion = closest(language, draft.languages)
        yield file.source.problem("unknown_language", ("language",), suggestion=suggestion, value=language, known=known)


def _word_lists(file: ShapedFile, first: dict[tuple[str, str], str]) -> Iterator[Problem]:
    for name, words in file.content.words.items():
        at = ("words", name)
        place = f"{file.source.path}:{file.source.lined.line_of(at)}"
        earlier = first.setdefault((file.content.language or "", name), place)
        if earlier != place:
            yield file.source.problem("duplicate_key", at, thing="word_list", value=name, first=earlier)
        if reason := _reason_against(f"@{name}", {name: words}):
            yield file.source.problem("bad_word", at, name=name, reason=reason)


def _target(piece: Piece[CueCard]) -> Iterator[Problem]:
    targets = targets_of(piece.item)
    if len(targets) != 1:
        yield piece.problem("cue_targets", count=str(len(targets)), known=", ".join(TARGETS))
    if (piece.item.axis is None) != (piece.item.pole is None):
        yield piece.problem("cue_pole", ("pole" if piece.item.pole else "axis",))


def _phrases(piece: Piece[CueCard], lists: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    for number, phrase in enumerate(piece.item.phrases):
        if reason := _reason_against(phrase, lists):
            yield piece.problem("bad_phrase", ("phrases", number), value=phrase, reason=reason)


def _reason_against(phrase: str, lists: Mapping[str, Sequence[str]]) -> str:
    """Return why a phrase cannot be understood; empty when it can."""
    try:
        parse(phrase, lists)
    except PhraseError as error:
        return str(error)
    return ""
