"""What is worked out on DuckDB is worked out the same on Spark: a measure of every shape in the pack.

The whole pack takes minutes on the small cluster of the tests; what differs between measures of one shape
are the names of tables and columns.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from closeout.duties.pack import load_pack
from closeout.evidence.freezing.answers import lies_elsewhere
from closeout.evidence.freezing.recompute import measured_of
from closeout.evidence.measures.declared import OverDuties, OverSource, OverTable
from closeout.evidence.measures.read import load_measures
from closeout.records.example import write_example
from tests.engines.conftest import SPARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure, Measured
    from closeout.records.snapshot import Snapshot

pytestmark = SPARK
PACK = load_pack()
SAID = (
    "where",
    "counts",
    "on",
    "from",
    "to",
    "events",
    "cluster",
    "quantile",
    "period",
    "exposure",
    "office",
)
"""What a measure over a table may say, which makes its statement another one."""


def shape_of(measure: Measure) -> tuple[Any, ...]:
    """Return what makes a measure's way through the engine another one than that of others."""
    over = measure.over
    if isinstance(over, OverDuties):
        return ("duties", over.statistic)
    if isinstance(over, OverSource):
        return ("source", over.source)
    return (measure.shape, *(name for name in SAID if measure.definition.get(name) is not None))


def work(measure: Measure) -> int:
    """Return how much a measure makes an engine do: the tables it reads, the duties it is over."""
    return len(measure.reads) + len(measure.duties)


def one_of_each_shape() -> list[Measure]:
    """Return of every shape the measure that takes least work."""
    found: dict[tuple[Any, ...], list[Measure]] = defaultdict(list)
    for measure in load_measures(None, PACK):
        if not lies_elsewhere(measure.over):
            found[shape_of(measure)].append(measure)
    return [min(each, key=work) for each in found.values()]


CHOSEN = one_of_each_shape()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Return the small example agency."""
    return write_example(tmp_path_factory.mktemp("agency") / "small", seed=3)


@pytest.fixture(scope="module")
def there(spark_engine: Engine, snapshot: Snapshot) -> Mapping[str, Measured]:
    """Return every chosen measure as Spark has it."""
    return measured_of(spark_engine, snapshot, PACK, CHOSEN, snapshot.as_of)


def test_every_shape_of_the_pack_is_among_them() -> None:
    kinds = {type(measure.over) for measure in CHOSEN}
    assert kinds == {OverDuties, OverSource, OverTable}
    assert {measure.shape for measure in CHOSEN} == {each.shape for each in load_measures(None, PACK)}


def test_a_measure_of_every_shape_is_the_same(
    duck_engine: Engine, there: Mapping[str, Measured], snapshot: Snapshot
) -> None:
    here = measured_of(duck_engine, snapshot, PACK, CHOSEN, snapshot.as_of)
    assert list(here) == list(there)
    # The statements differ: each engine has its own words.
    other = [code for code in here if replace(here[code], query="") != replace(there[code], query="")]
    assert other == []
    assert sum(bool(one.total.figure.denominator) for one in here.values()) > len(here) / 2
