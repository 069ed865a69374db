"""The language of phrases: what each mark means, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.cues import CueBank
from nlp.forms import Forms
from nlp.matcher import PhraseSet, sentences_of
from nlp.phrases import PhraseError, normal_form, parse
from nlp.pipeline import make_pipeline
from nlp.words import Words

LISTS = {"person": ["he", "she", "the"], "look": ["<look>", "<glance>"], "figure": ["numbers", "foot print"]}


@pytest.fixture(scope="module")
def pipelines():
    return {language: make_pipeline(CueBank(()), language) for language in ("en", "nl")}


@pytest.fixture(scope="module")
def found(pipelines):
    def find(phrase: str, note: str, language: str = "en") -> list[str]:
        words: Words = pipelines[language](note).user_data["words"]
        forms = Forms(language)
        matches = PhraseSet([(0, way) for way in parse(phrase, LISTS)], forms).find(sentences_of(words, forms))
        return [note[slice(*words.slice(match.first, match.last))] for match in matches]

    return find


@pytest.mark.parametrize(
    ("language", "phrase", "note", "expected"),
    [
        ("nl", "te duur", "Het is TE DUUR.", ["TE DUUR"]),
        ("en", "too dear", "Too, dear?", ["Too, dear"]),
        ("en", "<look> at", "She looked at it, looking at me", ["looked at", "looking at"]),
        ("nl", "<vragen> naar", "Hij vroeg naar de prijs", ["vroeg naar"]),
        ("en", "his|her watch", "her watch, his watch, my watch", ["her watch", "his watch"]),
        ("en", "(really) keen", "really keen", ["really keen"]),
        ("en", "(really) keen", "so keen", ["keen"]),
        ("en", "wait ..2 price", "wait for the price", ["wait for the price"]),
        ("en", "wait ..2 price", "wait for the very best price", []),
        ("en", "wait ..3 (long) for", "wait for me", ["wait for"]),
        ("en", "wait ..3 (price)", "we wait", ["wait"]),
        ("en", "wait ..2 (the) price", "wait for the price", ["wait for the price"]),
        ("en", "@person waited", "He waited. We waited.", ["He waited"]),
        ("en", "@look up", "glanced up", ["glanced up"]),
        ("nl", "prijs+", "een prijsopgave voor de prijs", ["prijsopgave"]),
        ("nl", "+garantie", "met prijsgarantie en garantie", ["prijsgarantie"]),
        ("en", "# hours", "4 hours, 4hrs, four hours, many hours", ["4 hours", "4hrs", "four hours"]),
        ("en", "no nonsense", "a no-nonsense buyer", ["no-nonsense"]),
        ("nl", "all-in|vaste prijs", "een all in prijs, een vaste prijs", ["all in prijs", "vaste prijs"]),
        ("en", "co2|carbon @figure", "CO2 numbers, carbon foot print", ["CO2 numbers", "carbon foot print"]),
        ("en", "don't know", "I dont know, don’t know", ["dont know", "don’t know"]),
        ("nl", "één prijs", "een prijs", ["een prijs"]),
        ("en", "with care", "w/ care", ["w/ care"]),
        ("en", "price later", "The price. Later we talked.", []),
        ("en", "a b", "a b a b", ["a b", "a b"]),
    ],
)
def test_each_mark_means_what_the_manual_says(found, language, phrase, note, expected):
    assert found(phrase, note, language) == expected


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("(perhaps)", "at least one word"),
        ("..3 price", "between two words"),
        ("price ..9 list", "..1 to ..6"),
        ("@nobody waits", "no word list 'nobody'"),
        ("pr+ list", "too short"),
        ("one|<two-three>", "one word here"),
        ("a-b|c d-e|f g-h|i j-k|l m-n|o", "more than"),
        ("!!!", "holds no word"),
        (" ".join("abcdefghijklmnop"), "at most"),
        ("", "at least one word"),
    ],
)
def test_a_broken_phrase_is_refused_with_the_reason(phrase, says):
    with pytest.raises(PhraseError, match=says.replace("(", r"\(").replace(".", r"\.")):
        parse(phrase, LISTS)


@given(st.text(max_size=60))
def test_any_text_is_a_phrase_or_is_refused(text):
    try:
        phrases = parse(text, LISTS)
    except PhraseError:
        return
    assert phrases
    assert all(any(part.forms and not part.optional for part in phrase.parts) for phrase in phrases)


@given(st.text())
def test_the_normal_form_is_its_own_normal_form(text):
    assert normal_form(normal_form(text)) == normal_form(text)
