"""Every measure of the pack is the same on DuckDB and on Spark."""

from __future__ import annotations

import pytest

from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables, with_past_holders
from closeout.evidence.measures.declared import OverTable
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.run import measure_all
from closeout.records.example import write_example
from tests.engines.conftest import SPARK

pytestmark = SPARK


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return write_example(tmp_path_factory.mktemp("example") / "small", size="small", seed=3)


def measured(engine, snapshot, measures):
    tables = with_past_holders(engine, open_tables(engine, snapshot))
    found = measure_all(engine, tables, load_pack(), measures, snapshot.as_of)
    return [(one.measure.code, one.total, one.offices, one.series) for one in found]


def test_measures_are_the_same_on_both_engines(duck_engine, spark_engine, snapshot):
    measures = load_measures(None, load_pack())
    here = measured(duck_engine, snapshot, measures)
    there = measured(spark_engine, snapshot, measures)
    assert sum(one[1].figure.value is not None for one in here) > 100
    assert here == there


def test_each_kind_of_span_is_the_same_on_both_engines(duck_engine, spark_engine, snapshot):
    # On the 30th the periods cannot be counted in months: days are compared.
    measures = [
        one for one in load_measures(None, load_pack()) if isinstance(one.over, OverTable) and one.period
    ]
    day = snapshot.as_of.replace(month=8, day=30)
    found = []
    for engine in (duck_engine, spark_engine):
        tables = open_tables(engine, snapshot)
        made = measure_all(engine, tables, load_pack(), measures[:4], day)
        found.append([(one.total, one.offices, one.series) for one in made])
    assert found[0] == found[1]
