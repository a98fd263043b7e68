"""Monthly volumes ahead, by the way that would have erred least."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from closeout.workload.forecast import forecasts, interval_of, of_volumes
from closeout.workload.shapes import VOLUMES
from closeout.workload.smoothing import Projection

NEXT = date(2026, 11, 1)


def one(counts, ahead=3):
    return forecasts(np.array(counts, dtype=float)[:, None], [("NOR", "review")], NEXT, ahead)[0]


def seasonal(months, generator, level=100.0):
    angle = np.arange(months) / 12 * 2 * np.pi
    return generator.poisson(level * (1 + 0.5 * np.sin(angle)))


def test_months_ahead_pass_the_year_s_end():
    assert [row.month for row in one([5] * 8).months] == [NEXT, date(2026, 12, 1), date(2027, 1, 1)]


def test_no_history_is_no_figure_and_says_so():
    found = one([])
    assert (found.method, found.months) == ("none", ())
    assert "insufficient history" in found.note


def test_a_few_months_say_what_was_used_instead():
    found = one([10, 12, 11, 9])
    assert found.method == "mean of the last year"
    assert found.note.startswith("insufficient history: 4 months, 6 are needed")
    assert found.mase is None
    assert found.coverage_90 is None
    assert found.months[0].expected == 10.5


def test_under_two_years_no_season_is_claimed():
    found = one(seasonal(20, np.random.default_rng(1)))
    assert "insufficient history for a season: 20 months of 24" in found.note
    assert "season" not in found.method
    assert found.mase is not None


def test_a_clear_season_is_found():
    found = one(seasonal(48, np.random.default_rng(1)), 12)
    assert found.method in {"smoothing with season", "same month a year before"}
    assert found.note == ""
    expected = [row.expected for row in found.months]
    # sin is greatest in the fourth month of twelve and least in the tenth.
    assert max(expected) > 130
    assert min(expected) < 70
    assert found.tried[found.method] == min(found.tried.values()) == found.mase


def test_each_series_has_its_own_way():
    generator = np.random.default_rng(2)
    jump = np.r_[np.full(44, 20.0), np.full(4, 80.0)]
    counts = np.stack([seasonal(48, generator), jump], axis=1)
    swinging, jumped = forecasts(counts, [("NOR", "a"), ("NOR", "b")], NEXT, 1)
    assert swinging.method != jumped.method
    assert jumped.months[0].expected == pytest.approx(80, rel=0.05)


def test_a_volume_that_never_changes_is_certain():
    found = one([7] * 30)
    assert found.mase == 0
    assert (found.months[0].low_90, found.months[0].high_90) == (7, 7)


def test_intervals_hold_what_came_about_as_often_as_they_say():
    generator = np.random.default_rng(3)
    months, series = 30, 120
    level = generator.uniform(5, 150, series)
    counts = generator.negative_binomial(20, 20 / (20 + level), (months + 3, series)).astype(float)
    found = forecasts(counts[:months], [("NOR", str(at)) for at in range(series)], NEXT, 3)
    held = [
        row.low_90 <= counts[months + step, at] <= row.high_90
        for at, forecast in enumerate(found)
        for step, row in enumerate(forecast.months)
    ]
    assert 0.85 <= np.mean(held) <= 0.95
    assert 0.85 <= np.mean([forecast.coverage_90 for forecast in found]) <= 0.97


def test_counts_that_vary_more_than_by_chance_are_negative_binomial():
    # Mean 4, variance 8: p = 1/2, r = 4. P(0) = 1/16 > 5 %, so the interval starts at 0.
    low, high = interval_of(Projection(np.array([4.0]), np.array([8.0])), 0.9)
    assert (low[0], high[0]) == (0, 9)


def test_stocks_vary_less_than_counts_and_may():
    low, high = interval_of(Projection(np.array([5000.0]), np.array([100.0])), 0.9)
    assert (low[0], high[0]) == pytest.approx((5000 - 16.449, 5000 + 16.449), abs=0.01)


def test_nothing_expected_has_no_interval_below_nothing():
    low, high = interval_of(Projection(np.array([-1.0]), np.array([0.0])), 0.9)
    assert (low[0], high[0]) == (0, 0)


def volumes(counts):
    rows = [
        {"office_id": "NOR", "officer_no": None, "docket": None, "activity": "review", "done": 0.0}
        | {"month": date(2025 + at // 12, at % 12 + 1, 1), "owed": float(count)}
        for at, count in enumerate(counts)
    ]
    return pa.Table.from_pylist(rows, schema=VOLUMES)


def test_volumes_are_forecast_by_office_and_activity():
    (found,) = of_volumes(volumes([10] * 14), ["review", "phone"], ["NOR", "SOU"], 2)
    assert found.name == ("NOR", "review")
    assert [row.month for row in found.months] == [date(2026, 3, 1), date(2026, 4, 1)]
    assert of_volumes(volumes([]), ["review"], ["NOR"], 2) == ()


def test_as_plain_values():
    made = one([5] * 8).plain()
    assert made["name"] == ["NOR", "review"]
    assert made["months"][0]["month"] == "2026-11-01"


def test_one_month_is_all_there_is():
    found = one([12])
    assert found.method == "mean of the last year"
    assert found.note.startswith("insufficient history: 1 months")
    assert found.months[0].low_90 < 12 < found.months[0].high_90


def test_the_back_test_knows_only_what_came_before():
    # A jump in the last month: no forecast of it can have been right, and none of the earlier ones be off.
    found = one([*[10] * 13, 40])
    assert found.mase > 0
    assert found.coverage_90 < 1


def test_error_is_told_beside_the_naive_one():
    # Up and down by 10 around 50: the naive forecast errs by 20, the mean by 10.
    found = one([40, 60] * 9)
    assert found.tried["mean of the last year"] == pytest.approx(0.5, abs=0.1)


def test_intervals_at_80_lie_within_those_at_90():
    for row in one(seasonal(30, np.random.default_rng(5)), 6).months:
        assert row.low_90 <= row.low_80 <= row.expected <= row.high_80 <= row.high_90


@pytest.mark.parametrize("months", [1, 3, 7, 13, 23, 24, 25, 37, 61])
def test_every_length_of_history_gives_a_forecast(months):
    found = one(np.random.default_rng(months).poisson(30, months), 4)
    assert len(found.months) == 4
    assert all(row.high_90 >= row.expected > 0 for row in found.months)
    assert bool(found.note) == (months < 24)
