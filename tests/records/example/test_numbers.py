"""Numbers come once, have their form, and depend on the seed alone."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from closeout.records.columns import CASE_NO, OFFICER_NO
from closeout.records.example.chance import Chance
from closeout.records.example.numbers import case_numbers, scattered, staff_numbers

SEEDS = st.integers(0, 2**31)


@given(SEEDS, st.integers(4, 12))
def test_every_number_is_mapped_to_another_one_to_one(seed: int, bits: int) -> None:
    numbers = np.arange(1 << bits, dtype=np.uint64)
    assert np.array_equal(np.sort(scattered(numbers, Chance(seed, "test"), bits)), numbers)


@given(SEEDS, st.integers(0, 300))
def test_case_numbers_are_distinct_in_order_and_of_the_declared_form(seed: int, cases: int) -> None:
    numbers = case_numbers(seed, cases).to_pylist()
    assert len(set(numbers)) == cases
    assert numbers == sorted(numbers)
    assert all(re.fullmatch(CASE_NO, number) and len(number) == 10 for number in numbers)


@given(SEEDS)
def test_staff_numbers_have_the_declared_form(seed: int) -> None:
    assert all(re.fullmatch(OFFICER_NO, number) for number in staff_numbers(seed, 50).to_pylist())


def test_numbers_do_not_follow_each_other() -> None:
    numbers = case_numbers(1, 5_000).to_pylist()
    firsts = {number[2] for number in numbers}
    assert len(firsts) == 32
    tails = {number[-3:] for number in numbers}
    assert len(tails) > 4_000


def test_another_seed_gives_other_numbers() -> None:
    assert set(case_numbers(1, 1_000).to_pylist()).isdisjoint(case_numbers(2, 1_000).to_pylist())
