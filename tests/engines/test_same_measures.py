"""What is worked out on DuckDB is worked out the same on Spark: every measure of the pack.

Of those over a register of our own, one of each: what differs between them is the name of a rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables
from closeout.evidence.freezing.answers import lies_elsewhere
from closeout.evidence.freezing.recompute import measured_of
from closeout.evidence.measures.declared import OverDuties, OverSource, OverTable
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.run import measure_all
from tests.engines.conftest import SPARK

if TYPE_CHECKING:
    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure
    from closeout.records.snapshot import Snapshot

pytestmark = SPARK
PACK = load_pack()
MEASURES = load_measures(None, PACK)


def chosen() -> list[Measure]:
    """Return all measures over tables and duties, and of every other source the one that takes least work."""
    plain = [one for one in MEASURES if not isinstance(one.over, OverSource)]
    least: dict[str, Measure] = {}
    for measure in sorted(MEASURES, key=lambda one: len(one.reads) + len(one.duties)):
        if isinstance(measure.over, OverSource) and not lies_elsewhere(measure.over):
            least.setdefault(measure.over.source, measure)
    return [*plain, *least.values()]


CHOSEN = chosen()


def test_every_shape_of_the_pack_is_among_them() -> None:
    assert {type(measure.over) for measure in CHOSEN} == {OverDuties, OverSource, OverTable}
    assert {measure.shape for measure in CHOSEN} == {each.shape for each in MEASURES}


def test_measures_are_the_same_on_both_engines(
    duck_engine: Engine, spark_engine: Engine, snapshot: Snapshot
) -> None:
    here = measured_of(duck_engine, snapshot, PACK, CHOSEN, snapshot.as_of)
    there = measured_of(spark_engine, snapshot, PACK, CHOSEN, snapshot.as_of)
    assert list(here) == list(there)
    assert len(here) == len(CHOSEN)
    # The statements differ: each engine has its own words.
    other = [code for code in here if replace(here[code], query="") != replace(there[code], query="")]
    assert other == []
    assert sum(one.total.figure.value is not None for one in here.values()) > 100
    assert sum(bool(one.total.figure.denominator) for one in here.values()) > len(here) / 2


def test_each_kind_of_span_is_the_same_on_both_engines(
    duck_engine: Engine, spark_engine: Engine, snapshot: Snapshot
) -> None:
    # On the 30th the periods cannot be counted in months: days are compared.
    measures = [one for one in MEASURES if isinstance(one.over, OverTable) and one.period]
    day = snapshot.as_of.replace(month=8, day=30)
    found = []
    for engine in (duck_engine, spark_engine):
        tables = open_tables(engine, snapshot)
        made = measure_all(engine, tables, PACK, measures[:4], day)
        found.append([(one.total, one.offices, one.series) for one in made])
    assert found[0] == found[1]
