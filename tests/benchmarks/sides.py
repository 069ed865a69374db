"""What is compared: the reading of notes, parts of it, and what spaCy itself has for the like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from random import Random
from unittest.mock import patch

import numpy as np
import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.training import Example

from bot.reading_service import CanRead, compile_reader
from nlp import second_reader
from nlp.cues import Cue, CueBank
from nlp.encoder import LENGTH
from nlp.linear_model import Array
from nlp.phrases import Phrase, parse
from nlp.pipeline import make_pipeline
from nlp.reader import Reader
from playbooks.default_playbook import default_files
from playbooks.load import parse_files
from playbooks.playbook import Playbook
from tests.benchmarks.timing import Side

WRITTEN_ON = date(2026, 3, 9)
SMALL_MODEL = "en_core_web_sm"
WORDS_IN_A_CUE = (2, 3)


def default_playbook() -> Playbook:
    """Return the playbook that ships."""
    playbook, _ = parse_files(default_files())
    assert playbook is not None
    return playbook


def reading(reader: CanRead) -> Side:
    """Return the whole reading of a note."""
    return lambda text: reader.read(text, written_on=WRITTEN_ON)


@lru_cache(maxsize=1)
def full_reading() -> Side:
    """Return the reading of a note with everything on."""
    return reading(compile_reader(default_playbook()))


def cue_reading(bank: CueBank) -> Side:
    """Return the reading of a note with everything but the encoder, in whose place every text has the same vector."""
    whole = reading(Reader(bank))

    def run(text: str) -> None:
        with patch.object(second_reader, "encode", _same_vector):
            whole(text)

    for text in ("Even bellen over de prijs, zegt ze.", "She asked about the price and wants a call."):
        run(text)  # whatever is loaded late is loaded here
    return run


def _same_vector(texts: Sequence[str]) -> Array:
    return np.zeros((len(texts), LENGTH), dtype=np.float32)


def cues_and_scope(bank: CueBank) -> Side:
    """Return the spaCy pipeline alone: words, cues and their scope."""
    pipeline = make_pipeline(bank, "en")

    def run(text: str) -> None:
        with pipeline.memory_zone():
            pipeline(text)

    return run


def bare_phrases(bank: CueBank) -> Side:
    """Return a blank spaCy pipeline with a PhraseMatcher over a plain wording of each English phrase."""
    pipeline = spacy.blank("en")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    lists = bank.words.get("en", {})
    for cue in bank.of("en"):
        wordings = {plain_wording(phrase) for text in cue.phrases for phrase in parse(text, lists)}
        matcher.add(cue.id, [pipeline.make_doc(wording) for wording in sorted(wordings)])
    return lambda text: matcher(pipeline(text))


def plain_wording(phrase: Phrase) -> str:
    """Return the phrase with the first form of each of its words, as PhraseMatcher can look for it."""
    firsts = [part.forms[0] for part in phrase.parts if part.forms]
    return " ".join(form.text or "7" for form in firsts)


def small_model() -> Side | None:
    """Return spaCy's small English pipeline, or None where it is not installed."""
    return spacy.load(SMALL_MODEL) if spacy.util.is_package(SMALL_MODEL) else None


def untrained_model() -> Side:
    """Return a pipeline with the layers of the small English one, untrained: as much arithmetic, no sense.

    It lacks the small model's lemmatizer and rules, so it is somewhat cheaper.
    """
    pipeline = spacy.blank("en")
    shared = {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}}
    pipeline.add_pipe("tok2vec")
    pipeline.add_pipe("tagger", config={"model": shared})
    pipeline.add_pipe("parser", config={"model": shared})
    pipeline.add_pipe("ner")
    pipeline.initialize(lambda: list(_examples(pipeline)))
    return pipeline


def _examples(pipeline: Language) -> list[Example]:
    """Return sentences with as many labels as the small model has: 50 tags, 45 relations, 18 kinds of names."""
    size = 50
    doc = pipeline.make_doc(" ".join(f"word{number}" for number in range(size)))
    annotations = {
        "tags": [f"T{number}" for number in range(size)],
        "heads": [max(0, number - 1) for number in range(size)],
        "deps": ["ROOT", *(f"d{number % 45}" for number in range(1, size))],
        "entities": [(doc[number].idx, doc[number].idx + len(doc[number]), f"E{number}") for number in range(18)],
    }
    return [Example.from_dict(doc, annotations)]


def made_up_cues(number: int, vocabulary: list[str], *, seed: int) -> CueBank:
    """Return so many different English cues of two or three words each out of a vocabulary."""
    random = Random(seed)
    phrases: dict[str, None] = {}
    while len(phrases) < number:
        phrases[" ".join(random.sample(vocabulary, random.choice(WORDS_IN_A_CUE)))] = None
    return CueBank(tuple(Cue(f"cue-{at}", "en", "topic", f"key-{at}", (text,)) for at, text in enumerate(phrases)))
