"""The small example agency in memory, with every measure of the pack compiled over it once."""

import json
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.evidence.measures.read import load_measures
from closeout.records.example import write_example
from closeout.records.snapshot import arrow_schema
from tests.evidence.content.moving import Agency


@pytest.fixture(scope="session")
def agency(tmp_path_factory):
    """Return the agency, and the keys of what is planted in it by the defect's name.

    Of each measure the newest period alone: past ones are counted the same way, and take long.
    """
    snapshot = write_example(tmp_path_factory.mktemp("example") / "small", size="small", seed=7)
    pack, opened = load_pack(), connect(threads=2)
    measures = tuple(replace(measure, series=None) for measure in load_measures(None, pack))
    rows = {name: rows_of(snapshot, name) for name in snapshot.manifest.tables}
    made = Agency(opened, pack, measures, snapshot.as_of, rows)
    listed = json.loads((snapshot.folder / "defects.json").read_text())
    yield made.prepare(), {entry["id"]: entry["keys"] for entry in listed}
    opened.close()


def rows_of(snapshot, name):
    schema = arrow_schema(name)
    read = [pq.read_table(file, partitioning=None).select(schema.names) for file in snapshot.files(name)]
    return pa.concat_tables(read).cast(schema) if read else schema.empty_table()
