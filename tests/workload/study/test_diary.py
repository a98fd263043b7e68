"""Case-months and diaries from tables: every case led counts, touched or not, and part weeks in part."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, time, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.workload.activities import Activity, Sort
from closeout.workload.study.cases import MONTH_DAYS, case_months
from closeout.workload.study.check import check_studies
from closeout.workload.study.diary import diary_of, read_diary
from closeout.workload.study.read import read_records
from closeout.workload.study.weights import weights_of
from closeout.workload.weights import Grade, Unit
from tests.duties.making import table
from tests.workload.study.making import LIST, MONDAY, STOCK, entry, officer, sample, study, week

HELD = Activity("held", "Held", Unit.CASE_MONTH, Sort.CASE, ("detained",), 1, 2, 3)
FREE = Activity("free", "Free", Unit.CASE_MONTH, Sort.CASE, ("family", "juvenile"), 1, 2, 3)
LAST = MONDAY + timedelta(days=7)


@pytest.fixture(scope="module")
def engine():
    with closing(connect("duckdb://")) as opened:
        yield opened


def _case(number, officer_no="S-1", docket="family"):
    return {"case_no": f"C-00000{number}", "officer_no": officer_no, "docket": docket}


def _led(number, first=date(2026, 1, 1), last=None, officer_no="S-1", role="lead", case=None):
    return {
        "assignment_id": number,
        "case_no": f"C-00000{case or number}",
        "officer_no": officer_no,
        "role": role,
        "from_on": first,
        "to_on": last,
    }


def _tables(engine, **rows):
    """Return tables opened in the engine under names of their own, so that tests do not share them."""
    number = len(engine.tables())
    return {name: engine.from_arrow(f"{name}_{number}", table(name, made)) for name, made in rows.items()}


def _months(engine, cases, led, stock=(STOCK,), mondays=(MONDAY,), officers=("S-1",)):
    weeks = pl.DataFrame(
        [(one, monday) for one in officers for monday in mondays],
        schema={"officer_no": pl.String, "week": pl.Date},
        orient="row",
    )
    found = case_months(engine, _tables(engine, cases=cases, assignments=led), weeks, stock)
    return {row[:3]: row[3] * MONTH_DAYS for row in found.iter_rows()}


def test_a_case_led_all_week_is_seven_days(engine):
    assert _months(engine, [_case(1)], [_led(1)]) == {("S-1", MONDAY, "look-after"): pytest.approx(7)}


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (MONDAY + timedelta(days=2), None, 5),
        (date(2026, 1, 1), MONDAY + timedelta(days=2), 2),
        (MONDAY + timedelta(days=1), MONDAY + timedelta(days=4), 3),
        (MONDAY - timedelta(days=9), MONDAY, 0),
        (MONDAY + timedelta(days=7), None, 0),
    ],
)
def test_a_case_led_for_part_of_the_week_counts_in_part(engine, first, last, days):
    found = _months(engine, [_case(1)], [_led(1, first, last)])
    assert sum(found.values()) == pytest.approx(days)


def test_a_case_passed_on_in_the_week_counts_once(engine):
    led = [
        _led(1, last=LAST - timedelta(days=4)),
        _led(2, LAST - timedelta(days=4), officer_no="S-2", case=1),
    ]
    found = _months(engine, [_case(1), _case(2, "S-2")], led, officers=("S-1", "S-2"))
    assert sum(found.values()) == pytest.approx(7)


def test_who_only_supports_a_case_does_not_lead_it(engine):
    assert _months(engine, [_case(1)], [_led(1, role="support")]) == {}


def test_cases_count_for_the_activity_of_their_docket(engine):
    # Three cases, one of them held: a third of the 21 case-days.
    cases = [_case(1), _case(2), _case(3, docket="detained")]
    found = _months(engine, cases, [_led(1), _led(2), _led(3)], stock=(HELD, FREE))
    assert found == {("S-1", MONDAY, "held"): pytest.approx(7), ("S-1", MONDAY, "free"): pytest.approx(14)}


def test_only_the_weeks_asked_for_are_counted(engine):
    led = [_led(1), _led(2, officer_no="S-2")]
    found = _months(engine, [_case(1), _case(2, "S-2")], led, mondays=(MONDAY, LAST))
    assert set(found) == {("S-1", MONDAY, "look-after"), ("S-1", LAST, "look-after")}


def test_days_between_two_studies_are_of_neither(engine):
    # Weeks a year apart: five days from Wednesday on, none for the case of the months between, and all of
    # the later one for the two that go on; an assignment that ends before it begins counts nowhere.
    later = MONDAY + timedelta(weeks=52)
    led = [
        _led(1, MONDAY + timedelta(days=2)),
        _led(2, MONDAY + timedelta(days=8), later - timedelta(days=1)),
        _led(3, MONDAY + timedelta(days=9), later + timedelta(days=7)),
        _led(4, MONDAY + timedelta(days=5), MONDAY + timedelta(days=3)),
    ]
    found = _months(engine, [_case(number) for number in (1, 2, 3, 4)], led, mondays=(MONDAY, later))
    assert found == {
        ("S-1", MONDAY, "look-after"): pytest.approx(5),
        ("S-1", later, "look-after"): pytest.approx(14),
    }


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 40), st.none() | st.integers(-3, 40)), min_size=1, max_size=5))
def test_case_days_are_those_of_a_count_day_by_day(spans):
    mondays = [MONDAY, MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=4)]
    led = [
        _led(number, MONDAY + timedelta(days=first), None if last is None else MONDAY + timedelta(days=last))
        for number, (first, last) in enumerate(spans)
    ]
    with closing(connect("duckdb://")) as own:
        found = _months(own, [_case(number) for number in range(len(led))], led, mondays=mondays)
    expected = {}
    for monday in mondays:
        places = range((monday - MONDAY).days, (monday - MONDAY).days + 7)
        days = sum(
            first <= place and (last is None or place < last) for first, last in spans for place in places
        )
        if days:
            expected["S-1", monday, "look-after"] = pytest.approx(days)
    assert found == expected


def test_without_assignments_or_activities_nothing_is_counted(engine):
    assert _months(engine, [_case(1)], [_led(1)], stock=()) == {}
    weeks = pl.DataFrame({"officer_no": ["S-1"], "week": [MONDAY]})
    assert case_months(engine, {}, weeks, (STOCK,)).height == 0


ENTRIES = [
    *week(1),
    *week(11, "S-2", activity="look-after", tasks=None, minutes=30)[:2],
    entry(20, activity="meeting", tasks=None, minutes=45),
    entry(21, minutes=0),
    entry(22, activity="review", tasks=None, minutes=33),
]
SAMPLES = [sample(1), sample(2, "S-2")]


def _opened(engine, **more):
    rows = {
        "time_entries": ENTRIES,
        "study_samples": SAMPLES,
        "time_studies": [study()],
        "officers": [officer("S-1"), officer("S-2")],
        "cases": [_case(1), _case(2, "S-2"), _case(3, "S-2")],
        "assignments": [_led(1), _led(2, officer_no="S-2"), _led(3, officer_no="S-2")],
    }
    return _tables(engine, **rows | more)


def _diary(engine, **more):
    made = pl.DataFrame(read_diary(engine, _opened(engine, **more), LIST))
    return {(row[2], row[4]): row[5:] for row in made.iter_rows()}


def test_a_diary_adds_the_minutes_and_tasks_of_a_week(engine):
    assert _diary(engine)["S-1", "check-in"] == (300, 20, 5)


def test_an_entry_that_does_not_say_how_many_tasks_is_one(engine):
    assert _diary(engine)["S-1", "review"] == (33, 1, 1)


def test_support_has_minutes_and_no_tasks(engine):
    assert _diary(engine)["S-1", "meeting"] == (45, 0, 1)


def test_a_week_without_a_minute_on_its_cases_stands_there_with_them(engine):
    minutes, tasks, entries = _diary(engine)["S-1", "look-after"]
    assert (minutes, tasks, entries) == (0, pytest.approx(7 / MONTH_DAYS), 0)


def test_a_week_recorded_in_part_counts_its_cases_in_part(engine):
    # S-2 led two cases and recorded two of five days.
    minutes, tasks, entries = _diary(engine)["S-2", "look-after"]
    assert (minutes, tasks, entries) == (60, pytest.approx(14 / MONTH_DAYS * 2 / 5), 2)


def test_refused_entries_are_not_in_the_diary(engine):
    rows = _diary(engine)
    assert sum(entries for _, _, entries in rows.values()) == len(ENTRIES) - 1


def test_a_study_of_moments_gives_stock_and_support_but_no_duties(engine):
    at = datetime.combine(MONDAY, time(9))
    said = ("check-in", "look-after", "meeting", "meeting")
    moments = [
        {"moment_id": n, "study_id": "STUDY-1", "officer_no": "S-1", "office_id": "F01", "activity": one}
        | {"observed_at": at + timedelta(hours=n)}
        for n, one in enumerate(said, 1)
    ]
    rows = _diary(engine, time_entries=[], study_moments=moments)
    # A quarter of 2,400 minutes on one case led all week.
    assert rows["S-1", "look-after"] == (600, pytest.approx(7 / MONTH_DAYS), 1)
    assert rows["S-1", "meeting"][:2] == (1200, 0)
    assert ("S-1", "check-in") not in rows


def test_a_snapshot_that_lacks_the_tables_has_no_diary_and_says_what_it_lacks(engine):
    tables = _tables(engine, officers=[officer()])
    records = read_records(engine, tables)
    assert "time_entries" in records.lacking
    assert diary_of(engine, tables, check_studies(records, LIST), LIST).num_rows == 0


def test_without_any_study_the_experts_ranges_are_the_weights(engine):
    made = weights_of(engine, _tables(engine, officers=[officer()]), load_pack(), date(2026, 9, 30))
    grades = {one.grade for one in made.all}
    assert grades == {Grade.D}
    assert made.get("check-in", "F01").minutes == 12


def test_what_was_recorded_after_the_as_of_date_does_not_count(engine):
    made = weights_of(engine, _opened(engine), load_pack(), MONDAY - timedelta(days=1), LIST)
    assert made.get("check-in").grade is Grade.D
    assert made.diary.num_rows == 0
