from datetime import date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.duties.clauses import DayKind, Period
from closeout.duties.periods import (
    PeriodError,
    add,
    add_hours,
    in_words,
    is_counted,
    iso,
    parse_period,
    subtract,
)

FEDERAL = holidays.country_holidays("US", years=range(2023, 2028))
DAYS = st.dates(date(2023, 1, 1), date(2027, 6, 30))
MOMENTS = st.datetimes(datetime.fromisoformat("2023-01-01"), datetime.fromisoformat("2027-06-30"))


def day(said):
    return date.fromisoformat(said)


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("P1Y2M3D", Period(months=14, days=3)),
        ("P2W", Period(days=14)),
        ("P1W2D", Period(days=9)),
        ("PT48H", Period(hours=48)),
        ("P24M", Period(months=24)),
        ("P0D", Period()),
    ],
)
def test_a_period_is_read_from_iso_8601(said, period):
    assert parse_period(said) == period


@pytest.mark.parametrize(
    "said",
    [
        "",
        "P",
        "PT",
        "24M",
        "P-1D",
        "p1d",
        "P1.5D",
        "P1DT",
        "PT30M",
        "P1H",
        "P1D ",
        "P1M1Y",
        "P1D2W",
        "2 days",
        "P٣D",
    ],
)
def test_what_is_no_period_is_refused(said):
    with pytest.raises(PeriodError, match="write it like P24M"):
        parse_period(said)


@pytest.mark.parametrize(
    ("said", "counts", "why"),
    [
        ("P51Y", "calendar", "longer than 50 years"),
        ("P30000D", "calendar", "longer than 50 years"),
        ("P2M", "business", "cannot count business days"),
        ("P1Y", "weekday", "cannot count weekdays"),
        ("P1DT2H", "calendar", "mixes hours with days"),
    ],
)
def test_a_period_that_cannot_be_counted_is_refused(said, counts, why):
    with pytest.raises(PeriodError, match=why):
        parse_period(said, DayKind(counts))


@given(months=st.integers(0, 600), days=st.integers(0, 9_999))
def test_a_period_of_days_is_written_as_it_is_read(months, days):
    period = Period(months=months, days=days)
    assert parse_period(iso(period)) == period


@pytest.mark.parametrize("hours", [1, 48, 72])
def test_a_period_of_hours_is_written_as_it_is_read(hours):
    assert parse_period(iso(Period(hours=hours))) == Period(hours=hours)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(months=24), "24 months"),
        (Period(months=1, days=1), "1 month and 1 day"),
        (Period(), "0 days"),
        (Period(days=1, counts=DayKind.BUSINESS), "1 business day"),
        (Period(hours=48, counts=DayKind.WEEKDAY), "48 hours of weekdays"),
        (Period(hours=1), "1 hour"),
    ],
)
def test_a_period_is_said_in_words(period, words):
    assert in_words(period) == words


@pytest.mark.parametrize(
    ("start", "said", "wanted"),
    [
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2025-01-31", "P1M", "2025-02-28"),
        ("2024-02-29", "P12M", "2025-02-28"),
        ("2024-02-29", "P48M", "2028-02-29"),
        ("2023-02-28", "P12M", "2024-02-28"),
        ("2024-08-31", "P6M", "2025-02-28"),
        ("2024-01-31", "P1M1D", "2024-03-01"),
        ("2023-12-31", "P2W", "2024-01-14"),
        ("2024-02-28", "P1D", "2024-02-29"),
        ("2024-03-10", "P0D", "2024-03-10"),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(start, said, wanted):
    assert add(parse_period(said), day(start)) == day(wanted)


@pytest.mark.parametrize(
    ("start", "days", "counts", "wanted"),
    [
        ("2024-03-01", 1, "business", "2024-03-04"),  # Friday: the next is Monday
        ("2024-03-02", 1, "business", "2024-03-04"),  # Saturday, too
        ("2024-03-03", 1, "business", "2024-03-04"),
        ("2024-07-03", 1, "business", "2024-07-05"),  # Independence Day between
        ("2024-07-03", 1, "weekday", "2024-07-04"),
        ("2024-12-24", 5, "business", "2025-01-02"),  # Christmas, a weekend, New Year's Day
        ("2027-12-30", 1, "weekday", "2027-12-31"),
        ("2024-03-02", 0, "business", "2024-03-02"),  # None: the day itself
    ],
)
def test_business_days_skip_weekends_and_federal_holidays(start, days, counts, wanted):
    period = Period(days=days, counts=DayKind(counts))
    assert add(period, day(start), FEDERAL) == day(wanted)


@pytest.mark.parametrize(
    ("end", "said", "wanted"),
    [
        ("2024-03-31", "P1M", "2024-02-29"),
        ("2024-03-01", "P30D", "2024-01-31"),
        ("2025-02-28", "P1Y", "2024-02-28"),
    ],
)
def test_a_period_is_taken_away(end, said, wanted):
    assert subtract(parse_period(said), day(end)) == day(wanted)


def test_business_days_are_taken_away():
    assert subtract(Period(days=1, counts=DayKind.BUSINESS), day("2024-07-05"), FEDERAL) == day("2024-07-03")


@given(start=DAYS, days=st.integers(1, 60), counts=st.sampled_from([DayKind.WEEKDAY, DayKind.BUSINESS]))
def test_exactly_the_counted_days_lie_between(start, days, counts):
    end = add(Period(days=days, counts=counts), start, FEDERAL)
    between = [start + timedelta(days=one) for one in range(1, (end - start).days + 1)]
    assert sum(is_counted(one, counts, FEDERAL) for one in between) == days
    assert is_counted(end, counts, FEDERAL)


@given(start=DAYS, end=DAYS, months=st.integers(0, 60), days=st.integers(0, 60))
def test_who_starts_later_is_never_due_earlier(start, end, months, days):
    period = Period(months=months, days=days)
    assert (add(period, min(start, end)) <= add(period, max(start, end))) is True


@pytest.mark.parametrize(
    ("start", "said", "counts", "wanted"),
    [
        ("2024-03-01 15:00", "PT48H", "weekday", "2024-03-05 15:00"),  # Friday to Tuesday
        ("2024-03-02 10:00", "PT48H", "weekday", "2024-03-06 00:00"),  # Saturday: from Monday 00:00
        ("2024-03-04 09:30", "PT48H", "weekday", "2024-03-06 09:30"),
        ("2024-03-01 00:00", "PT24H", "weekday", "2024-03-02 00:00"),  # The whole of Friday
        ("2024-07-03 15:00", "PT48H", "business", "2024-07-08 15:00"),  # Thursday is a holiday
        ("2024-07-03 15:00", "PT48H", "weekday", "2024-07-05 15:00"),
        ("2024-03-02 10:00", "PT48H", "calendar", "2024-03-04 10:00"),
        ("2024-03-02 10:00", "PT1H", "business", "2024-03-04 01:00"),
    ],
)
def test_a_clock_of_hours_runs_on_counted_days_only(start, said, counts, wanted):
    ends = add_hours(parse_period(said, DayKind(counts)), datetime.fromisoformat(start), FEDERAL)
    assert ends == datetime.fromisoformat(wanted)


@given(start=MOMENTS, hours=st.integers(1, 200))
def test_the_hours_of_weekdays_between_are_the_hours_asked_for(start, hours):
    ends = add_hours(Period(hours=hours, counts=DayKind.WEEKDAY), start)
    minutes = (ends - start) / timedelta(minutes=1)
    starts = [start + timedelta(days=one) for one in range(int(minutes // 1440) + 2)]
    whole = timedelta()
    for one in starts:
        from_at = max(start, datetime.combine(one.date(), datetime.min.time()))
        to_at = min(ends, datetime.combine(one.date() + timedelta(days=1), datetime.min.time()))
        if one.weekday() < 5 and to_at > from_at:
            whole += to_at - from_at
    assert whole == timedelta(hours=hours)


def test_hours_are_not_added_to_days_nor_days_to_instants():
    with pytest.raises(PeriodError, match="PT48H holds hours"):
        add(Period(hours=48), day("2024-03-01"))
    with pytest.raises(PeriodError, match="P2D holds days"):
        add_hours(Period(days=2), datetime.fromisoformat("2024-03-01 10:00"))
