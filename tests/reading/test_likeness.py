"""Likeness of texts: its scale, the pairs it finds among few and among many, and lead-ins."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.fold import fold_key
from closeout.reading.likeness import LIKE_ENOUGH, has_lead_in, is_after_lead_in, like_pairs, likeness

ASK = "count the keys of every field office each week and write down who did"
WORDS = tuple(sorted({*ASK.split(), "train", "clerks", "visitor", "registers", "gates"}))

sentences = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


def many(count):
    """Return texts that have little in common, one for each number."""
    return [
        f"repair gate {n} at office {n * 7} before day {n * 13} of the year {n * 3}" for n in range(count)
    ]


def test_equal_texts_are_wholly_alike_and_texts_without_a_letter_in_common_not_at_all():
    assert likeness(ASK, ASK) == 1
    assert likeness("abc", "xyz") == 0


def test_likeness_counts_the_letters_to_insert_or_delete():
    # "week" to "month": 4 letters go, 5 come: 9 of the letters of both.
    one, other = "each week", "each month"
    assert likeness(one, other) == pytest.approx(1 - 9 / (len(one) + len(other)), abs=0.12)


@given(sentences, sentences)
def test_likeness_is_between_nought_and_one_and_the_same_both_ways(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


@given(st.lists(sentences, max_size=12))
def test_among_few_texts_every_like_pair_is_found(texts):
    expected = {
        (one, other)
        for one, other in combinations(range(len(texts)), 2)
        if texts[one] != texts[other] and likeness(texts[one], texts[other]) >= LIKE_ENOUGH
    }
    assert {(one, other) for one, other, _ in like_pairs(texts)} == expected


@pytest.mark.parametrize("place", [0, 30, 69])
def test_among_many_texts_a_pair_that_differs_in_a_word_is_found(place):
    texts = many(70)
    texts.append(texts[place].replace("before", "after"))
    found = [(one, other) for one, other, _ in like_pairs(texts, at_least=0.9)]
    assert (place, 70) in found


def test_among_many_texts_equal_ones_are_no_pair():
    assert (0, 70) not in {(one, other) for one, other, _ in like_pairs([*many(70), many(70)[0]])}


def test_among_many_texts_the_pairs_come_once_and_in_order():
    texts = [*many(70), *(text + " again" for text in many(70))]
    pairs = [(one, other) for one, other, _ in like_pairs(texts)]
    assert pairs == sorted(set(pairs))
    assert all(one < other for one, other in pairs)


def test_short_and_empty_texts_among_many_do_no_harm():
    assert list(like_pairs(["", "keys", "two words", *many(70)])) == []


@given(st.lists(sentences, min_size=66, max_size=80))
def test_what_is_found_among_many_is_found_among_all(texts):
    for one, other, alike in like_pairs(texts):
        assert likeness(texts[one], texts[other]) == pytest.approx(alike)
        assert alike >= LIKE_ENOUGH


@pytest.mark.parametrize(
    ("text", "is_led_in"),
    [
        ("We recommend that the Director count the keys.", True),
        ("We also recommend the Director count the keys.", True),
        ("We recommended that the Director count the keys.", True),
        ("Count the keys.", False),
        ("The Director should count the keys.", False),
        ("Weekly counts we recommend.", False),
    ],
)
def test_a_lead_in_is_the_auditors_we_recommend(text, is_led_in):
    assert has_lead_in(fold_key(text)) is is_led_in


@pytest.mark.parametrize(
    ("lead", "is_one"),
    [
        ("we recommend that the director", True),
        ("we recommend that the bureau of gates", True),
        ("we also recommend that the director or a designee", True),
        ("we recommend that the director paint the gate and", False),
        ("we recommend that the director then", False),
        ("the director should", False),
        (f"we recommend that the director {ASK} so that it may {ASK} for", False),
    ],
)
def test_a_demand_after_a_lead_in_is_the_demand_alone(lead, is_one):
    assert is_after_lead_in(ASK, f"{lead} {ASK}") is is_one


def test_a_demand_that_ends_otherwise_is_another():
    assert not is_after_lead_in(ASK, f"we recommend that the director {ASK} it")


def test_blanks_make_no_difference_to_a_demand_after_a_lead_in():
    assert is_after_lead_in(
        "hold peer to peer reviews of all keys", "we recommend that it hold peertopeer reviews of all keys"
    )


def test_half_a_word_is_no_lead_in():
    assert not is_after_lead_in(
        "act on every key that was lost in the last year",
        "we recommend that they react on every key that was lost in the last year",
    )


@given(sentences, sentences)
def test_what_is_after_a_lead_in_ends_like_the_whole(short, lead):
    whole = f"we recommend that {lead} {short}"
    if is_after_lead_in(short, whole):
        assert whole.replace(" ", "").endswith(short.replace(" ", ""))
        assert not has_lead_in(short)


def test_a_text_is_not_itself_after_a_lead_in():
    assert not is_after_lead_in("we recommend locks", "we recommend locks")
    assert not is_after_lead_in("", "we recommend")
