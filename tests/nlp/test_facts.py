"""Facts that a note carries in plain words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.facts import find_facts


def values(note, language, kind):
    return [fact.value for fact in find_facts(note, language=language) if fact.kind == kind]


@pytest.mark.parametrize(
    ("language", "note", "amounts"),
    [
        ("en", "budget is €40k, not a cent more", ["€40k"]),
        ("en", "quoted 1,200 euro for the lot", ["1,200 euro"]),
        ("en", "about 40 000 EUR in all", ["40 000 EUR"]),
        ("en", "plan at £3.50/mo is fine", ["£3.50/mo"]),
        ("en", "'email it. under 40k i'll read it'", ["under 40k"]),
        ("en", "9k an hour or it's scrap", ["9k an hour"]),
        ("en", "went quiet at four grand over", ["four grand"]),
        ("en", "$1.2m upfront, then $5-10k a year", ["$1.2m", "$5-10k a year"]),
        ("en", "14 quid a piece, 60 units, 40k views, 2023", ["14 quid a piece"]),
        ("nl", "max 8 mille per tent", ["max 8 mille per tent"]),
        ("nl", "1.200 euro p/m en 40 000 EUR ineens", ["1.200 euro p/m", "40 000 EUR"]),
        ("nl", "kost m 4 ruggen per dag", ["4 ruggen per dag"]),
        ("nl", "moet onder 60k blijven, 120 man, 8 ton staal", ["onder 60k"]),
        ("nl", "€ 3.500,- ineens, of € 99,50 per maand", ["€ 3.500,-", "€ 99,50 per maand"]),
        ("nl", "bel 12/3 om 10u, wk 27, 98%", []),
    ],
)
def test_amounts_of_money(language, note, amounts):
    assert values(note, language, "amount") == amounts


@pytest.mark.parametrize(
    ("language", "note", "sizes"),
    [
        ("en", "Insurance broker, 22 seats, 4th yr.", ["22 seats"]),
        ("en", "Tomatoes under glass, 12ha. dairy, 180 cows", ["12ha", "180 cows"]),
        ("en", "her mum is 81, two kids, 85 yr old", []),
        ("nl", "40 medewerkers, 3 vestigingen", ["40 medewerkers", "3 vestigingen"]),
        ("nl", "de hovenier in Lisse, 34 man. 38 camions", ["34 man", "38 camions"]),
    ],
)
def test_size_counts_people_sites_and_vehicles(language, note, sizes):
    assert values(note, language, "size") == sizes


@pytest.mark.parametrize(
    ("language", "note", "roles"),
    [
        ("en", "Priya the payroll manager signs", ["payroll manager"]),
        ("en", "Priya Raman, head of ops at Northwind", ["head of ops"]),
        ("en", "my manager says no, our ops director too", []),
        ("en", "Property dir: 'not interested'", ["Property dir"]),
        ("nl", "Marleen, facilitair manager bij de gemeente", ["facilitair manager"]),
        ("nl", "Metaalbewerker Twente, inkoper Gerben", ["inkoper"]),
        ("nl", "mijn manager belt maandag", []),
    ],
)
def test_roles_of_their_side(language, note, roles):
    assert values(note, language, "role") == roles


@pytest.mark.parametrize(
    ("language", "note", "rivals"),
    [
        ("en", "She is comparing us with Samsara and has a quote from Geotab.", ["Samsara", "Geotab"]),
        ("en", "They are now with Verizon Connect.", ["Verizon Connect"]),
        ("en", "Spectrum already quoted him.", ["Spectrum"]),
        ("en", "Comparing with others, better than Friday", []),
        ("nl", "Ze zit bij AFAS en heeft een offerte van Visma.", ["AFAS", "Visma"]),
        ("nl", "zit bij een ander, offerte van de buurman", []),
    ],
)
def test_competitors_only_when_named(language, note, rivals):
    assert values(note, language, "competitor") == rivals


@pytest.mark.parametrize(
    ("language", "note", "industries"),
    [
        ("en", "Machine shop, 14 spindles.", ["Machine shop"]),
        ("nl", "Langs bij Wil & Truus, bloemengroothandel Aalsmeer", ["bloemengroothandel"]),
        ("nl", "Pluimveebedrijf Ter Horst.", ["Pluimveebedrijf"]),
        ("nl", "Karin gesproken. Alles goed. Ze at in een restaurant.", []),
    ],
)
def test_industry_is_said_at_the_start(language, note, industries):
    assert values(note, language, "industry") == industries


def test_other_people_without_family_and_colleagues():
    note = "Met Priya Raman. Viv holds the purse. Her friend Dot came too, and my colleague Ben."
    assert values(note, "en", "person") == ["Viv"]


def test_facts_come_in_the_order_of_the_note_and_once():
    facts = find_facts("22 seats at €40k. Again: 22 seats, €40k.", language="en")
    assert [fact.value for fact in facts] == ["22 seats", "€40k"]


@pytest.mark.parametrize("language", ["en", "nl"])
@settings(max_examples=150, deadline=None)
@given(note=st.one_of(st.text(max_size=400), st.text(alphabet="1234567890.,€k euro\n'Aa-", max_size=400)))
def test_quotes_are_exact_pieces_of_any_text(language, note):
    for fact in find_facts(note, language=language):
        assert note[fact.quote.start : fact.quote.end] == fact.quote.text == fact.value
        assert fact.value


@pytest.mark.parametrize("piece", ["1.111.111 ", "111 ", "€ ", "twenty ", "under 1", "1", "head of ", "vs A "])
def test_time_grows_with_the_length_only(piece):
    find_facts(piece, language="en")
    started = time.perf_counter()
    find_facts((piece * 40_000)[:40_000], language="en")
    assert time.perf_counter() - started < 5
