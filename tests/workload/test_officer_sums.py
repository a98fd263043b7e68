"""Diaries as arrays."""

from __future__ import annotations

import numpy as np

from closeout.workload.officer_sums import officer_sums
from tests.workload.studies import diary

ROWS = [
    ("SOU", "N2", 0, "review", 50, 2),
    ("NOR", "N1", 1, "review", 20, 1),
    ("NOR", "N1", 0, "review", 40, 2),
    ("NOR", "N1", 0, "phone", 15, 3),
    ("NOR", "N3", 0, "phone", 5, 1),
    ("WES", "N9", 0, "review", 99, 9),
]


def test_rows_stand_in_the_order_of_office_and_officer():
    sums = officer_sums(diary(ROWS), ["review", "phone"], ["NOR", "SOU"])
    assert sums.office_of.tolist() == [0, 0, 1]
    assert sums.officer_of.tolist() == [0, 0, 1, 2]
    assert sums.minutes.tolist() == [[40, 15], [20, 0], [0, 5], [50, 0]]
    assert sums.tasks.tolist() == [[2, 3], [1, 0], [0, 1], [2, 0]]


def test_a_week_without_the_activity_counts_as_a_week():
    # N3 recorded phone calls only; with reviews alone asked for, the week is there, with nothing in it.
    sums = officer_sums(diary(ROWS), ["review"], ["NOR"])
    assert sums.minutes[:, 0].tolist() == [40, 20, 0]
    assert sums.officers == 2


def test_an_officer_s_weeks_are_added():
    minutes, tasks = officer_sums(diary(ROWS), ["review"], ["NOR", "SOU"]).by_officer()
    assert minutes[:, 0].tolist() == [60, 0, 50]
    assert tasks[:, 0].tolist() == [3, 0, 2]


def test_an_officer_who_recorded_in_two_offices_is_two_rows():
    rows = [("NOR", "N1", 0, "review", 10, 1), ("SOU", "N1", 0, "review", 30, 1)]
    minutes, _ = officer_sums(diary(rows), ["review"], ["NOR", "SOU"]).by_officer()
    assert minutes[:, 0].tolist() == [10, 30]


def test_an_empty_diary_gives_empty_arrays():
    sums = officer_sums(diary([]), ["review"], ["NOR"])
    assert sums.minutes.shape == (0, 1)
    assert sums.officers == 0


def test_the_order_of_rows_does_not_matter():
    turned = officer_sums(diary(ROWS[::-1]), ["review", "phone"], ["NOR", "SOU"])
    straight = officer_sums(diary(ROWS), ["review", "phone"], ["NOR", "SOU"])
    assert np.array_equal(turned.minutes, straight.minutes)
