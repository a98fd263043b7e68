"""Staffing runs made by hand, and what the measures of staffing are of one, in plain Python."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import fsum

from closeout.workload.figures import Need, OfficerHours, Staffing
from closeout.workload.intervals import Interval
from closeout.workload.parameters import Parameters

AS_OF = date(2026, 9, 30)


def need(office="A", demand=400.0, takes=4.0, there=3.0, **said):
    """Return what the work of an office takes and has; without `takes` its need is not known."""
    values = {
        "cases": 100,
        "owed": 50.0,
        "coverage": 0.9,
        "paid_hours": 173.9 * there,
        "demand_hours": None if takes is None else demand,
        "need_fte": takes,
        "staff_fte": there,
        "gap_fte": None if takes is None else takes - there,
        "pressure": takes / there if takes is not None and there else None,
    }
    return Need(office, **(values | said))


def officer(number="S-1", office="A", cases=10, utilization=0.5, state=""):
    return OfficerHours(
        officer_no=number,
        office_id=office,
        role="deportation_officer",
        cases=cases,
        demand_hours=60.0,
        hours_available=0.0 if state else 120.0,
        utilization=utilization,
        state=state,
        band="",
        weeks_excessive=0,
        at_mix=None,
    )


def run(offices=(), officers=(), nation=None, draws=0, **said):
    """Return a run of some offices; the nation's figures are their sums."""
    takes = [one.need_fte for one in offices]
    is_known = offices and all(one is not None for one in takes)
    total = nation or need(
        None,
        takes=fsum(takes) if is_known else None,
        there=fsum(one.staff_fte for one in offices),
        paid_hours=fsum(one.paid_hours for one in offices),
        owed=fsum(one.owed for one in offices),
    )
    return Staffing(
        as_of=AS_OF,
        first_month=date(2025, 9, 1),
        last_month=date(2026, 8, 1),
        pack="ero",
        parameters=Parameters(**said),
        nation=total,
        offices=tuple(offices),
        parts=(),
        officers=tuple(officers),
        duties=(),
        weights=(),
        curve=(),
        hidden=(),
        yardsticks=(),
        faults=(),
        sentence="",
        draws=draws,
    )


def drawn(one, low, high, short):
    """Return an office's need with the interval of its pressure, 95 %, and the chance of being short."""
    ends = {
        "pressure_95": Interval(low, (low + high) / 2, high, 0.95),
        "gap_fte_95": Interval(
            (low - 1) * one.staff_fte, (low + high - 2) * one.staff_fte / 2, (high - 1) * one.staff_fte, 0.95
        ),
    }
    return replace(one, intervals=ends, probability_short=short)


def oracle(run):
    """Return by measure and office (None: all) what its figure is made of, from a run as JSON has it.

    The numerator and the denominator; where there is no figure, None.
    """
    plain = run.plain()
    months = plain["parameters"]["months"]
    offices = plain["offices"]
    found = {}
    for office in [None, *(one["office_id"] for one in offices)]:
        rows = [one for one in offices if office in (None, one["office_id"])]
        people = [one for one in plain["officers"] if office in (None, one["office_id"]) and one["cases"] > 0]
        real = [one for one in rows if one["office_id"] != "(no office)"]
        manned = [one for one in real if one["paid_hours"] > 0]
        with_need = [one for one in manned if one["need_fte"] is not None]
        found["staffing-need-known", office] = (len(with_need), len(manned)) if manned else None
        called = weighed = 0
        for one in rows:
            called += round(one["owed"] * months)
            weighed += round(one["owed"] * one["coverage"] * months)
        found["duties-with-weight", office] = (weighed, called) if called else None
        row = plain["nation"] if office is None else rows[0]
        there = sum(round(one["staff_fte"]) for one in rows)
        found["officers-per-need", office] = (there, row["need_fte"]) if row["need_fte"] else None
        gaps = [one["gap_fte"] for one in real if one["gap_fte"] is not None]
        found["offices-short", office] = (len([gap for gap in gaps if gap > 0]), len(gaps)) if gaps else None
        able = [one for one in people if one["state"] != "ORPHANED"]
        fit = [one for one in able if (one["utilization"] or 0) <= 1]
        found["caseloads-that-fit", office] = (len(fit), len(able)) if able else None
        orphaned = sum(one["cases"] for one in people if one["state"] == "ORPHANED")
        held = sum(one["cases"] for one in people)
        found["cases-without-hours", office] = (orphaned, held) if people else None
    return found
