from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.statements.assignment import assign_positions
from closeout.reading.statements.position import read_positions

SIX = ("1", "2", "3", "4", "5", "6")


def assign(*sentences: str, numbers: tuple[str, ...]) -> dict[str, str]:
    claims = [claim for sentence in sentences for claim in read_positions(sentence)]
    return {number: claim.position.value for number, claim in assign_positions(claims, numbers).items()}


def test_a_count_holds_for_all_but_the_one_named():
    found = assign(
        "PORTS concurred with five of the six recommendations.",
        "It did not concur with the fifth.",
        numbers=SIX,
    )
    assert found == dict.fromkeys(SIX, "concur") | {"5": "non-concur"}


def test_ordinals_hold_for_what_they_name():
    sentence = "PORTS concurred with our first recommendation and did not concur with our second or third."
    assert assign(sentence, numbers=SIX[:3]) == {"1": "concur", "2": "non-concur", "3": "non-concur"}


def test_what_is_not_named_has_no_position():
    sentence = "PORTS concurred with our fourth recommendation but did not say if it agreed with our first."
    assert assign(sentence, numbers=SIX) == {"1": "not-indicated", "4": "concur"}


def test_a_count_alone_holds_for_none_as_nobody_can_say_which():
    assert assign("PORTS concurred with five of the six recommendations.", numbers=SIX) == {}


def test_a_count_of_another_total_holds_for_none():
    assert assign("PORTS concurred with three of the nine recommendations.", numbers=SIX[:3]) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "PORTS concurred with all six recommendations.",
        "PORTS concurred with our recommendations.",
        "PORTS concurred with each.",
        "PORTS concurred with our six recommendations.",
    ],
)
def test_all_means_all(sentence):
    assert assign(sentence, numbers=SIX) == dict.fromkeys(SIX, "concur")


def test_the_rest_is_what_is_not_named():
    found = assign(
        "PORTS did not concur with recommendation 2 and concurred with the remaining five recommendations.",
        numbers=SIX,
    )
    assert found == dict.fromkeys(SIX, "concur") | {"2": "non-concur"}


def test_a_named_recommendation_keeps_its_own_position_whatever_is_said_of_all():
    found = assign(
        "PORTS concurred with the recommendations.", "PORTS disagreed with recommendation 4.", numbers=SIX
    )
    assert found == dict.fromkeys(SIX, "concur") | {"4": "non-concur"}


def test_naming_a_recommendation_names_its_parts():
    found = assign("PORTS concurred with recommendation 1.", numbers=("1a", "1b", "2"))
    assert found == {"1a": "concur", "1b": "concur"}


def test_comments_count_only_where_nothing_else_is_said():
    found = assign(
        "PORTS provided technical comments only.",
        "PORTS concurred with recommendation 1.",
        numbers=("1", "2"),
    )
    assert found == {"1": "concur", "2": "no-comment"}


def test_the_first_word_on_a_number_stands():
    found = assign(
        "PORTS concurred with recommendation 1.", "PORTS disagreed with recommendation 1.", numbers=("1",)
    )
    assert found == {"1": "concur"}


def test_no_claims_assign_nothing():
    assert assign("The lamp burns.", numbers=SIX) == {}


@given(
    st.lists(st.sampled_from([1, 2, 3, 4, 5, 6]), min_size=1, max_size=5, unique=True),
)
def test_named_and_remaining_make_up_all(named):
    words = ", ".join(str(number) for number in named)
    found = assign(
        f"PORTS disagreed with recommendations {words}.",
        "PORTS concurred with the other recommendations.",
        numbers=SIX,
    )
    assert {number for number, value in found.items() if value == "non-concur"} == {
        str(number) for number in named
    }
    assert len(found) == len(SIX)
