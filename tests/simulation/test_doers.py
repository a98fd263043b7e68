"""Who does what nobody leads: roles, as the diaries say, by their hours."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from closeout.duties.clauses import Done
from closeout.simulation.changes import Some
from closeout.simulation.doers import of_entries
from closeout.simulation.duty_inputs import Staff, Varies, Volumes, office_duties
from closeout.simulation.expected import evenness, expected_hours
from closeout.simulation.model import Comes, Duty, Law, ModelError, Officer
from closeout.simulation.replications import simulate, simulate_nation
from closeout.simulation.roles import roles_of
from closeout.workload.study.spread import LEAST_ENTRIES
from tests.duties.making import complaint_clause, contact_clause, text
from tests.simulation.offices import make_office
from tests.simulation.test_inputs import ON, PACK, Weights

INSPECTION = Duty(
    "inspection", 120, Comes.ARISES, a_year=52, window_days=5, is_office=True, done_by={"inspector": 1.0}
)
INSPECTOR = Officer("I01", 480.0, role="inspector", is_covering=False)


def entries(*rows):
    """Return (activity, role, minutes, how many) as entries."""
    made = [
        {"activity": activity, "role": role, "minutes": minutes}
        for activity, role, minutes, count in rows
        for _ in range(count)
    ]
    return pl.DataFrame(made, schema={"activity": pl.String, "role": pl.String, "minutes": pl.Int64})


# Inspectors: 400 of 1,000 minutes on complaints. Supervisors: 100 of 1,000.
TOLD = entries(
    ("complaint", "inspector", 40, 10),
    ("report", "inspector", 60, 10),
    ("complaint", "supervisor", 20, 5),
    ("closure", "supervisor", 10, LEAST_ENTRIES),
    ("closure", "supervisor", 600, 1),
    ("check-in", "officer", 10, 50),
    ("check-in", "supervisor", 1, 1),
)
COMPLAINT = complaint_clause(minutes="complaint")
CLOSURE = contact_clause(minutes="closure")


def test_the_pace_of_a_role_is_the_share_of_its_minutes():
    doers = of_entries(TOLD)
    assert doers.pace["complaint"] == pytest.approx({"inspector": 0.4, "supervisor": 100 / 1001})
    assert doers.pace["report"] == pytest.approx({"inspector": 0.6})
    assert doers.entries["complaint"] == 15


def test_a_duty_is_shared_out_by_pace_times_hours():
    # One inspector of 8 hours at 0.4, two supervisors of 8 at 0.1: 3.2 to 1.6 but for the one minute.
    shares = of_entries(TOLD).of(COMPLAINT, {"inspector": 8.0, "supervisor": 16.0, "officer": 48.0})
    assert sum(shares.values()) == pytest.approx(1)
    assert shares == pytest.approx({"inspector": 2 / 3, "supervisor": 1 / 3}, abs=1e-3)


@pytest.mark.parametrize("hours", [{}, {"officer": 40.0}, {"inspector": 0.0}])
def test_nobody_of_the_roles_is_there(hours):
    assert of_entries(TOLD).of(COMPLAINT, hours) == {}


def test_what_no_diary_tells_of_is_for_whoever_is_free():
    assert of_entries(TOLD).of(replace(COMPLAINT, minutes="other"), {"inspector": 8.0}) == {}
    assert of_entries(entries()).of(COMPLAINT, {"inspector": 8.0}) == {}


def test_what_names_its_officer_is_that_officers():
    assert of_entries(TOLD).of(replace(COMPLAINT, officer=text("officer_no")), {"inspector": 8.0}) == {}


def test_a_cases_duty_is_its_leaders_where_a_leading_role_spends_a_minute_on_it():
    doers = of_entries(TOLD, {"officer"})
    here = {"officer": 40.0, "supervisor": 8.0}
    assert doers.of(CLOSURE, here) == {"supervisor": 1.0}
    assert doers.of(replace(CLOSURE, minutes="check-in"), here) == {}
    # Supervisors who lead cases themselves: then it is the leader's after all.
    assert of_entries(TOLD, {"officer", "supervisor"}).of(CLOSURE, here) == {}


def test_a_few_entries_do_not_take_a_cases_duty_from_its_leader():
    few = entries(("closure", "supervisor", 10, LEAST_ENTRIES - 1))
    assert of_entries(few, {"officer"}).of(CLOSURE, {"supervisor": 8.0}) == {}
    # What no officer leads is theirs even so.
    plain = replace(CLOSURE, case="", office=text("office_id"), done=Done("complaints", "notified_at"))
    assert of_entries(few, {"officer"}).of(plain, {"supervisor": 8.0}) == {"supervisor": 1.0}


def test_duties_are_the_roles_that_do_them():
    volumes = Volumes(
        {"NORTH": {"facility-inspection": {"": 4.0}, "closure-decision": {"adult": 50.0}}},
        {"NORTH": {"adult": 100}},
        {},
    )
    shares = {"facility-inspection": {"inspector": 1.0}, "closure-decision": {"supervisor": 1.0}}
    found = office_duties("NORTH", volumes, PACK, Weights(), "observed", ON, Varies(), Staff(done_by=shares))
    assert {one.code: (one.is_office, dict(one.done_by)) for one in found.duties} == {
        code: (True, roles) for code, roles in shares.items()
    }
    assert not [note for note in found.notes if "whoever is free" in note]


# -- in an office


def with_inspector(**changes):
    plain = make_office()
    given = {"officers": (*plain.officers, INSPECTOR), "duties": (*plain.duties, INSPECTION)}
    return replace(plain, **(given | changes))


def test_what_a_role_does_takes_nothing_from_those_who_lead():
    # The same draws: with an inspector for inspections every other duty is done as if there were none.
    plain, other = simulate(make_office(), 3, 7), simulate(with_inspector(), 3, 7)
    for duty in make_office().duties:
        for what in ("done", "on_time", "minutes", "overdue"):
            assert other.of(what, duty.code) == pytest.approx(plain.of(what, duty.code))
    assert other.on_time("inspection").mean == 1.0
    # Its hours are the inspector's: 52 a year of 2 hours, drawn, and none of theirs.
    hours = other.posts[:, :, 2] / 60
    assert hours[:, :4].sum() == 0
    assert hours[:, 4].sum() == pytest.approx(other.of("minutes", "inspection").sum() / 60)


def test_hours_are_told_apart_and_add_up():
    plain, other = simulate(make_office(), 2, 7), simulate(with_inspector(), 2, 7)
    for name in ("own", "cover", "office", "available"):
        assert other.hours(name) == pytest.approx(plain.hours(name))
        assert plain.role_hours(name).tolist() == [0, 0]
    assert other.used() == pytest.approx(plain.used())
    worked = sum(other.hours(name) + other.role_hours(name) for name in ("own", "cover", "office"))
    assert worked == pytest.approx(other.of("minutes") / 60)
    assert simulate_nation([with_inspector()], 2, 7).role_hours("office") == pytest.approx(
        other.role_hours("office")
    )


def test_more_inspections_are_never_more_on_time():
    # One inspector of 480 minutes a day: from one a week of 120 minutes to eight a working day.
    shares = []
    for a_year in (50, 1_000, 2_000):
        more = replace(INSPECTION, a_year=a_year, law=Law.SAME)
        made = simulate(with_inspector(duties=(*make_office().duties, more)), 2, 7)
        shares.append(made.on_time("inspection").mean)
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == pytest.approx(1.0)
    assert shares[-1] < 0.8


def test_a_number_of_officers_is_of_those_who_cover():
    office = with_inspector()
    assert Some(count=4).of(office, "detail") == frozenset({0, 1, 2, 3})
    assert Some(numbers=("I01",)).of(office, "detail") == frozenset({4})
    with pytest.raises(ModelError, match="5 officers are asked for, office NORTH has 4"):
        Some(count=5).of(office, "detail")


def test_hours_by_hand():
    # 52 inspections of 2 hours in 365 days; 120 are counted: 104 x 120 / 365.
    plain, other = expected_hours(make_office()), expected_hours(with_inspector())
    assert other.of_roles == pytest.approx(104 * 120 / 365)
    assert other.of_office == plain.of_office == 0
    assert other.needed == pytest.approx(plain.needed + other.of_roles)
    assert other.available_crew == pytest.approx(plain.available)
    assert other.available == pytest.approx(plain.available * 5 / 4)


def test_who_leads_no_case_by_role_is_no_sign_of_unevenness():
    assert evenness(with_inspector()) == evenness(make_office())


def test_lines_and_queues_of_an_office():
    made = roles_of(with_inspector())
    # Four officers cover and wait in one line, whose anchor is row 5; the inspector in the other.
    assert made.queue.tolist() == [-1, -1, -1, -1, 6]
    assert made.line.tolist() == [5, 5, 5, 5, 6]
    assert made.serves.tolist() == [[True, False], [False, True]]
    assert made.shares.tolist() == [[0.0]] * 4 + [[1.0]]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"done_by": {"inspector": 0.5}}, "come to 1"),
        ({"done_by": {"inspector": 1.0}, "is_office": False}, "of what nobody leads"),
    ],
)
def test_shares_that_make_no_sense(wrong, said):
    with pytest.raises(ModelError, match=said):
        replace(INSPECTION, **wrong)


def test_a_role_that_nobody_has():
    with pytest.raises(ModelError, match="nobody has the role inspector, which does duties"):
        make_office(duties=(INSPECTION,))
