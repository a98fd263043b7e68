"""Staffing frozen: demand, hours, need and gap by office, under assumptions that are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from closeout.duties.pack import load_pack
from closeout.evidence.freezing import FrozenError, StaffingAsked
from closeout.evidence.freezing.canonical import plain_mapping
from closeout.evidence.freezing.staffing import (
    Runs,
    alone,
    answer_of_staffing,
    asked_again,
    counts_of_staffing,
    rows_of_staffing,
    withheld_as,
)
from closeout.evidence.measures.read_staffing import tables_of_staffing
from closeout.workload.intervals import Interval
from closeout.workload.parameters import Parameters
from closeout.workload.staffing import work_out
from closeout.workload.weights import Kind

PACK = load_pack()
AS_OF = date(2026, 9, 30)


@pytest.fixture(scope="module")
def snapshot(agency):
    return agency


@pytest.fixture(scope="module")
def run(engine, snapshot):
    """Return a run over the whole snapshot, with every table there is."""
    return work_out(engine, snapshot, PACK, AS_OF)


def rows(run, *, is_exact=False):
    withheld = None if is_exact else alone(counts_of_staffing(run))
    return {row["office_id"]: row for row in rows_of_staffing(run, withheld)}


def test_every_office_and_the_nation_stand_with_demand_hours_need_and_gap(run):
    found = rows(run, is_exact=True)
    assert list(found) == [None, *(one.office_id for one in run.offices)]
    for one in (run.nation, *run.offices):
        row = found[one.office_id]
        assert row["demand_hours"] == pytest.approx(one.demand_hours, abs=1e-6)
        assert row["hours_available"] == pytest.approx(one.hours_available, abs=1e-6)
        assert row["gap_fte"] == pytest.approx(row["need_fte"] - row["staff_fte"], abs=2e-6)
        assert row["flags"] == list(one.flags)


def test_no_officer_is_named(run):
    numbers = [one.officer_no for one in run.officers]
    said = str(rows(run, is_exact=True))
    assert numbers
    assert not any(number in said for number in numbers)


def test_no_table_that_it_reads_is_left_out(engine, snapshot, run):
    # It is worked out from the tables it names alone; the run here had all of them.
    asked = StaffingAsked()
    made = answer_of_staffing(Runs(engine, snapshot, PACK, AS_OF).of(asked), PACK, asked)
    assert made.reads == tables_of_staffing(PACK)
    assert set(made.reads) < set(snapshot.manifest.tables)
    assert list(made.rows) == list(rows_of_staffing(run, None))


def test_what_is_withheld_is_said(run):
    asked = StaffingAsked()
    assert answer_of_staffing(run, PACK, asked).parameters["suppression"] is None
    withheld = alone(counts_of_staffing(run))
    assert answer_of_staffing(run, PACK, asked, withheld).parameters["suppression"] == {"threshold": 11}


def test_an_office_with_few_duties_shows_no_work(run):
    # 0.5 duties a month are 6 a year.
    offices = [replace(one, staff_fte=20.0, cases=100, owed=40.0, done=40.0) for one in run.offices]
    offices[0] = replace(offices[0], owed=0.5)
    found = rows(replace(run, offices=tuple(offices)))
    assert [row["owed"] for row in found.values()].count("not shown") == 2
    first = found[offices[0].office_id]
    assert {first[name] for name in ("owed", "done", "demand_hours", "need_fte", "gap_fte")} == {"not shown"}
    assert first["staff_fte"] == 20.0


def test_rows_say_again_of_which_offices_they_show_no_counts(run):
    withheld = alone(counts_of_staffing(run))
    made = list(rows_of_staffing(run, withheld))
    assert list(rows_of_staffing(run, withheld_as(made))) == made


def test_offices_with_few_officers_show_their_need_and_not_their_staff(run):
    # 5 officers in the first office: not to be had from the total less the others either.
    offices = [replace(one, staff_fte=20.0, cases=100) for one in run.offices]
    offices[0] = replace(offices[0], staff_fte=5.2)
    found = rows(replace(run, offices=tuple(offices)))
    hidden = [name for name, row in found.items() if row["staff_fte"] == "not shown"]
    first = offices[0].office_id
    assert first in hidden
    assert len(hidden) == 2
    for name in ("gap_fte", "utilization", "hours_available", "paid_hours", "pressure", "band"):
        assert found[first][name] == "not shown"
    assert found[first]["need_fte"] == round(offices[0].need_fte, 6)
    assert found[first]["cases"] == 100


def test_few_cases_are_not_shown_and_flags_lose_their_numbers(run):
    offices = [
        replace(one, staff_fte=20.0, cases=100, flags=("UNASSIGNED: 3 cases that nobody leads",))
        for one in run.offices
    ]
    offices[0] = replace(offices[0], cases=4)
    found = rows(replace(run, offices=tuple(offices)))
    assert [row["cases"] for row in found.values()].count("not shown") == 2
    assert found[offices[0].office_id]["flags"] == ["UNASSIGNED"]


def test_intervals_stand_beside_their_figures_where_there_were_draws(run):
    nation = replace(run.nation, intervals={"need_fte": Interval(1.0, 2.0, 3.0)})
    found = rows(replace(run, nation=nation), is_exact=True)[None]
    assert (found["need_fte.low"], found["need_fte.high"]) == (1.0, 3.0)
    assert "gap_fte.low" not in found


def test_assumptions_come_back_from_the_record():
    given = Parameters(
        support_share=0.2, occupancy=0.85, kind=Kind.ADJUSTED, support_by_role=(("chief", 0.3),)
    )
    said = plain_mapping({"assumptions": given.plain(), "draws": 200, "seed": 3})
    assert asked_again(said) == StaffingAsked(given, 200, 3)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "does not say what the staffing run assumed"),
        ({"assumptions": {"hats": 3}}, "it assumes hats, which this Closeout does not know"),
        ({"assumptions": Parameters().plain()}, "does not say"),
    ],
)
def test_assumptions_that_cannot_be_read_are_said(said, fault):
    with pytest.raises(FrozenError, match=fault):
        asked_again(said)
