"""The matrix of standards: no blank, every verdict by hand, and a record that claims too much."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.statistics.acceptance import AqlVerdict
from closeout.evidence.statistics.trend import Direction
from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.standards import Standards, standards
from closeout.evidence.verdicts.tables import standards_table
from tests.evidence.verdicts.making import AS_OF, judged

QUARTER = (date(2026, 4, 1), date(2026, 6, 30))
"""The newest whole fiscal quarter before 30 September 2026, a quarter's last day that has not passed."""


def contract(**said):
    return {"contract_id": "K", "starts_on": date(2020, 10, 1), "ends_on": date(2030, 9, 30)} | said


def standard(number=1, **said):
    return {
        "standard_id": f"K-{number:02d}",
        "contract_id": "K",
        "number": number,
        "aql": 0.05,
        "direction": "most_defects",
        "method": "random",
        "frequency": "quarterly",
        "starts_on": date(2020, 10, 1),
    } | said


def event(sampled, defects, **said):
    return {
        "standard_id": "K-01",
        "observed_on": date(2026, 5, 15),
        "method": "random",
        "lot": None,
        "sampled": sampled,
        "defects": defects,
        "inference_allowed": True,
    } | said


def record(verdict, **said):
    return {
        "standard_id": "K-01",
        "period_from": QUARTER[0],
        "period_to": QUARTER[1],
        "verdict": verdict,
        "state": "signed",
        "signed_on": date(2026, 7, 20),
    } | said


def made(*events, rows=None, said=(), contracts=None, as_of=AS_OF) -> Standards:
    return judged(
        standards,
        as_of,
        contracts=[contract()] if contracts is None else contracts,
        contract_standards=[standard()] if rows is None else rows,
        surveillance_events=list(events),
        standard_assessments=list(said),
        discrepancies=[],
    )


def newest(found: Standards):
    return found.rows[0].newest


# Verdicts of one cell.


@pytest.mark.parametrize(
    ("sampled", "defects", "verdict"),
    [
        (50, 5, "insufficient_sample"),
        (50, 6, "does_not_meet"),
        (72, 0, "meets"),
        (20, 0, "insufficient_sample"),
    ],
)
def test_the_golden_samples_give_their_verdicts(sampled: int, defects: int, verdict: str):
    assert newest(made(event(sampled, defects))).result.verdict == verdict


def test_the_events_of_a_period_are_pooled():
    # 20 with 2 and 30 with 4: 6 of 50, which is established.
    cell = newest(made(event(20, 2), event(30, 4)))
    assert (cell.result.sampled, cell.result.defects, cell.events) == (50, 6, 2)
    assert cell.result.verdict is AqlVerdict.DOES_NOT_MEET


def test_events_belong_to_the_period_of_their_day():
    first, last = QUARTER
    cell = newest(
        made(
            event(10, 0, observed_on=first),
            event(20, 0, observed_on=last),
            event(40, 9, observed_on=date(2026, 3, 31)),
            event(40, 9, observed_on=date(2026, 7, 1)),
        )
    )
    assert cell.result.sampled == 30


def test_nothing_looked_at_is_not_assessed_and_never_meets():
    assert newest(made()).result.verdict is AqlVerdict.NOT_ASSESSED


def test_a_planned_sample_is_not_assessed_however_large():
    cell = newest(made(event(500, 0, method="planned")))
    assert cell.result.verdict is AqlVerdict.NOT_ASSESSED
    assert cell.events == 1


def test_what_allows_no_conclusion_is_left_out_beside_a_random_sample():
    cell = newest(made(event(72, 0), event(30, 30, method="complaint")))
    assert cell.result.verdict is AqlVerdict.MEETS
    assert "1 other act of surveillance allows no conclusion" in cell.result.reason


def test_a_level_of_compliance_is_judged_by_defects():
    found = made(event(50, 6), rows=[standard(aql=0.95, direction="least_compliance")])
    assert found.rows[0].aql == 0.05
    assert newest(found).result.verdict is AqlVerdict.DOES_NOT_MEET


def test_a_standard_without_a_level_is_not_assessed_however_much_was_looked_at():
    found = made(event(72, 0), rows=[standard(aql=None)])
    result = newest(found).result
    assert (result.verdict, result.sampled) == (AqlVerdict.NOT_ASSESSED, 72)
    assert result.reason == "No acceptable quality level is on record to judge it by."
    assert found.rows[0].aql is None
    table = standards_table(found)
    place = [column.name for column in table.columns].index("aql")
    assert {row[place] for row in table.rows} == {None}


# Periods.


@pytest.mark.parametrize(
    ("frequency", "cells", "first"), [("monthly", 24, 1), ("quarterly", 8, 4), ("yearly", 2, 10)]
)
def test_each_standard_has_its_own_whole_periods(frequency: str, cells: int, first: int):
    row = made(rows=[standard(frequency=frequency)]).rows[0]
    assert len(row.cells) == cells
    assert row.newest.period_to < AS_OF.replace(day=1)
    assert all(cell.period_from.day == 1 for cell in row.cells)
    assert frequency == "monthly" or row.newest.period_from.month == first


def test_periods_follow_each_other_without_a_gap():
    cells = made().rows[0].cells
    assert [
        after.period_from.toordinal() - before.period_to.toordinal() for before, after in pairwise(cells)
    ] == [1] * 7


def test_a_period_before_the_contract_is_not_applicable():
    found = made(contracts=[contract(starts_on=date(2026, 1, 1))])
    verdicts = [cell.result.verdict for cell in found.rows[0].cells]
    assert verdicts == [AqlVerdict.NOT_APPLICABLE] * 6 + [AqlVerdict.NOT_ASSESSED] * 2


def test_a_period_after_the_contract_is_not_applicable():
    found = made(contracts=[contract(ends_on=date(2026, 5, 31))])
    assert newest(found).result.verdict is AqlVerdict.NOT_APPLICABLE


def test_where_somebody_looked_the_standard_applied():
    found = made(event(72, 0), contracts=[contract(ends_on=date(2026, 5, 31))])
    assert newest(found).result.verdict is AqlVerdict.MEETS


def test_recorded_as_not_applicable_is_believed_where_nobody_looked():
    assert newest(made(said=[record("not_applicable")])).result.verdict is AqlVerdict.NOT_APPLICABLE
    seen = newest(made(event(50, 6), said=[record("not_applicable")]))
    assert seen.result.verdict is AqlVerdict.DOES_NOT_MEET


# The matrix.


def test_the_matrix_of_seventeen_has_no_blank():
    rows = [
        standard(number, frequency=("monthly", "quarterly", "yearly")[number % 3]) for number in range(1, 18)
    ]
    ends, cells = made(event(72, 0), rows=rows).matrix()
    assert len(ends) == 24
    assert [len(line) for line in cells] == [24] * 17
    assert all(cell.result.reason for line in cells for cell in line)


def test_months_inside_a_quarter_say_when_it_ends():
    rows = [standard(1), standard(2, frequency="monthly")]
    ends, cells = made(rows=rows).matrix()
    at = ends.index(date(2026, 5, 31))
    assert cells[0][at].result.verdict is AqlVerdict.NOT_APPLICABLE
    assert cells[0][at].result.reason == "Assessed quarterly: the period ends on 2026-06-30."


def test_months_after_the_last_whole_period_say_so():
    rows = [standard(1), standard(2, frequency="monthly")]
    ends, cells = made(rows=rows).matrix()
    assert ends[-1] == date(2026, 8, 31)
    assert "no whole period ends after 2026-06-30" in cells[0][-1].result.reason


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.integers(0, 720),
            st.sampled_from(["full", "random", "planned", "complaint", "incidental"]),
            st.integers(0, 90),
            st.integers(0, 9),
        ),
        max_size=12,
    )
)
@settings(max_examples=12, deadline=None)
def test_whatever_was_looked_at_every_cell_has_a_verdict_and_a_reason(acts):
    rows = [
        standard(number, frequency=("monthly", "quarterly", "yearly")[number - 1]) for number in (1, 2, 3)
    ]
    events = [
        event(
            sampled,
            min(defects, sampled),
            standard_id=f"K-{number:02d}",
            method=method,
            observed_on=date.fromordinal(AS_OF.toordinal() - back),
        )
        for number, back, method, sampled, defects in acts
    ]
    found = made(*events, rows=rows)
    for row in found.rows:
        for cell in row.cells:
            assert cell.result.reason
            decided = cell.result.verdict in {AqlVerdict.MEETS, AqlVerdict.DOES_NOT_MEET}
            assert not decided or (cell.result.sampled > 0 and cell.result.estimate is not None)
    assert sum(found.counts.values()) == 3


# The record beside the surveillance.


def test_a_record_that_says_the_opposite_is_named():
    found = made(event(50, 6), said=[record("meets")])
    assert len(found.disagreements) == 1
    assert found.disagreements[0].startswith(
        "K-01, 2026-04-01 to 2026-06-30: the record says meets; the surveillance says does not meet."
    )


@pytest.mark.parametrize("verdict", ["meets", "does_not_meet"])
def test_a_verdict_from_a_planned_sample_is_named(verdict: str):
    found = made(event(90, 0, method="planned"), said=[record(verdict)])
    assert len(found.disagreements) == 1
    assert "not drawn at random" in found.disagreements[0]


def test_a_verdict_on_the_right_side_of_too_small_a_sample_is_counted():
    found = made(event(20, 0), said=[record("meets")])
    assert (found.disagreements, found.not_established) == ((), 1)


def test_a_verdict_on_the_wrong_side_of_too_small_a_sample_is_named():
    found = made(event(50, 5), said=[record("meets")])
    assert (len(found.disagreements), found.not_established) == (1, 0)


@pytest.mark.parametrize("verdict", ["not_assessed", "insufficient_sample", "not_applicable"])
def test_a_record_that_claims_nothing_disagrees_with_nothing(verdict: str):
    found = made(event(50, 6), said=[record(verdict)])
    assert (found.disagreements, found.not_established) == ((), 0)


def test_a_signature_after_the_day_is_not_known():
    cell = newest(made(said=[record("meets", signed_on=date(2026, 10, 3))]))
    assert (cell.recorded, cell.is_signed) == ("meets", False)


# Trend and discrepancies.


def test_the_trend_is_of_the_share_of_defects():
    quarters = [date(2024 + (m - 1) // 12, (m - 1) % 12 + 1, 20) for m in range(8, 31, 3)]
    events = [
        event(50, defects, observed_on=on)
        for on, defects in zip(quarters, (9, 8, 8, 7, 5, 4, 2, 1), strict=True)
    ]
    row = made(*events).rows[0]
    assert row.trend.n == 8
    assert row.trend.direction is Direction.DECREASING


def test_few_periods_have_no_trend():
    assert made(event(50, 5)).rows[0].trend.direction is Direction.TOO_SHORT


def discrepancy(**said):
    return {
        "standard_id": "K-01",
        "reported_on": date(2026, 1, 10),
        "root_cause": "process",
        "root_cause_on": date(2026, 2, 1),
        "action_due_on": date(2026, 3, 1),
        "action_done_on": date(2026, 2, 20),
        "verified_on": date(2026, 4, 20),
    } | said


def test_discrepancies_are_counted_as_known_on_the_day():
    rows = [
        discrepancy(),
        discrepancy(verified_on=None),
        discrepancy(verified_on=date(2026, 12, 1)),
        discrepancy(root_cause=None, root_cause_on=None, action_done_on=None, verified_on=None),
        discrepancy(reported_on=date(2026, 11, 1)),
    ]
    found = judged(standards, contract_standards=[standard()], discrepancies=rows).rows[0].discrepancies
    assert (found.reported, found.with_cause, found.done, found.verified, found.overdue) == (4, 3, 3, 1, 1)


def test_open_discrepancies_are_followed_and_not_left_out():
    rows = [discrepancy(), discrepancy(verified_on=None)]
    curve = (
        judged(standards, contract_standards=[standard()], discrepancies=rows)
        .rows[0]
        .discrepancies.to_verified
    )
    assert curve is not None
    assert (curve.n, curve.ended, curve.censored) == (2, 1, 1)
    assert curve.median == 100  # 10 January to 20 April


# What cannot be concluded.


def test_standards_nobody_ever_looked_at_are_named():
    found = made(event(72, 0), rows=[standard(1), standard(2)])
    assert "Nobody looked at 1 of 2 standards in any period: K-02." in found.cannot[0]


def test_methods_and_placeholders_and_small_samples_are_said():
    said = " ".join(
        made(event(20, 0), rows=[standard(1, is_placeholder=True), standard(2, method="planned")]).cannot
    )
    assert "The planned method of 1 standard allows no inference: K-02." in said
    assert "1 of 2 standards has a sample too small" in said
    assert "The text of 1 of 2 standards is not public" in said


def test_without_any_surveillance_nothing_is_judged():
    found = judged(standards, contract_standards=[standard()])
    assert found.cannot[0] == "The records hold no surveillance: no standard can be judged."
    assert found.counts["not_assessed"] == 1


@pytest.mark.parametrize("said", [{"sampled": 5, "defects": 6}, {"sampled": 50, "defects": 0, "lot": 40}])
def test_counts_that_cannot_be_are_left_out_and_said(said):
    found = made(event(**said))
    assert newest(found).result.verdict is AqlVerdict.NOT_ASSESSED
    assert any("1 act of surveillance has counts that cannot be" in one for one in found.cannot)


def test_the_chart_is_of_periods_that_allow_a_share():
    found = made(event(50, 5), event(90, 9, method="planned", observed_on=date(2026, 2, 1)))
    chart = found.rows[0].chart()
    assert [(point.label, point.value) for point in chart.points] == [("2026-06-30", 0.1)]
    assert chart.is_trial


def test_no_standards_are_said_and_no_error():
    found = judged(standards, contract_standards=[])
    assert found.rows == ()
    assert found.matrix() == ((), ())
    assert found.cannot == ("The records name no standard of a contract: nothing was assessed.",)


def test_without_the_table_it_says_which():
    with pytest.raises(LacksTablesError, match="no table contract_standards: nothing can be said"):
        judged(standards, contracts=[contract()])


def test_a_day_before_the_contract_leaves_nothing_applicable():
    found = made(as_of=date(2019, 1, 1))
    assert {cell.result.verdict for cell in found.rows[0].cells} == {AqlVerdict.NOT_APPLICABLE}


# As plain values and as a table.


def test_it_is_json_and_says_its_day():
    plain = json.loads(json.dumps(made(event(50, 5)).plain()))
    assert plain["as_of"] == "2026-09-30"
    assert plain["rows"][0]["cells"][-1]["result"]["verdict"] == "insufficient_sample"


def test_the_table_has_a_row_for_each_standard_and_period():
    table = standards_table(made(event(50, 5), rows=[standard(1), standard(2, frequency="yearly")]))
    assert len(table.rows) == 10
    assert set(table.column("verdict")) <= {"insufficient sample", "not assessed"}
    assert all(table.column("reason"))
