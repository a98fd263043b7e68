"""Small time studies made by hand: entries, samples and studies as the snapshot's tables hold them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from closeout.records.snapshot import arrow_schema
from closeout.workload.activities import Activity, Sort
from closeout.workload.shapes import DIARY
from closeout.workload.study.read import Records
from closeout.workload.weights import Unit

MONDAY = date(2026, 3, 2)
AS_OF = date(2026, 9, 30)
CHECK_IN = Activity("check-in", "Hold a check-in", Unit.DUTY, Sort.CASE, (), 7, 12, 20, is_made_up=True)
REVIEW = Activity("review", "Review a file", Unit.DUTY, Sort.CASE, (), 20, 35, 60)
STOCK = Activity("look-after", "Look after", Unit.CASE_MONTH, Sort.CASE, (), 1, 2, 3)
MEETING = Activity("meeting", "Meet", Unit.DUTY, Sort.SUPPORT)
LIST = (CHECK_IN, REVIEW, STOCK, MEETING)


def frame(table, rows):
    """Return rows as a frame with a declared table's columns; what a row lacks is empty."""
    schema = arrow_schema(table)
    kinds = {field.name: pl.from_arrow(schema.empty_table())[field.name].dtype for field in schema}
    filled = [{name: row.get(name) for name in kinds} for row in rows]
    return pl.DataFrame(filled, schema=kinds)


def entry(number, officer="S-1", day=MONDAY, minutes=60, **more):
    """Return one diary entry: an hour of four check-ins on a Monday, unless said otherwise."""
    row = {
        "entry_id": number,
        "officer_no": officer,
        "office_id": "F01",
        "worked_on": day,
        "activity": "check-in",
        "minutes": minutes,
        "tasks": 4,
        "study": "STUDY-1",
    }
    return row | more


def week(first, officer="S-1", monday=MONDAY, **more):
    """Return an entry on each of five days, numbered from `first`."""
    return [entry(first + day, officer, monday + timedelta(days=day), **more) for day in range(5)]


def sample(number, officer="S-1", monday=MONDAY, state="recorded", **more):
    """Return one officer-week asked for."""
    row = {
        "sample_id": number,
        "study_id": "STUDY-1",
        "officer_no": officer,
        "office_id": "F01",
        "week_from": monday,
        "state": state,
    }
    return row | more


def study(code="STUDY-1", first=MONDAY, last=MONDAY + timedelta(days=11), **more):
    """Return a study of two weeks."""
    return {"study_id": code, "design": "diary", "from_on": first, "to_on": last, "weeks": 2} | more


def officer(number="S-1", office="F01", hours=40.0, **more):
    """Return one officer."""
    row = {
        "officer_no": number,
        "office_id": office,
        "role": "deportation_officer",
        "contracted_hours": hours,
    }
    return row | {"active_from": date(2010, 1, 1)} | more


def records(entries=(), samples=(), studies=None, officers=None, **tables):
    """Return the tables of a time study; the study and two officers unless said otherwise."""
    names = {
        "moments": "study_moments",
        "changes": "activity_changes",
        "answers": "sufficiency_answers",
        "estimates": "delphi_estimates",
        "adjustments": "weight_adjustments",
    }
    made = Records(
        entries=frame("time_entries", entries).drop("is_overtime"),
        studies=frame("time_studies", [study()] if studies is None else studies),
        samples=frame("study_samples", samples),
        officers=frame("officers", [officer("S-1"), officer("S-2")] if officers is None else officers),
        **{field: frame(table, tables.get(field, ())) for field, table in names.items()},
    )
    return replace(made)


def diary(rows):
    """Return rows (office, officer, week from 0, activity, minutes, tasks) as `shapes.DIARY`."""
    made = [
        {
            "study": "STUDY-1",
            "office_id": office,
            "officer_no": officer_no,
            "week": MONDAY + timedelta(weeks=number),
            "activity": activity,
            "minutes": float(minutes),
            "tasks": float(tasks),
            "entries": 1,
        }
        for office, officer_no, number, activity, minutes, tasks in rows
    ]
    return pl.DataFrame(made, schema=list(DIARY.names)).to_arrow().cast(DIARY)


def responses(*rows):
    """Return the response by study and office: rows (office, asked, recorded)."""
    made = [
        {
            "study": "STUDY-1",
            "office_id": office,
            "asked": asked,
            "recorded": recorded,
            "absent": 0,
            "response": recorded / asked if asked else None,
        }
        for office, asked, recorded in rows
    ]
    kinds = {"study": pl.String, "office_id": pl.String, "asked": pl.Int64, "recorded": pl.Int64}
    return pl.DataFrame(made, schema=kinds | {"absent": pl.Int64, "response": pl.Float64})
