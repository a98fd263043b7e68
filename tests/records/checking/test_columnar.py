from datetime import date, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from closeout.records.checking.columnar import Columnar


def opened(folder: Path, frame: pl.DataFrame | pa.Table, **more) -> Columnar:
    path = folder / "offices.parquet"
    table = frame.to_arrow() if isinstance(frame, pl.DataFrame) else frame
    parquet.write_table(table, path, **more)
    return Columnar(path, "offices.parquet")


def rows(file: Columnar) -> pl.DataFrame:
    return pl.concat([chunk.rows for chunk in file.chunks(range(len(file.facts.columns)))])


def test_columns_keep_their_types_and_rows_are_counted_from_one(tmp_path):
    file = opened(tmp_path, pl.DataFrame({"a": [5, None], "b": [date(2026, 1, 2), None]}))
    assert file.facts.columns == ["a", "b"]
    assert rows(file).rows() == [(1, 5, date(2026, 1, 2)), (2, None, None)]
    assert rows(file).schema == {"_row": pl.Int64, "0": pl.Int64, "1": pl.Date}


def test_empty_text_is_null(tmp_path):
    assert rows(opened(tmp_path, pl.DataFrame({"a": ["", "x", None]})))["0"].to_list() == [None, "x", None]


def test_categories_are_text(tmp_path):
    file = opened(tmp_path, pl.DataFrame({"a": pl.Series(["x", None], dtype=pl.Categorical)}))
    assert rows(file)["0"].to_list() == ["x", None]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (pl.Series([["x"], None]), "(list)"),
        (pl.Series([{"x": 1}, None]), "(struct)"),
        (pl.Series([b"\xff", None]), "(binary)"),
    ],
)
def test_what_is_no_cell_is_said_and_not_read(tmp_path, column, said):
    assert rows(opened(tmp_path, pl.DataFrame({"a": column})))["0"].to_list() == [said, None]


def test_times_stay_times(tmp_path):
    moment = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - local times carry no zone
    assert rows(opened(tmp_path, pl.DataFrame({"a": [moment]})))["0"].to_list() == [moment]


def test_rows_are_counted_even_where_no_column_is_asked_for(tmp_path):
    file = opened(tmp_path, pl.DataFrame({"a": [1, 2, 3]}))
    assert sum(chunk.read for chunk in file.chunks([])) == 3


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\x00" * 100 + b"PAR1", b"office_id,label\n"])
def test_what_is_no_parquet_is_a_problem(tmp_path, data):
    path = tmp_path / "offices.parquet"
    path.write_bytes(data)
    file = Columnar(path, "offices.parquet")
    assert list(file.chunks([0])) == []
    assert file.facts.problems == ["cannot be read as Parquet: it is cut off or damaged"]


def test_a_file_cut_short_is_a_problem(tmp_path):
    opened(tmp_path, pl.DataFrame({"a": range(1000)}))
    path = tmp_path / "offices.parquet"
    path.write_bytes(path.read_bytes()[:-200])
    assert Columnar(path, "offices.parquet").facts.problems


def test_rows_that_the_footer_promises_and_the_file_does_not_yield_are_unreadable(tmp_path):
    frame = pl.DataFrame({"a": [f"office {n}" for n in range(3000)]})
    opened(tmp_path, frame, row_group_size=1000, compression="zstd")
    path = tmp_path / "offices.parquet"
    data = bytearray(path.read_bytes())
    last = parquet.ParquetFile(path).metadata.row_group(2).column(0)
    start = last.dictionary_page_offset or last.data_page_offset
    data[start : start + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))
    file = Columnar(path, "offices.parquet")
    chunks = list(file.chunks([0]))
    assert sum(chunk.read for chunk in chunks) == 3000
    assert chunks[-1].unreadable.height >= 1000
    assert file.facts.problems[0].startswith("damaged after row")
