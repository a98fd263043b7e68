"""Measures over small tables worked by hand, and over records that something is wrong with."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from closeout.duties.clauses import Done, Pack
from closeout.duties.listing import CursorError
from closeout.engines import connect
from closeout.evidence.figures import Outcome
from closeout.evidence.measures.measure import Verdict
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.run import measure_all
from closeout.evidence.measures.run_rows import rows_of
from closeout.records.snapshot import Manifest, Part, open_snapshot, sha256_of, write_manifest
from tests.duties.making import at, check_in_clause, contact_clause, day, months, opened, table, text, version
from tests.duties.random_agency import summary_clause
from tests.evidence.measures.test_read import COUNT, DUTY, LENGTH, RATE, SOURCE, TABLE, written

PACK = Pack("test", "Test", (check_in_clause(), contact_clause()))
AS_OF = day("2026-03-31")
OFFICES = [{"office_id": "B"}, {"office_id": "A"}]
CASES = [
    {"case_no": "C-000001", "office_id": "A", "opened_on": day("2025-06-01")},
    {"case_no": "C-000002", "office_id": "B", "opened_on": day("2025-06-01")},
]


def transfer(asked, accepted=None, case=1, **said):
    return {
        "case_no": f"C-00000{case}",
        "from_office_id": "A",
        "requested_on": day(asked),
        "accepted_on": day(accepted) if accepted else None,
        **said,
    }


TRANSFERS = [
    transfer("2026-01-02", "2026-01-05"),
    transfer("2026-01-10", "2026-01-20"),
    transfer("2026-02-01", case=2),
    transfer("2025-02-01", "2025-02-04"),
    transfer("2026-04-05", "2026-04-06"),
]
QUARTER = {**TABLE, "period": "P3M", "series": "{step: P3M, points: 5}", "office": "case_no"}


@pytest.fixture
def declared(tmp_path):
    def reading(*entries, pack=PACK):
        (tmp_path / "measures.yaml").write_text(written(*entries), encoding="utf-8")
        return load_measures(tmp_path, pack)

    return reading


@pytest.fixture
def measured(declared):
    def measuring(entry, *, as_of=AS_OF, pack=PACK, without=(), **given):
        given = {"cases": CASES, "offices": OFFICES, **given}
        with opened(**given) as (engine, tables):
            there = {name: one for name, one in tables.items() if name not in without}
            (found,) = measure_all(engine, there, pack, declared(entry, pack=pack), as_of)
        return found

    return measuring


def counts(result):
    return result.office_id, result.figure.numerator, result.figure.denominator


def test_a_share_by_office_and_quarter(measured):
    # January to March: three asked for, two accepted; the one of April has not come yet.
    found = measured({**QUARTER, "target": "{value: 0.5, made_up: true}"}, transfers=TRANSFERS)
    assert counts(found.total) == (None, 2, 3)
    assert (found.total.since, found.total.until) == (day("2026-01-01"), AS_OF)
    assert [counts(one) for one in found.offices] == [("A", 2, 2), ("B", 0, 1)]
    assert [one.figure.denominator for one in found.series] == [1, 0, 0, 0, 3]
    assert found.series[0].until == day("2025-03-31")
    assert found.series[-1] is found.total
    assert (found.total.figure.method, found.total.verdict) == ("exact", Verdict.MET_NOT_ESTABLISHED)
    assert 'FROM "transfers"' in found.query


def test_what_happened_later_is_not_known(measured):
    found = measured(
        {**QUARTER, "series": "{step: P3M, points: 1}"}, as_of=day("2026-01-15"), transfers=TRANSFERS
    )
    assert counts(found.total) == (None, 1, 2)


def test_a_count_as_of_a_day(measured):
    entry = {**COUNT, "period": None, "counts": None, "where": "accepted_on is null", "office": "case_no"}
    found = measured(entry, transfers=TRANSFERS)
    assert (found.total.figure.value, found.total.figure.denominator) == (1.0, None)
    assert [one.figure.value for one in found.offices] == [0.0, 1.0]
    assert found.series == (found.total,)


def test_a_median_and_a_survival_median(measured):
    # 3 and 10 days; the open one has waited 58 days by 31 March.
    entry = {**LENGTH, "period": "P3M", "series": "{step: P3M, points: 1}"}
    assert measured(entry, transfers=TRANSFERS).total.figure.value == 3.0
    assert measured({**entry, "quantile": "0.9"}, transfers=TRANSFERS).total.figure.value == 10.0
    survival = measured({**entry, "shape": "survival"}, transfers=TRANSFERS).total.figure
    assert (survival.value, survival.numerator, survival.denominator) == (10.0, 2, 3)
    assert (survival.low, survival.high) == (None, None)


def test_a_median_in_hours_counts_whole_ones(measured):
    entry = {**LENGTH, "over": "complaints", "on": None, "period": None, "unit": "hours"} | {
        "from": "received_at",
        "to": "notified_at",
    }
    complaints = [
        {
            "office_id": "A",
            "received_at": at("2026-03-01T10:00:59"),
            "notified_at": at("2026-03-02T09:59:01"),
        },
        {
            "office_id": "A",
            "received_at": at("2026-03-01T10:00:00"),
            "notified_at": at("2026-03-03T12:30:00"),
        },
        {
            "office_id": "A",
            "received_at": at("2026-03-01T10:00:00"),
            "notified_at": at("2026-02-03T12:30:00"),
        },
    ]
    found = measured(entry, complaints=complaints).total.figure
    assert (found.value, found.numerator, found.denominator) == (23.0, 1, 2)


def test_the_age_of_the_latest_row(measured):
    entry = {**LENGTH, "over": "verifications", "on": None, "period": None, "from": "verified_on"} | {
        "to": "as_of",
        "latest": "case_no",
        "office": "case_no",
    }
    verified = [
        {"case_no": "C-000001", "verified_on": day(said)}
        for said in ("2026-01-31", "2026-03-21", "2026-05-01")
    ]
    found = measured(entry, verifications=verified)
    assert found.total.figure.value == 10.0
    assert [one.figure.value for one in found.offices] == [10.0, None]


INSPECTIONS = [
    {"inspection_id": 1, "facility_id": "X", "started_on": day("2026-01-02"), "components_assessed": 40},
    {"inspection_id": 2, "facility_id": "Y", "started_on": day("2026-02-02"), "components_assessed": 60},
    {"inspection_id": 3, "facility_id": "Y", "started_on": day("2026-02-09"), "components_assessed": None},
]
DEFICIENCIES = [{"inspection_id": 1, "is_repeat": True}, {"inspection_id": 2, "is_repeat": False}] * 2
IN_QUARTER = {**RATE, "period": "P3M", "series": "{step: P3M, points: 1}"}


def test_a_rate_of_events_over_exposure(measured):
    found = measured(IN_QUARTER, inspections=INSPECTIONS, deficiencies=DEFICIENCIES).total.figure
    assert (found.value, found.numerator, found.denominator, found.method) == (0.04, 4, 100, "poisson")
    entry = {**IN_QUARTER, "events": "{table: deficiencies, match: inspection_id, where: is_repeat}"}
    assert measured(entry, inspections=INSPECTIONS, deficiencies=DEFICIENCIES).total.figure.numerator == 2


def test_rows_that_depend_have_the_interval_of_their_groups(measured):
    entry = {**IN_QUARTER, "cluster": "facility_id"}
    found = measured(entry, inspections=INSPECTIONS, deficiencies=DEFICIENCIES).total.figure
    assert (found.method, found.numerator) == ("cluster bootstrap", 4)
    assert found.reason == "only 2 groups: the interval may be too narrow"
    again = measured(entry, inspections=INSPECTIONS[::-1], deficiencies=DEFICIENCIES).total.figure
    assert (again.low, again.high) == (found.low, found.high)


def test_sums_that_are_no_share_are_not_assessed(measured):
    entry = {**TABLE, "over": "file_reviews", "counts": None, "on": "completed_on", "sum": "items"} | {
        "exposure": "defects"
    }
    reviews = [{"case_no": "C-000001", "completed_on": day("2026-03-01"), "items": 5, "defects": 2}]
    found = measured(entry, file_reviews=reviews).total
    assert (found.figure.outcome, found.verdict) == (Outcome.NOT_ASSESSED, Verdict.NOT_ASSESSED)
    assert found.figure.reason == "the records count 5 of 2, which is no share"


CHECK_INS = [
    {
        "case_no": "C-000001",
        "due_on": day("2026-01-10"),
        "outcome": "attended",
        "outcome_on": day("2026-01-10"),
    },
    {"case_no": "C-000001", "due_on": day("2026-01-20")},
    {
        "case_no": "C-000002",
        "due_on": day("2026-02-20"),
        "outcome": "attended",
        "outcome_on": day("2026-02-25"),
    },
    {"case_no": "C-000002", "due_on": day("2026-06-20")},
]
BACKLOG = {
    **DUTY,
    "statistic": "backlog",
    "shape": "count",
    "unit": "count",
    "period": None,
    "denominator": None,
}


def test_the_three_figures_of_a_duty(measured):
    # One in time, one overdue, one late; two open, one of them overdue.
    timeliness = measured({**DUTY, "period": "P3M"}, check_ins=CHECK_INS)
    assert counts(timeliness.total) == (None, 1, 3)
    assert [counts(one) for one in timeliness.offices] == [("A", 1, 2), ("B", 0, 1)]
    currency = measured({**DUTY, "statistic": "currency", "period": None}, check_ins=CHECK_INS)
    assert counts(currency.total) == (None, 1, 2)
    backlog = measured(BACKLOG, check_ins=CHECK_INS)
    assert (backlog.total.figure.value, backlog.total.figure.method) == (1.0, "poisson")
    assert "-- check-in\nSELECT" in backlog.query
    assert "-- past_offices, worked out first" in backlog.query


def test_a_subject_with_several_open_instances_is_current_once(measured):
    clause = summary_clause("fiscal_year", versions=(version(period=months(1)),))
    pack = Pack("test", "Test", (clause,))
    agreements = [{"office_id": "A", "agreement_id": "P-1", "operational_on": day("2022-01-01")}]
    entry = {**DUTY, "duties": "all", "statistic": "currency", "period": None}
    found = measured(entry, pack=pack, agreements=agreements, partner_summaries=[])
    assert counts(found.total) == (None, 0, 1)


def test_several_duties_add_up_and_one_that_lacks_a_table_is_named(measured):
    entry = {**DUTY, "duties": "all", "period": "P3M"}
    both = measured(entry, check_ins=CHECK_INS, verifications=[])
    assert counts(both.total) == (None, 1, 3)
    one = measured(entry, check_ins=CHECK_INS)
    assert counts(one.total) == (None, 1, 3)
    assert one.total.figure.reason == "without verify-contact: table verifications is missing"


def test_no_rule_in_force_is_a_result(measured):
    pack = Pack("test", "Test", (check_in_clause(versions=(version(day("2027-01-01")),)),))
    for entry in ({**DUTY, "period": "P3M"}, BACKLOG):
        found = measured(entry, pack=pack, check_ins=CHECK_INS).total
        assert (found.figure.outcome, found.verdict) == (Outcome.NO_RULE, Verdict.NOT_ASSESSED)
        assert found.figure.reason == "no rule was in force for any of 4"


def test_a_register_of_our_own_is_not_assessed_here(measured):
    found = measured({**SOURCE, "period": None}).total.figure
    assert found.outcome is Outcome.NOT_ASSESSED
    assert found.reason == "it is about integrity, which no table of the records holds"


def said(found):
    assert found.total.figure.outcome is Outcome.NO_DATA
    assert found.total.verdict is Verdict.NOT_ASSESSED
    return found.total.figure.reason


def test_a_missing_table_is_said(measured):
    assert said(measured(QUARTER, transfers=TRANSFERS, without=("transfers", "cases"))) == (
        "tables transfers, cases are missing"
    )
    assert said(measured({**DUTY, "duties": "[verify-contact]"})) == "table verifications is missing"


def test_a_table_without_rows_is_said(measured):
    assert said(measured(QUARTER, transfers=[])) == "the table transfers has no rows"
    assert said(measured({**COUNT, "counts": None}, transfers=[])) == "the table transfers has no rows"
    assert said(measured({**DUTY, "period": "P3M"}, check_ins=[])) == "the records hold no row that counts"
    assert said(measured(BACKLOG, check_ins=[])) == "the records hold no row that counts"


def test_a_column_that_is_empty_in_every_row_is_said(measured):
    rows = [transfer("2026-01-02"), transfer("2026-02-02")]
    assert said(measured(QUARTER, transfers=rows)) == "transfers.accepted_on is empty in every row"
    survival = {**LENGTH, "shape": "survival", "period": "P3M"}
    assert said(measured(survival, transfers=rows)) == "transfers.accepted_on is empty in every row"


def test_a_day_before_the_records_is_said(measured):
    for entry in (QUARTER, {**COUNT, "counts": None}):
        found = measured(entry, as_of=day("2020-01-01"), transfers=TRANSFERS)
        assert said(found) == "the records of transfers begin on 2025-02-01, after 2020-01-01"


def test_a_count_of_a_period_before_the_records_is_no_zero(measured):
    entry = {**COUNT, "counts": None, "period": "P3M", "series": "{step: P3M, points: 6}"}
    found = measured(entry, transfers=TRANSFERS)
    assert [one.figure.value for one in found.series] == [None, 1.0, 0.0, 0.0, 0.0, 3.0]
    assert found.series[0].figure.reason == "the records of transfers begin on 2025-02-01"


def test_too_few_rows_are_an_insufficient_sample(measured):
    found = measured({**QUARTER, "min_n": "11"}, transfers=TRANSFERS).total.figure
    assert (found.outcome, found.denominator) == (Outcome.INSUFFICIENT_SAMPLE, 3)
    assert found.reason == "3 of at least 11 that a figure needs"


def test_a_median_not_reached_is_an_insufficient_sample(measured):
    rows = [transfer("2026-01-02"), transfer("2026-02-02"), transfer("2026-02-03", "2026-02-05")]
    found = measured({**LENGTH, "shape": "survival", "period": "P3M"}, transfers=rows).total.figure
    assert found.outcome is Outcome.INSUFFICIENT_SAMPLE
    assert found.reason == "1 of 3 have ended: more than half last longer than is known"


def test_one_office_only_and_rows_without_an_office(measured):
    found = measured(
        {**QUARTER, "office": "from_office_id"}, transfers=TRANSFERS, offices=[{"office_id": "A"}]
    )
    assert [counts(one) for one in found.offices] == [("A", 2, 3)]
    nobody = [transfer("2026-01-02", "2026-01-05", case=9)]
    found = measured(QUARTER, transfers=nobody)
    assert [one.office_id for one in found.offices] == ["A", "B", ""]
    assert counts(found.offices[-1]) == ("", 1, 1)
    assert measured({**QUARTER, "office": None}, transfers=TRANSFERS).offices == ()


@contextmanager
def snapshot_of(folder, as_of, **given):
    parts = {}
    for name, rows in given.items():
        path = folder / name / "part-000.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(table(name, rows), path)
        parts[name] = (Part(f"{name}/part-000.parquet", len(rows), sha256_of(path)),)
    write_manifest(folder, Manifest(as_of, "test", parts))
    engine = connect(threads=1)
    yield engine, open_snapshot(folder)
    engine.close()


def test_how_things_stood_before_the_snapshot_is_not_known(declared, tmp_path):
    entry = {**COUNT, "counts": None, "period": None, "on": None, "where": "state = 'requested'"}
    measures = declared(entry)
    with snapshot_of(tmp_path / "s", AS_OF, transfers=TRANSFERS) as (engine, snapshot):
        (now,) = measure_all(engine, snapshot, PACK, measures, AS_OF)
        (before,) = measure_all(engine, snapshot, PACK, measures, day("2026-01-31"))
    assert now.total.figure.outcome is Outcome.COMPUTED
    assert said(before) == ("the records stand as of 2026-03-31 and do not say how this stood on 2026-01-31")


def test_the_rows_behind_a_table_figure_are_keys_and_days(declared):
    (measure,) = declared(QUARTER)
    with opened(cases=CASES, transfers=TRANSFERS) as (engine, tables):
        page = rows_of(engine, tables, PACK, measure, AS_OF, limit=2)
        rest = rows_of(engine, tables, PACK, measure, AS_OF, limit=2, after=page.after)
        mine = rows_of(engine, tables, PACK, measure, AS_OF, office="B")
        nobody = rows_of(engine, tables, PACK, measure, AS_OF, office="")
        with pytest.raises(CursorError, match="is no place in a list"):
            rows_of(engine, tables, PACK, measure, AS_OF, after="nowhere")
    assert [(row.key, row.day, row.case_no, row.counts) for row in (*page.rows, *rest.rows)] == [
        ("1", day("2026-01-02"), "C-000001", 1),
        ("2", day("2026-01-10"), "C-000001", 1),
        ("3", day("2026-02-01"), "C-000002", 0),
    ]
    assert (rest.after, nobody.rows) == ("", ())
    assert [row.key for row in mine.rows] == ["3"]
    assert (mine.rows[0].what, mine.rows[0].state, mine.rows[0].office_id) == ("transfers", "", "B")


REMINDED = {"case_no": "C-000001", "due_on": day("2026-03-10"), "reminded_on": day("2026-03-03")}


def test_a_reminder_is_not_done_before_it_opened(declared):
    """A check-in holds no day on which its reminder opened: none is shown, rather than the due date."""
    reminder = replace(check_in_clause(), done=Done("check_ins", "reminded_on"))
    asked = replace(reminder, duty="asked", opened=text("outcome_on"))
    pack = Pack("test", "Test", (reminder, asked))
    measures = declared(DUTY, {**DUTY, "measure": "b", "duties": "[asked]"}, pack=pack)
    with opened(cases=CASES, check_ins=[{**REMINDED, "outcome_on": day("2026-03-01")}]) as (engine, tables):
        found = [rows_of(engine, tables, pack, measure, AS_OF).rows for measure in measures]
    assert [(row.day, row.began_on, row.ended_on) for (row,) in found] == [
        (day("2026-03-10"), None, day("2026-03-03")),
        (day("2026-03-10"), day("2026-03-01"), day("2026-03-03")),
    ]


def test_the_rows_behind_a_length_and_a_thing_without_a_day(declared):
    length, count = declared(
        {**LENGTH, "period": "P3M"}, {**COUNT, "measure": "b", "period": None, "on": None}
    )
    with opened(cases=CASES, transfers=TRANSFERS) as (engine, tables):
        (first, _) = rows_of(engine, tables, PACK, length, AS_OF).rows
        found = rows_of(engine, tables, PACK, count, AS_OF).rows
        assert rows_of(engine, {}, PACK, count, AS_OF).rows == ()
    assert (first.began_on, first.ended_on) == (day("2026-01-02"), day("2026-01-05"))
    assert [row.day for row in found] == [None] * 3  # accepted by the day


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [
        ("timeliness", [("1", "done", 1), ("2", "overdue", 0), ("3", "done_late", 0)]),
        ("currency", [("2", "overdue", 0), ("4", "upcoming", 1)]),
        ("backlog", [("2", "overdue", 1)]),
    ],
)
def test_the_rows_behind_a_duty(declared, statistic, expected):
    entry = {**BACKLOG, "statistic": statistic}
    if statistic != "backlog":
        entry |= {"shape": "share", "unit": "share", "denominator": "some"}
    if statistic == "timeliness":
        entry["period"] = "P3M"
    (measure,) = declared(entry)
    with opened(cases=CASES, check_ins=CHECK_INS) as (engine, tables):
        found = rows_of(engine, tables, PACK, measure, AS_OF).rows
    assert [(row.key, row.state, row.counts) for row in found] == expected


def test_of_many_duties_the_holders_are_worked_out_once(declared):
    clauses = tuple(replace(check_in_clause(), duty=f"check-in-{name}") for name in "abc")
    pack = Pack("test", "Test", clauses)
    (measure,) = declared({**BACKLOG, "duties": "all"}, pack=pack)
    with opened(cases=CASES, check_ins=CHECK_INS) as (engine, tables):
        found = rows_of(engine, tables, pack, measure, AS_OF, office="A").rows
    assert [row.what for row in found] == ["check-in-a", "check-in-b", "check-in-c"]


def test_a_register_has_no_rows(declared):
    (measure,) = declared({**SOURCE, "period": None})
    with opened() as (engine, tables):
        assert rows_of(engine, tables, PACK, measure, AS_OF).rows == ()


def test_progress_is_told(declared):
    lines = []
    with opened(cases=CASES, transfers=TRANSFERS, offices=OFFICES) as (engine, tables):
        measure_all(engine, tables, PACK, declared(QUARTER), AS_OF, told=lines.append)
    assert lines == ["counted measure in-time (1 of 2)", "counted offices (2 of 2)"]


def test_a_measure_that_is_over_nothing_is_not_assessed(declared):
    bare = replace(declared(QUARTER)[0], over=None)
    with opened() as (engine, tables):
        (found,) = measure_all(engine, tables, PACK, [bare], AS_OF)
    assert found.total.figure.outcome is Outcome.NOT_ASSESSED
