from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.checking.made import (
    case,
    checked,
    docket_count,
    membership,
    only,
    program_count,
    rules,
    write_csv,
)


def missed(report, kind: str) -> list[tuple[int, int]]:
    return [(one.said, one.counted) for one in report.unreconciled if one.kind == kind]


def made(report, kind: str) -> int:
    return sum(one.kind == kind for one in report.reconciliations)


def test_opening_and_in_and_out_give_the_closing(tmp_path):
    rows = [docket_count(1), docket_count(2, docket="juvenile", closing=12)]
    write_csv(tmp_path, "docket_counts", rows)
    report = checked(tmp_path)
    assert made(report, "flow") == 2
    (one,) = report.unreconciled
    assert (one.said, one.counted, one.difference) == (12, 11, -1)
    assert one.where["docket"] == "juvenile"
    assert (one.examples[0].file, one.examples[0].row) == ("docket_counts.csv", 2)


def test_a_sum_that_misses_quarantines_nothing(tmp_path):
    write_csv(tmp_path, "docket_counts", [docket_count(closing=99)])
    report = checked(tmp_path)
    assert (report.quarantined, report.is_clean) == (0, False)


@pytest.mark.parametrize(("opening", "misses"), [(11, []), (12, [(11, 12)])])
def test_a_closing_is_the_next_opening(tmp_path, opening, misses):
    after = {
        "period_from": "2025-02-01",
        "period_to": "2025-02-28",
        "opening": opening,
        "closing": opening + 1,
    }
    write_csv(tmp_path, "docket_counts", [docket_count(1), docket_count(2, **after)])
    report = checked(tmp_path)
    assert (made(report, "carry"), missed(report, "carry")) == (1, misses)


def test_a_month_without_the_one_before_is_not_carried(tmp_path):
    later = docket_count(2, period_from="2025-03-01", period_to="2025-03-31", opening=50, closing=51)
    write_csv(tmp_path, "docket_counts", [docket_count(1), later])
    assert made(checked(tmp_path), "carry") == 0


def test_parts_add_to_the_printed_total_across_offices_and_across_categories(tmp_path):
    rows = [
        program_count(1, "A", "gps", 3),
        program_count(2, "A", "phone", 4),
        program_count(3, "A", "ALL", 7),
        program_count(4, "B", "gps", 5),
        program_count(5, "B", "ALL", 6),
        program_count(6, "ALL", "gps", 8),
        program_count(7, "ALL", "ALL", 34),
    ]
    write_csv(tmp_path, "program_counts", rows)
    report = checked(tmp_path)
    found = {
        (one.where["office_id"], one.where["category"], one.where["across"]): (one.said, one.counted)
        for one in report.reconciliations
    }
    assert found == {
        ("A", "ALL", "category"): (7, 7),
        ("B", "ALL", "category"): (6, 5),
        ("ALL", "ALL", "category"): (34, 8),
        ("ALL", "gps", "office_id"): (8, 8),
        ("ALL", "ALL", "office_id"): (34, 13),
    }


def test_a_count_is_the_cases_on_the_docket_that_day(tmp_path):
    write_csv(tmp_path, "docket_counts", [docket_count(opening=1, came_in=1, went_out=1, closing=2)])
    rows = [
        membership(1, case_no="C-000001", from_on="2024-06-01", to_on="2025-01-10"),
        membership(2, case_no="C-000002", from_on="2025-01-05"),
        membership(3, case_no="C-000003", from_on="2025-02-01"),
        membership(4, case_no="C-000004", from_on="2024-12-31", office_id="OFF-02"),
    ]
    write_csv(tmp_path, "docket_memberships", rows)
    report = checked(tmp_path)
    assert made(report, "members") == 2
    assert missed(report, "members") == [(2, 1)]


def test_counts_of_dockets_that_nobody_is_a_member_of_are_not_compared(tmp_path):
    write_csv(tmp_path, "docket_counts", [docket_count(docket="Divorce")])
    write_csv(tmp_path, "docket_memberships", [membership()])
    assert made(checked(tmp_path), "members") == 0


def dockets(report) -> dict[str, int]:
    return {
        one.where["what"]: one.counted
        for one in report.reconciliations
        if one.kind == "one_docket" and one.counted
    }


@pytest.mark.parametrize(
    ("second", "what"),
    [
        ({"from_on": "2025-03-01"}, None),
        ({"from_on": "2025-02-28"}, "on two dockets at once"),
        ({"from_on": "2025-03-02"}, "days on no docket between two"),
        ({"from_on": "2025-03-02", "reason": "reopened"}, None),
    ],
)
def test_a_case_is_on_one_docket_at_a_time(tmp_path, second, what):
    rows = [membership(1, to_on="2025-03-01"), membership(2, docket="juvenile", reason="released") | second]
    write_csv(tmp_path, "docket_memberships", rows)
    assert dockets(checked(tmp_path)) == ({what: 1} if what else {})


def test_a_docket_left_open_beside_a_later_one_is_two_at_once(tmp_path):
    second = membership(2, docket="juvenile", from_on="2025-05-01", to_on="2025-06-01")
    write_csv(tmp_path, "docket_memberships", [membership(1), second])
    assert dockets(checked(tmp_path)) == {"on two dockets at once": 1}


def test_two_dockets_left_open_are_kept_apart_and_counted_no_more(tmp_path):
    rows = [membership(1), membership(2, docket="juvenile", from_on="2025-05-01")]
    write_csv(tmp_path, "docket_memberships", rows)
    report = checked(tmp_path)
    assert rules(only(report)) == {("one_open_of_case", ""): 2}
    assert dockets(report) == {}


@pytest.mark.parametrize(
    ("change", "to_on", "what"),
    [
        ({}, "", None),
        ({}, "2025-05-01", "open case on no docket"),
        ({"docket": "juvenile"}, "", "case on another docket than its membership says"),
        (
            {"state": "closed", "closed_on": "2025-05-01", "closure_reason": "deceased"},
            "",
            "closed case still on a docket",
        ),
        ({"state": "closed", "closed_on": "2025-05-01", "closure_reason": "deceased"}, "2025-05-01", None),
    ],
)
def test_a_case_and_its_membership_say_the_same(tmp_path, change, to_on, what):
    write_csv(tmp_path, "cases", [case(**change)])
    write_csv(tmp_path, "docket_memberships", [membership(to_on=to_on)])
    assert dockets(checked(tmp_path)) == ({what: 1} if what else {})


def test_quarantined_rows_are_left_out_of_sums(tmp_path):
    write_csv(
        tmp_path, "docket_counts", [docket_count(1, closing="many"), docket_count(2, docket="juvenile")]
    )
    assert made(checked(tmp_path), "flow") == 1


def test_duplicates_are_left_out_of_sums(tmp_path):
    write_csv(tmp_path, "docket_counts", [docket_count(1), docket_count(1, closing=50)])
    assert checked(tmp_path).reconciliations == ()


@given(
    stays=st.lists(st.tuples(st.integers(1, 28), st.none() | st.integers(1, 28)), max_size=12),
    day=st.integers(1, 28),
)
def test_members_are_counted_as_one_would_by_hand(stays, day, tmp_path_factory):
    folder = tmp_path_factory.mktemp("t")
    stays = [(come, go if go is None or go >= come else None) for come, go in stays]
    rows = [
        membership(
            n, case_no=f"C-{n:06}", from_on=f"2025-01-{come:02}", to_on=f"2025-01-{go:02}" if go else ""
        )
        for n, (come, go) in enumerate(stays, start=1)
    ]
    rows.append(membership(99, case_no="C-000099", from_on="2025-03-01"))
    write_csv(folder, "docket_memberships", rows)
    by_hand = sum(come <= day and (go is None or go > day) for come, go in stays)
    period = {"period_from": "2025-01-01", "period_to": f"2025-01-{day:02}"}
    flow = {"opening": 0, "came_in": by_hand, "went_out": 0, "closing": by_hand}
    write_csv(folder, "docket_counts", [docket_count(**period, **flow)])
    report = checked(folder)
    assert Counter(one.kind for one in report.unreconciled if one.kind == "members") == {}
