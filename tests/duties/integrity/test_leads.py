"""Rules about who leads a case, and where officers are."""

import pytest

from tests.duties.integrity.scene import ago, case, closed, findings, found


def lead(number, case_no="C-1", officer="S-AA", since=100, until=None, role="lead"):
    return {
        "assignment_id": number,
        "case_no": case_no,
        "officer_no": officer,
        "role": role,
        "from_on": ago(since),
        "to_on": None if until is None else ago(until),
    }


@pytest.mark.parametrize(
    "assignments",
    [
        [],
        [lead(1, until=0)],
        [lead(1, since=-1)],
        [lead(1, role="support")],
        [lead(1, case_no="C-2")],
    ],
    ids=["none", "ended today", "from tomorrow", "support only", "of another case"],
)
def test_a_case_that_nobody_leads_today_is_found(assignments):
    assert found("open-case-without-lead", cases=[case()], assignments=assignments) == ["C-1"]


@pytest.mark.parametrize("one", [closed(), case(state="intake")])
def test_a_case_that_is_not_worked_on_needs_no_lead(one):
    assert found("open-case-without-lead", cases=[one]) == []


def test_a_case_is_without_lead_since_the_last_one_ended():
    rows = findings(
        "open-case-without-lead", cases=[case()], assignments=[lead(1, until=30), lead(2, until=9)]
    )
    assert rows == [
        {
            "rule": "open-case-without-lead",
            "subject_table": "cases",
            "subject": "C-1",
            "case_no": "C-1",
            "office_id": "F01",
            "since_on": ago(9),
        }
    ]


def test_a_case_never_led_is_without_lead_since_it_was_reopened_or_opened():
    rows = findings("open-case-without-lead", cases=[case(), case("C-2", reopened_on=ago(20))])
    assert [row["since_on"] for row in rows] == [ago(500), ago(20)]


def officer(number="S-AA", **said):
    return {"officer_no": number, "active_from": ago(900), **said}


@pytest.mark.parametrize(
    "said",
    [{"active_to": ago(1)}, {"active_from": ago(-1)}, {"contracted_hours": 0.0}],
    ids=["left", "not begun", "no hours"],
)
def test_a_lead_who_does_not_serve_is_found(said):
    tables = {"cases": [case()], "assignments": [lead(1)], "officers": [officer(**said)]}
    assert found("lead-not-serving", **tables) == ["C-1"]


def test_a_lead_whose_last_day_is_today_still_serves():
    tables = {"cases": [case()], "assignments": [lead(1)], "officers": [officer(active_to=ago(0))]}
    assert found("lead-not-serving", **tables) == []


def test_two_leads_on_one_day_are_found_and_one_after_the_other_are_not():
    rows = [lead(1, until=50), lead(2, officer="S-BB", since=50), lead(3, officer="S-CC", since=10)]
    assert found("two-leads", cases=[case()], assignments=rows) == ["3"]


def test_a_long_lead_is_seen_behind_a_short_one():
    rows = [lead(1), lead(2, since=90, until=90), lead(3, since=80, until=70), lead(4, since=60)]
    assert found("two-leads", cases=[case()], assignments=rows) == ["3", "4"]


def test_a_case_that_names_another_officer_than_its_lead_is_found():
    cases = [case(officer_no="S-BB"), case("C-2"), case("C-3", officer_no="S-AA")]
    rows = [lead(1), lead(2, "C-2"), lead(3, "C-3")]
    assert found("lead-disagrees", cases=cases, assignments=rows) == ["C-1", "C-2"]


def juveniles(count, officers):
    cases = [case(f"C-{number:03}", docket="juvenile") for number in range(count)]
    rows = [lead(number, f"C-{number:03}", officers[number % len(officers)]) for number in range(count)]
    return {"cases": cases, "assignments": rows}


def test_an_office_whose_juvenile_docket_hangs_on_one_officer_is_found_by_office():
    rows = findings("juvenile-docket-on-one-officer", **juveniles(20, ["S-AA"]))
    assert [(row["subject_table"], row["subject"], row["case_no"]) for row in rows] == [
        ("offices", "F01", None)
    ]


@pytest.mark.parametrize(("count", "officers"), [(19, ["S-AA"]), (20, ["S-AA", "S-BB"])])
def test_few_cases_or_two_officers_are_no_finding(count, officers):
    assert found("juvenile-docket-on-one-officer", **juveniles(count, officers)) == []


def post(number, office, officer_no="S-AA", **said):
    return {"position_no": number, "office_id": office, "officer_no": officer_no, **said}


def test_posts_in_two_offices_are_both_found_unless_one_is_abolished():
    rows = [post("P-1", "F01"), post("P-2", "F02"), post("P-3", "F01", "S-BB"), post("P-4", "F01", "S-BB")]
    assert found("officer-in-two-offices", positions=rows) == ["P-1", "P-2"]
    rows[1]["abolished_on"] = ago(1)
    assert found("officer-in-two-offices", positions=rows) == []


def test_vacant_posts_are_nobodys():
    assert (
        found("officer-in-two-offices", positions=[post("P-1", "F01", None), post("P-2", "F02", None)]) == []
    )


def test_a_post_that_names_an_officer_who_left_is_found_since_the_day_after():
    officers = [officer(active_to=ago(7)), officer("S-BB")]
    rows = findings(
        "post-held-by-leaver", positions=[post("P-1", "F01"), post("P-2", "F01", "S-BB")], officers=officers
    )
    assert [(row["subject"], row["since_on"]) for row in rows] == [("P-1", ago(6))]


def detail(number, since, until, officer_no="S-AA"):
    return {
        "detail_id": number,
        "officer_no": officer_no,
        "from_office_id": "F01",
        "from_on": ago(since),
        "to_on": ago(until),
    }


def test_details_overlap_when_they_share_a_day():
    rows = [detail(1, 50, 30), detail(2, 30, 10), detail(3, 9, 1), detail(4, 50, 1, "S-BB")]
    assert found("details-overlap", details=rows) == ["2"]
