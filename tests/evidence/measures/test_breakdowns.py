"""What a measure is broken down by: read and refused, worked by hand, and in the order of names."""

from __future__ import annotations

import pytest

from closeout.evidence.figures import Outcome
from closeout.evidence.measures.declared import By, Step
from closeout.evidence.measures.run_breakdowns import age_words
from tests.duties.making import day
from tests.evidence.measures.test_read import COUNT, DUTY, LENGTH, RATE, SOURCE, TABLE, read, refused
from tests.evidence.measures.test_run import AS_OF, CASES, PACK, TRANSFERS, declared, measured, transfer

__all__ = ["declared", "measured", "read", "refused"]
DOCKETS = ["juvenile", "detained"]
BY_DOCKET = {**TABLE, "period": "P3M", "by": "case_no.docket"}
REQUESTS = {
    **TABLE,
    "over": "travel_document_requests",
    "on": "sent_on",
    "counts": "missing_at_send = 0",
    "by": "country",
}


def of_dockets():
    return [case | {"docket": docket} for case, docket in zip(CASES, DOCKETS, strict=True)]


def parts(found, place=0):
    """Return of each part its label, numerator and denominator."""
    made = found.breakdowns[place]
    return [
        (made.labels[part.category], part.figure.numerator, part.figure.denominator) for part in made.parts
    ]


# Reading.


def test_a_column_of_the_row_or_of_a_row_it_belongs_to(read):
    near, far = read({**REQUESTS, "measure": "a"}, {**BY_DOCKET, "by": "[case_no.docket, reason]"})
    assert near.over.by == (By("country", (Step("country", "travel_document_requests"),), "countries"),)
    assert near.reads == ("travel_document_requests",)  # it can do without the countries' names
    way = (Step("case_no", "transfers"), Step("docket", "cases"))
    assert far.over.by == (By("case_no.docket", way), By("reason", (Step("reason", "transfers"),)))
    assert far.reads == ("transfers", "cases")
    assert (near.by, far.by) == (("country",), ("case_no.docket", "reason"))


def test_duties_go_by_docket_duty_and_when_overdue_by_age(read):
    (found,) = read(
        {**DUTY, "shape": "count", "unit": "count", "denominator": None, "period": None}
        | {"statistic": "backlog", "by": "[docket, duty, age]"}
    )
    assert found.over.by == (By("docket"), By("duty"), By("age"))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({**TABLE, "by": "reson"}, "`by: reson`: `reson` is no column of transfers. Did you mean reason?"),
        ({**TABLE, "by": "[reason, reason]"}, "`by` names `reason` twice; keep one"),
        ({**TABLE, "by": "[]"}, "`by` names nothing; write a column, or leave it out"),
        ({**TABLE, "by": "requested_on"}, "transfers.requested_on is a date, where words are needed"),
        ({**TABLE, "by": "reason.docket"}, "transfers.reason refers to no table that one could go on in"),
        ({**TABLE, "by": "case_no"}, "would tell people or single rows apart"),
        ({**TABLE, "by": "requested_by"}, "would tell people or single rows apart"),
        ({**TABLE, "by": "case_no.officer_no"}, "would tell people or single rows apart"),
        ({**TABLE, "by": "age"}, "`by: age` is for a count with `on`"),
        ({**COUNT, "period": None, "on": None, "counts": None, "by": "age"}, "`by: age` is for a count"),
        ({**DUTY, "by": "age"}, "`by: age` is for `statistic: backlog`: only what is overdue has an age"),
        ({**DUTY, "by": "dockets"}, "`by: dockets` is not for duties. Did you mean docket?"),
        ({**SOURCE, "period": None, "by": "docket"}, "`by` is not for a measure with `source`"),
    ],
)
def test_what_cannot_be_gone_by_is_refused_with_its_line(refused, entry, said):
    (fault,) = refused(entry)
    line = (
        list(entry).index("by")
        + 1
        - sum(value is None for value in list(entry.values())[: list(entry).index("by")])
    )
    assert said in fault
    assert f"measures.yaml:{line}" in fault


# By hand.


def test_a_share_by_the_docket_of_the_case(measured):
    # January to March: two of the juvenile's transfers, both accepted; one of the detained, not accepted.
    found = measured(BY_DOCKET, cases=of_dockets(), transfers=TRANSFERS)
    assert parts(found) == [("detained", 0, 1), ("juvenile", 2, 2)]
    (made,) = found.breakdowns
    assert (made.by, made.title) == ("case_no.docket", "Docket")
    assert {(part.office_id, part.since, part.until) for part in made.parts} == {
        (None, day("2026-01-01"), AS_OF)
    }


def test_a_row_of_an_unknown_case_stands_last_without_a_name(measured):
    rows = [*TRANSFERS, transfer("2026-03-01", case=9)]
    found = measured(BY_DOCKET, cases=of_dockets(), transfers=rows)
    assert parts(found)[-1] == ("(none)", 0, 1)
    assert found.breakdowns[0].parts[-1].category == ""


def test_countries_stand_in_the_order_of_their_names_and_few_are_no_figure(measured):
    countries = [{"country": "AAA", "label": "Zeta"}, {"country": "ZZZ", "label": "Alpha"}]
    sent = {"sent_on": day("2026-01-05"), "missing_at_send": 0}
    rows = [{"country": "AAA"} | sent] * 2 + [{"country": "ZZZ"} | sent] + [{"country": "BBB"} | sent] * 2
    found = measured(
        {**REQUESTS, "min_n": "2"}, countries=countries, travel_document_requests=rows, cases=CASES
    )
    assert [label for label, *_ in parts(found)] == ["Alpha", "BBB", "Zeta"]
    assert [part.figure.outcome for part in found.breakdowns[0].parts] == [
        Outcome.INSUFFICIENT_SAMPLE,
        Outcome.COMPUTED,
        Outcome.COMPUTED,
    ]


def test_without_their_table_countries_go_by_their_codes(measured):
    rows = [{"country": "ZZZ", "sent_on": day("2026-01-05"), "missing_at_send": 0}]
    found = measured(REQUESTS, travel_document_requests=rows, without=("countries",))
    assert parts(found) == [("ZZZ", 1, 1)]


def test_ages_are_bands_of_days_and_all_of_them_stand(measured):
    # On 31 March 2026: 30 days ago is 1 March, 31 days ago 28 February, 366 days ago 30 March 2025.
    asked = ["2026-03-31", "2026-03-01", "2026-02-28", "2025-03-31", "2025-03-30"]
    entry = {**COUNT, "period": None, "counts": None, "by": "age"}
    found = measured(entry, transfers=[transfer(one) for one in asked])
    assert parts(found) == [
        ("up to 30 days", 2, None),
        ("31 to 90 days", 1, None),
        ("91 to 180 days", 0, None),
        ("181 to 365 days", 1, None),
        ("over 365 days", 1, None),
    ]
    assert found.breakdowns[0].title == "Days ago"
    assert [label for label, *_ in parts(found)] == list(age_words())


def test_overdue_duties_by_docket_duty_and_age(measured):
    # Overdue on 31 March: a check-in of 10 January, 80 days before; verifications that were never held.
    entry = {**DUTY, "shape": "count", "unit": "count", "denominator": None, "period": None}
    entry |= {"statistic": "backlog", "duties": "all", "by": "[docket, duty, age]"}
    check_ins = [{"case_no": "C-000001", "due_on": day("2026-01-10")}]
    found = measured(entry, cases=of_dockets(), check_ins=check_ins, verifications=[])
    total = found.total.figure.numerator
    assert [sum(number for _, number, _ in parts(found, place)) for place in range(3)] == [total] * 3
    by_duty = {label: number for label, number, _ in parts(found, 1)}
    assert by_duty["check-in"] == 1
    assert [one.title for one in found.breakdowns] == ["Docket", "Duty", "Days overdue"]
    assert (
        dict(zip(age_words(), (number for _, number, _ in parts(found, 2)), strict=True))["31 to 90 days"]
        >= 1
    )


CLEAR = {**DUTY, "period": None, "statistic": "cases", "duties": "all", "by": "docket"}
VERIFIED = [{"case_no": f"C-00000{case}", "verified_on": day("2026-03-01")} for case in (1, 2)]


def test_an_open_case_counts_once_and_is_clear_when_nothing_is_overdue(measured):
    # The juvenile's check-ins of 10 and 12 January are overdue: that is one case that is not clear.
    # The detained owes nothing that is late. A closed case, and one opened later, are not counted.
    late = [{"case_no": "C-000001", "due_on": day(f"2026-01-1{number}")} for number in (0, 2)]
    gone = {"case_no": "C-000003", "office_id": "A", "docket": "family", "opened_on": day("2025-01-01")}
    cases = [*of_dockets(), gone | {"closed_on": day("2026-03-31")}]
    cases.append(gone | {"case_no": "C-000004", "opened_on": day("2026-04-01")})
    found = measured(CLEAR, cases=cases, check_ins=late, verifications=VERIFIED)
    assert (found.total.figure.numerator, found.total.figure.denominator) == (1, 2)
    assert [(one.office_id, one.figure.numerator) for one in found.offices] == [("A", 0), ("B", 1)]
    assert parts(found) == [("detained", 1, 1), ("juvenile", 0, 1)]
    assert '"late_cases"' in found.query
    assert "\n-- open cases\n" in found.query


def test_clear_cases_without_a_table_say_so(measured):
    # Without check-ins the verifications are still looked at: the duty that was left out is named.
    found = measured(CLEAR, cases=of_dockets(), verifications=VERIFIED, without=("check_ins",))
    assert (found.total.figure.numerator, found.total.figure.denominator) == (2, 2)
    assert "without check-in: table check_ins is missing" in found.total.figure.reason
    nothing = measured(CLEAR, cases=of_dockets(), without=("cases",))
    assert nothing.total.figure.reason == "table cases is missing"


def test_without_a_case_there_is_no_figure(measured):
    assert measured(CLEAR, cases=[], check_ins=[]).total.figure.outcome is Outcome.NO_DATA


def test_clear_cases_go_by_docket_alone(refused):
    assert "`by: duty` is not for duties. Known: docket." in refused({**CLEAR, "by": "duty"})[0]
    assert (
        "write `shape: share`"
        in refused({**CLEAR, "shape": "count", "unit": "count", "denominator": None})[0]
    )


def test_duties_of_several_dockets(measured):
    # One held in time on the juvenile docket, one missed on the detained one.
    said = [("C-000001", "2026-01-10"), ("C-000002", None)]
    check_ins = [
        {"case_no": case, "due_on": day("2026-01-10"), "outcome": held and "attended"}
        | {"outcome_on": day(held) if held else None}
        for case, held in said
    ]
    entry = {**DUTY, "period": "P3M", "by": "[docket, duty]"}
    found = measured(entry, cases=of_dockets(), check_ins=check_ins)
    assert parts(found) == [("detained", 0, 1), ("juvenile", 1, 1)]
    assert parts(found, 1) == [("check-in", 1, 2)]


def test_lengths_and_groups_have_parts_too(measured):
    lengths = {**LENGTH, "period": "P3M", "by": "case_no.docket"}
    found = measured(lengths, cases=of_dockets(), transfers=TRANSFERS)
    # Days to acceptance of the juvenile's two: 3 and 10, the lower of the middle two is 3.
    assert [part.figure.value for part in found.breakdowns[0].parts] == [3]
    rates = {**RATE, "period": "P3M", "cluster": "facility_id", "by": "kind"}
    inspections = [
        {"inspection_id": number, "facility_id": f"F-{number}", "kind": kind, "started_on": day("2026-02-01")}
        | {"components_assessed": 10}
        for number, kind in enumerate(("odo", "odo", "self"), 1)
    ]
    deficiencies = [{"inspection_id": 1}, {"inspection_id": 3}, {"inspection_id": 3}]
    made = measured(rates, inspections=inspections, deficiencies=deficiencies)
    assert parts(made) == [("odo", 1, 20), ("self", 2, 10)]


def test_no_rows_have_no_parts(measured):
    found = measured(BY_DOCKET, cases=of_dockets(), transfers=[])
    assert found.total.figure.outcome is Outcome.NO_DATA
    assert all(not one.parts for one in found.breakdowns)


def test_a_missing_table_has_no_breakdown(measured):
    assert measured(BY_DOCKET, cases=of_dockets(), without=("transfers",)).breakdowns == ()


def test_the_pack_of_these_tests_has_the_two_duties():
    assert [clause.duty for clause in PACK.clauses] == ["check-in", "verify-contact"]
