"""Every published figure is reproduced, by the product's own functions."""

from __future__ import annotations

from collections import Counter

import pytest

from closeout.assignment.levelling import level, target
from closeout.workload import yardsticks
from closeout.workload.reference import Check, Seen, checks, left_out
from closeout.workload.reference.checks import _data
from closeout.workload.reference.functions import FUNCTIONS

FOUND = checks(level, target)


@pytest.mark.parametrize("check", FOUND, ids=lambda check: check.figure)
def test_the_published_figure_is_reproduced(check):
    assert check.is_ok, f"{check.about}: expected {check.expected}, got {check.got}"


def test_every_section_of_the_method_is_there():
    # The method has no 2.E.
    sections = Counter(check.figure.split("-")[0] for check in FOUND)
    assert sections == {
        "2.A": 9, "2.B": 10, "2.C": 6, "2.D": 25, "2.F": 3, "2.G": 1, "2.H": 3, "2.I": 3,
        "2.J": 10, "2.K": 20, "2.L": 7, "3": 1,
    }  # fmt: skip


def test_figures_are_numbered_once_each():
    assert len({check.figure for check in FOUND}) == len(FOUND)


def test_exact_figures_have_no_tolerance():
    """Cutting off, rounding down and levelling are exact; only a source's rounding is allowed for."""
    exact = [check for check in FOUND if check.figure.startswith(("2.K", "2.F", "2.A-1", "2.A-2"))]
    assert all(check.tolerance == 0 and check.residual == 0 for check in exact)


def test_erlang_s_figures_are_the_same_to_the_last_digits():
    residuals = [check.residual for check in FOUND if check.figure in {"2.J-3", "2.J-4", "2.J-5"}]
    assert max(map(abs, residuals)) <= 3e-17


def test_every_function_is_used_and_none_is_missing():
    called = {row["by"] for row in _data()["figures"]}
    assert called == FUNCTIONS.keys() | {"level", "level_target"}


def test_means_rounded_before_they_are_used_give_what_is_not_published():
    # 18 x 286 = 5,148; the guide prints 5,243, which needs 18 1/3.
    assert yardsticks.mean_yearly_hours(54, 3, 286) == 5148


def one(expected, got, tolerance=0.0):
    return Check("9-1", "A figure", "A source", Seen.SOURCE, expected, got, tolerance)


def test_a_figure_that_is_off_says_by_how_much():
    check = one(10.0, 9.0, 0.5)
    assert check.residual == -1
    assert not check.is_ok
    assert check.plain()["residual"] == -1
    assert check.plain()["ok"] is False


def test_of_several_numbers_the_farthest_off_counts():
    assert one((1.0, 2.0), (1.5, 1.0)).residual == -1


def test_a_different_number_of_numbers_is_off():
    check = one((1.0, 2.0), (1.0,))
    assert not check.is_ok
    assert check.plain()["residual"] is None


def test_a_levelling_that_is_wrong_is_found():
    def even(already, new):
        return [new // len(already)] * len(already)

    off = {check.figure for check in checks(even, target) if not check.is_ok}
    assert {"2.K-1", "2.K-11", "2.K-19"} <= off
    assert "2.K-3" not in off


def test_what_cannot_be_checked_says_why():
    assert len(left_out()) == 3
    assert all(reason.startswith("2.") for reason in left_out())
