"""Scenarios beside the base on common chances, and caseload curves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from closeout.simulation.changes import Caseload, Detail, Interval, OvertimeHours, SickDays, Some
from closeout.simulation.compare import compare, compare_nation
from closeout.simulation.curve import Target, curve
from closeout.simulation.model import ModelError, Sickness
from closeout.simulation.replications import simulate, simulate_nation
from closeout.simulation.scenario import Scenario
from tests.simulation.offices import make_office

DETAIL = Scenario("detail", "One away", (Detail(officers=Some(("D01",)), from_on=date(2026, 2, 2), days=45),))
BUSY = make_office(cases=160, sickness=Sickness(4, 3))


def test_no_change_is_no_difference():
    found = compare(BUSY, Scenario("none", "", (Caseload(cases=160),)), 3)
    for difference in (found.all, *found.duties):
        assert difference.on_time is None or difference.on_time.mean == 0
        assert difference.displaced_hours.mean == difference.hours.mean == 0


def test_a_detail_displaces_duties_and_colleagues_absorb_them():
    found = compare(BUSY, DETAIL, 8)
    displaced = {one.duty: one for one in found.duties}
    # 33 working days of one officer of four: check-ins of 160 cases / 90 days x 45 days are about 80.
    assert displaced["check-in"].displaced.low > 40
    assert displaced["check-in"].displaced.high < 110
    absorbed = {one.officer_no: one.hours.mean for one in found.absorbed}
    assert list(absorbed) == ["D00", "D01", "D02", "D03"]
    assert min(absorbed["D00"], absorbed["D02"], absorbed["D03"]) > 0
    assert absorbed["D01"] <= 0
    # What is done by colleagues is what colleagues do.
    assert found.all.displaced_hours.mean == pytest.approx(sum(absorbed.values()))


def test_pairing_cancels_most_of_the_noise():
    one = simulate(make_office(cases=460, officer_spread=0.2), 12)
    other = simulate(make_office(cases=460, officer_spread=0.2, support_share=0.02), 12)
    paired = np.std(one.shares() - other.shares())
    unpaired = np.std(one.shares() - np.roll(other.shares(), 1))
    assert paired < unpaired / 2


def test_a_change_leaves_the_other_chances_as_they_were():
    # Twice as many cases: those there before have the same duties, and twice as many tasks come of all.
    few, many = (simulate(make_office(cases=cases, warm_up_days=0), 2) for cases in (50, 100))
    assert (many.of("opened", "check-in") > 1.6 * few.of("opened", "check-in")).all()
    # Overtime that is not needed changes nothing at all.
    spare = make_office(cases=20)
    found = compare(spare, Scenario("o", "", (OvertimeHours(hours_a_week=5),)), 2)
    assert (found.base.counted == found.changed.counted).all()


def test_shorter_intervals_bring_more_check_ins():
    change = Interval(duty="check-in", days=60)
    found = compare(BUSY, Scenario("i", "", (change,)), 3)
    check_ins = next(one for one in found.duties if one.duty == "check-in")
    # 640 cases, 120 days: 853 become 1,280; what follows from them rises too.
    assert check_ins.fell_due.mean == pytest.approx(1_280 - 853, rel=0.1)
    contact = next(one for one in found.duties if one.duty == "contact")
    assert contact.fell_due.mean == pytest.approx(0.15 * (1_280 - 853), rel=0.4)


def test_a_base_that_is_there_is_not_run_again():
    base = simulate(BUSY, 2, 5)
    heard = []
    found = compare(BUSY, DETAIL, seed=5, found=base, told=lambda done, _total: heard.append(done))
    assert found.base is base
    assert heard == [1, 2]


def test_the_nation_under_a_scenario():
    offices = (BUSY, make_office(office_id="SOUTH"))
    base = simulate_nation(offices, 2)
    only_north = replace(DETAIL, changes=(replace(DETAIL.changes[0], office="NORTH"),))
    found = compare_nation(offices, only_north, base)
    alone = compare(BUSY, only_north, 2)
    assert found.all.displaced.mean == pytest.approx(alone.all.displaced.mean)
    assert found.absorbed == ()


def test_a_comparison_as_plain_values():
    made = compare(BUSY, DETAIL, 2).plain()
    assert set(made) == {"scenario", "base", "changed", "differences", "absorbed"}
    assert set(made["differences"]) == {"all", "duties", "used", "overtime_hours"}
    assert made["differences"]["duties"][0]["duty"] == "check-in"


def test_a_scenario_that_does_not_fit_is_refused():
    missing = Scenario("x", "", (Detail(officers=Some(("Z9",)), from_on=date(2026, 2, 2), days=3),))
    with pytest.raises(ModelError, match="scenario x: detail: office NORTH has no officer Z9"):
        compare(BUSY, missing, 1)


def test_the_largest_caseload_lies_where_the_target_is_lost():
    office = make_office(2, cases=100)
    found = curve(office, Target(0.95, 0.8), replications=10)
    meets = {point.cases: point.meets for point in found.points}
    assert found.largest in meets
    assert meets[found.largest] >= 0.8
    above = min(cases for cases in meets if cases > found.largest)
    assert meets[above] < 0.8
    # Halved until the step is half a percent, or one case.
    assert above - found.largest <= max(1, found.largest // 200)
    assert found.low is None or found.low <= found.largest
    assert found.high is None or found.high >= found.largest - 1
    assert found.now == 100
    assert found.reason == ""


def test_the_share_on_time_falls_with_the_caseload():
    found = curve(make_office(2), caseloads=(100, 400, 600), replications=4)
    shares = [point.on_time.mean for point in found.points]
    assert shares == sorted(shares, reverse=True)
    used = [point.used.mean for point in found.points]
    assert used == pytest.approx(sorted(used))


def test_never_reached_is_a_result_with_its_reason():
    office = make_office(has_cover=False, sickness=Sickness(30, 10))
    found = curve(office, Target(0.99, 0.8, "check-in"), caseloads=(1, 50), replications=3)
    assert (found.largest, found.low) == (None, None)
    assert found.reason.startswith("never reached: at 1 case an officer 99% of check-in on time")
    assert "nobody covers absences" in found.reason
    assert found.plain()["largest"] is None


def test_a_target_met_at_every_caseload_that_was_tried():
    found = curve(make_office(2), caseloads=(2, 4), replications=3)
    assert found.largest == 4
    assert found.reason == "every caseload that was tried meets the target; the largest tried is 4"
    assert found.high is None


def test_a_caseload_below_the_grid_is_tried():
    # Nothing of the grid meets it; one case an officer does.
    found = curve(make_office(2), caseloads=(900, 1_000), replications=3)
    assert 1 < found.largest < 900


@pytest.mark.parametrize(
    ("office", "target", "caseloads", "said"),
    [
        (make_office(cases=0), Target(), (), "has no cases"),
        (make_office(), Target(duty="nothing"), (), "has no duty nothing"),
        (make_office(), Target(), (0, 5), "at least 1 case"),
    ],
)
def test_a_curve_that_cannot_be_drawn(office, target, caseloads, said):
    with pytest.raises(ModelError, match=said):
        curve(office, target, caseloads, replications=1)


@pytest.mark.parametrize("figures", [(0.0, 0.8), (1.1, 0.8), (0.9, 0.0), (0.9, 1.0)])
def test_a_target_that_cannot_be(figures):
    with pytest.raises(ModelError, match="target"):
        Target(*figures)


def test_sickness_costs_hours():
    found = compare(make_office(), Scenario("s", "", (SickDays(spells_a_year=10, mean_days=5),)), 5)
    hours = [one.hours("available").mean() for one in (found.base, found.changed)]
    # 10 spells of 5 days on the 260 days of a year: about a sixth of the days.
    assert hours[1] / hours[0] == pytest.approx(1 / (1 + 50 / 260), abs=0.06)
