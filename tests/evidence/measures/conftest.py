"""The small example agency, measured once for all tests."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables, run_pack, with_past_holders
from closeout.engines import connect
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.run import measure_all
from closeout.records.example import write_example


@pytest.fixture(scope="session")
def pack():
    return load_pack()


@pytest.fixture(scope="session")
def measures(pack):
    return load_measures(None, pack)


@pytest.fixture(scope="session")
def agency(pack, measures, tmp_path_factory):
    """Yield an engine with the example's tables, and all measures over it."""
    snapshot = write_example(tmp_path_factory.mktemp("example") / "small", size="small", seed=5)
    engine = connect(threads=1)
    tables = with_past_holders(engine, open_tables(engine, snapshot))
    measured = measure_all(engine, tables, pack, measures, snapshot.as_of)
    by_code = {one.measure.code: one for one in measured}
    yield SimpleNamespace(
        snapshot=snapshot,
        engine=engine,
        tables=tables,
        as_of=snapshot.as_of,
        measured=measured,
        by_code=by_code,
    )
    engine.close()


@pytest.fixture(scope="session")
def instances(agency, pack):
    """Return every instance of every duty, as dicts by duty."""
    listed = list(run_pack(agency.engine, agency.tables, pack, agency.as_of))
    columns = ("subject", "case_no", "office_id", "due_on", "state", "is_missed")
    found = agency.engine.results(rows.select(*columns) for _, rows in listed)
    return {clause.duty: rows.to_pylist() for (clause, _), rows in zip(listed, found, strict=True)}
