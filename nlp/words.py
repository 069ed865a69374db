"""A note as words: tokens, their sentences and clauses. First stage of the pipeline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.language import resource

_PREFIX = re.compile(r"[^\w]")
_SUFFIX = re.compile(r"[^\w]$")
_INFIX = re.compile(
    r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)"  # 4hrs, Q3
    r"|(?<!\d)[.,:](?=\w)|(?<=\d)[.,:](?!\d)"  # a full stop without a space after it
    r"|[^\w'’.,:\s]|_"  # hyphens, slashes, brackets, signs
)
_QUOTE_MARKS = frozenset("\"'“”„«»‘’")
_CLAUSE_MARKS = frozenset(",;:()[]–—…=>+")
_SENTENCE_MARKS = frozenset(".!?•*|")


@dataclass(slots=True)
class Words:
    """The words of one note, punctuation left out; every list has one entry a word."""

    text: str
    start: list[int] = field(default_factory=list)  # character offsets, half-open
    end: list[int] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)  # number of the sentence, from 0
    clause: list[int] = field(default_factory=list)  # number of the clause, from 0, growing through the note
    quoted: list[bool] = field(default_factory=list)  # inside quotation marks: somebody's own words
    asked: set[int] = field(default_factory=set)  # sentences that end in a question mark

    def __len__(self) -> int:
        return len(self.start)

    def same_sentence(self, index: int) -> range:
        """Return the indices of all words in the sentence of one word."""
        return _run(self.sentence, index)

    def same_clause(self, index: int) -> range:
        """Return the indices of all words in the clause of one word."""
        return _run(self.clause, index)

    def slice(self, first: int, last: int) -> tuple[int, int]:
        """Return the character offsets of the words `first` up to, but without, `last`."""
        return self.start[first], self.end[last - 1]


def _run(numbers: list[int], index: int) -> range:
    first = last = index
    while first > 0 and numbers[first - 1] == numbers[index]:
        first -= 1
    while last + 1 < len(numbers) and numbers[last + 1] == numbers[index]:
        last += 1
    return range(first, last + 1)


def make_tokenizer(vocab: Vocab, language: str) -> Tokenizer:
    """Return a tokenizer that splits all languages alike: no contractions, digits apart from letters."""
    shorthand = [word for word in resource(language, "words").get("shorthand") or () if not word.isalnum()]
    rules = {word: [{"ORTH": word}] for word in shorthand}
    return Tokenizer(
        vocab, rules=rules, prefix_search=_PREFIX.match, suffix_search=_SUFFIX.search, infix_finditer=_INFIX.finditer
    )


class WordsComponent:
    """Puts `Words` into `doc.user_data["words"]`."""

    def __init__(self, language: str) -> None:
        self._abbreviations = frozenset(resource(language, "words").get("abbreviations") or ())

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data["words"] = self._split(doc)
        return doc

    def _split(self, doc: Doc) -> Words:
        words = Words(doc.text)
        sentence = clause = 0
        quoted, fresh = False, True  # fresh: no word yet in this sentence
        for token in doc:
            text = token.text
            if text[0].isalnum() or (len(text) > 1 and not text.isspace()):
                words.start.append(token.idx)
                words.end.append(token.idx + len(text))
                words.lower.append(text.lower())
                words.sentence.append(sentence)
                words.clause.append(clause)
                words.quoted.append(quoted)
                fresh = False
            elif "\n" in text or (text in _SENTENCE_MARKS and self._ends_sentence(words, text)):
                if text == "?" and not fresh:
                    words.asked.add(sentence)
                sentence, clause, fresh = sentence + (not fresh), clause + 1, True
                quoted = quoted and "\n" not in text
            elif text in _QUOTE_MARKS:
                quoted = not quoted and _stands_free(doc.text, token.idx - 1)
                clause += 1
            elif text in _CLAUSE_MARKS or (text in "-/" and _stands_free(doc.text, token.idx + 1)):
                clause += 1
        return words

    def _ends_sentence(self, words: Words, mark: str) -> bool:
        return mark != "." or not words.lower or words.lower[-1] not in self._abbreviations


def _stands_free(text: str, neighbour: int) -> bool:
    """Say whether no letter or digit stands at `neighbour`."""
    return not 0 <= neighbour < len(text) or not text[neighbour].isalnum()
