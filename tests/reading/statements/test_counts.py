from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.statements.counts import Scope, named_numbers, parse_count, read_scope


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one", 1),
        ("Five", 5),
        ("twenty-two", 22),
        ("17", 17),
        ("first", 1),
        ("third", 3),
        ("twelfth", 12),
        ("2nd", 2),
        ("11th", 11),
        ("zero", 0),
        (" six ", 6),
        ("many", None),
        ("", None),
        ("twenty-lamp", None),
    ],
)
def test_a_count_in_words_or_digits_is_a_number(words, number):
    assert parse_count(words) == number


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("recommendation 3", ("3",)),
        ("Recommendations 1 and 3", ("1", "3")),
        ("recommendations 1, 2, and 4", ("1", "2", "4")),
        ("recommendations 1 through 4", ("1", "2", "3", "4")),
        ("recommendations 1–3 and 5", ("1", "2", "3", "5")),
        ("recommendations 2 or 3", ("2", "3")),
        ("recommendation 1a", ("1a",)),
        ("recommendation no. 7", ("7",)),
        ("No. 7", ("7",)),
        ("recommendation", ()),
        ("recommendations 3 and 3", ("3",)),
        ("recommendations 5 to 900", ("5", "900")),
    ],
)
def test_numbers_after_the_word_recommendation_are_named(words, numbers):
    assert named_numbers(words) == numbers


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("this recommendation", Scope()),
        ("our recommendation", Scope()),
        ("the recommendations", Scope()),
        ("all five recommendations", Scope(total=5, is_all=True)),
        ("all of our recommendations", Scope(is_all=True)),
        ("all 22 of our recommendations", Scope(total=22, is_all=True)),
        ("both recommendations", Scope(total=2, is_all=True)),
        ("our five recommendations", Scope(count=5, total=5, is_all=True)),
        ("five of the six recommendations", Scope(count=5, total=6)),
        ("two of our three recommendations", Scope(count=2, total=3)),
        ("six of our recommendations", Scope(count=6)),
        ("our first recommendation", Scope(numbers=("1",))),
        ("our second or third", Scope(numbers=("2", "3"))),
        ("our first, second, or third recommendations", Scope(numbers=("1", "2", "3"))),
        ("the fifth", Scope(numbers=("5",))),
        ("recommendations 1 and 2", Scope(numbers=("1", "2"))),
        ("the remaining two recommendations", Scope(count=2, is_rest=True)),
        ("the other recommendations", Scope(is_rest=True)),
        ("the first two recommendations", Scope(numbers=("1", "2"))),
        ("our first 3 recommendations", Scope(numbers=("1", "2", "3"))),
        ("the last two recommendations", Scope(count=2, is_rest=True)),
        ("each", Scope(is_all=True)),
    ],
)
def test_a_phrase_means_these_recommendations(words, scope):
    assert read_scope(words) == scope


@given(st.integers(1, 90), st.integers(1, 9))
def test_a_range_names_every_number_between(first, more):
    found = named_numbers(f"recommendations {first} through {first + more}")
    assert found == tuple(str(number) for number in range(first, first + more + 1))


@given(st.text(max_size=120))
def test_any_words_have_a_scope(words):
    scope = read_scope(words)
    assert len(set(scope.numbers)) == len(scope.numbers)
