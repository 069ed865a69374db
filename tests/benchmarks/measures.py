"""Each thing that is measured, as rows of the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from tempfile import NamedTemporaryFile

from playbooks.default_playbook import default_files
from playbooks.load import parse_files
from playbooks.playbook import Playbook
from tests.benchmarks import fresh
from tests.benchmarks.sides import (
    SMALL_MODEL,
    bare_phrases,
    cue_reading,
    cues_and_scope,
    default_playbook,
    full_reading,
    made_up_cues,
    small_model,
    untrained_model,
)
from tests.benchmarks.table import Row, limited
from tests.benchmarks.texts import SEED, as_long_as, labelled, rounds_of, with_new_words
from tests.benchmarks.timing import Seconds, Side, interleaved, percentile, ratio

USUAL_LENGTH = 80  # words
LENGTHS = (20, 80, 320, 1280)  # words

NOTES_OF_A_LENGTH = 300

TIMES_BARE = 5.0
SHARE_OF_MODEL = 0.1
MOST_MILLISECONDS = 150.0
MOST_MEGABYTES = 400.0
MOST_SECONDS = 3.0
MOST_GROWTH = 1.05  # of resident memory, where none is meant: an allocator never gives everything back
MOST_PER_WORD = 1.5  # times what a word of a usual note costs, in a longer one
MOST_OF_PARSING = 0.2
MOST_FOR_CUES = 2.0  # times what a hundredth of the cues costs


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    notes: int  # timed for each comparison
    warming: int  # read before the clock starts, as a running bot has
    starts: int  # fresh processes
    grown: tuple[int, int]  # notes after which memory is compared
    cues: tuple[int, int, int]


FULL = Size(notes=400, warming=300, starts=5, grown=(10_000, 100_000), cues=(500, 5_000, 50_000))
QUICK = Size(notes=4, warming=2, starts=1, grown=(10, 30), cues=(5, 50, 500))


def measure_all(size: Size) -> Iterator[Row]:
    """Yield all rows."""
    yield from against_others(size)
    yield from usual_note(size)
    yield from by_length(size)
    yield from by_number_of_cues(size)
    yield from stored_playbook(size)
    yield from start(size)
    yield from memory(size)


def against_others(size: Size) -> Iterator[Row]:
    """Compare the cue reading with what spaCy has, on English notes in which every third word is new."""
    bank = default_playbook().cue_bank()
    model = small_model()
    sides = {
        "cues": cue_reading(bank),
        "pipeline": cues_and_scope(bank),
        "bare": bare_phrases(bank),
        "model": model or untrained_model(),
    }
    took = _compared(sides, labelled("en"), size)
    name = "a blank pipeline with a bare PhraseMatcher"
    yield limited(f"cue reading, against {name}", ratio(took, "cues", "bare"), TIMES_BARE, "{:.1f} ×")
    yield Row("of that, finding the cues and their scope", f"{ratio(took, 'pipeline', 'bare'):.1f} ×")
    share = ratio(took, "cues", "model")
    if model:
        yield limited(f"cue reading, against `{SMALL_MODEL}`", share, SHARE_OF_MODEL, "{:.2f} ×")
    else:
        yield Row(f"cue reading, against `{SMALL_MODEL}`", "not installed", f"at most {SHARE_OF_MODEL:.2f} ×")
        yield Row("cue reading, against a pipeline with that one's layers, untrained", f"{share:.2f} ×")


def usual_note(size: Size) -> Iterator[Row]:
    """Time notes of 80 words in both languages with everything on."""
    sides = {"all": full_reading()}
    took = []
    for language in ("en", "nl"):
        took += _compared(sides, _notes_of(USUAL_LENGTH, language), size)["all"]
    what = f"a note of {USUAL_LENGTH} words with everything on, one core, p95"
    yield limited(what, 1000 * percentile(took, 0.95), MOST_MILLISECONDS, "{:.0f} ms")


def by_length(size: Size) -> Iterator[Row]:
    """Compare what a word costs in notes of several lengths with what it costs in a usual note."""
    sides = {str(words): full_reading() for words in LENGTHS}
    notes = [with_new_words(_notes_of(words, "en")) for words in LENGTHS]
    took = interleaved(sides, islice(zip(*notes, strict=True), size.notes // 4))
    per_word = {words: median(took[str(words)]) / words for words in LENGTHS}
    for words in LENGTHS:
        what = f"a word in a note of {words:,} words, against one of {USUAL_LENGTH}"
        value = per_word[words] / per_word[USUAL_LENGTH]
        if words > USUAL_LENGTH:
            yield limited(what, value, MOST_PER_WORD, "{:.2f} ×")
        elif words < USUAL_LENGTH:  # what every note costs, however short, weighs more
            yield Row(what, f"{value:.2f} ×")


def by_number_of_cues(size: Size) -> Iterator[Row]:
    """Compare the cue reading with few, more and many made-up cues."""
    texts = labelled("en")
    vocabulary = sorted({word.lower() for text in texts for word in text.split() if word.isalpha()})
    few, *more = size.cues
    sides = {str(number): cue_reading(made_up_cues(number, vocabulary, seed=SEED)) for number in size.cues}
    took = _compared(sides, texts, size)
    for number in more:
        what = f"cue reading with {number:,} cues, against {few:,}"
        yield limited(what, ratio(took, str(number), str(few)), MOST_FOR_CUES, "{:.2f} ×")


def _compared(sides: Mapping[str, Side], texts: Sequence[str], size: Size) -> dict[str, Seconds]:
    """Time the sides on the same notes, each time with other new words, after some that only warm up."""
    rounds = rounds_of(texts, sides=len(sides))
    interleaved(sides, islice(rounds, size.warming))
    return interleaved(sides, islice(rounds, size.notes))


def _notes_of(words: int, language: str) -> list[str]:
    return list(islice(as_long_as(labelled(language), words), NOTES_OF_A_LENGTH))


def stored_playbook(size: Size) -> Iterator[Row]:
    """Compare taking the playbook from where the database keeps it with parsing its files."""
    content, files = default_playbook().to_json(), default_files()
    sides: dict[str, Side] = {"stored": lambda _: Playbook.from_json(content), "files": lambda _: parse_files(files)}
    share = ratio(interleaved(sides, [("", "")] * size.starts), "stored", "files")
    yield limited(
        "taking the playbook from the database, against parsing its files", share, MOST_OF_PARSING, "{:.2f} ×"
    )


def start(size: Size) -> Iterator[Row]:
    """Load both languages in fresh processes."""
    with NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as content:
        content.write(default_playbook().to_json())
        content.flush()
        answers = [fresh.ask("load", content.name) for _ in range(size.starts)]
    seconds, megabytes = (median(answer[name] for answer in answers) for name in ("seconds", "megabytes"))
    yield limited("loading both languages, until a note in each is read", seconds, MOST_SECONDS, "{:.1f} s")
    yield limited("resident memory with both languages", megabytes, MOST_MEGABYTES, "{:.0f} MB")


def memory(size: Size) -> Iterator[Row]:
    """Read notes of ever new words and see whether memory grows."""
    early, late = size.grown
    answer = fresh.ask("grow", str(early), str(late))
    yield Row(f"resident memory after {early:,} notes of ever new words", f"{answer['early']:.0f} MB")
    what = f"resident memory after {late:,}, against that"
    yield limited(what, answer["late"] / answer["early"], MOST_GROWTH, "{:.2f} ×")
