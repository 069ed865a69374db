"""Whether a cue counts: each case is a cue's words in a sentence, and the verdict on them."""

from __future__ import annotations

import pytest

from nlp.cues import Cue, CueBank
from nlp.pipeline import make_pipeline

CUES = {
    "en": [
        ("objection", "price", "too expensive"),
        ("objection", "price", "no budget"),
        ("need", "price", "price"),
        ("need", "support", "support"),
        ("style", "analytical", "numbers person"),
        ("style", "driver", "<impatient>"),
        ("style", "driver", "<look> at ..1 watch"),
        ("style", "driver", "no nonsense"),
    ],
    "nl": [
        ("need", "price", "prijs"),
        ("need", "delivery", "levertijd"),
        ("objection", "price", "te duur"),
        ("objection", "price", "geen budget"),
        ("style", "analytical", "cijfermens"),
        ("style", "driver", "<ongeduldig>"),
        ("style", "driver", "geen gedoe"),
    ],
}


def bank_of(language: str) -> CueBank:
    cues = enumerate(CUES[language])
    return CueBank(tuple(Cue(f"cue-{n}", language, about, key, (words,)) for n, (about, key, words) in cues))


@pytest.fixture(scope="module")
def verdict():
    pipelines = {language: make_pipeline(bank_of(language), language) for language in CUES}

    def judge(language: str, note: str) -> list[str]:
        return [vote.verdict for vote in pipelines[language](note).user_data["votes"]]

    return judge


@pytest.mark.parametrize(
    ("language", "note", "expected"),
    [
        # negation before and after
        ("en", "It is not too expensive", "negated"),
        ("en", "Price is not an issue", "negated"),
        ("en", "price doesn't matter to her", "negated"),
        ("nl", "prijs vindt hij niet belangrijk", "negated"),
        ("nl", "Te duur vond ze het niet", "negated"),
        ("nl", "prijs maakt niet uit", "negated"),
        # what a cue holds itself does not negate it
        ("en", "There is no budget", "counts"),
        ("nl", "er is geen budget dit jaar", "counts"),
        ("nl", "wil geen gedoe", "counts"),
        ("en", "a no-nonsense type", "counts"),
        # looks like a negation and is none
        ("en", "not only price", "counts"),
        ("nl", "niet alleen de prijs telt", "counts"),
        # negated behaviour speaks for the opposite
        ("en", "not a numbers person at all", "reversed"),
        ("nl", "bepaald geen cijfermens", "reversed"),
        # contrast ends the reach
        ("en", "not friendly but impatient", "counts"),
        ("nl", "niet onaardig maar ongeduldig", "counts"),
        # who acts
        ("en", "I was impatient today", "reps_own"),
        ("en", "I set up and she was impatient", "counts"),
        ("en", "my colleague was impatient", "somebody_else"),
        ("en", "She was impatient, I could tell", "counts"),
        ("nl", "ik was ongeduldig vandaag", "reps_own"),
        ("nl", "mijn collega was ongeduldig", "somebody_else"),
        ("nl", "ik zag dat ze ongeduldig werd", "counts"),
        # the past, the possible, the asked, the solved
        ("en", "might want support later", "hypothetical"),
        ("nl", "vorig jaar klaagde hij over levertijd", "past"),
        ("en", "asked if it was too expensive", "question"),
        ("en", "said it is too expensive", "counts"),
        ("en", "too expensive at first, he's fine with that now", "resolved"),
        ("nl", "te duur, inmiddels opgelost", "resolved"),
        ("nl", "een cijfermens, maar niet heus", "irony"),
    ],
)
def test_scope_says_whether_a_cue_counts(verdict, language, note, expected):
    assert verdict(language, note) == [expected]
