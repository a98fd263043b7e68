"""What recorded time went to: the shares add up, by office and for the nation."""

from __future__ import annotations

import pytest

from closeout.workload.study.use import time_use
from tests.workload.study.making import LIST, diary

ROWS = [
    ("F01", "S-1", 0, "check-in", 300, 30),
    ("F01", "S-1", 0, "meeting", 100, 0),
    ("F02", "S-2", 0, "check-in", 100, 9),
    ("F02", "S-3", 0, "unlisted", 999, 9),
    ("F02", "S-3", 0, "look-after", 0, 9),
]


def test_the_nation_comes_first_then_the_offices():
    made = time_use(diary(ROWS), LIST)
    assert made["office_id"].to_list() == [None, "F01", "F02"]
    assert made["minutes"].to_list() == [500, 400, 100]
    assert made["support"].to_list() == [pytest.approx(0.2), 0.25, 0]


def test_the_shares_add_up_to_one():
    made = time_use(diary(ROWS), LIST)
    assert made.select(pl_sum=made["case"] + made["collateral"] + made["support"])["pl_sum"].to_list() == [
        1,
        1,
        1,
    ]


def test_no_diary_is_no_row():
    assert time_use(diary([]), LIST).height == 0
