from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.evidence.statistics.survival import kaplan_meier
from closeout.web.evidence.charts import survival_chart
from closeout.web.evidence.queries.curves import DAYS, open_after

LENGTHS = st.dictionaries(st.integers(0, 800), st.integers(1, 9), max_size=12)


def stored(ended, censored):
    return asdict(kaplan_meier(ended, censored))


@given(LENGTHS, LENGTHS)
def test_a_row_says_who_is_left_and_the_share_that_the_curve_has_there(ended, censored):
    if not ended and not censored:
        return
    curve = kaplan_meier(ended, censored)
    rows = {each.days: each for each in open_after(asdict(curve))}
    everybody = Counter(ended) + Counter(censored)
    for days in DAYS:
        left = sum(count for length, count in everybody.items() if length > days)
        assert (days in rows) is (left > 0)
        if left:
            assert rows[days].at_risk == left
            assert rows[days].share == curve.open_after(days)
            assert rows[days].low <= rows[days].share <= rows[days].high


def test_before_anything_ends_all_are_open():
    (first, *_) = open_after(stored({40: 3}, {100: 2}))
    assert (first.days, first.at_risk, first.share, first.low, first.high) == (30, 5, 1.0, 1.0, 1.0)


def test_what_cannot_be_followed_has_no_rows():
    assert open_after(None) == []
    assert open_after({}) == []


@pytest.mark.parametrize("is_narrow", [False, True])
def test_the_chart_draws_a_curve_that_comes_down_to_nobody(is_narrow):
    drawn = survival_chart(
        stored({10: 2, 50: 3}, {20: 1}), x_title="Days since", y_title="% open", is_narrow=is_narrow
    )
    assert drawn.count("Days since") >= 1
    assert "% open" in drawn
    assert "NaN" not in drawn
