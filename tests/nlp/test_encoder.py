"""The sentence encoder: vectors of unit length, near each other for the same meaning in other words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.encoder import LENGTH, encode


@pytest.mark.parametrize(
    ("said", "the_same", "another"),
    [
        ("it costs far too much", "way over our budget", "she talked about her children"),
        ("hij wil morgen al beginnen", "he wants to start tomorrow", "de kleuren zijn lelijk"),
    ],
)
def test_the_same_meaning_lies_nearer_than_another(said, the_same, another):
    one, same, other = encode([said, the_same, another])
    assert one @ same > one @ other


def test_nothing_gives_nothing():
    assert encode([]).shape == (0, LENGTH)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=5))
def test_any_text_has_a_vector_of_unit_length_whatever_stands_beside_it(texts):
    together = encode(texts)
    assert together.shape == (len(texts), LENGTH)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-3)
    assert together[0] == pytest.approx(encode(texts[:1])[0], abs=1e-3)
