"""A need is rounded once, at the top."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.workload.rounding import largest_remainder, whole_posts

# 25 offices: 12 at 1.5, 12 at 1.6, one at 3.78. 18 + 19.2 + 3.78 = 40.98; each rounded up: 24 + 24 + 4 = 52.
OFFICES = [1.5] * 12 + [1.6] * 12 + [3.78]
# The published case: ceilings 53. 13 x 1.3 + 11 x 1.8 + 4.28 = 16.9 + 19.8 + 4.28 = 40.98; 26 + 22 + 5 = 53.
PUBLISHED = [1.3] * 13 + [1.8] * 11 + [4.28]


def test_forty_and_a_bit_is_41_posts_and_not_53():
    assert sum(PUBLISHED) == pytest.approx(40.98)
    assert sum(math.ceil(need) for need in PUBLISHED) == 53
    assert sum(largest_remainder(PUBLISHED)) == 41


def test_the_posts_left_over_go_to_the_largest_remainders():
    # Whole parts 12 x 1 + 12 x 1 + 3 = 27; 41 - 27 = 14 left: .78 first, then twelve of .6, then one of .5.
    assert largest_remainder(OFFICES) == (2, *[1] * 11, *[2] * 12, 4)


def test_of_equal_remainders_the_first_gets_the_post():
    assert largest_remainder([0.5, 0.5, 0.5]) == (1, 1, 0)


def test_a_given_total_is_shared_in_proportion():
    # 10 posts for needs 2, 3: 4 and 6.
    assert largest_remainder([2, 3], 10) == (4, 6)


def test_whole_needs_stay_as_they_are():
    assert largest_remainder([0.1 + 0.2, 0.7, 2.0]) == (0, 1, 2)


def test_nothing_needed_is_no_post():
    assert largest_remainder([]) == ()
    assert largest_remainder([0.0, 0.0]) == (0, 0)


def test_a_need_that_is_whole_but_for_the_last_digit_gets_no_post_more():
    assert whole_posts(0.1 + 0.2 + 0.7) == 1
    assert whole_posts(1.001) == 2


@pytest.mark.parametrize("need", [-1.0, math.nan, math.inf])
def test_a_need_that_cannot_be_is_refused(need):
    with pytest.raises(ValueError, match="zero or more"):
        largest_remainder([1.0, need])


@pytest.mark.parametrize("total", [-1, 3])
def test_posts_without_a_need_are_refused(total):
    with pytest.raises(ValueError, match="cannot be shared"):
        largest_remainder([0.0], total)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5000).map(lambda n: n / 100), max_size=12))
def test_posts_add_up_and_stay_within_one_of_the_need(needs):
    posts = largest_remainder(needs)
    assert sum(posts) == whole_posts(math.fsum(needs))
    assert all(abs(given_ - need) < 1 + 1e-6 for given_, need in zip(posts, needs, strict=True))


def test_more_posts_never_take_one_from_an_office_that_needs_more():
    needs = [7.2, 3.4, 1.4]
    assert largest_remainder(needs, 12) == (7, 4, 1)
    assert largest_remainder(needs, 13) == (8, 4, 1)


def test_an_office_that_needs_nothing_gets_nothing():
    assert largest_remainder([0.0, 2.5, 0.5]) == (0, 3, 0)


def test_thousands_of_offices_do_not_drift():
    assert sum(largest_remainder([0.1] * 10_000)) == 1000
