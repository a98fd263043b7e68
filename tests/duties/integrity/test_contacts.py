"""Rules about check-ins, exceptions, hearings, verifications and intervals."""

import pytest

from tests.duties.integrity.scene import ago, case, closed, findings, found


def check_in(number, days, case_no="C-1", state="scheduled", **said):
    return {
        "check_in_id": number,
        "case_no": case_no,
        "office_id": "F01",
        "due_on": ago(days),
        "window_days": 3,
        "state": state,
        **said,
    }


def test_a_check_in_after_its_case_closed_is_found_while_it_stands():
    rows = [
        check_in(1, 49),
        check_in(2, 50),
        check_in(3, 10, state="cancelled"),
        check_in(4, -5, state="reminded"),
    ]
    assert found("check-in-after-closure", cases=[closed()], check_ins=rows) == ["1", "4"]
    assert found("check-in-after-closure", cases=[case()], check_ins=rows) == []


@pytest.mark.parametrize(
    ("row", "since"),
    [
        (check_in(1, 4), ago(0)),
        (check_in(1, 3), None),
        (check_in(1, 30, window_days=0), ago(29)),
        (check_in(1, 30, state="attended", outcome="attended"), None),
        (check_in(1, 30, state="cancelled"), None),
        (check_in(1, 30, state="rescheduled"), None),
        (check_in(1, 30, state="missed"), ago(26)),
    ],
    ids=["window over today", "last day", "no window", "kept", "cancelled", "moved", "missed, no outcome"],
)
def test_a_check_in_needs_an_outcome_when_its_window_is_over(row, since):
    rows = findings("check-in-without-outcome", cases=[case()], check_ins=[row])
    assert [one["since_on"] for one in rows] == ([] if since is None else [since])


def test_a_check_in_of_a_closed_case_needs_no_outcome():
    assert found("check-in-without-outcome", cases=[closed()], check_ins=[check_in(1, 90)]) == []


def test_the_later_entry_of_two_on_one_day_is_the_duplicate():
    rows = [check_in(7, 5), check_in(3, 5), check_in(9, 5, state="cancelled"), check_in(11, 5, case_no="C-2")]
    assert found("duplicate-check-in", check_ins=rows) == ["7"]


def missed(number, outcome="missed", **said):
    return check_in(number, 30, state=outcome, outcome=outcome, outcome_on=ago(27), **said)


def exception(number, check_in_id=None, hearing_id=None, **said):
    return {
        "exception_id": number,
        "case_no": "C-1",
        "office_id": "F01",
        "check_in_id": check_in_id,
        "hearing_id": hearing_id,
        **said,
    }


def test_a_missed_check_in_needs_an_exception():
    rows = [missed(1), missed(2), missed(3, "unexcused"), missed(4, "excused")]
    exceptions = [exception(1, 1), exception(2)]
    got = findings("missed-check-in-without-exception", check_ins=rows, exceptions=exceptions)
    assert [(row["subject"], row["since_on"]) for row in got] == [("2", ago(27)), ("3", ago(27))]


def test_a_missed_hearing_needs_an_exception():
    rows = [
        {"hearing_id": 1, "case_no": "C-1", "scheduled_on": ago(9), "outcome": "no_appearance"},
        {"hearing_id": 2, "case_no": "C-1", "scheduled_on": ago(9), "outcome": "no_appearance"},
        {"hearing_id": 3, "case_no": "C-1", "scheduled_on": ago(9), "outcome": "held"},
    ]
    exceptions = [exception(1, hearing_id=1), exception(2)]
    got = findings("missed-hearing-without-exception", cases=[case()], hearings=rows, exceptions=exceptions)
    assert [(row["subject"], row["since_on"], row["office_id"]) for row in got] == [("2", ago(9), "F01")]


def test_nobody_is_unexcused_without_served_notice():
    rows = [missed(1, "unexcused"), missed(2, "unexcused"), missed(3, "unexcused"), missed(4)]
    exceptions = [exception(1, 1, notice_served_on=ago(40)), exception(2, 2)]
    assert found("unexcused-without-notice", check_ins=rows, exceptions=exceptions) == ["2", "3"]


GROUNDS = {"policy_version_id": "P.1", "notice_served_on": ago(40), "reviewed_by": "S-BB"}


@pytest.mark.parametrize("missing", sorted(GROUNDS))
def test_a_referral_needs_a_policy_a_notice_and_a_review(missing):
    lacking = {**GROUNDS, missing: None}
    rows = [
        exception(1, 1, disposition="referred_per_policy", **GROUNDS),
        exception(2, 2, disposition="referred_per_policy", **lacking),
        exception(3, 3, disposition="excused", **lacking),
    ]
    assert found("referral-without-grounds", exceptions=rows) == ["2"]


def test_the_offices_own_fault_is_never_held_against_a_person():
    rows = [
        missed(1, "unexcused", is_service_issue=True),
        missed(2, "missed", is_service_issue=True),
        missed(3, "service_issue", is_service_issue=True),
        missed(4, "unexcused"),
    ]
    exceptions = [
        exception(1, 2, disposition="referred_per_policy"),
        exception(2, 3, disposition="service_issue"),
    ]
    assert found("service-issue-held-against-person", check_ins=rows, exceptions=exceptions) == ["1", "2"]


def verification(number, days, **said):
    return {"verification_id": number, "case_no": "C-1", "office_id": "F01", "verified_on": ago(days), **said}


def test_a_mismatch_must_be_put_right_in_thirty_days():
    rows = [
        verification(1, 31, result="mismatch"),
        verification(2, 30, result="mismatch"),
        verification(3, 90, result="mismatch", corrected_on=ago(80)),
        verification(4, 90, result="confirmed"),
    ]
    assert found("mismatch-not-corrected", verifications=rows) == ["1"]


def moved(number, days=20, to="F02"):
    return verification(number, days, result="changed", new_office_id=to)


def transfer(days, to="F02", case_no="C-1"):
    return {
        "transfer_id": 1,
        "case_no": case_no,
        "from_office_id": "F01",
        "to_office_id": to,
        "requested_on": ago(days),
    }


@pytest.mark.parametrize(
    ("row", "transfers", "is_found"),
    [
        (moved(1), [], True),
        (moved(1), [transfer(20)], False),
        (moved(1), [transfer(21)], True),
        (moved(1), [transfer(10, to="F03")], True),
        (moved(1), [transfer(10, case_no="C-2")], True),
        (moved(1, days=7), [], False),
        (moved(1, to="F01"), [], False),
        (moved(1, to=None), [], False),
    ],
    ids=["none", "same day", "before", "elsewhere", "other case", "a week", "own office", "no office"],
)
def test_a_case_found_elsewhere_needs_a_transfer(row, transfers, is_found):
    tables = {"cases": [case()], "verifications": [row], "transfers": transfers}
    assert found("verified-elsewhere-without-transfer", **tables) == (["1"] if is_found else [])


def deviation(number, **said):
    return {"deviation_id": number, "case_no": "C-1", "interval_id": "RI", "set_on": ago(30), **said}


def test_a_deviation_needs_a_supervisors_approval():
    rows = [
        deviation(1),
        deviation(2, approved_on=ago(20), approved_by="S-BB"),
        deviation(3, approved_on=ago(20)),
    ]
    assert found("deviation-unapproved", cases=[case()], interval_deviations=rows) == ["1", "3"]


INTERVALS = [
    {"interval_id": "RI", "least_days": 28, "most_days": 35, "policy_version_id": "P.1"},
    {"interval_id": "RI-0", "least_days": 28, "most_days": 35},
]


def standing(number, days, interval="RI", state="attended"):
    return check_in(number, days, interval_id=interval, state=state)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([standing(1, 63), standing(2, 28), standing(3, 0)], []),
        ([standing(1, 64), standing(2, 28), standing(3, 1)], ["2", "3"]),
        ([standing(1, 100, state="cancelled"), standing(2, 28)], []),
        ([standing(1, 30, state="rescheduled"), standing(2, 25)], []),
        ([standing(1, 100), standing(2, 28, "RI-0")], []),
        ([standing(1, 100, "RI-0"), standing(2, 28, "RI-0")], []),
        ([standing(1, 100), standing(2, 28, state="cancelled")], []),
    ],
    ids=[
        "in range",
        "too long, too short",
        "cancelled",
        "moved",
        "other interval",
        "no policy",
        "cancelled itself",
    ],
)
def test_check_ins_follow_each_other_within_the_policys_range(rows, wanted):
    assert found("interval-outside-policy", check_ins=rows, reporting_intervals=INTERVALS) == wanted


def test_a_recorded_deviation_explains_another_interval():
    rows = [standing(1, 100), standing(2, 28)]
    tables = {"check_ins": rows, "reporting_intervals": INTERVALS, "interval_deviations": [deviation(1)]}
    assert found("interval-outside-policy", **tables) == []


def version(**said):
    return {"policy_version_id": "P.1", "state": "published", "effective_from": ago(90), **said}


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({}, False),
        ({"effective_to": ago(1)}, True),
        ({"state": "draft"}, True),
        ({"effective_from": ago(-1)}, True),
    ],
)
def test_a_check_in_to_come_rests_on_a_policy_in_force(said, is_found):
    tables = {"reporting_intervals": INTERVALS, "policy_versions": [version(**said)]}
    rows = [standing(1, -5, state="scheduled"), standing(2, 5, "RI-0", state="scheduled")]
    assert found("check-in-without-policy", check_ins=rows, **tables) == (["1"] if is_found else [])


def test_a_check_in_to_come_without_any_interval_rests_on_nothing():
    rows = [standing(1, -5, None, "scheduled"), standing(2, -5, "RI-0", "scheduled")]
    tables = {"reporting_intervals": INTERVALS, "policy_versions": [version()]}
    assert found("check-in-without-policy", check_ins=rows, **tables) == ["1", "2"]
