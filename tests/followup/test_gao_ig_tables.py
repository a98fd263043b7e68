"""The GAO-IG Act's lists, status report and differences from the auditor's list."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.followup.gao_ig_tables import (
    Listed,
    Year,
    discrepancies,
    gao_list,
    ig_list,
    out_for_a_year,
    status_report,
)
from closeout.followup.history import Axis
from closeout.followup.plans import Plan, PlannedStep
from closeout.followup.statuses import Progress
from closeout.reading.model import AuditorStatus
from tests.followup.factories import make_event, make_followed, make_sighting
from tests.reading.factories import make_day

SUBMITTED = date(2025, 2, 3)
GAO = "gao/GAO-24-99001"


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ("2024-02-03", Year.YES),
        ("2024-02-04", Year.NO),
        ("2024-02", Year.MAYBE),
        ("2024-01", Year.YES),
        (None, Year.UNKNOWN),
    ],
)
def test_a_report_is_out_for_a_year_from_the_same_day_on(issued, year):
    assert out_for_a_year(make_day(issued) if issued else None, SUBMITTED) is year


@pytest.mark.parametrize(
    ("status", "listed"),
    [
        ("unresolved-open", 1),
        ("partially-addressed", 1),
        ("closed-not-implemented", 1),
        ("closed-implemented", 0),
        ("closed-no-longer-valid", 0),
        (None, 1),
    ],
)
def test_gaos_list_holds_the_open_and_the_closed_unimplemented(status, listed):
    assert len(gao_list([make_followed(report=GAO, status=status)], submitted_on=SUBMITTED).rows) == listed


def test_a_list_holds_only_its_issuer_and_counts_what_it_chose_from():
    followed = [
        make_followed("2", report=GAO),
        make_followed("1", report=GAO),
        make_followed("3", report=GAO, issued="2024-12-01"),
        make_followed("1"),
    ]
    of_gao, of_ig = (build(followed, submitted_on=SUBMITTED) for build in (gao_list, ig_list))
    assert of_gao.column("number") == ("1", "2")
    assert (of_gao.figures[0].numerator, of_gao.figures[0].denominator) == (2, 3)
    assert of_ig.column("report") == ("OIG-24-901",)


def test_an_unknown_issue_date_is_listed_and_told():
    found = gao_list([make_followed(report=GAO, issued=None)], submitted_on=SUBMITTED)
    assert found.column("year") == ("unknown",)
    assert found.figures[0].note == "1 of them listed though their issue date or status is not known"


@pytest.mark.parametrize(
    ("overrides", "listed"),
    [
        ({}, 1),
        ({"status": "closed-implemented"}, 0),
        ({"final_action_on": date(2024, 12, 1)}, 0),
        ({"decided_on": date(2024, 6, 1)}, 1),
        ({"status": None}, 1),
    ],
)
def test_the_inspectors_list_holds_what_has_no_final_action(overrides, listed):
    assert len(ig_list([make_followed(**overrides)], submitted_on=SUBMITTED).rows) == listed


def test_the_status_report_wants_a_timeline_or_a_justification_for_each():
    refused = [make_event("non-concur", "2024-03-01", axis=Axis.POSITION)]
    followed = [
        make_followed("1", sightings=[make_sighting("2025-09-30")]),
        make_followed("2", plan=Plan("Clerks trained.", (PlannedStep("Exam", date(2025, 3, 31)),))),
        make_followed("3"),
        make_followed("4", events=refused, justification="The locks count themselves."),
        make_followed("5", events=refused, sightings=[make_sighting("2025-09-30")]),
        make_followed("6", report=GAO, status="closed-not-implemented"),
        make_followed("7", issued="2024-12-01"),
        make_followed("8", status="closed-implemented"),
    ]
    found = status_report(followed, submitted_on=SUBMITTED)
    assert {row["number"]: (row["wanted"], row["answer"], row["to_write"]) for row in found.records()} == {
        "1": ("timeline", "to be completed by 2025-09-30", None),
        "2": ("timeline", "Clerks trained. Exam (by 2025-03-31)", None),
        "3": ("timeline", None, "timeline"),
        "4": ("justification", "The locks count themselves.", None),
        "5": ("justification", None, "justification"),
        "6": ("justification", None, "justification"),
    }
    assert (found.figures[0].numerator, found.figures[0].denominator) == (3, 6)


@pytest.mark.parametrize(
    ("due", "submitted_on", "answer", "left"),
    [
        ("2025-09-30", date(2025, 9, 30), "to be completed by 2025-09-30", None),
        ("2025-09-30", date(2025, 10, 1), "was due 2025-09-30, not done", "timeline"),
        ("2025-09", date(2025, 9, 30), "to be completed by 2025-09", None),  # the month has not wholly passed
        ("2025-09", date(2025, 10, 1), "was due 2025-09, not done", "timeline"),
    ],
)
def test_a_day_that_has_passed_is_missed_and_no_timeline(due, submitted_on, answer, left):
    followed = make_followed(sightings=[make_sighting(due)])
    found = status_report([followed], submitted_on=submitted_on)
    assert (found.column("answer"), found.column("to_write")) == ((answer,), (left,))
    answered, passed = found.figures
    assert (answered.numerator, passed.numerator) == ((0, 1) if left else (1, 0))
    assert (answered.denominator, passed.denominator) == (1, 1)


@pytest.mark.parametrize(
    ("overrides", "became"),
    [
        ({"status": "partially-addressed"}, ", done in part"),
        ({"status": None}, "; no document read says whether it was done"),
        (
            {"events": [make_event(Progress.DONE, "2024-12-01", axis=Axis.PROGRESS)]},
            "; the agency says it is done, the auditor has not closed it",
        ),
        (
            {"report": GAO, "final_action_on": date(2024, 12, 1)},
            "; the agency says it is done, the auditor has not closed it",
        ),
        (
            {"events": [make_event(Progress.IN_PROGRESS, "2024-12-01", axis=Axis.PROGRESS)]},
            ", not done",
        ),
    ],
)
def test_a_passed_day_says_no_more_than_is_known(overrides, became):
    followed = make_followed(sightings=[make_sighting("2025-01-31")], **overrides)
    found = status_report([followed], submitted_on=SUBMITTED)
    assert found.column("answer") == (f"was due 2025-01-31{became}",)
    assert found.column("to_write") == ("timeline",)


def test_a_plan_ahead_is_a_timeline_though_the_promise_was_missed():
    plan = Plan("Clerks trained.", (PlannedStep("Exam", date(2025, 3, 31)),))
    followed = make_followed(sightings=[make_sighting("2025-01-31")], plan=plan)
    found = status_report([followed], submitted_on=SUBMITTED)
    said = "Clerks trained. Exam (by 2025-03-31); was due 2025-01-31, not done"
    assert (found.column("answer"), found.column("to_write")) == ((said,), (None,))


def test_a_plan_whose_steps_have_passed_is_no_timeline():
    plan = Plan("Clerks trained.", (PlannedStep("Exam", date(2025, 1, 31)),))
    found = status_report([make_followed(plan=plan)], submitted_on=SUBMITTED)
    assert found.column("answer") == ("Clerks trained. Exam (was due 2025-01-31, not done)",)
    assert found.column("to_write") == ("timeline",)


def test_a_missed_promise_needs_no_timeline_where_the_agency_refuses():
    refused = [make_event("non-concur", "2024-03-01", axis=Axis.POSITION)]
    followed = make_followed(events=refused, sightings=[make_sighting("2025-01-31")])
    found = status_report([followed], submitted_on=SUBMITTED)
    assert (found.column("answer"), found.column("to_write")) == ((None,), ("justification",))
    assert (found.figures[1].numerator, found.figures[1].denominator) == (0, 0)


def test_an_accepted_risk_needs_a_justification():
    accepted = [make_event("risk-accepted", "2024-05-01", axis=Axis.PROGRESS)]
    found = status_report([make_followed(events=accepted)], submitted_on=SUBMITTED)
    assert found.column("wanted") == ("justification",)


def test_differences_from_the_auditors_list_are_told_both_ways():
    followed = [
        make_followed("1", report=GAO),
        make_followed("2", report=GAO),
        make_followed("3", report=GAO),
    ]
    theirs = [
        Listed("GAO-24-99001", "1", AuditorStatus.RESOLVED_OPEN),
        Listed("GAO-24-99001", "02", AuditorStatus.CLOSED_IMPLEMENTED),
        Listed("GAO-24-99001", "4", AuditorStatus.RESOLVED_OPEN),
    ]
    told = {("GAO-24-99001", "3"): "Listed under its old number."}
    found = discrepancies(followed, theirs, as_of=SUBMITTED, explanations=told)
    assert found.rows == (
        ("GAO-24-99001", "2", "status differs", "Open, resolved", "Closed, implemented", None),
        (
            "GAO-24-99001",
            "3",
            "not on the auditor's list",
            "Open, resolved",
            None,
            "Listed under its old number.",
        ),
        ("GAO-24-99001", "4", "not in our register", None, "Open, resolved", None),
    )
    assert (found.figures[0].numerator, found.figures[0].denominator) == (3, 4)


statuses = st.sampled_from((None, *AuditorStatus))
some_followed = st.lists(
    st.builds(
        lambda number, report, issued, status: make_followed(
            str(number), report=report, issued=issued, status=status
        ),
        st.integers(1, 9),
        st.sampled_from((GAO, "dhs-oig/OIG-24-901")),
        st.sampled_from((None, "2023-01-31", "2024-02", "2024-12-01")),
        statuses,
    ),
    max_size=6,
)


@given(some_followed)
def test_the_status_report_answers_for_every_line_of_both_lists(followed):
    listed = [
        (row["report"], row["number"])
        for build in (gao_list, ig_list)
        for row in build(followed, submitted_on=SUBMITTED).records()
    ]
    report = status_report(followed, submitted_on=SUBMITTED)
    assert sorted(zip(report.column("report"), report.column("number"), strict=True)) == sorted(listed)


@given(some_followed)
def test_a_register_does_not_differ_from_its_own_list(followed):
    known = [each for each in followed if each.status]
    theirs = [Listed(each.report.number, each.entry.number, each.status) for each in known]
    keyed = {(line.report_number, line.number): line for line in theirs}
    ours = {(each.report.number, each.entry.number): each for each in known}
    assert discrepancies(ours.values(), keyed.values(), as_of=SUBMITTED).rows == ()
