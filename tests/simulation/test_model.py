from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from closeout.simulation.model import (
    Away,
    Comes,
    Duty,
    Escorts,
    ModelError,
    Officer,
    Overdue,
    Overtime,
    Sickness,
    Taken,
)
from tests.simulation.offices import CHECK_IN, CONTACT, START, make_office


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"minutes": 0}, "0 minutes a task"),
        ({"minutes": -5}, "-5 minutes a task"),
        ({"minutes": float("nan")}, "nan minutes"),
        ({"window_days": -1}, "below 0"),
        ({"interval_days": 0}, "interval of 0 days"),
        ({"intervals": {"juvenile": 0.2}}, "interval of 0.2 days"),
        ({"lead_days": 9_000}, "at most"),
        ({"per_case": {"": 1.5}}, "between 0 and 1"),
        ({"per_case": {"": -0.5}}, "below 0"),
        ({"probability": 2.0}, "between 0 and 1"),
        ({"after": "review"}, "duties that follow"),
    ],
)
def test_a_duty_that_makes_no_sense(values, said):
    with pytest.raises(ModelError, match=said):
        replace(CHECK_IN, **values)


def test_a_duty_that_follows_names_what_it_follows():
    with pytest.raises(ModelError, match="contact: `after`"):
        replace(CONTACT, after="")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"officers": ()}, "has no officers"),
        ({"duties": ()}, "no duties with minutes"),
        ({"support_share": 1.0}, "support of 100%"),
        ({"support_share": 1.2}, "support of 120%"),
        ({"days": 0}, "days must be"),
        ({"officers": (Officer("D1", 0.0, {"": 5}),)}, "no officer has any hours"),
        ({"officers": (Officer("D1"), Officer("D1"))}, "officer D1 stands there twice"),
        ({"duties": (CHECK_IN, CHECK_IN)}, "duty check-in stands there twice"),
        ({"duties": (CONTACT,)}, "there is no duty check-in"),
        ({"backlog": (Overdue("nothing"),)}, "there is no duty nothing"),
        ({"open_minutes": 0}, "open day"),
        ({"officer_spread": -1}, "spread"),
        ({"attrition_a_year": 1.0}, "attrition"),
        ({"officers": (Officer("D1", 1_400.0),), "overtime": Overtime(60, 600)}, "more than a day has"),
    ],
)
def test_an_office_that_cannot_be_simulated(changes, said):
    with pytest.raises(ModelError, match=said):
        make_office(**changes)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Officer("D1", -1.0),
        lambda: Officer("D1", 1_441.0),
        lambda: Officer("D1", cases={"": -1}),
        lambda: Officer("D1", taken=(Taken(-5, START, START),)),
        lambda: Overtime(-1),
        lambda: Sickness(-1),
        lambda: Sickness(1, 0.5),
        lambda: Escorts(-1),
    ],
)
def test_figures_below_zero_are_refused(make):
    with pytest.raises(ModelError):
        make()


def test_rates_and_intervals_by_docket():
    duty = Duty(
        "check-in", 20, Comes.FIXED, per_case={"juvenile": 1.0, "": 0.5}, intervals={"juvenile": 30.0}
    )
    assert (duty.rate("juvenile"), duty.rate("adult")) == (1.0, 0.5)
    assert (duty.interval_of("juvenile"), duty.interval_of("adult")) == (30.0, 365.0)


def test_a_caseload_keeps_the_mix():
    officers = (
        Officer("D1", cases={"a": 60, "b": 20}),
        Officer("D2", cases={"a": 40}),
        Officer("D3"),
    )
    # 120 cases of two officers who lead any: 60 each on average. 30 each halves every number.
    halved = make_office(officers=officers).with_caseload(30)
    assert [dict(one.cases) for one in halved.officers] == [{"a": 30, "b": 10}, {"a": 20}, {}]
    assert make_office(officers=officers).cases == 120


def test_no_caseload_to_scale():
    with pytest.raises(ModelError, match="no caseload to scale"):
        make_office(cases=0).with_caseload(10)
    with pytest.raises(ModelError, match="at least 0"):
        make_office().with_caseload(-1)


def test_the_days_of_a_run():
    office = make_office(days=10, warm_up_days=4)
    assert (office.first_day, office.horizon) == (date(2026, 1, 1), 14)


def test_being_away_has_a_reason():
    assert Away(START, START).why == "absent"
