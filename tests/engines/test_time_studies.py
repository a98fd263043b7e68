"""The weights of a time study are the same on DuckDB and on Spark."""

from __future__ import annotations

import pytest

from closeout.duties.pack import load_pack
from closeout.workload.study.weights import weights_of
from tests.engines.conftest import SPARK

pytestmark = SPARK


def test_time_studies_give_the_same_weights(duck_engine, spark_engine, snapshot):
    pack = load_pack()
    here, there = (
        {
            (one.activity, one.office_id, one.kind): one
            for one in weights_of(engine, snapshot, pack, snapshot.as_of).all
        }
        for engine in (duck_engine, spark_engine)
    )
    assert list(here) == list(there)
    for key, one in here.items():
        other = there[key]
        assert (one.grade, one.reason, one.officers) == (other.grade, other.reason, other.officers), key
        assert one.minutes == pytest.approx(other.minutes), key
        assert (one.low, one.high) == pytest.approx((other.low, other.high)), key
