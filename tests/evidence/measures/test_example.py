"""What holds of every measure of the pack over the small example agency."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from closeout.duties.compile.holders import PAST_OFFICERS, PAST_OFFICES
from closeout.evidence.figures import Outcome
from closeout.evidence.measures.declared import OverDuties, OverSource, OverTable
from closeout.evidence.measures.measure import Shape
from closeout.evidence.measures.run import measure_all
from closeout.evidence.measures.run_counts import count_all
from closeout.evidence.measures.run_rows import rows_of
from closeout.records.tables import TABLES

ADDING = (Shape.SHARE, Shape.COUNT, Shape.RATE)


def computed(agency):
    return [one for one in agency.measured if not isinstance(one.measure.over, OverSource)]


def counts(results):
    """Return what figures rest on, added up; a figure that was not given rests on nothing here."""
    numerators = sum(one.figure.numerator or 0 for one in results)
    return numerators, sum(one.figure.denominator or 0 for one in results)


def test_offices_add_up_to_the_total(agency):
    checked = 0
    for one in computed(agency):
        if one.offices and one.measure.shape in ADDING and one.measure.min_n == 1:
            assert counts(one.offices) == counts([one.total]), one.measure.code
            checked += 1
        elif one.offices and one.measure.min_n == 1:
            assert counts(one.offices)[1] == counts([one.total])[1], one.measure.code
    assert checked > 60


def test_offices_stand_in_the_order_of_their_codes_and_the_series_ends_with_the_total(agency):
    for one in computed(agency):
        codes = [result.office_id for result in one.offices]
        assert codes == sorted(codes, key=lambda code: (code == "", code))
        assert one.series[-1] is one.total
        assert [result.until for result in one.series] == sorted(result.until for result in one.series)
        assert one.total.until == agency.as_of


def test_parts_are_no_more_than_their_whole(agency):
    checked = 0
    for one in computed(agency):
        whole = agency.by_code.get(one.measure.part_of)
        same = whole and (whole.measure.shape, whole.measure.period) == (
            one.measure.shape,
            one.measure.period,
        )
        over = (
            whole and isinstance(whole.measure.over, OverDuties) and isinstance(one.measure.over, OverDuties)
        )
        if same and over and whole.measure.over.statistic is one.measure.over.statistic:
            assert set(one.measure.duties) <= set(whole.measure.duties), one.measure.code
            mine, all_of_it = counts([one.total]), counts([whole.total])
            assert mine[0] <= all_of_it[0]
            assert mine[1] <= all_of_it[1]
            checked += 1
    assert checked > 10


def test_the_duties_of_a_measure_add_up_one_by_one(agency, pack):
    (whole,) = (one.measure for one in agency.measured if one.measure.code == "exceptions-disposed-on-time")
    parts = [
        replace(whole, code=duty, over=replace(whole.over, duties=(duty,)), duties=(duty,))
        for duty in whole.duties
    ]
    found = measure_all(agency.engine, agency.tables, pack, parts, agency.as_of)
    assert counts([one.total for one in found]) == counts([agency.by_code[whole.code].total])


def test_a_statement_reads_only_what_the_measure_reads(agency):
    known = {*TABLES, PAST_OFFICES, PAST_OFFICERS}
    for one in computed(agency):
        named = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', one.query)) & known
        held = {"transfers"} if PAST_OFFICES in named else set()
        assert named - {PAST_OFFICES} <= set(one.measure.reads), one.measure.code
        assert held <= set(one.measure.reads)
        assert named
        assert "memtable" not in one.query


def test_the_same_snapshot_gives_the_same_answer(agency, pack, measures):
    tables = [measure for measure in measures if isinstance(measure.over, OverTable)]
    duties = [measure for measure in measures if measure.code == "custody-reviews-on-time"]
    again = measure_all(agency.engine, agency.tables, pack, [*tables, *duties], agency.as_of)
    assert again == tuple(agency.by_code[measure.code] for measure in [*tables, *duties])


def test_the_rows_behind_a_figure_are_as_many_as_it_rests_on(agency, pack):
    looked_at = 0
    for one in computed(agency):
        figure, over = one.total.figure, one.measure.over
        is_few = figure.outcome is Outcome.COMPUTED and max(figure.numerator, figure.denominator or 0) < 500
        is_plain = isinstance(over, OverTable) and not (over.exposure or over.begins)
        if is_few and is_plain:
            rows = rows_of(agency.engine, agency.tables, pack, one.measure, agency.as_of, limit=600).rows
            assert sum(row.counts for row in rows) == figure.numerator, one.measure.code
            assert figure.denominator in {None, len(rows)}
            looked_at += 1
    assert looked_at > 5


@pytest.mark.parametrize("code", ["custody-reviews-on-time", "policies-overdue"])
def test_the_rows_behind_a_duty_are_as_many_as_it_rests_on(agency, pack, code):
    one = agency.by_code[code]
    rows = rows_of(agency.engine, agency.tables, pack, one.measure, agency.as_of, limit=600).rows
    assert sum(row.counts for row in rows) == one.total.figure.numerator
    office = rows[0].office_id
    mine = rows_of(agency.engine, agency.tables, pack, one.measure, agency.as_of, office=office).rows
    assert set(mine) == {row for row in rows if row.office_id == office}


def test_each_clause_is_counted_once(agency, pack, measures):
    lines = []
    over_duties = [
        measure
        for measure in measures
        if measure.code in {"custody-reviews-on-time", "custody-reviews-overdue"}
    ]
    counts_made = count_all(agency.engine, agency.tables, pack, over_duties, agency.as_of, told=lines.append)
    duties = {duty for measure in over_duties for duty in measure.duties}
    assert set(counts_made.duties) == duties
    assert sum("duty" in line for line in lines) == len(duties)
