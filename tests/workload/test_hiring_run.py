"""From a staffing run to a hiring plan."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from closeout.workload import hiring_run
from closeout.workload.figures import DutyHours, Need
from closeout.workload.forecast import Forecast, MonthAhead
from closeout.workload.hiring_figures import HiringAsked
from closeout.workload.hiring_run import Limits, PlanError, need_draws_of, need_of
from closeout.workload.intake import ClassStart
from closeout.workload.intervals import Interval
from closeout.workload.weights import Grade

INTERVALS = {"need_fte": Interval(36.0, 40.0, 50.0), "need_fte_80": Interval(37.0, 40.0, 46.0, 0.8)}


def need(office="NOR", **changed):
    given = {"need_fte": 40.0, "staff_fte": 34.2, "intervals": INTERVALS, "grade": Grade.A}
    return Need(office, **(given | changed))


def duty(activity, owed, minutes, office="NOR", docket=None):
    return DutyHours(office, activity, activity, docket, owed, owed, minutes, None, Grade.A, None)


def ahead(activity, expected, office="NOR", months=18):
    month = MonthAhead(date(2027, 1, 1), expected, 0, 0, 0, 0)
    return Forecast((office, activity), "smoothing", (month,) * months, 36, 0.9, 0.9, {}, "a note")


def staffing(**changed):
    officers = [
        SimpleNamespace(office_id=office, hours_available=hours)
        for office, hours in (("NOR", 100.0), ("NOR", 90.0), ("NOR", 0.0), ("SOU", 100.0))
    ]
    given = {
        "as_of": date(2026, 11, 22),
        "nation": need(None),
        "offices": (need("NOR", staff_fte=2.5), need("SOU", need_fte=None, reason="no weights")),
        "officers": officers,
        "duties": (duty("review", 100.0, 30.0), duty("phone", 300.0, 10.0), duty("lost", 9.0, None)),
        "shares": {"weights": 0.5},
    }  # fmt: skip
    return SimpleNamespace(**(given | changed))


def test_draws_keep_the_published_points():
    middle, _, _ = need_draws_of(need(), {}, 40_000, 7)
    got = np.quantile(middle, [0.05, 0.1, 0.5, 0.9, 0.95])
    assert got == pytest.approx([36, 37, 40, 46, 50], rel=0.01)


def test_weights_at_their_ends_move_the_middle_and_leave_the_rest_varying():
    middle, low, high = need_draws_of(need(), {"weights": 0.5}, 20_000, 7)
    assert np.median(low) < np.median(middle) < np.median(high)
    assert 0 < low.std() < middle.std()
    # At half of the variance: 0.906 of a standard deviation, between 40 and 46 of 1.2816.
    assert np.median(high) == pytest.approx(40 + 6 * np.sqrt(0.5), rel=0.01)


def test_weights_that_bring_all_the_variance_leave_none():
    _, low, high = need_draws_of(need(), {"weights": 1.0}, 100, 7)
    assert low == pytest.approx(np.full(100, 37.0))
    assert high == pytest.approx(np.full(100, 46.0))


def test_a_need_is_never_below_nothing():
    wide = {"need_fte": Interval(0.0, 0.1, 0.9)}
    middle, _, _ = need_draws_of(need(intervals=wide), {}, 5000, 7)
    assert middle.min() == 0


def test_the_nation_or_one_office():
    assert need_of(staffing(), None).office_id is None
    assert need_of(staffing(), "NOR").office_id == "NOR"


@pytest.mark.parametrize(
    ("office", "said"), [("XXX", "there is no office XXX; there are NOR, SOU"), ("SOU", "no weights")]
)
def test_an_office_without_a_figure_is_refused_with_the_reason(office, said):
    with pytest.raises(PlanError, match=said):
        need_of(staffing(), office)


def test_growth_weighs_volumes_by_their_minutes():
    # Today 100 x 30 + 300 x 10 = 6,000 minutes; then 110 x 30 + 330 x 10 = 6,600.
    found = hiring_run._growth(staffing(), [ahead("review", 110.0), ahead("phone", 330.0)], "NOR")
    assert found == pytest.approx(1.1)


def test_growth_leaves_out_what_has_no_weight_or_no_forecast():
    assert hiring_run._growth(staffing(), [ahead("review", 150.0), ahead("lost", 900.0)], "NOR") == 1.5
    assert hiring_run._growth(staffing(), [], "NOR") == 1.0


def test_a_forecast_of_another_office_says_nothing_of_this_one():
    assert hiring_run._growth(staffing(), [ahead("review", 500.0, "SOU")], "NOR") == 1.0


def asked(**changed):
    limits = Limits(date(2028, 6, 1), (ClassStart(0, 5),), **changed)
    one = np.ones(3)
    return hiring_run._asked(staffing(), need_of(staffing(), "NOR"), limits, one, one, one, 7)


def test_staff_are_those_with_hours_and_bring_what_they_bring():
    found = asked()
    assert isinstance(found, HiringAsked)
    # Two of the three have hours, but 2.5 full-time officers cannot be fewer than two persons.
    assert (found.heads, found.effective_fte) == (2, 2.5)


def test_a_plan_may_start_from_other_staff():
    assert (asked(staff=12).heads, asked(staff=12).effective_fte) == (12, 12.0)
    assert asked(staff=0).effective_fte == 0
