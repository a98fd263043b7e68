"""Instances worked out by hand: month ends, business days, superseded rules, holds, transfers, excuses."""

from closeout.duties.clauses import Cycle, DayKind, Done, Period, Shape
from tests.duties.making import (
    at,
    check_in_clause,
    complaint_clause,
    contact_clause,
    day,
    days,
    listed,
    months,
    text,
    version,
)
from tests.duties.random_agency import summary_clause

CASE = {"case_no": "C-000001", "office_id": "NOW", "officer_no": "S-NOW", "opened_on": day("2024-01-31")}
CASE_ROW = {"case_no": "C-000001"}


def contact(since, *, until="2026-12-31", period=None, verified=(), case=(), **changed):
    """Return the instances of the duty to verify contact data of one case opened on a day."""
    if period:
        changed["versions"] = (version(period=period),)
    return listed(
        contact_clause(**changed),
        day(until),
        cases=[CASE | {"opened_on": day(since)} | dict(case)],
        verifications=[CASE_ROW | {"verified_on": day(on)} for on in verified],
    )


def hold(since, until=None, kind="appeal"):
    return {"kind": kind, "from_on": day(since), "to_on": day(until) if until else None}


def test_a_month_from_the_31st_of_january_ends_with_february():
    # 2024 is a leap year, 2025 is not.
    assert contact("2024-01-31", period=months(1))[0]["due_on"] == day("2024-02-29")
    assert contact("2025-01-31", period=months(1))[0]["due_on"] == day("2025-02-28")


def test_a_year_from_a_leap_day_ends_on_the_28th():
    assert contact("2024-02-29", period=months(12))[0]["due_on"] == day("2025-02-28")
    assert contact("2024-02-29", period=months(48))[0]["due_on"] == day("2028-02-29")


def test_business_days_leave_out_weekends_and_holidays():
    # Five business days after Thursday 2 July 2026: Friday 3 July is off (Independence Day observed), so
    # Mon 6, Tue 7, Wed 8, Thu 9, Fri 10. Weekdays alone: Fri 3, Mon 6, Tue 7, Wed 8, Thu 9.
    business, weekday = (Period(days=5, counts=kind) for kind in (DayKind.BUSINESS, DayKind.WEEKDAY))
    assert contact("2026-07-02", period=business)[0]["due_on"] == day("2026-07-10")
    assert contact("2026-07-02", period=weekday)[0]["due_on"] == day("2026-07-09")


def test_a_clock_of_48_hours_leaves_out_the_weekend():
    # Friday 15:00: 9 hours of Friday, 24 of Monday, 15 of Tuesday. Saturday: starts on Monday 00:00.
    clause = complaint_clause(versions=(version(period=Period(hours=48, counts=DayKind.WEEKDAY)),))
    rows = [{"received_at": at("2026-03-06T15:00")}, {"received_at": at("2026-03-07T10:00")}]
    friday, saturday = listed(clause, day("2026-03-09"), complaints=rows)
    assert friday["due_at"] == at("2026-03-10T15:00")
    assert saturday["due_at"] == at("2026-03-11T00:00")


def test_a_clock_that_runs_out_at_the_end_of_friday_does_not_wait_for_monday():
    clause = complaint_clause(versions=(version(period=Period(hours=24, counts=DayKind.WEEKDAY)),))
    (row,) = listed(clause, day("2026-03-09"), complaints=[{"received_at": at("2026-03-06T00:00")}])
    assert row["due_at"] == at("2026-03-07T00:00")


def test_a_later_rule_takes_over_what_is_still_open():
    # Opened 1 January under 60 days; from 1 February 20 days hold. 21 January has passed by then, so the
    # instance is due on the day the new rule came into force, and not before.
    rules = (
        version(to=day("2026-01-31"), period=days(60), clause="old"),
        version(day("2026-02-01"), period=days(20), takes_over_open=True, clause="new"),
    )
    (before,) = contact("2026-01-01", until="2026-01-31", versions=rules)
    (after,) = contact("2026-01-01", until="2026-02-01", versions=rules)
    assert (before["rule"], before["due_on"]) == ("POL/old@2000-01-01", day("2026-03-02"))
    assert (after["rule"], after["due_on"]) == ("POL/new@2026-02-01", day("2026-02-01"))


def test_a_superseded_rule_keeps_what_was_done_under_it():
    rules = (
        version(to=day("2026-01-31"), period=days(60), clause="old"),
        version(day("2026-02-01"), period=days(5), takes_over_open=True, clause="new"),
    )
    first, second = contact("2026-01-01", until="2026-06-01", versions=rules, verified=["2026-01-25"])
    assert (first["rule"], first["state"]) == ("POL/old@2000-01-01", "done")
    assert (second["rule"], second["due_on"]) == ("POL/new@2026-02-01", day("2026-02-01"))


def test_without_a_rule_in_force_nothing_is_owed_and_nothing_is_late():
    rules = (version(day("2026-06-01"), period=days(10)),)
    (row,) = contact("2026-01-01", versions=rules)
    assert (row["state"], row["reason"], row["due_on"], row["is_missed"]) == (
        "no_basis",
        "no_rule_in_force",
        None,
        False,
    )


def test_a_hold_moves_the_due_date_by_its_days():
    # Due 31 January; held 10 to 20 January (10 days: the 10th to the 19th): due 10 February.
    (row,) = contact_held(hold("2026-01-10", "2026-01-20"), until="2026-02-10")
    assert (row["due_on"], row["days_held"], row["state"]) == (day("2026-02-10"), 10, "due")


def contact_held(*held, until):
    """Return the instance of a case opened on 1 January and due after 30 days, with holds."""
    clause = contact_clause(versions=(version(period=days(30)),), holds=("appeal", "legal_stay"))
    return listed(
        clause,
        day(until),
        cases=[CASE | {"opened_on": day("2026-01-01")}],
        verifications=[],
        holds=[CASE_ROW | one for one in held],
    )


def test_holds_that_overlap_count_once():
    # 10 to 20 and 15 to 25 January: 15 days.
    two = (hold("2026-01-10", "2026-01-20"), hold("2026-01-15", "2026-01-25", "legal_stay"))
    (row,) = contact_held(*two, until="2026-03-01")
    assert (row["due_on"], row["days_held"]) == (day("2026-02-15"), 15)


def test_a_hold_after_the_due_date_does_nothing():
    (row,) = contact_held(hold("2026-02-01"), until="2026-03-01")
    assert (row["due_on"], row["days_held"], row["state"]) == (day("2026-01-31"), 0, "overdue")


def test_a_hold_that_goes_on_stops_the_clock():
    (row,) = contact_held(hold("2026-01-31"), until="2026-03-01")
    assert (row["state"], row["reason"], row["days_held"]) == ("on_hold", "appeal", 29)


def test_a_hold_of_another_kind_does_not_stop_the_clock():
    (row,) = contact_held(hold("2026-01-10", kind="medical"), until="2026-03-01")
    assert (row["state"], row["days_held"]) == ("overdue", 0)


def test_a_reopened_case_starts_anew():
    (row,) = contact(
        "2024-01-01", case={"reopened_on": day("2026-05-01")}, period=months(6), until="2026-06-01"
    )
    assert (row["opened_on"], row["due_on"], row["state"]) == (
        day("2026-05-01"),
        day("2026-11-01"),
        "upcoming",
    )


def test_a_case_that_closes_in_time_owes_no_more_and_missed_nothing():
    closed = {"closed_on": day("2026-02-01"), "closure_reason": "duplicate"}
    (row,) = contact("2026-01-01", case=closed, period=months(6))
    assert (row["state"], row["reason"], row["ended_on"], row["is_missed"]) == (
        "excused",
        "subject_ended",
        day("2026-02-01"),
        False,
    )


def test_a_case_that_closes_too_late_was_missed_all_the_same():
    closed = {"closed_on": day("2026-02-01"), "closure_reason": "duplicate"}
    (row,) = contact("2026-01-01", case=closed, period=days(10))
    assert (row["state"], row["is_missed"]) == ("excused", True)


def test_the_office_that_held_the_case_on_the_due_date_owes_what_is_closed():
    # Two check-ins, done on 10 January and open. The case went from OLD to NOW on 15 January.
    rows = [
        CASE_ROW | {"due_on": day("2026-01-10"), "outcome": "attended", "outcome_on": day("2026-01-10")},
        CASE_ROW | {"due_on": day("2026-01-12")},
    ]
    moved = CASE_ROW | {"from_office_id": "OLD", "accepted_on": day("2026-01-15")}
    led = CASE_ROW | {
        "officer_no": "S-OLD",
        "role": "lead",
        "from_on": day("2024-01-31"),
        "to_on": day("2026-01-15"),
    }
    closed, still_open = listed(
        check_in_clause(),
        day("2026-02-01"),
        check_ins=rows,
        cases=[CASE],
        transfers=[moved],
        assignments=[led],
    )
    assert (closed["office_id"], closed["officer_no"]) == ("OLD", "S-OLD")
    assert (still_open["office_id"], still_open["officer_no"]) == ("NOW", "S-NOW")


def test_a_case_in_transfer_is_the_senders_until_it_is_accepted():
    row = CASE_ROW | {"due_on": day("2026-01-12")}
    moved = CASE_ROW | {
        "from_office_id": "OLD",
        "requested_on": day("2026-01-02"),
        "accepted_on": day("2026-01-15"),
    }
    for as_of, office in (("2026-01-14", "OLD"), ("2026-01-15", "NOW")):
        (found,) = listed(check_in_clause(), day(as_of), check_ins=[row], cases=[CASE], transfers=[moved])
        assert found["office_id"] == office


def test_the_offices_own_fault_is_never_missed():
    clause = check_in_clause(excused=text("outcome = 'service_issue'"), excused_on=text("outcome_on"))
    row = CASE_ROW | {
        "due_on": day("2026-01-10"),
        "outcome": "service_issue",
        "outcome_on": day("2026-03-01"),
    }
    (found,) = listed(clause, day("2026-06-01"), check_ins=[row], cases=[CASE])
    assert (found["state"], found["reason"], found["is_missed"]) == ("excused", "service_issue", False)


def test_an_annual_summary_missed_twice_is_two():
    # Fiscal years 2024, 2025, 2026 overlap an agreement operational since June 2024; only 2025's is there.
    done = Done("partner_summaries", "completed_on", "agreement_id", "agreement_id", year="fiscal_year")
    clause = summary_clause(Cycle.FISCAL_YEAR, done=done, versions=(version(period=days(60)),))
    agreement = {"agreement_id": "G-1", "office_id": "A", "operational_on": day("2024-06-01")}
    summary = {"agreement_id": "G-1", "fiscal_year": 2025, "completed_on": day("2025-11-03")}
    found = listed(clause, day("2026-12-15"), agreements=[agreement], partner_summaries=[summary])
    assert [(row["due_on"].isoformat(), row["state"]) for row in found] == [
        ("2024-11-29", "overdue"),
        ("2025-11-29", "done"),
        ("2026-11-29", "overdue"),
        ("2027-11-29", "upcoming"),
    ]


def test_an_event_discharges_the_earliest_open_month():
    # January's report is due 20 February. Reports on 15 and 18 February take January and February; the
    # third, on the same day as the second, counts for nothing.
    clause = summary_clause(Cycle.MONTH, versions=(version(period=days(20)),))
    agreement = {"agreement_id": "G-1", "office_id": "A", "operational_on": day("2026-01-01")}
    reports = [
        {"agreement_id": "G-1", "completed_on": day(on)} for on in ("2026-02-15", "2026-02-18", "2026-02-18")
    ]
    found = listed(clause, day("2026-03-10"), agreements=[agreement], partner_summaries=reports)
    assert [row["done_on"] and row["done_on"].isoformat() for row in found] == [
        "2026-02-15",
        "2026-02-18",
        None,
    ]


def test_two_reports_on_one_day_discharge_one_month():
    # Both January's and February's report are still open on 18 February.
    clause = summary_clause(Cycle.MONTH, versions=(version(period=days(20)),))
    agreement = {"agreement_id": "G-1", "office_id": "A", "operational_on": day("2026-01-01")}
    reports = [{"agreement_id": "G-1", "completed_on": day("2026-02-18")}] * 2
    found = listed(clause, day("2026-03-10"), agreements=[agreement], partner_summaries=reports)
    assert [row["done_on"] for row in found] == [day("2026-02-18"), None, None]


def test_an_answer_before_the_trigger_does_not_count():
    clause = contact_clause(
        shape=Shape.WITHIN, starts=text("opened_on"), versions=(version(period=days(30)),)
    )
    rows = [CASE_ROW | {"verified_on": day(on)} for on in ("2024-01-30", "2024-02-10")]
    (found,) = listed(clause, day("2024-06-01"), cases=[CASE], verifications=rows)
    assert (found["done_on"], found["state"]) == (day("2024-02-10"), "done")
