"""One way to write values down."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.evidence.freezing.canonical import NotPlainError, digest, digest_of_rows, plain, text


class Color(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1, "1"),
        (1.0, "1.0"),
        (0.1, "0.1"),
        (1 / 3, "0.3333333333333333"),
        (1e22, "1e+22"),
        (-0.0, "0.0"),
        (2**70, "1180591620717411303424"),
        (True, "true"),
        (None, "null"),
        ("São", '"São"'),
        (date(2026, 9, 30), '"2026-09-30"'),
        (datetime(2026, 9, 30, 8, 5), '"2026-09-30T08:05:00"'),  # noqa: DTZ001 - as tables hold them
        (Color.RED, '"red"'),
        (Decimal("12.00"), "12"),
        (Decimal("0.5"), "0.5"),
        ((1, "a"), '[1,"a"]'),
        ({"b": 1, "a": [2]}, '{"a":[2],"b":1}'),
    ],
)
def test_each_value_is_written_one_way(value, written):
    assert text(value) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Path("x"), b"x", {1}, Decimal("NaN")])
def test_what_has_no_one_way_is_refused(value):
    with pytest.raises((NotPlainError, ValueError)):
        text({"a": value})


def test_a_digest_is_that_of_the_text():
    # printf '{"a":1}' | sha256sum
    assert digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_the_order_of_rows_and_keys_does_not_matter():
    rows = [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    assert digest_of_rows(rows) == digest_of_rows([{"b": 4, "a": 3}, {"b": 2, "a": 1}])


def test_a_row_twice_is_not_a_row_once():
    assert digest_of_rows([{"a": 1}]) != digest_of_rows([{"a": 1}, {"a": 1}])


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    )
)
def test_what_is_plain_is_written_the_same_again(value):
    assert text(plain(value)) == text(value)
