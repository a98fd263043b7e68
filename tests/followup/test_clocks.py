"""Clocks: due days with month ends and leap days, lateness, vague dates, and which rule holds."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from closeout.followup.clock_rules import RULES, SEMIANNUAL, EventKind, Mark, Unit
from closeout.followup.clocks import ClockEvent, ClockState, Period, add, clocks, periods
from closeout.reading.dates import FuzzyDate
from tests.reading.factories import make_day

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
A50 = next(rule for rule in RULES if rule.code == "a50-resolution")
ISSUED = EventKind.REPORT_ISSUED


def happened(kind, on):
    return ClockEvent(kind, make_day(on))


def clock(code, *events, as_of, issuer="dhs-oig", rules=RULES):
    found = clocks(events, issuer=issuer, as_of=date.fromisoformat(as_of), rules=rules)
    return next((each for each in found if each.rule.code == code), None)


@pytest.mark.parametrize(
    ("day", "amount", "unit", "due"),
    [
        ("2024-08-31", 6, Unit.MONTHS, "2025-02-28"),  # February has no 31st
        ("2023-08-31", 6, Unit.MONTHS, "2024-02-29"),  # nor in a leap year
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2024-03-31", 6, Unit.MONTHS, "2024-09-30"),
        ("2023-12-01", 90, Unit.DAYS, "2024-02-29"),  # 30 in December, 31, 29: a leap year
        ("2022-12-01", 90, Unit.DAYS, "2023-03-01"),
        ("2024-01-01", 180, Unit.DAYS, "2024-06-29"),
    ],
)
def test_due_days_keep_to_the_calendar(day, amount, unit, due):
    assert add(date.fromisoformat(day), amount, unit) == date.fromisoformat(due)


@given(DAYS, st.integers(1, 400), st.sampled_from(Unit))
def test_a_due_day_comes_later_and_never_jumps_a_month(day, amount, unit):
    assume(unit is not Unit.YEARS or amount < 50)
    due = add(day, amount, unit)
    assert due > day
    if unit is Unit.MONTHS:
        assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == amount


@given(DAYS, DAYS, st.integers(1, 30), st.sampled_from(Unit))
def test_an_earlier_start_is_never_due_later(one, other, amount, unit):
    first, second = sorted((one, other))
    assert add(first, amount, unit) <= add(second, amount, unit)


@pytest.mark.parametrize(
    ("as_of", "state", "left"),
    [
        ("2025-02-27", ClockState.RUNNING, 1),
        ("2025-02-28", ClockState.RUNNING, 0),
        ("2025-03-01", ClockState.OVERDUE, -1),
    ],
)
def test_a_thing_is_on_time_on_the_day_it_is_due(as_of, state, left):
    found = clock("a50-resolution", happened(ISSUED, "2024-08-31"), as_of=as_of)
    assert (found.due, found.state, found.days_left) == ((date(2025, 2, 28),) * 2, state, left)
    assert found.days_late == max(0, -left)


@pytest.mark.parametrize(
    ("met", "state", "late"), [("2025-02-28", ClockState.MET, 0), ("2025-03-10", ClockState.MET_LATE, 10)]
)
def test_what_was_done_is_late_by_the_day_it_was_done(met, state, late):
    events = (happened(ISSUED, "2024-08-31"), happened(EventKind.MANAGEMENT_DECISION, met))
    found = clock("a50-resolution", *events, as_of="2026-01-01")
    assert (found.state, found.days_late, found.met_on.edtf) == (state, late, met)


def test_a_vague_start_gives_a_range_of_due_days():
    found = clock("dhs-response", happened(ISSUED, "2024-02"), as_of="2024-05-10")
    # 90 days from February 1 is May 1, from February 29 it is May 29.
    assert found.due == (date(2024, 5, 1), date(2024, 5, 29))
    assert found.state is ClockState.MAYBE_OVERDUE
    assert found.days_left == 19


def test_an_answer_of_a_vague_day_may_be_late():
    events = (happened(ISSUED, "2024-02-01"), happened(EventKind.RESPONSE_SENT, "2024-05"))
    assert clock("dhs-response", *events, as_of="2024-07-01").state is ClockState.MET_MAYBE_LATE


def test_what_happens_after_the_day_asked_about_is_not_known():
    events = (happened(ISSUED, "2024-08-31"), happened(EventKind.MANAGEMENT_DECISION, "2025-01-10"))
    assert clock("a50-resolution", *events, as_of="2025-01-09").state is ClockState.RUNNING
    assert clock("a50-resolution", *events, as_of="2024-08-30") is None


def test_a_decision_before_the_report_discharges_nothing():
    events = (happened(ISSUED, "2024-08-31"), happened(EventKind.MANAGEMENT_DECISION, "2024-01-10"))
    assert clock("a50-resolution", *events, as_of="2024-10-01").met_on is None


@pytest.mark.parametrize(
    ("issued", "code", "due"),
    [
        # Before the 181st day: day 180 is the last.
        ("2019-01-03", "gao-statement", date(2019, 7, 2)),
        ("2019-01-02", "gao-statement-before-2019", date(2019, 3, 3)),
    ],
)
def test_the_statement_on_gaos_recommendations_follows_the_rule_of_the_reports_day(issued, code, due):
    found = clocks([happened(ISSUED, issued)], issuer="gao", as_of=date(2020, 1, 1))
    statements = [each for each in found if each.rule.code.startswith("gao-statement")]
    assert [(each.rule.code, each.due[1]) for each in statements] == [(code, due)]


def test_the_recalled_rules_are_marked():
    assert {rule.code for rule in RULES if rule.mark is Mark.RECALLED} == {
        "gao-statement-before-2019",
        "ig-management-report",
    }


@pytest.mark.parametrize(
    ("issuer", "codes"),
    [
        ("gao", {"a50-resolution", "gao-statement", "gao-ig-act"}),
        ("dhs-oig", {"a50-resolution", "dhs-response", "gao-ig-act"}),
        ("denali-oig", {"a50-resolution", "denali-response", "gao-ig-act"}),
        ("va-oig", {"a50-resolution", "gao-ig-act"}),
        ("unknown", {"a50-resolution"}),
    ],
)
def test_each_issuers_reports_start_their_own_clocks(issuer, codes):
    found = clocks([happened(ISSUED, "2024-08-31")], issuer=issuer, as_of=date(2024, 9, 1))
    assert {each.rule.code for each in found} == codes


def test_the_closeout_letter_is_due_thirty_days_after_the_work_is_done():
    events = (happened(EventKind.IMPLEMENTED, "2024-01-31"), happened(EventKind.IMPLEMENTED, "2024-05-31"))
    found = clock("closeout-letter", *events, as_of="2024-03-05")
    assert (found.due[1], found.days_late) == (date(2024, 3, 1), 4)


def test_a_report_may_shorten_its_response_time():
    shorter = tuple(rule.lasting(15) for rule in RULES if rule.code == "denali-response")
    event = happened(ISSUED, "2015-04-28")
    found = clock("denali-response", event, as_of="2015-05-01", issuer="denali-oig", rules=shorter)
    assert found.due[1] == date(2015, 5, 13)


def test_a_rule_without_time_is_refused():
    with pytest.raises(ValueError, match="at least one of its months"):
        A50.lasting(0)


def test_rules_have_names_of_their_own_and_a_citation():
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.citation and rule.title and rule.met_by for rule in RULES)


@given(st.lists(st.tuples(st.sampled_from(EventKind), DAYS), max_size=6), DAYS, st.integers(0, 400))
def test_clocks_do_not_hang_on_the_order_of_events_and_only_grow_later(said, as_of, more):
    events = [ClockEvent(kind, FuzzyDate(day.isoformat(), day, day)) for kind, day in said]
    found = clocks(events, issuer="dhs-oig", as_of=as_of)
    assert clocks(reversed(events), issuer="dhs-oig", as_of=as_of) == found
    later = {
        each.rule.code: each for each in clocks(events, issuer="dhs-oig", as_of=as_of + timedelta(days=more))
    }
    for each in found:
        then = later[each.rule.code]
        assert then.started == each.started
        assert then.days_late >= each.days_late or then.met_on is not None
        if each.state in {ClockState.MET, ClockState.MET_LATE}:
            assert then.state is each.state


@given(DAYS, DAYS)
def test_a_vague_start_is_never_judged_harder_than_any_day_it_can_mean(one, other):
    first, last = sorted((one, other))
    vague = ClockEvent(ISSUED, FuzzyDate("x", first, last))
    as_of = last + timedelta(days=200)
    (judged,) = (each for each in clocks([vague], issuer="x", as_of=as_of) if each.rule is A50)
    exact = [
        next(
            c
            for c in clocks([ClockEvent(ISSUED, FuzzyDate("x", d, d))], issuer="x", as_of=as_of)
            if c.rule is A50
        )
        for d in (first, last)
    ]
    assert judged.days_late == min(each.days_late for each in exact)


def test_semiannual_periods_end_in_march_and_september():
    got = periods(SEMIANNUAL, since=date(2024, 1, 1), until=date(2024, 12, 31))
    assert got == (
        Period(date(2023, 10, 1), date(2024, 3, 31), date(2024, 4, 30)),
        Period(date(2024, 4, 1), date(2024, 9, 30), date(2024, 10, 31)),
    )


@given(DAYS)
def test_every_day_is_of_exactly_one_semiannual_period(day):
    around = periods(SEMIANNUAL, since=day - timedelta(days=400), until=day + timedelta(days=400))
    assert sum(period.first <= day <= period.last for period in around) == 1


@given(DAYS, st.integers(1, 400))
def test_months_end_on_the_same_day_or_on_the_last_there_is(day, months):
    due = add(day, months, Unit.MONTHS)
    last = monthrange(due.year, due.month)[1]
    assert due.day == min(day.day, last)


@given(DAYS, st.integers(1, 1000))
def test_days_are_calendar_days(day, days):
    assert (add(day, days, Unit.DAYS) - day).days == days


@given(DAYS, st.integers(1, 50))
def test_a_year_is_twelve_months(day, years):
    assert add(day, years, Unit.YEARS) == add(day, years * 12, Unit.MONTHS)


def test_clocks_come_in_the_order_in_which_they_are_due():
    found = clocks([happened(ISSUED, "2024-08-31")], issuer="dhs-oig", as_of=date(2024, 9, 1))
    assert [each.rule.code for each in found] == ["dhs-response", "a50-resolution", "gao-ig-act"]


def test_the_first_of_several_answers_counts():
    events = (
        happened(ISSUED, "2024-08-31"),
        happened(EventKind.RESPONSE_SENT, "2025-03-01"),
        happened(EventKind.RESPONSE_SENT, "2024-10-01"),
    )
    found = clock("dhs-response", *events, as_of="2025-06-01")
    assert (found.met_on.edtf, found.state) == ("2024-10-01", ClockState.MET)


def test_a_final_action_discharges_the_year():
    events = (happened(ISSUED, "2023-01-31"), happened(EventKind.FINAL_ACTION, "2024-01-31"))
    found = clock("gao-ig-act", *events, as_of="2025-01-01")
    assert (found.state, found.days_left) == (ClockState.MET, 0)


def test_no_clock_runs_without_its_event():
    assert (
        clocks([happened(EventKind.RESPONSE_SENT, "2024-10-01")], issuer="dhs-oig", as_of=date(2025, 1, 1))
        == ()
    )
