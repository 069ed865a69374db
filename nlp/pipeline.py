"""One language's spaCy pipeline: a blank one with our own components and a playbook's cues."""

from __future__ import annotations

import spacy
from spacy.language import Language

from nlp.cue_finder import CueFinder
from nlp.cues import CueBank
from nlp.forms import Forms
from nlp.words import WordsComponent, make_tokenizer

CUES = "callcue_cues"


@Language.factory("callcue_words", default_config={"language": "en"})
def make_words(nlp: Language, name: str, language: str) -> WordsComponent:  # noqa: ARG001 (spaCy's form)
    """Return the component that finds words, sentences and clauses."""
    return WordsComponent(language)


@Language.factory(CUES, default_config={"language": "en"})
def make_cues(nlp: Language, name: str, language: str) -> CueFinder:  # noqa: ARG001 (spaCy's form)
    """Return the component that finds cues and says which of them count; it has no cues yet."""
    return CueFinder(language, Forms(language))


def make_pipeline(bank: CueBank, language: str) -> Language:
    """Compile the cues of one language into a pipeline. Raises nlp.phrases.PhraseError for a broken phrase."""
    pipeline = spacy.blank("xx")  # our tokenizer and components serve every language alike
    # A dozen attributes of every new word, none of which our components ask for. (spaCy's stubs lack the name.)
    pipeline.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
    pipeline.tokenizer = make_tokenizer(pipeline.vocab, language)
    pipeline.add_pipe("callcue_words", config={"language": language})
    pipeline.add_pipe(CUES, config={"language": language})
    finder_of(pipeline).compile(bank)
    return pipeline


def finder_of(pipeline: Language) -> CueFinder:
    """Return the component that finds a pipeline's cues."""
    finder = pipeline.get_pipe(CUES)
    assert isinstance(finder, CueFinder)  # noqa: S101 (spaCy knows components only as callables)
    return finder
