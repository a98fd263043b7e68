"""Our own fictional documents, read, joined and followed: the story that the demonstration tells."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from closeout.followup.aging import aging
from closeout.followup.differences import Difference, differences
from closeout.followup.events import events_of
from closeout.followup.followed import follow
from closeout.followup.gao_ig_tables import gao_list, ig_list, status_report
from closeout.followup.history import state_on
from closeout.followup.promises import Outcome
from closeout.reading.joining import join
from closeout.reading.model import PromiseKind
from tests.reading.demo_truth import paths, reading_of

DAY = date(2026, 11, 15)


@cache
def readings():
    return [reading_of(path) for path in paths()]


@cache
def register():
    return join(readings())


@cache
def followed():
    return {each.entry.key: each for each in follow(register(), readings(), as_of=DAY)}


def one(number, recommendation):
    (found,) = [
        each
        for each in followed().values()
        if each.report.number == number and each.entry.number == recommendation
    ]
    return found


def changes():
    pages = ("gao/agency-page-2025-09.html", "gao/agency-page-2026-10.html")
    return differences(*(reading_of(path) for path in pages))


def test_every_recommendation_is_followed_once():
    assert len(followed()) == len(register().entries)


def test_an_inspection_promised_twice_has_slipped_by_the_days_between():
    ledger = one("GAO-23-990104", "2").ledger
    completions = [line for line in ledger.lines if line.kind is PromiseKind.COMPLETION]
    assert [line.due.edtf for line in completions] == ["2025-06-30", "2026-12-31"]
    # 184 days to the end of 2025, and the 365 of 2026.
    assert (completions[0].superseded_by, completions[0].moved_days, ledger.total_slip_days) == (1, 549, 549)
    assert (completions[0].outcome, completions[1].outcome) == (Outcome.MISSED, Outcome.OPEN)
    assert ledger.overdue is None


def test_the_promise_that_was_missed_was_overdue_until_the_new_one_was_made():
    def overdue(day):
        (found,) = [
            each
            for each in follow(register(), readings(), as_of=day)
            if (each.report.number, each.entry.number) == ("GAO-23-990104", "2")
        ]
        return found.ledger.overdue and found.ledger.overdue.due.edtf

    assert overdue(date(2026, 6, 1)) is None  # the new date was promised in May 2026


def test_the_article_promises_at_second_hand_only():
    lines = [line for each in followed().values() for line in each.ledger.lines if line.is_second_hand]
    assert lines
    assert all(line.superseded_by is None for line in lines)
    assert {sighting.is_second_hand for line in lines for sighting in line.sightings} == {True}


def test_nothing_is_closed_that_no_auditor_printed_closed():
    printed = {
        record.status
        for reading in readings()
        for record in reading.records
        if not reading.is_secondary and record.status_basis == "printed"
    }
    for each in followed().values():
        assert not each.state.is_closed or each.status in printed


def test_three_captures_of_a_status_are_history_and_no_conflict():
    found = one("GAO-24-990218", "1")
    events = events_of(found.entry, readings())
    days = (date(2025, 4, 29), date(2025, 4, 30), date(2026, 3, 31), date(2026, 10, 31))
    assert [state_on(events, day).auditor_status for day in days] == [
        None,
        "resolved-open",
        "partially-addressed",
        "closed-implemented",
    ]
    assert [conflict.field for conflict in found.entry.conflicts] == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (Difference.ADDED, 3),
        (Difference.STATUS_CHANGED, 1),
        (Difference.NARRATIVE_GREW, 5),
        (Difference.PROMISE_MOVED, 2),
        (Difference.POSITION_CHANGED, 1),
    ],
)
def test_the_two_captures_of_the_agency_page_differ_in_every_way_the_story_tells(kind, least):
    assert Counter(change.kind for change in changes())[kind] >= least


def test_the_recommendation_that_left_the_incomplete_page_is_not_missing():
    assert reading_of("gao/agency-page-2026-10.html").complete is False
    assert not [change for change in changes() if change.kind is Difference.MISSING]


def test_a_newer_name_for_the_respondent_makes_no_second_promise():
    moved = [(change.before, change.after) for change in changes() if change.kind is Difference.PROMISE_MOVED]
    assert ("2025-06-30", "2026-12-31") in moved


def test_the_yearly_tables_hold_only_what_is_old_enough_and_open():
    for table in (
        gao_list(followed().values(), submitted_on=DAY),
        ig_list(followed().values(), submitted_on=DAY),
    ):
        assert table.rows
        assert set(table.column("year")) <= {"yes", "maybe", "unknown"}
        assert "Closed, implemented" not in table.column("status")
    assert "GAO-26-990412" not in gao_list(followed().values(), submitted_on=DAY).column("report")


def test_the_status_report_says_what_is_still_to_be_written():
    report = status_report(followed().values(), submitted_on=DAY)
    wanted = Counter(zip(report.column("wanted"), report.column("to_write"), strict=True))
    assert wanted["timeline", None] > 0
    assert wanted["timeline", "timeline"] > 0
    assert report.figures[0].numerator == sum(count for (_, left), count in wanted.items() if left is None)


def test_the_aging_table_counts_every_open_recommendation():
    still_open = sum(each.is_open for each in followed().values())
    assert sum(aging(followed().values(), as_of=DAY).column("open")) == still_open > 0
