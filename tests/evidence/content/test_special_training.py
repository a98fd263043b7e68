"""Duties before and after a training: the difference of two shares."""

from datetime import date, timedelta

import pyarrow as pa
import pytest

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.evidence.figures import Outcome
from closeout.evidence.measures.special_training import (
    BeforeAfter,
    comparison_figure,
    difference,
    look_around_sessions,
    sessions,
)
from closeout.records.snapshot import arrow_schema

AS_OF = date(2026, 9, 30)
HELD = date(2026, 5, 1)


def test_the_interval_is_newcombes():
    """Newcombe 1998, table II, method 10: 56/70 less 48/80 is 0.2, from 0.0524 to 0.3339."""
    figure = difference([BeforeAfter("A", HELD, 80, 48, 70, 56)])
    assert figure.value == pytest.approx(0.2)
    assert (round(figure.low, 4), round(figure.high, 4)) == (0.0524, 0.3339)
    assert (figure.numerator, figure.denominator, figure.method) == (56, 70, "newcombe")


def test_offices_are_taken_together_or_each_alone():
    """A and B: before 20/40, after 30/40; A alone 0.5 to 1."""
    both = (BeforeAfter("A", HELD, 20, 10, 20, 20), BeforeAfter("B", HELD, 20, 10, 20, 10))
    assert comparison_figure(both).value == pytest.approx(0.25)
    assert comparison_figure(both, "A").value == pytest.approx(0.5)
    assert "2 offices" in comparison_figure(both).reason


def test_without_a_session_or_without_duties_there_is_no_difference():
    assert comparison_figure(None).outcome is Outcome.NO_DATA
    assert comparison_figure(()).outcome is Outcome.NO_DATA
    assert difference([BeforeAfter("A", HELD, 0, 0, 9, 9)]).outcome is Outcome.INSUFFICIENT_SAMPLE


@pytest.fixture(scope="module")
def engine():
    opened = connect(threads=1)
    yield opened
    opened.close()


def table(engine, name, rows):
    schema = arrow_schema(name)
    full = [{field: row.get(field) for field in schema.names} for row in rows]
    return engine.from_arrow(name, pa.Table.from_pylist(full, schema=schema))


@pytest.fixture
def tables(engine):
    """Two offices; A's newest session with 90 days behind it is of 1 May, B has none."""
    held = {"S1": HELD, "S2": HELD - timedelta(days=100), "S3": AS_OF - timedelta(days=30)}
    session_rows = [{"session_id": at, "held_on": day} for at, day in enumerate(held.values(), 1)]
    there = [
        {"attendance_id": at, "session_id": at, "officer_no": "S-A1", "is_present": True} for at in (1, 2, 3)
    ]
    away = [{"attendance_id": 4, "session_id": 1, "officer_no": "S-B1", "is_present": False}]
    return {
        "training_sessions": table(engine, "training_sessions", session_rows),
        "attendance": table(engine, "attendance", [*there, *away]),
        "officers": table(
            engine,
            "officers",
            [{"officer_no": "S-A1", "office_id": "A"}, {"officer_no": "S-B1", "office_id": "B"}],
        ),
        "guidance": table(engine, "guidance", guidance()),
    }


def guidance():
    """Memos of A due to be registered 10 days after they were issued: one late before, one in time after."""
    days = {HELD - timedelta(days=40): 20, HELD + timedelta(days=40): 5, HELD + timedelta(days=120): 5}
    return [
        {
            "guidance_id": at,
            "office_id": "A",
            "channel": "memo",
            "issued_on": issued,
            "registered_on": issued + timedelta(days=after),
        }
        for at, (issued, after) in enumerate(days.items(), 1)
    ]


def test_an_offices_session_is_the_newest_with_90_days_behind_it(engine, tables):
    assert sessions(engine, tables, AS_OF) == {"A": HELD}


def test_duties_are_counted_90_days_around_the_session(engine, tables):
    clause = load_pack().clause("guidance-registration")
    found = look_around_sessions(engine, tables, [clause], AS_OF, "US")
    assert found == (BeforeAfter("A", HELD, 1, 0, 1, 1),)


def test_without_the_tables_nothing_can_be_compared(engine, tables):
    clause = load_pack().clause("guidance-registration")
    lacking = {name: rows for name, rows in tables.items() if name != "attendance"}
    assert look_around_sessions(engine, lacking, [clause], AS_OF, "US") is None
    assert look_around_sessions(engine, tables, [], AS_OF, "US") is None
    assert look_around_sessions(engine, tables, [clause], date(2020, 1, 1), "US") == ()
