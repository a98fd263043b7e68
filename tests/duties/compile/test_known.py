"""What the count of a duty put together is taken up where several duties are counted in one."""

from __future__ import annotations

import ibis

from closeout.duties.compile import Cut, overdue_cases, tallies
from tests.duties.making import check_in_clause, contact_clause, day, opened

CUT = Cut((day("2024-01-01"), day("2025-01-01")))
CLAUSES = (check_in_clause(), contact_clause())


def said(expression):
    return str(ibis.to_sql(expression, dialect="duckdb"))


def test_the_expressions_are_the_same_with_and_without():
    with opened(check_ins=[], verifications=[]) as (_engine, tables):
        known = {}
        counted = [tallies(one, tables, CUT, as_of=day("2024-12-31"), known=known) for one in CLAUSES]
        late = overdue_cases(CLAUSES, tables, as_of=day("2024-12-31"), known=known)
        alone = [tallies(one, tables, CUT, as_of=day("2024-12-31")) for one in CLAUSES]
        assert list(map(said, counted)) == list(map(said, alone))
        assert said(late) == said(overdue_cases(CLAUSES, tables, as_of=day("2024-12-31")))


def test_each_duty_is_put_together_once():
    with opened(check_ins=[], verifications=[]) as (_engine, tables):
        known = {}
        overdue_cases(CLAUSES, tables, as_of=day("2024-12-31"), known=known)
        first = dict(known)
        assert list(first) == [one.duty for one in CLAUSES]
        tallies(CLAUSES[0], tables, CUT, as_of=day("2024-12-31"), known=known)
        assert known[CLAUSES[0].duty] is first[CLAUSES[0].duty]
