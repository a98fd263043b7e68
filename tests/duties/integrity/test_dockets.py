"""Rules about dockets, offices, transfers and holds."""

import pytest

from tests.duties.integrity.scene import ago, case, closed, findings, found

PRE, POST = "non_detained_pre_order", "non_detained_post_order"


def member(number, case_no="C-1", since=100, until=None, docket=PRE, *, is_detained=False):
    return {
        "membership_id": number,
        "case_no": case_no,
        "docket": docket,
        "is_detained": is_detained,
        "from_on": ago(since),
        "to_on": None if until is None else ago(until),
    }


def test_an_open_case_on_no_docket_today_is_found():
    cases = [case(), case("C-2"), case("C-3"), closed("C-4")]
    rows = [member(1, until=5), member(2, "C-2"), member(3, "C-3", since=-2)]
    found_rows = findings("docket-membership-missing", cases=cases, docket_memberships=rows)
    assert [(row["subject"], row["since_on"]) for row in found_rows] == [("C-1", ago(5)), ("C-3", ago(500))]


def test_a_case_leaves_one_docket_on_the_day_it_enters_the_next():
    rows = [member(1, until=50), member(2, since=50, docket=POST), member(3, since=40, docket="detained")]
    assert found("docket-memberships-overlap", cases=[case()], docket_memberships=rows) == ["3"]


def test_a_membership_of_no_days_overlaps_nothing():
    rows = [member(1), member(2, since=50, until=50)]
    assert found("docket-memberships-overlap", cases=[case()], docket_memberships=rows) == []


@pytest.mark.parametrize("said", [{"docket": POST}, {"docket": PRE, "is_detained": True}])
def test_a_case_that_says_another_docket_or_custody_than_its_membership_is_found(said):
    tables = {"cases": [case(**said)], "docket_memberships": [member(1)]}
    assert found("docket-disagrees", **tables) == ["C-1"]


@pytest.mark.parametrize(
    ("docket", "is_detained", "is_found"),
    [
        (PRE, True, True),
        (POST, True, True),
        ("detained", False, True),
        ("detained", True, False),
        (PRE, False, False),
        ("juvenile", True, False),
        ("family", False, False),
    ],
)
def test_custody_goes_with_the_docket(docket, is_detained, is_found):
    rows = [case(docket=docket, is_detained=is_detained)]
    assert found("custody-disagrees-with-docket", cases=rows) == (["C-1"] if is_found else [])


def test_an_open_case_in_an_office_that_closed_is_found_from_that_day():
    offices = [{"office_id": "F01", "closed_on": ago(0)}, {"office_id": "F02", "closed_on": ago(-1)}]
    cases = [case(), case("C-2", office_id="F02"), closed("C-3")]
    rows = findings("case-in-closed-office", cases=cases, offices=offices)
    assert [(row["subject"], row["since_on"]) for row in rows] == [("C-1", ago(0))]


def test_a_month_that_does_not_add_up_is_found():
    right = {"opening": 10, "came_in": 3, "went_out": 5, "closing": 8}
    rows = [{"count_id": 1, **right}, {"count_id": 2, **right, "closing": 9}]
    assert found("docket-counts-do-not-balance", docket_counts=rows) == ["2"]


@pytest.mark.parametrize(
    ("days", "state", "is_found"),
    [(31, "requested", True), (30, "requested", False), (90, "accepted", False)],
)
def test_a_transfer_is_in_limbo_after_thirty_days_without_an_answer(days, state, is_found):
    row = {
        "transfer_id": 1,
        "case_no": "C-1",
        "to_office_id": "F02",
        "state": state,
        "requested_on": ago(days),
    }
    rows = findings("transfer-in-limbo", transfers=[row])
    assert [(one["subject"], one["office_id"]) for one in rows] == ([("1", "F02")] if is_found else [])


def hold(number, **said):
    return {"hold_id": number, "case_no": "C-1", "from_on": ago(200), **said}


def test_a_hold_is_past_review_only_while_it_goes_on():
    rows = [
        hold(1, review_on=ago(1)),
        hold(2, review_on=ago(0)),
        hold(3, review_on=ago(9), to_on=ago(0)),
        hold(4, review_on=ago(9), to_on=ago(-5)),
        hold(5),
    ]
    found_rows = findings("hold-past-review", cases=[case()], holds=rows)
    assert [(row["subject"], row["since_on"], row["office_id"]) for row in found_rows] == [
        ("1", ago(0), "F01"),
        ("4", ago(8), "F01"),
    ]


def test_a_hold_ends_when_its_case_does():
    rows = [hold(1), hold(2, to_on=ago(50)), hold(3, to_on=ago(49))]
    assert found("hold-on-closed-case", cases=[closed()], holds=rows) == ["1", "3"]
    assert found("hold-on-closed-case", cases=[case()], holds=rows) == []
