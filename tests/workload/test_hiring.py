"""How many to hire, and when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from closeout.workload.chances import Share
from closeout.workload.hiring import hiring_plan
from closeout.workload.hiring_figures import Costs, HiringAsked
from closeout.workload.intake import ClassStart, Flow

CERTAIN = Flow(((4, 1.0),), 1.0, (), Share(0.0, 0.0))
USUAL = Flow(((4, 0.6), (6, 0.4)), 0.9, (0.5, 0.5), Share(0.06, 0.02))
NEED = 40 * np.exp(0.06 * np.random.default_rng(1).standard_normal(400))


def asked(**changed):
    given = {
        "office_id": "NOR",
        "as_of": date(2026, 11, 1),
        "by": date(2028, 2, 1),
        "heads": 36,
        "effective_fte": 36.0,
        "need": NEED,
        "need_low": NEED * 0.9,
        "need_high": NEED * 1.1,
        "classes": (ClassStart(0, 8), ClassStart(4, 8), ClassStart(8, 8)),
        "flow": USUAL,
    }
    return HiringAsked(**(given | changed))


def certain(need, **changed):
    draws = np.full(10, float(need))
    given = {"need": draws, "need_low": draws - 2, "need_high": draws + 2, "flow": CERTAIN}
    return asked(**(given | changed))


def test_with_nothing_left_to_chance_the_plan_can_be_worked_out_by_hand():
    # 40 - 36 = 4 officers. Whoever starts in month 8 arrives in month 12 and costs 3 for the seat and
    # 8 months' pay, those of month 8 to 15: the cheapest.
    plan = hiring_plan(certain(40))
    assert [(each.month, each.seats) for each in plan.chosen.classes] == [(8, 4)]
    assert plan.chosen.cost == pytest.approx(4 * (3 + 8))
    assert plan.chosen.is_cheapest
    assert plan.chosen.probability == 1
    assert plan.unmet_fte == 0
    assert plan.binding == ()


def test_weights_at_either_end_ask_for_fewer_or_more():
    plan = hiring_plan(certain(40))
    assert (plan.weights_low.hires, plan.chosen.hires, plan.weights_high.hires) == (2, 4, 6)


def test_a_class_that_is_too_late_is_not_sent_to():
    # The date is month 15; a class that starts in month 13 arrives in month 17.
    plan = hiring_plan(certain(40, classes=(ClassStart(0, 8), ClassStart(13, 8))))
    assert [each.month for each in plan.chosen.classes] == [0]


def test_the_months_show_who_is_there():
    months = hiring_plan(certain(40)).months
    assert len(months) == 16
    assert [row.started for row in months if row.started] == [4]
    assert (months[11].heads.middle, months[12].heads.middle) == (36, 40)
    assert months[11].probability_enough == 0
    assert months[12].probability_enough == 1


def test_the_target_is_met_on_the_draws_and_one_fewer_would_not_do():
    plan = hiring_plan(asked())
    assert plan.chosen.probability >= 0.8
    assert plan.without < 0.8
    fewer = asked(classes=tuple(ClassStart(each.month, each.seats - 1) for each in plan.chosen.classes))
    assert not hiring_plan(fewer).chosen.meets


def test_a_higher_probability_never_costs_less():
    costs = [hiring_plan(asked(probability=chance)).chosen.cost for chance in (0.5, 0.8, 0.9)]
    assert costs == sorted(costs)


def test_enough_staff_hire_nobody():
    plan = hiring_plan(certain(30))
    assert plan.chosen.classes == ()
    assert plan.chosen.cost == 0
    assert plan.without == 1
    assert "hire nobody" in plan.sentence


def test_overtime_is_taken_where_it_is_cheaper():
    # 4 lacking of 36: 11.1 %. Half of 24 % is 12 %: 36 x 15 months x 0.12 x 0.01 = 0.65, against 44 for four.
    cheap = hiring_plan(certain(40, overtime_most=0.24, costs=Costs(overtime_month=0.01)))
    assert cheap.chosen.overtime == pytest.approx(0.12)
    assert cheap.chosen.hires == 0
    assert cheap.chosen.cost == pytest.approx(36 * 15 * 0.12 * 0.01)
    dear = hiring_plan(certain(40, overtime_most=0.24, costs=Costs(overtime_month=5)))
    assert dear.chosen.overtime == 0
    assert len(dear.options) == 5


def test_a_plan_that_cannot_be_gives_the_closest_and_what_is_lacking():
    # Six seats and 36 staff are 42; 45 are needed.
    plan = hiring_plan(certain(45, classes=(ClassStart(0, 6),)))
    assert not plan.chosen.meets
    assert plan.chosen.hires == 6
    assert plan.unmet_fte == pytest.approx(3)
    assert plan.binding == ("seats in the classes", "class starts")
    assert "80% cannot be reached by 2028-02-01" in plan.sentence
    assert "3.0 full-time officers lacking" in plan.sentence


def test_a_ceiling_binds_and_is_named():
    plan = hiring_plan(certain(40, ceiling=38))
    assert plan.chosen.hires == 2
    assert plan.unmet_fte == pytest.approx(2)
    assert plan.binding == ("ceiling",)


def test_a_date_too_near_is_named():
    plan = hiring_plan(certain(40, by=date(2027, 1, 1)))
    assert plan.chosen.hires == 0
    assert plan.binding == ("date",)


def test_no_class_and_no_limit_that_alone_would_do():
    plan = hiring_plan(certain(45, classes=()))
    assert plan.binding == ()
    assert "No single limit" in plan.sentence


def test_the_same_seed_gives_the_same_plan():
    assert hiring_plan(asked()).plain() == hiring_plan(asked()).plain()


def test_the_plan_is_plain_values():
    made = json.loads(json.dumps(hiring_plan(asked()).plain()))
    assert made["by"] == "2028-02-01"
    assert made["chosen"]["meets"] is True
    assert made["months"][0]["heads"]["middle"] == 36


def test_months_are_counted_full():
    assert asked(by=date(2026, 12, 31)).horizon == 1
    assert replace(asked(), as_of=date(2026, 11, 15), by=date(2027, 1, 14)).horizon == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"by": date(2026, 11, 20)}, "less than a month"),
        ({"probability": 0.0}, "probability"),
        ({"probability": float("nan")}, "the probability is nan; give"),
        ({"overtime_most": -0.1}, "overtime"),
        ({"overtime_most": float("nan")}, "the overtime is nan; give"),
        ({"heads": -1}, "0 or more"),
        ({"ceiling": -1}, "0 or more"),
        ({"classes": (ClassStart(1, 2), ClassStart(1, 3))}, "a month of its own"),
        ({"classes": (ClassStart(-1, 2),)}, "a month of its own"),
    ],
)
def test_what_no_plan_can_be_made_of_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        asked(**wrong)


@pytest.mark.parametrize("cost", [-3.0, float("nan"), float("inf")])
def test_what_is_no_cost_is_refused_by_its_name(cost):
    with pytest.raises(ValueError, match="the cost `seat` is"):
        Costs(seat=cost)


def test_the_nation_is_no_office():
    assert hiring_plan(certain(30, office_id="nation")).sentence.startswith("The nation: hire nobody;")


def test_the_options_stand_in_the_order_of_their_overtime():
    plan = hiring_plan(certain(40, overtime_most=0.08))
    assert [round(path.overtime, 2) for path in plan.options] == [0.0, 0.02, 0.04, 0.06, 0.08]
    hires = [path.hires for path in plan.options]
    assert hires == sorted(hires, reverse=True)


def test_a_class_that_costs_to_start_is_shared():
    # Two classes of four would do; one class start is dearer than the pay saved, so one class is filled.
    two = (ClassStart(0, 4), ClassStart(8, 4))
    plan = hiring_plan(certain(39, classes=two, costs=Costs(class_start=50)))
    assert [(each.month, each.seats) for each in plan.chosen.classes] == [(8, 3)]


def test_leavers_are_planned_for():
    # 36 for 15 months at 20 % a year: 36 x 0.8^1.25 = 27.2 stay; 9 are to be made up, some of whom leave.
    leaving = replace(CERTAIN, leaving=Share(0.2, 0.0))
    stays = hiring_plan(certain(36))
    goes = hiring_plan(asked(need=np.full(400, 36.0), flow=leaving, probability=0.5))
    assert stays.chosen.hires == 0
    assert 8 <= goes.chosen.hires <= 12


def test_a_longer_ramp_never_hires_fewer():
    quick, slow = (
        hiring_plan(asked(flow=replace(USUAL, ramp=ramp))) for ramp in ((), (0.25,) * 6 + (0.5,) * 6)
    )
    assert slow.chosen.cost >= quick.chosen.cost


def test_a_plan_that_is_not_shown_cheapest_gives_its_bound(monkeypatch):
    monkeypatch.setattr("closeout.workload.hiring.LOOKS", 1)
    monkeypatch.setattr("closeout.workload.hiring.CHOSEN_LOOKS", 1)
    plan = hiring_plan(asked())
    assert not plan.chosen.is_cheapest
    assert 0 < plan.chosen.bound <= plan.chosen.cost
    assert "No path costs" in plan.sentence
    assert "% less" in plan.sentence
