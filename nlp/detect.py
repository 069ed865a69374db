"""Which language a note is written in: the one whose dictionary holds most of its words."""

from __future__ import annotations

from simplemma import LanguageDetector
from simplemma.strategies import LemmatizationStrategy

from nlp.dictionary import is_in_dictionary
from nlp.language import languages

ENOUGH_LETTERS = 12  # in fewer, the person's own language is the better guess
ENOUGH_TO_DOUBT = 25  # letters; a shorter text may well be made of names and shorthand
KNOWN = 0.5  # share of words that some language's dictionary holds, below which a note counts as written in another


def detect_language(text: str, *, likely: str) -> tuple[str, bool]:
    """Return the language to read `text` in, and False when it looks like none of those that are read.

    `likely` is the language of the person who wrote it; it is taken when the text is too short to tell, when two
    languages fit alike, and when none does.
    """
    letters = sum(character.isalpha() for character in text)
    if letters < ENOUGH_LETTERS:
        return likely, True
    detector = LanguageDetector(languages(), lemmatization_strategy=_Dictionary())
    shares = dict(detector.proportion_in_each_language(text))
    unknown = shares.pop("unk", 1.0)
    best = [code for code, share in shares.items() if share == max(shares.values())]
    is_known = 1.0 - unknown >= KNOWN
    return best[0] if is_known and len(best) == 1 else likely, is_known or letters < ENOUGH_TO_DOUBT


class _Dictionary(LemmatizationStrategy):
    """What the detector asks of each word."""

    def get_lemma(self, token: str, lang: str) -> str | None:
        """Return the word where a language's dictionary holds it."""
        return token if is_in_dictionary(token.lower(), lang) else None
