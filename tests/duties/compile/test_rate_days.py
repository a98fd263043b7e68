"""Days counted from another day lie in the months exactly where their moved selves do."""

from datetime import UTC, date, datetime, timedelta

import ibis
import pyarrow as pa
import pytest

from closeout.duties.compile.rate_days import is_inside
from closeout.duties.compile.rate_reads import Months
from closeout.engines import connect

MONTHS = Months(date(2025, 3, 1), date(2025, 4, 1))
"""March and April 2025: 1 March is in, 1 May is out."""
DAYS = [date(2025, 2, 20) + timedelta(days=number) for number in range(80)]
MOVES = {
    "not moved": lambda day: day,
    "a day before": lambda day: day - ibis.interval(days=1),
    "a week before": lambda day: (day - ibis.interval(days=7)).cast("timestamp").date(),
    "ten days after": lambda day: day + ibis.interval(days=10),
    "a month before": lambda day: (day - ibis.interval(months=1)).cast("date"),
    "a date of an instant": lambda day: day.cast("timestamp").date(),
}


def found(moved, days):
    """Return which days, moved, an engine says lie inside."""
    engine = connect()
    rows = engine.from_arrow("rows", pa.table({"day": pa.array(days, pa.date32())}))
    made = rows.select(is_so=is_inside(moved(rows.day), MONTHS))
    inside = engine.to_arrow(made)["is_so"].to_pylist()
    engine.close()
    return inside


def first_and_last(moved):
    """Return the first and the last of the days that are inside when moved."""
    inside = [day for day, is_so in zip(DAYS, found(moved, DAYS), strict=True) if is_so]
    assert inside == DAYS[DAYS.index(inside[0]) : DAYS.index(inside[-1]) + 1]
    return inside[0], inside[-1]


@pytest.mark.parametrize(
    ("move", "first", "last"),
    [
        ("not moved", date(2025, 3, 1), date(2025, 4, 30)),
        ("a day before", date(2025, 3, 2), date(2025, 5, 1)),  # 2 March less a day is 1 March
        ("a week before", date(2025, 3, 8), date(2025, 5, 7)),
        ("ten days after", date(2025, 2, 20), date(2025, 4, 20)),  # 19 February would be 1 March: not given
        ("a month before", date(2025, 4, 1), DAYS[-1]),  # 10 May less a month is 10 April
        ("a date of an instant", date(2025, 3, 1), date(2025, 4, 30)),
    ],
)
def test_a_moved_day_lies_in_the_months_of_where_it_falls(move, first, last):
    assert first_and_last(MOVES[move]) == (first, last)


@pytest.mark.parametrize("move", sorted(MOVES))
def test_a_day_that_is_not_known_is_not_known_to_lie_inside(move):
    assert found(MOVES[move], [None]) == [None]


def test_a_column_is_compared_as_it_is_where_a_day_is_counted_from_it():
    rows = ibis.table({"day": "date"}, name="rows")
    moved = (rows.day - ibis.interval(days=7)).cast("timestamp").date()
    assert "INTERVAL" not in str(ibis.to_sql(rows.select(x=is_inside(moved, MONTHS)), dialect="duckdb"))


MOMENTS = {
    datetime(2025, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC): False,
    datetime(2025, 3, 1, tzinfo=UTC): True,
    datetime(2025, 4, 30, 23, 59, 59, 999_999, tzinfo=UTC): True,
    datetime(2025, 5, 1, tzinfo=UTC): False,
}
"""The last moment before March, the first of it, the last of April, the first after it."""


@pytest.mark.parametrize("day_of", [lambda at: at.date(), lambda at: at.cast("date")], ids=["date", "cast"])
@pytest.mark.parametrize("zone", [None, "UTC"])
def test_a_moment_lies_in_the_months_where_its_day_does(day_of, zone):
    rows = pa.table({"at": pa.array([*MOMENTS, None], pa.timestamp("us", tz="UTC"))})
    rows = rows.cast(pa.schema([("at", pa.timestamp("us", tz=zone))]))
    engine = connect()
    made = engine.from_arrow("moments", rows)
    found = engine.to_arrow(made.select(is_so=is_inside(day_of(made.at), MONTHS)))["is_so"].to_pylist()
    engine.close()
    assert found == [*MOMENTS.values(), None]


def test_a_moment_is_compared_as_it_is():
    rows = ibis.table({"at": "timestamp"}, name="rows")
    said = str(ibis.to_sql(rows.select(x=is_inside(rows.at.date(), MONTHS)), dialect="duckdb"))
    assert "AS DATE" not in said
