"""Every clause of the pack and every integrity rule gives the same rows on DuckDB and on Spark.

Several go into one statement: planning a statement takes Spark longer than running it on few rows.
"""

from __future__ import annotations

from dataclasses import replace

import ibis
import pytest

from closeout.duties.integrity import RULES, run_integrity
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables, run_pack
from tests.engines.conftest import SPARK

pytestmark = SPARK
TOGETHER = 6
PACK = load_pack()
CLAUSES = [clause.duty for clause in PACK.clauses]


def groups(names):
    return [names[first : first + TOGETHER] for first in range(0, len(names), TOGETHER)]


@pytest.fixture(scope="module")
def on_spark(spark_engine, snapshot):
    return open_tables(spark_engine, snapshot)


def rows(engine, expressions, order):
    found = engine.to_arrow(ibis.union(*expressions) if len(expressions) > 1 else expressions[0])
    return found.sort_by([(name, "ascending") for name in order])


def instances(engine, tables, duties, as_of):
    pack = replace(PACK, clauses=tuple(PACK.clause(duty) for duty in duties))
    listed = [expression for _, expression in run_pack(engine, tables, pack, as_of)]
    return rows(engine, listed, ("duty", "subject", "sequence"))


def findings(engine, tables, rules, as_of):
    listed = [expression for _, expression in run_integrity(tables, as_of, rules=rules)]
    return rows(engine, listed, ("rule", "subject_table", "subject"))


@pytest.mark.parametrize("duties", groups(CLAUSES), ids=lambda names: names[0])
def test_clauses_list_the_same_instances(duck_engine, spark_engine, on_spark, snapshot, duties):
    here = instances(duck_engine, open_tables(duck_engine, snapshot), duties, snapshot.as_of)
    there = instances(spark_engine, on_spark, duties, snapshot.as_of)
    assert here.schema == there.schema
    assert set(here.column("duty").unique().to_pylist()) <= set(duties)
    assert here.equals(there)


@pytest.mark.parametrize("rules", groups(list(RULES)), ids=lambda names: names[0])
def test_rules_find_the_same_rows(duck_engine, spark_engine, on_spark, snapshot, rules):
    here = findings(duck_engine, open_tables(duck_engine, snapshot), rules, snapshot.as_of)
    there = findings(spark_engine, on_spark, rules, snapshot.as_of)
    assert here.schema == there.schema
    assert here.equals(there)


def test_what_was_compared_was_not_all_empty(duck_engine, snapshot):
    tables = open_tables(duck_engine, snapshot)
    broken = [rule for rule, found in run_integrity(tables, snapshot.as_of) if _has_rows(duck_engine, found)]
    assert len(broken) > len(RULES) / 2


def _has_rows(engine, expression):
    return engine.to_arrow(expression.limit(1)).num_rows == 1
