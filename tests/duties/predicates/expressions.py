"""Random expressions over check-ins, and rows to try them on."""

import random
from datetime import date, datetime, timedelta

import pyarrow as pa
from hypothesis import strategies as st

from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES

DECLARED = TABLES["check_ins"]
OUTCOMES = ["attended", "missed", "service_issue", "cancelled"]
_DAYS = [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28)]
_UNITS = ["day", "days", "week", "month", "months", "year"]


def rows(count=40, seed=7):
    """Return check-ins as an Arrow table; every column that a case turns on is sometimes null."""
    chance = random.Random(seed)  # noqa: S311 - the same rows every time

    def maybe(value):
        return None if chance.random() < 0.25 else value

    def one(number):
        return {
            "check_in_id": number,
            "case_no": f"C-{number % 5:06d}",
            "office_id": maybe(chance.choice(["North", "South"])),
            "due_on": maybe(chance.choice(_DAYS)),
            "reminded_on": maybe(chance.choice(_DAYS)),
            "outcome_on": maybe(chance.choice(_DAYS) + timedelta(days=1)),
            "window_days": maybe(chance.randint(0, 3)),
            "outcome": maybe(chance.choice(OUTCOMES)),
            "recorded_at": maybe(datetime.fromisoformat(f"2024-02-29 {chance.choice(['00', '08'])}:30")),
            "is_service_issue": maybe(chance.random() < 0.5),
            "records_check_due": maybe(chance.random() < 0.5),
        }

    loose = pa.schema([field.with_nullable(True) for field in arrow_schema("check_ins")])
    return pa.Table.from_pylist([one(number) for number in range(1, count + 1)], schema=loose)


def _written(value):
    return st.just(f"'{value}'")


def _fill(template, *parts):
    return st.tuples(*parts).map(lambda found: template.format(*found))


_day_words = st.sampled_from(_DAYS)
_date_literals = st.one_of(_day_words.map(lambda day: f"date '{day}'"))
_numbers = st.integers(0, 4).map(str)
_compare = st.sampled_from(["=", "<>", "<", "<=", ">", ">=", "!="])
_equals = st.sampled_from(["=", "<>"])


def numbers(depth):
    """Return expressions that yield a number."""
    leaves = st.one_of(st.just("window_days"), _numbers)
    if not depth:
        return leaves
    less = numbers(depth - 1)
    return st.one_of(
        leaves,
        _fill("({} {} {})", less, st.sampled_from("+-"), less),
        _fill("(- {})", less),
        _fill("coalesce({}, {})", less, less),
        _fill("length({})", strings(depth - 1)),
        _fill("case when {} then {} else {} end", booleans(depth - 1), less, less),
        _fill("case when {} then {} end", booleans(depth - 1), less),
    )


def strings(depth):
    """Return expressions that yield any string, never a closed set of words."""
    leaves = st.sampled_from(["case_no", "office_id"])
    if not depth:
        return leaves
    less = strings(depth - 1)
    return st.one_of(
        leaves,
        _fill("upper({})", st.one_of(less, st.just("outcome"))),
        _fill("lower({})", less),
        _fill("coalesce({}, {}, null)", less, less),
        _fill("case when {} then {} else null end", booleans(depth - 1), less),
    )


def dates(depth):
    """Return expressions that yield a date."""
    leaves = st.one_of(st.sampled_from(["due_on", "reminded_on", "outcome_on"]), _date_literals)
    if not depth:
        return leaves
    less = dates(depth - 1)
    interval = _fill("interval {} {}", st.integers(0, 40), st.sampled_from(_UNITS))
    return st.one_of(
        leaves,
        _fill("({} {} {})", less, st.sampled_from("+-"), interval),
        _fill("coalesce({}, {})", less, less),
        _fill("case when {} then {} else {} end", booleans(depth - 1), less, less),
        st.just("date(recorded_at)"),
    )


def booleans(depth):
    """Return expressions that yield true, false or null."""
    leaves = st.one_of(
        st.sampled_from(["is_service_issue", "records_check_due", "true", "false"]),
        _fill("outcome {} '{}'", _equals, st.sampled_from(OUTCOMES)),
        _fill("outcome in ('{}', '{}')", st.sampled_from(OUTCOMES), st.sampled_from(OUTCOMES)),
        _fill("window_days not in ({}, {})", _numbers, _numbers),
        _fill("{} is null", st.sampled_from(["outcome", "due_on", "recorded_at", "is_service_issue"])),
        _fill("{} is not null", st.sampled_from(["outcome", "due_on", "window_days"])),
        _fill("due_on {} '{}'", _compare, _day_words),
        _fill("'{}' {} reminded_on", _day_words, _compare),
        _fill("recorded_at {} '2024-02-29 08:30:00'", _compare),
    )
    if not depth:
        return leaves
    less = booleans(depth - 1)
    number, day, text = numbers(depth - 1), dates(depth - 1), strings(depth - 1)
    return st.one_of(
        leaves,
        _fill("not {}", less),
        _fill("{} and {}", less, less),
        _fill("{} or {}", less, less),
        _fill("({} or {}) and {}", less, less, less),
        _fill("{} {} {}", number, _compare, number),
        _fill("{} {} {}", day, _compare, day),
        _fill("{} {} {}", text, _equals, text),
        _fill("({}) = ({})", less, less),
        _fill("{} between {} and {}", day, day, day),
        _fill("{} not between {} and {}", number, number, number),
        _fill("{} is null", day),
        _fill("coalesce({}, {})", less, less),
        _fill("case when {} then {} when {} then {} end", less, less, less, less),
    )
