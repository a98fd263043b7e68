"""A list in one test: every value is looked at, and each that fails is named."""

from __future__ import annotations

import inspect

import pytest

from tests.each import for_each


@for_each("number", [1, 2, 3])
def test_a_value_is_handed_over_beside_fixtures(tmp_path, number):
    assert tmp_path.is_dir()
    assert number in {1, 2, 3}


@for_each("first, second", [(1, 2), (2, 3)])
def test_several_parameters_take_a_tuple(first, second):
    assert second == first + 1


def equal(first, second):
    assert first == second


def test_the_parameters_taken_are_no_fixtures():
    assert list(inspect.signature(for_each("first", [1])(equal)).parameters) == ["second"]


def test_every_value_is_looked_at_and_each_that_fails_is_named():
    seen = []

    def look(number):
        seen.append(number)
        assert number % 2 == 0

    with pytest.raises(ExceptionGroup, match="2 of 4 fail") as raised:
        for_each("number", [1, 2, 3, 4])(look)()
    assert seen == [1, 2, 3, 4]
    assert [error.__notes__ for error in raised.value.exceptions] == [
        ["with number = 1"],
        ["with number = 3"],
    ]


def test_a_list_without_values_fails():
    with pytest.raises(AssertionError, match="no value"):
        for_each("first, second", [])(equal)()


def test_a_tuple_of_another_length_fails():
    with pytest.raises(ExceptionGroup):
        for_each("first, second", [(1, 1, 1)])(equal)()
