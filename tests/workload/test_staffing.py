"""A whole run over an agency of three officers: figures by hand, bad input, and what must always hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from closeout.duties.clauses import LeftOut, Pack
from closeout.workload.loads import LOADS, case_loads
from closeout.workload.parameters import WEEKS_A_MONTH, Parameters
from closeout.workload.staffing import work_out
from closeout.workload.weights import Grade, Kind, Unit, Weight
from tests.duties.making import check_in_clause, complaint_clause, contact_clause, day, opened_rows

AS_OF = date(2026, 2, 28)
PLAIN = Parameters(months=1, support_share=0.0, occupancy=1.0)
"""One month, February 2026, with nothing taken off: 20 working days less Presidents' Day."""
PACK = Pack(
    "test",
    "Test",
    (
        replace(check_in_clause(), minutes="check-in"),
        replace(contact_clause(), minutes="verify-contact"),
        complaint_clause(minutes="complaint"),
    ),
)


class Fixed:
    """Weights given by hand; 0 minutes a case-month."""

    def __init__(self, **minutes):
        self.minutes = {"check-in": 60.0, "verify-contact": 0.0, "complaint": 0.0} | {
            name.replace("_", "-"): value for name, value in minutes.items()
        }

    def get(self, activity, office_id, kind):
        minutes = self.minutes.get(activity, 0.0)
        unit = Unit.CASE_MONTH if activity.startswith("case-") else Unit.DUTY
        if minutes is None:
            return Weight(activity, unit, None, None, None, Grade.NONE, kind, office_id, reason="expired")
        return Weight(activity, unit, minutes, minutes, minutes, Grade.A, kind, office_id)


def officer(number, office="A", **said):
    return {
        "officer_no": number,
        "office_id": office,
        "role": "deportation_officer",
        "entered_on": day("2015-01-01"),
        "active_from": day("2015-01-01"),
        "contracted_hours": 40.0,
    } | said


def case(number, leader="S-1", office="A", **said):
    return {
        "case_no": f"C-{number:06}",
        "office_id": office,
        "officer_no": leader,
        "docket": "family",
        "state": "open",
        "opened_on": day("2026-01-01"),
        "status_code": "x",
    } | said


def check_in(number, key):
    return {"check_in_id": key, "case_no": f"C-{number:06}", "due_on": day("2026-02-10")}


def agency(cases=10, check_ins=90, **said):
    """Ten cases of one officer with 90 check-ins in February; a second officer, and a second office."""
    return {
        "offices": [{"office_id": "A"}, {"office_id": "B"}],
        "officers": [officer("S-1"), officer("S-2"), officer("S-3", "B")],
        "cases": [case(number) for number in range(cases)],
        "check_ins": [check_in(key % max(cases, 1), key) for key in range(1, check_ins + 1)],
        "verifications": [],
        "complaints": [],
    } | said


def run(rows, parameters=PLAIN, weights=None, as_of=AS_OF, **said):
    with opened_rows(rows) as (engine, tables):
        return work_out(engine, tables, PACK, as_of, parameters, weights=weights or Fixed(), **said)


def office(made, name="A"):
    return next(row for row in made.offices if row.office_id == name)


def mine(made, name="S-1"):
    return next(row for row in made.officers if row.officer_no == name)


def test_ninety_check_ins_of_an_hour_are_ninety_hours_a_month():
    made = run(agency())
    found = office(made)
    assert found.demand_hours == pytest.approx(90)
    assert (found.cases, found.owed, found.done) == (10, pytest.approx(90 + 10 * 28 / 182.62125), 0)
    # 152 of 160 paid hours are there: 19 days of 20. Two officers of 40 hours, 4.348 weeks a month.
    hours = 40 * WEEKS_A_MONTH * 19 / 20
    assert found.hours_available == pytest.approx(2 * hours)
    assert found.utilization == pytest.approx(90 / (2 * hours))
    assert found.need_fte == pytest.approx(90 / hours)
    assert found.staff_fte == pytest.approx(2)
    assert found.gap_fte == pytest.approx(90 / hours - 2)
    assert found.pressure == pytest.approx(90 / hours / 2)
    assert found.posts == 1


def test_support_and_slack_raise_the_need_and_not_the_demand():
    plain, slack = run(agency()), run(agency(), replace(PLAIN, support_share=0.2, occupancy=0.9))
    assert slack.nation.demand_hours == plain.nation.demand_hours
    assert slack.nation.need_fte == pytest.approx(plain.nation.need_fte / 0.8 / 0.9)


def test_need_meets_staff_exactly_where_work_fills_the_hours():
    # Pressure and utilization are two ways of saying the same: both 1 at once.
    hours = 40 * WEEKS_A_MONTH * 19 / 20 * 0.75 * 0.9
    rows = agency(officers=[officer("S-1")], offices=[{"office_id": "A"}])
    made = run(rows, replace(PLAIN, support_share=0.25, occupancy=0.9), Fixed(check_in=hours * 60 / 90))
    assert made.nation.utilization == pytest.approx(1)
    assert made.nation.pressure == pytest.approx(1)


def test_the_nation_is_the_sum_of_its_offices_and_parts_also_under_what_if():
    for parameters in (PLAIN, replace(PLAIN, support_share=0.3, counts_hidden=False)):
        made = run(agency(), parameters)
        for name in ("demand_hours", "need_fte", "staff_fte", "gap_fte", "hours_available", "cases"):
            total = getattr(made.nation, name)
            assert total == pytest.approx(sum(getattr(row, name) for row in made.offices))
            assert total == pytest.approx(sum(getattr(row, name) for row in made.parts))


def test_a_gap_is_above_zero_where_officers_are_short_and_below_where_they_are_not():
    assert office(run(agency(check_ins=900))).gap_fte > 0
    assert office(run(agency(check_ins=9))).gap_fte < 0


def test_an_officer_without_hours_has_orphaned_cases_and_no_utilization():
    made = run(agency(officers=[officer("S-1", contracted_hours=0.0), officer("S-2")]))
    assert (mine(made).state, mine(made).utilization, mine(made).at_mix) == ("ORPHANED", None, None)
    assert mine(made).cases == 10


def test_an_officer_who_has_left_has_orphaned_cases():
    assert mine(run(agency(officers=[officer("S-1", active_to=day("2026-02-20"))]))).state == "ORPHANED"


def test_an_officer_whom_nobody_knows_is_flagged():
    made = run(agency(officers=[officer("S-2")]))
    assert mine(made).state == "ORPHANED"
    assert "NOT IN THE RECORDS" in mine(made).flags[0]


def test_an_office_without_officers_needs_some_and_has_no_pressure():
    found = office(run(agency(officers=[officer("S-3", "B")])))
    assert found.flags[0] == "ORPHANED: 10 cases and no hours for them"
    assert (found.utilization, found.pressure, found.staff_fte) == (None, None, 0)
    assert found.need_fte == pytest.approx(found.gap_fte)
    assert found.need_fte > 0


def test_an_agency_without_officers_or_cases_is_answered():
    made = run(agency(0, 0, officers=[]))
    assert (made.nation.demand_hours, made.nation.cases, made.nation.staff_fte) == (0, 0, 0)
    assert made.officers == ()


def test_cases_that_nobody_leads_are_flagged_and_stay_in_the_demand():
    made = run(agency() | {"cases": [case(n, None) for n in range(10)]})
    assert "UNASSIGNED: 10 cases that nobody leads" in office(made).flags
    assert office(made).demand_hours == pytest.approx(90)
    assert {row.role for row in made.parts if row.docket == "family"} == {"deportation_officer"}


def test_an_officer_with_cases_of_two_offices_has_one_utilization_and_a_flag():
    cases = [case(n, office="B" if n < 5 else "A") for n in range(10)]
    made = run(agency() | {"cases": cases})
    assert mine(made).cases == 10
    assert mine(made).demand_hours == pytest.approx(90)
    assert mine(made).flags == ("OTHER OFFICE: leads cases of B",)
    assert office(made, "B").demand_hours == pytest.approx(45)


def test_two_roles_in_one_run_keep_their_hours_apart():
    officers = [officer("S-1"), officer("S-2", role="supervisor")]
    made = run(agency(officers=officers), replace(PLAIN, support_by_role=(("supervisor", 0.5),)))
    by_role = {row.role: row for row in made.parts if row.office_id == "A"}
    assert by_role["supervisor"].hours_available == pytest.approx(
        by_role["deportation_officer"].hours_available / 2
    )
    assert by_role["supervisor"].demand_hours == 0


def test_a_standing_task_of_one_officer_counts_in_need_and_in_staff():
    # An allowance for one officer, the whole year: 10 hours a week are a quarter of a post on both sides.
    tasks = [{"collateral_id": 1, "officer_no": "S-2", "hours_a_week": 10.0, "from_on": day("2025-01-01")}]
    plain, tasked = run(agency()), run(agency(collateral_duties=tasks))
    assert tasked.nation.need_fte == pytest.approx(plain.nation.need_fte + 0.25, abs=0.02)
    assert tasked.nation.staff_fte == pytest.approx(plain.nation.staff_fte)


def test_a_case_without_a_status_counts_and_can_be_left_out():
    rows = agency() | {"cases": [case(n, status_code=None if n < 4 else "x") for n in range(10)]}
    made, without = run(rows), run(rows, replace(PLAIN, counts_hidden=False))
    untyped = next(one for one in made.hidden if one.rule == "untyped")
    assert (untyped.cases, untyped.hours) == (4, pytest.approx(36))
    assert without.nation.cases == 6
    assert without.nation.demand_hours == pytest.approx(made.nation.demand_hours - untyped.hours)


def test_too_little_of_the_work_has_a_weight_and_so_there_is_no_figure():
    made = run(agency(), weights=Fixed(check_in=None))
    assert made.nation.demand_hours is None
    assert made.nation.need_fte is None
    assert "2 % of the duties called for have a weight" in made.nation.reason
    assert made.sentence.startswith("No need can be stated as of 2026-02-28: only ")
    assert mine(made).utilization is None
    assert {row.posts for row in made.offices} == {None}


def test_a_little_work_without_a_weight_is_named_and_left_out():
    made = run(agency(), weights=Fixed(verify_contact=None))
    assert made.nation.reason == "not in the demand: verify-contact: expired"
    assert made.nation.demand_hours == pytest.approx(90)
    duty = next(row for row in made.duties if row.activity == "verify-contact")
    assert (duty.minutes, duty.hours, duty.reason) == (None, None, "expired")


def test_a_weight_for_another_unit_is_no_weight():
    class Odd(Fixed):
        def get(self, activity, office_id, kind):
            return replace(super().get(activity, office_id, kind), unit=Unit.CASE_MONTH)

    assert "is minutes a case_month, where duty is counted" in run(agency(), weights=Odd()).nation.reason


def test_a_weight_without_a_duty_changes_nothing():
    assert run(agency(), weights=Fixed(gardening=500.0)).nation == run(agency()).nation


def test_achievable_caseload_is_in_proportion_at_the_mix():
    made = run(agency())
    found = mine(made)
    assert found.utilization == pytest.approx(90 / found.hours_available)
    assert found.at_mix == int(10 / found.utilization)
    # Nine hours a case.
    assert found.by_docket == {"family": int(found.hours_available / 9)}


def test_the_curve_goes_on_by_week_with_what_is_known():
    leave = [
        {
            "absence_id": 1,
            "officer_no": "S-3",
            "from_on": day("2026-03-02"),
            "to_on": day("2026-03-06"),
            "hours_a_day": 8.0,
        }
    ]
    made = run(agency(absences=leave))
    weeks = {row.week: row for row in made.curve if row.office_id == "B"}
    assert weeks[date(2026, 3, 2)].case == 0
    assert weeks[date(2026, 3, 9)].case == 40
    assert max(weeks) > AS_OF + timedelta(weeks=25)


def test_it_tells_each_step_and_may_be_ended_there():
    said = []
    run(agency(), told=said.append)
    assert said[0] == "Counting what the rules call for"

    def stop(_said):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(agency(), told=stop)


def test_everything_is_plain_for_json():
    made = run(agency())
    assert json.loads(json.dumps(made.plain()))["nation"]["cases"] == 10
    assert made.plain()["parameters"]["kind"] == Kind.OBSERVED


def test_a_duty_whose_table_is_missing_is_named():
    rows = agency()
    del rows["complaints"]
    assert run(rows).not_counted["notify-complaint"] == "table complaints is missing"


def test_a_table_of_the_hours_that_is_missing_or_empty_is_named():
    tasks = [{"collateral_id": 1, "officer_no": "S-2", "hours_a_week": 10.0, "from_on": day("2025-01-01")}]
    assert run(agency(absences=[], collateral_duties=tasks)).not_counted == {
        "absences": "none on record: nobody is counted as absent but on public holidays",
        "details": "none on record: nobody is counted as lent to another office",
    }


def test_with_draws_each_figure_has_an_interval_and_caseloads_hold():
    made = run(agency(), draws=60, seed=3)
    assert made.nation.intervals["need_fte"].level == 0.9
    assert 0 <= made.nation.probability_short <= 1
    assert [one.probability for one in mine(made).at_risk] == [0.5, 0.8, 0.9, 0.95]
    assert run(agency(), draws=60, seed=3).nation == made.nation
    assert made.further["low_fte"] <= made.nation.need_fte <= made.further["high_fte"]
    assert made.further["next_diaries"]["deviation_after"] <= made.further["next_diaries"]["deviation_before"]


@settings(max_examples=5, phases=(Phase.explicit, Phase.generate), deadline=None)
@given(st.integers(0, 60), st.integers(1, 60))
def test_more_check_ins_never_need_fewer_officers(number, more):
    assert (
        run(agency(check_ins=number + more)).nation.need_fte >= run(agency(check_ins=number)).nation.need_fte
    )


@settings(max_examples=3, phases=(Phase.explicit, Phase.generate), deadline=None)
@given(st.permutations(["S-1", "S-2", "S-3"]))
def test_relabeling_officers_changes_no_figure(names):
    as_called = dict(zip(["S-1", "S-2", "S-3"], names, strict=True))
    rows = agency()
    other = rows | {
        "officers": [row | {"officer_no": as_called[row["officer_no"]]} for row in rows["officers"]],
        "cases": [row | {"officer_no": as_called[row["officer_no"]]} for row in rows["cases"]],
    }
    one, two = run(rows), run(other)
    assert two.nation == one.nation
    assert two.offices == one.offices
    figures = [
        {row.officer_no: (row.cases, row.utilization, row.at_mix) for row in made.officers}
        for made in (one, two)
    ]
    assert figures[1] == {as_called[name]: figure for name, figure in figures[0].items()}


def test_the_loads_of_cases_add_up_to_the_demand_on_them():
    with opened_rows(agency()) as (engine, tables):
        found = case_loads(engine, tables, PACK, Fixed(), as_of=AS_OF, parameters=PLAIN)
    assert found.schema == LOADS
    assert sum(found["minutes_a_month"].to_pylist()) == pytest.approx(90 * 60)
    assert found["case_no"].to_pylist() == sorted(found["case_no"].to_pylist())


def test_need_is_refused_where_a_duty_is_left_out_of_the_pack():
    short = replace(PACK, left_out=(LeftOut("escort", "A9"),))
    with pytest.raises(ValueError, match="the pack leaves out escort, whose hours would be missing"):
        work_out(None, {}, short, AS_OF)
