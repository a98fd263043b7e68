"""Polars over files first: what it is known to take as the engines do it does, the rest is asked of one."""

from datetime import date

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from closeout.engines import EngineError, connect
from closeout.engines.files import FilesFirst

SCHEMA = pa.schema([("key", pa.string()), ("day", pa.date32()), ("share", pa.float64())])
ROWS = pa.table(
    {"key": ["a", "b", None], "day": [date(2024, 3, 31), None, date(2024, 2, 29)], "share": [0.5, 0.25, 1.0]},
    schema=SCHEMA,
)


class Asked:
    """An engine that counts how often it is asked."""

    def __init__(self, engine):
        self.name, self.engine, self.times = engine.name, engine, 0

    def read_parquet(self, *given):
        return self.engine.read_parquet(*given)

    def to_arrow(self, expression):
        self.times += 1
        return self.engine.to_arrow(expression)


@pytest.fixture
def asked():
    engine = connect(threads=1)
    yield Asked(engine)
    engine.close()


@pytest.fixture
def rows(tmp_path, asked):
    pq.write_table(ROWS, tmp_path / "rows.parquet")
    files = FilesFirst(asked)
    return files, files.read_parquet("rows", [tmp_path / "rows.parquet"], SCHEMA)


def test_plain_conditions_are_read_from_the_file(rows, asked):
    files, table = rows
    found = files.to_arrow(table.filter(table.day >= ibis.date("2024-03-01")).select("key", "share"))
    assert found.to_pylist() == [{"key": "a", "share": 0.5}]
    assert asked.times == 0


def test_whether_a_column_is_in_another_table_is_said_with_a_join(rows, asked):
    # Null is in no table.
    files, table = rows
    among = table.filter(table.day.notnull())
    found = files.to_arrow(table.select("share", is_in=table.key.isin(among.key).fill_null(False)))
    assert {row["share"]: row["is_in"] for row in found.to_pylist()} == {0.5: True, 0.25: False, 1.0: False}
    assert asked.times == 0


@pytest.mark.parametrize(
    "made",
    [
        lambda table: table.select(day=(table.day - ibis.interval(months=1)).cast("date")),
        lambda table: table.select(is_large=table.share > 0.3),
        lambda table: table.aggregate(share=table.share.sum()),
        lambda table: table.select(key=table.key.upper()),
    ],
    ids=["months", "fractions compared", "fractions added", "letters"],
)
def test_what_may_be_taken_otherwise_is_asked(rows, asked, made):
    files, table = rows
    found = files.to_arrow(made(table))
    assert asked.times == 1
    assert found.equals(asked.engine.to_arrow(made(asked.engine.tables()["rows"])))


def test_a_file_that_lacks_a_column_is_named(tmp_path, asked):
    path = tmp_path / "rows.parquet"
    pq.write_table(ROWS.drop_columns(["day"]), path)
    with pytest.raises(EngineError, match=r"rows\.parquet lacks columns of the table rows: day"):
        FilesFirst(asked).read_parquet("rows", [path], SCHEMA)


def test_a_table_without_files_is_empty(asked):
    files = FilesFirst(asked)
    assert files.to_arrow(files.read_parquet("rows", [], SCHEMA)).num_rows == 0
