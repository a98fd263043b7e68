"""A count with its noun."""

from __future__ import annotations

import pytest

from closeout.reading.countwords import agreeing, counted, some_of


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 needs"), (1, "1 need"), (2, "2 needs"), (1204, "1,204 needs"), (-1, "-1 needs")],
)
def test_only_one_is_singular(count, said):
    assert counted(count, "need") == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 facilities are"), (1, "1 facility is"), (2, "2 facilities are")]
)
def test_words_that_take_no_s_are_given(count, said):
    assert counted(count, "facility is", "facilities are") == said


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [
        (0, 1, "0 of 1 need are"),
        (1, 1, "1 of 1 need is"),
        (1, 2, "1 of 2 needs is"),
        (2, 1204, "2 of 1,204 needs are"),
    ],
)
def test_the_noun_goes_with_the_whole_and_the_verb_with_the_part(count, of, said):
    assert f"{some_of(count, of, 'need')} {agreeing(count, 'is', 'are')}" == said
