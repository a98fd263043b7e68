from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.duties.clauses import Text
from closeout.duties.predicates import build, kind_of
from closeout.duties.terms import Kind
from tests.duties.predicates import expressions
from tests.duties.predicates.interpret import as_date, evaluate

ROWS = expressions.rows()
ANY = st.one_of(expressions.booleans(3), expressions.dates(2), expressions.numbers(2), expressions.strings(2))


@pytest.fixture(scope="module")
def engine():
    connection = ibis.duckdb.connect()
    connection.create_table("check_ins", ROWS)
    yield connection
    connection.disconnect()


def built(sql, engine):
    text = Text(sql, Path("pack.yaml"), 1)
    check_ins = engine.table("check_ins")
    value = build(text, check_ins, expressions.DECLARED)
    found = check_ins.select("check_in_id", answer=value).order_by("check_in_id").to_pyarrow()
    return found["answer"].to_pylist(), kind_of(text, expressions.DECLARED)


def as_written(sql, engine):
    statement = f"select ({sql}) from check_ins order by check_in_id"  # noqa: S608 - it is our own
    found = engine.raw_sql(statement).fetchall()
    return [value for (value,) in found]


@given(sql=ANY)
@settings(deadline=None)
def test_an_expression_yields_what_its_text_says(engine, sql):
    answers, kind = built(sql, engine)
    assert answers == [evaluate(sql, row) for row in ROWS.to_pylist()], "a plain reading in Python differs"
    said = as_written(sql, engine)
    assert answers == [as_date(one) if kind is Kind.DATE else one for one in said], "DuckDB's own differs"


@pytest.mark.parametrize(
    ("sql", "on", "wanted"),
    [
        ("due_on + interval 1 month", "2024-01-31", "2024-02-29"),
        ("due_on + interval 12 months", "2024-02-29", "2025-02-28"),
        ("due_on + interval 1 year", "2024-02-29", "2025-02-28"),
        ("due_on - interval 1 month", "2024-03-31", "2024-02-29"),
        ("due_on + interval 2 weeks", "2023-12-20", "2024-01-03"),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(engine, sql, on, wanted):
    table = engine.table("check_ins").limit(1).select(due_on=ibis.literal(on).cast("date"))
    value = build(Text(sql, Path("pack.yaml"), 1), table, expressions.DECLARED)
    assert [str(day) for day in table.select(day=value).to_pyarrow()["day"].to_pylist()] == [wanted]


def test_an_expression_without_columns_is_one_value(engine):
    answers, kind = built("date '2024-02-29'", engine)
    assert kind is Kind.DATE
    assert {str(day) for day in answers} == {"2024-02-29"}


def test_a_null_is_neither_in_nor_out_of_a_list(engine):
    answers, _ = built("outcome not in ('attended')", engine)
    outcomes = ROWS["outcome"].to_pylist()
    assert [one is None for one in answers] == [one is None for one in outcomes]
