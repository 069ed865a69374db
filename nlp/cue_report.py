"""How well each cue does on labelled notes and lines: how often it is right, and how much it hears of what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nlp.cues import Cue
from nlp.reading import AXES, STYLE_AXES, Reading


@dataclass(frozen=True, slots=True)
class CueFigures:
    """Counts of notes or lines, of those in which a person judged what the cue is about."""

    right: int  # where it counted and the label agrees
    wrong: int  # where it counted and the label does not
    said: int  # where the label is the cue's, in its language

    @property
    def precision(self) -> float | None:
        """Share in [0, 1] of where it counted that was right; None where it never counted."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share in [0, 1] of what was said that it heard; None where its label never came up."""
        return self.right / self.said if self.said else None


def cue_report(judged: Iterable[tuple[Mapping[str, Any], Reading]], cues: Collection[Cue]) -> dict[str, CueFigures]:
    """Return the figures of every cue that somebody's labels can judge, by its id, in the order of `cues`.

    `judged` are labels, of the form in which notes are labelled, with the reading of the same text. A cue for an axis
    is right where the style lies on its side. Nobody labels rungs, topics and marks of kind, so those are left out.
    """
    right, wrong, said = Counter[str](), Counter[str](), Counter[tuple[str, str, str]]()
    abouts: set[str] = set()
    for labels, reading in judged:
        told = _told(labels)
        abouts.update(told)
        said.update((reading.language, about, key) for about, keys in told.items() for key in keys)
        for cue, about, key in {(vote.cue, vote.about, vote.key) for vote in reading.votes if vote.weight > 0}:
            if about in told:
                (right if key in told[about] else wrong)[cue] += 1
    return {
        cue.id: CueFigures(right[cue.id], wrong[cue.id], said[cue.language, cue.about, cue.key])
        for cue in cues
        if cue.about in abouts
    }


def _told(labels: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return the keys that a person gave, by what they are about; what nobody judged is left out."""
    told = {key: {entry[key] for entry in labels[f"{key}s"]} for key in ("need", "objection") if f"{key}s" in labels}
    if "lifecycle" in labels:
        told["lifecycle"] = {labels["lifecycle"]}
    if "style" in labels:
        styles = {str(style) for style in (labels["style"], labels.get("second_style")) if style in STYLE_AXES}
        told["style"] = styles
        for axis, about in enumerate(AXES):
            told[about] = {"high" if STYLE_AXES[style][axis] > 0 else "low" for style in styles}
    return told
