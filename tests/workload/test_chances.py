"""How much work comes, and how many hours officers are there."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from closeout.workload.chances import (
    LEAVING,
    SICK,
    USUAL_DISPERSION,
    Share,
    dispersion,
    hour_draws,
    monthly,
    share_seen,
    sick_seen,
    volume_draws,
)
from closeout.workload.shapes import VOLUMES
from closeout.workload.streams import stream


def volumes(rows):
    """Return volumes of rows (office, activity, month of 2025 from 1, owed)."""
    return pa.Table.from_pylist(
        [
            {
                "office_id": office,
                "officer_no": None,
                "docket": None,
                "activity": activity,
                "month": date(2025, month, 1),
                "owed": float(owed),
                "done": 0.0,
            }
            for office, activity, month, owed in rows
        ],
        schema=VOLUMES,
    )


def year(counts, office="NOR", activity="review"):
    return [(office, activity, month, owed) for month, owed in enumerate(counts, 1)]


def test_volumes_are_added_by_month_and_a_month_without_rows_is_nothing():
    table = volumes(
        [("NOR", "review", 1, 5), ("NOR", "review", 1, 2), ("NOR", "review", 3, 4), ("SOU", "x", 2, 9)]
    )
    assert monthly(table, ["review"], ["NOR"])[:, 0, 0].tolist() == [7, 0, 4]


def test_no_volumes_are_no_months():
    assert monthly(volumes([]), ["review"], ["NOR"]).shape == (0, 1, 1)


def test_the_middle_is_the_volume_expected():
    found = volume_draws(volumes(year([90, 110] * 6)), ["review"], ["NOR"], n=3000)
    assert found.method == "months resampled"
    assert found.factor.mean() == pytest.approx(1, abs=0.01)


def test_a_year_ahead_is_as_uncertain_as_its_months_and_their_mean():
    found = volume_draws(volumes(year([90, 110] * 6)), ["review"], ["NOR"], n=6000)
    # Months off by 10 %, sample variance 12/11 of that; a mean of twelve, twice: sqrt(2 x 0.01 / 11).
    assert found.factor.std() == pytest.approx(np.sqrt(2 * 0.01 / 11), rel=0.05)


def test_what_rises_together_stays_together():
    rows = year([90, 110, 100] * 4) + year([9, 11, 10] * 4, activity="phone") + year([45, 55, 50] * 4, "SOU")
    factor = volume_draws(volumes(rows), ["review", "phone"], ["NOR", "SOU"]).factor
    assert factor[:, 0, 0] == pytest.approx(factor[:, 1, 0])
    assert factor[:, 0, 0] == pytest.approx(factor[:, 0, 1])


def test_an_activity_that_never_came_has_the_factor_one():
    found = volume_draws(volumes(year([1] * 12)), ["review", "phone"], ["NOR"])
    assert (found.factor[:, 1] == 1).all()


def test_a_short_history_is_negative_binomial():
    found = volume_draws(volumes(year([100, 100, 100])), ["review"], ["NOR"], n=6000)
    assert found.method == "negative binomial"
    # Three alike months: hardly more than chance. A year of 1,200: variance 1,200 + 0.0001/12 x 1,200 squared
    # = 1,212, so 2.90 %; times sqrt(1 + 12 / 3).
    assert found.factor.std() == pytest.approx(0.029 * np.sqrt(5), rel=0.05)


def test_no_history_leaves_the_volume_as_given():
    assert (volume_draws(volumes([]), ["review"], ["NOR"], n=5).factor == 1).all()


def test_volumes_never_fall_below_nothing():
    assert volume_draws(volumes(year([0, 0, 0, 0, 0, 60])), ["review"], ["NOR"]).factor.min() == 0


def test_dispersion_by_hand():
    # Months 80 and 120: mean 100, variance 800; (800 - 100) / 100 squared = 0.07.
    assert dispersion(np.array([[80.0], [120.0]])) == pytest.approx(0.07)
    assert dispersion(np.array([[100.0], [100.0]])) == 1e-4
    assert dispersion(np.array([[100.0]])) == USUAL_DISPERSION


def test_a_beta_share_has_its_mean_and_deviation():
    drawn = Share(0.06, 0.02).drawn(20_000, stream(1, "t"))
    assert drawn.mean() == pytest.approx(0.06, rel=0.02)
    assert drawn.std() == pytest.approx(0.02, rel=0.03)


@pytest.mark.parametrize("share", [Share(0.06, 0.0), Share(0.0, 0.1), Share(1.0, 0.1)])
def test_a_share_without_spread_is_its_mean(share):
    assert (share.drawn(3, stream(1, "t")) == share.mean).all()


def test_officers_are_there_as_expected_in_the_middle():
    found = hour_draws(["NOR"], [40])
    assert found.present.mean() == pytest.approx(1, abs=0.003)
    assert found.stayed.mean() == pytest.approx(1 - LEAVING.mean, abs=0.005)


def test_a_small_office_is_less_certain_to_keep_its_staff():
    found = hour_draws(["SMALL", "LARGE"], [4, 400])
    assert found.stayed[:, 0].std() > 2 * found.stayed[:, 1].std()


def test_half_a_year_loses_half_as_many():
    # 1 - (1 - 0.06)^(1/2) = 0.0305.
    found = hour_draws(["NOR"], [400], leaving=Share(0.06, 0), months=6, n=5000)
    assert 1 - found.stayed.mean() == pytest.approx(0.0305, abs=0.0005)


def test_an_office_without_officers_has_nobody_to_leave():
    found = hour_draws(["NONE"], [0], n=3)
    assert (found.present == 1).all()
    assert (found.stayed == 1).all()


def test_another_office_changes_no_numbers():
    assert (hour_draws(["A", "B"], [9, 9]).stayed[:, 1] == hour_draws(["B"], [9]).stayed[:, 0]).all()


def test_a_share_is_seen_with_how_offices_differ():
    # 2, 4 and 6 % of 10,000 days: mean 4 %, variance 0.0004 less what chance gives (0.0384 / 10,000).
    found = share_seen([200, 400, 600], [10_000] * 3, otherwise=SICK)
    assert found.mean == pytest.approx(0.04)
    assert found.deviation == pytest.approx(np.sqrt(0.0004 - 0.04 * 0.96 / 10_000))


def test_offices_alike_but_for_chance_have_no_spread():
    assert share_seen([4, 5], [100, 100], otherwise=SICK).deviation == 0


def test_one_office_tells_a_mean_and_none_nothing():
    assert share_seen([4], [100], otherwise=SICK) == Share(0.04, 0.0)
    assert share_seen([], [], otherwise=SICK) is SICK
    assert share_seen([0], [0], otherwise=SICK) is SICK


def test_a_short_history_leaves_what_never_came_alone():
    found = volume_draws(volumes(year([100, 90])), ["review", "phone"], ["NOR"], n=50)
    assert (found.factor[:, 1] == 1).all()
    assert found.factor[:, 0].std() > 0


def test_a_longer_history_is_surer():
    short, long = (volume_draws(volumes(year([90, 110] * n)), ["review"], ["NOR"], n=4000) for n in (3, 6))
    assert long.factor.std() < short.factor.std()


def test_a_month_ahead_is_less_sure_than_a_year():
    def spread(months):
        found = volume_draws(volumes(year([90, 110] * 6)), ["review"], ["NOR"], months_ahead=months, n=4000)
        return found.factor.std()

    assert spread(1) > 1.5 * spread(12)


def test_months_are_counted_over_the_year_s_end():
    table = pa.concat_tables([volumes(year([5], "NOR")), volumes([])])
    assert monthly(table, ["review"], ["NOR"]).shape == (1, 1, 1)


def test_an_office_s_own_sick_days_lean_on_the_nation_s():
    # Seen: 2, 4 and 6 % of 10,000 days each, so a mean of 4 % and a deviation of near 2 %: worth
    # 0.04 x 0.96 / 0.0004 - 1 = 95 days. 10,000 days of its own move an office almost to its own share.
    low, middle, high = sick_seen([200, 400, 600], [10_000] * 3)
    size = 0.04 * 0.96 / low.deviation**2 - 1
    assert low.mean == pytest.approx((0.04 * size + 200) / (size + 10_000))
    assert low.mean == pytest.approx(0.0202, abs=1e-4)
    assert middle.mean == pytest.approx(0.04)
    assert high.mean == pytest.approx(0.0598, abs=1e-4)
    assert low.deviation == middle.deviation == high.deviation > 0


def test_an_office_seen_for_no_day_has_the_nation_s_share():
    assert sick_seen([200, 600, 0], [10_000, 10_000, 0])[2].mean == pytest.approx(0.04)


def test_offices_that_differ_by_chance_alone_all_have_the_nation_s_share():
    assert sick_seen([4, 5], [100, 100]) == (Share(0.045, 0.0),) * 2


def test_where_nobody_writes_sick_days_down_the_usual_share_is_drawn():
    assert sick_seen([0, 0], [1_000, 1_000]) == (SICK, SICK)
    assert sick_seen([], []) == ()


def test_an_officer_ill_all_year_leaves_hours_to_draw_from():
    found = sick_seen([250, 0], [250, 250])
    assert found[0].mean <= 0.9
    drawn = hour_draws(["A", "B"], [1, 1], sick=found)
    assert np.isfinite(drawn.present).all()


def test_each_office_is_drawn_by_its_own_share():
    drawn = hour_draws(["A", "B"], [400, 400], sick=[Share(0.02, 0.0), Share(0.2, 0.0)], n=4000)
    # Present over expected: one in the middle of both, and more uncertain where more are ill.
    assert drawn.present.mean(axis=0) == pytest.approx([1, 1], abs=1e-3)
    assert drawn.present[:, 1].std() > 2 * drawn.present[:, 0].std()
