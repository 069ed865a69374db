"""How well readings agree with labelled notes: the figures of `callcue evaluate`.

A note counts for a field only if it carries that field (a person may have judged the style alone). Notes and readings
come in the form in which notes are labelled: dictionaries with `style`, `needs`, `objections`, `lifecycle`,
`next_step`. Precision, recall and F1 are micro-averaged over notes; the Brier score is the mean squared error over
five outcomes, four styles and unclear (Brier, "Verification of forecasts expressed in terms of probability", 1950).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nlp.reading import STYLES, UNCLEAR

Row = Mapping[str, Any]
Pair = tuple[Row, Row]  # what a person said, what was read

FIELDS = ("style", "needs", "objections", "lifecycle", "next_step")
BANDS = 5  # of the calibration table: 0-20 %, 20-40 % ...


def score(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return all figures of some notes; a field that no note carries is left out."""
    report: dict[str, Any] = {"notes": len(pairs)}
    for field, figures in FIGURES.items():
        judged = [pair for pair in pairs if field in pair[0]]
        if judged:
            report[field] = figures(judged)
    return report


def calibration(pairs: Iterable[Pair]) -> list[dict[str, float]]:
    """Return, for bands of the probability given to the likeliest style, how often that style was right."""
    bands: dict[int, list[tuple[float, bool]]] = {}
    for want, got in pairs:
        if "style" in want and got.get("style_scores"):
            style, probability = max(got["style_scores"].items(), key=lambda item: float(item[1]))
            band = min(int(float(probability) * BANDS), BANDS - 1)
            bands.setdefault(band, []).append((float(probability), style == want["style"]))
    return [
        {
            "from": band / BANDS,
            "to": (band + 1) / BANDS,
            "notes": len(found),
            "said": sum(probability for probability, _ in found) / len(found),
            "right": sum(right for _, right in found) / len(found),
        }
        for band, found in sorted(bands.items())
    ]


def misses(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """Return every field of every note that was read differently from what a person said."""
    return [
        {"id": want.get("id"), "field": field, "wanted": _view(want, field), "got": _view(got, field)}
        for want, got in pairs
        for field in FIELDS
        if field in want and _view(want, field) != _view(got, field)
    ]


def f1(hit: int, found: int, wanted: int) -> dict[str, float]:
    """Return precision, recall and their harmonic mean, each in [0, 1]; 0 where there is nothing to divide by."""
    precision, recall = _ratio(hit, found), _ratio(hit, wanted)
    return {"precision": precision, "recall": recall, "f1": _ratio(2 * precision * recall, precision + recall)}


def _style(pairs: Sequence[Pair]) -> dict[str, Any]:
    confusion = Counter((want["style"], got.get("style") or UNCLEAR) for want, got in pairs)
    clear = [(want, got) for want, got in pairs if want["style"] != UNCLEAR]
    answered = [(want, got) for want, got in pairs if (got.get("style") or UNCLEAR) != UNCLEAR]
    labels = (*STYLES, UNCLEAR)
    per_style = {
        label: f1(
            confusion[label, label],
            sum(confusion[wanted, label] for wanted in labels),
            sum(confusion[label, found] for found in labels),
        )["f1"]
        for label in labels
    }
    briers = [_brier(want, got["style_scores"]) for want, got in pairs if got.get("style_scores")]
    return {
        "accuracy": _ratio(sum(want["style"] == got.get("style") for want, got in clear), len(clear)),
        "accuracy_with_second": _ratio(sum(_is_either(want, got) for want, got in clear), len(clear)),
        "macro_f1": sum(per_style.values()) / len(labels),
        "answered": _ratio(len(answered), len(pairs)),
        "right_when_answered": _ratio(sum(_is_either(want, got) for want, got in answered), len(answered)),
        "f1": per_style,
        "brier": sum(briers) / len(briers) if briers else None,
    }


def _is_either(want: Row, got: Row) -> bool:
    return (got.get("style") or UNCLEAR) in (want["style"], want.get("second_style"))


def _brier(want: Row, scores: Mapping[str, float]) -> float:
    full = {style: float(scores.get(style, 0.0)) for style in STYLES}
    full[UNCLEAR] = max(0.0, 1.0 - sum(full.values()))
    wrong = [probability - float(label == want["style"]) for label, probability in full.items()]
    return sum(by * by for by in wrong)


def _needs(pairs: Sequence[Pair]) -> dict[str, float]:
    kinds, quotes = [], []
    for want, got in pairs:
        wanted, found = _entries(want, "needs"), _entries(got, "needs")
        for need in wanted.keys() & found.keys():
            if "kind" in wanted[need]:
                kinds.append(wanted[need]["kind"] == found[need].get("kind"))
            quotes.append(_overlap(want["text"], wanted[need]["quote"], found[need].get("quote") or ""))
    return {
        **_agreement(pairs, "needs"),
        "kind_accuracy": _ratio(sum(kinds), len(kinds)),
        "quote_overlap": _ratio(sum(quotes), len(quotes)),
    }


def _objections(pairs: Sequence[Pair]) -> dict[str, float]:
    return _agreement(pairs, "objections")


def _agreement(pairs: Sequence[Pair], field: str) -> dict[str, float]:
    both = [(_entries(want, field).keys(), _entries(got, field).keys()) for want, got in pairs]
    hit = sum(len(wanted & found) for wanted, found in both)
    return f1(hit, sum(len(found) for _, found in both), sum(len(wanted) for wanted, _ in both))


def _lifecycle(pairs: Sequence[Pair]) -> dict[str, float]:
    known = [(want, got) for want, got in pairs if want["lifecycle"] != UNCLEAR]
    return {
        "accuracy": _ratio(
            sum(want["lifecycle"] == (got.get("lifecycle") or UNCLEAR) for want, got in pairs), len(pairs)
        ),
        "accuracy_where_known": _ratio(
            sum(want["lifecycle"] == got.get("lifecycle") for want, got in known), len(known)
        ),
    }


def _next_step(pairs: Sequence[Pair]) -> dict[str, float]:
    days = [(_view(want, "next_step"), _view(got, "next_step")) for want, got in pairs]
    hit = sum(wanted is not None and wanted == found for wanted, found in days)
    return f1(hit, sum(found is not None for _, found in days), sum(wanted is not None for wanted, _ in days))


FIGURES: Mapping[str, Callable[[Sequence[Pair]], dict[str, Any]]] = {
    "style": _style,
    "needs": _needs,
    "objections": _objections,
    "lifecycle": _lifecycle,
    "next_step": _next_step,
}


def _entries(row: Row, field: str) -> dict[str, Row]:
    key = field.removesuffix("s")
    return {entry[key]: entry for entry in row.get(field) or []}


def _view(row: Row, field: str) -> Any:
    if field in ("needs", "objections"):
        return sorted(_entries(row, field))
    if field == "next_step":
        return (row.get(field) or {}).get("date")
    return row.get(field) or UNCLEAR


def _overlap(text: str, one: str, other: str) -> bool:
    i, j = text.find(one), text.find(other)
    return bool(one and other) and i >= 0 and j >= 0 and i < j + len(other) and j < i + len(one)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
