"""DuckDB's limits: memory, disk, and nothing fetched."""

import gc
import tempfile
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from closeout.engines import EngineError, connect
from closeout.engines.duck import DuckEngine

ROWS = 3_000_000


@pytest.fixture
def large(tmp_path):
    """Return a file of three million different numbers and texts that sorting must hold at once."""
    path = tmp_path / "large.parquet"
    numbers = pa.array(range(ROWS))
    pq.write_table(pa.table({"n": numbers, "s": numbers.cast(pa.string())}), path)
    return path


def every_row(engine, path):
    schema = pa.schema([pa.field("n", pa.int64()), pa.field("s", pa.string())])
    table = engine.read_parquet("large", [path], schema)
    nth = ibis.row_number().over(ibis.window(order_by=[table.s.desc(), table.n]))
    ordered = table.mutate(nth=nth)
    return ordered.agg(n=(ordered.nth * ordered.n).max())


def test_what_does_not_fit_into_memory_goes_to_disk_and_gives_the_same(large, tmp_path):
    plenty, little = connect(memory_gb=4), connect(memory_gb=0.12, threads=1, spill=tmp_path)
    assert little.to_arrow(every_row(little, large)) == plenty.to_arrow(every_row(plenty, large))
    plenty.close()
    little.close()


def test_the_spill_folder_goes_with_the_engine(tmp_path):
    opened = DuckEngine(spill=tmp_path)
    assert len(list(tmp_path.glob("closeout-spill-*"))) == 1
    opened.close()
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_said_with_what_to_do(large):
    opened = connect(memory_gb=0.01, threads=1)
    with pytest.raises(EngineError, match="allow more memory, use fewer threads"):
        opened.to_arrow(every_row(opened, large))
    opened.close()


def test_a_result_that_cannot_be_written_leaves_nothing_behind(tmp_path, large):
    opened = connect()
    table = opened.from_arrow("rows", pa.table({"n": [1]}))
    with pytest.raises(EngineError, match="cannot read or write a file"):
        opened.to_parquet(table, tmp_path / "absent" / "rows.parquet")
    opened.close()
    assert [one.name for one in tmp_path.iterdir()] == ["large.parquet"]


def test_a_failed_result_leaves_the_earlier_file_as_it_was(tmp_path):
    opened = connect()
    path = tmp_path / "rows.parquet"
    opened.to_parquet(opened.from_arrow("rows", pa.table({"n": [1]})), path)
    before = path.read_bytes()
    numbers = opened.from_arrow("numbers", pa.table({"n": [2**62]}))
    with pytest.raises(Exception, match=r"(?i)overflow|out of range"):
        opened.to_parquet(numbers.select(n=numbers.n * 4), path)
    opened.close()
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["rows.parquet"]


def test_rows_in_memory_are_read_where_they_are():
    rows = pa.table({"n": pa.array(range(1_000_000))})
    before = pa.total_allocated_bytes()
    opened = connect()
    opened.from_arrow("rows", rows)
    assert pa.total_allocated_bytes() == before
    opened.close()


def test_no_extension_is_fetched():
    opened = DuckEngine()
    settings = opened._con.con.sql(
        "select name, value from duckdb_settings() where name like 'auto%extensions'"
    ).fetchall()
    opened.close()
    assert dict(settings) == {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


def test_the_same_question_gives_the_same_bytes(tmp_path):
    opened = connect(threads=2)
    table = opened.from_arrow("rows", pa.table({"n": pa.array(range(100_000))}))
    wanted = table.group_by(k=table.n % 1000).agg(n=table.n.sum()).order_by("k")
    for name in ("one", "two"):
        opened.to_parquet(wanted, tmp_path / f"{name}.parquet")
    opened.close()
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_the_system_folder_for_temporary_files_is_the_default(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened = connect()
    assert [one.parent for one in Path(tmp_path).iterdir()] == [tmp_path]
    opened.close()


def test_results_come_in_the_order_in_which_they_were_asked_for():
    opened = connect(threads=1)
    numbers = opened.from_arrow("numbers", pa.table({"n": range(1000)}))
    asked = [numbers.filter(numbers.n >= least).agg(n=numbers.n.count()) for least in range(0, 1000, 100)]
    found = [rows.to_pylist() for rows in opened.results(iter(asked))]
    opened.close()
    assert found == [[{"n": 1000 - least}] for least in range(0, 1000, 100)]


def test_expressions_are_made_a_few_ahead_and_no_more():
    opened, made = connect(threads=1), []
    numbers = opened.from_arrow("numbers", pa.table({"n": [1]}))

    def expressions():
        for number in range(20):
            made.append(number)
            yield numbers.mutate(more=number)

    furthest = [len(made) - place for place, _ in enumerate(opened.results(expressions()))]
    opened.close()
    assert max(furthest) <= 5  # the one that is given, three that wait, and the one being compiled
    assert made == list(range(20))


def test_results_that_nobody_waits_for_are_called_off(large):
    opened = connect(threads=1)
    one = opened.from_arrow("one", pa.table({"n": [1]}))
    results = opened.results(iter([one, every_row(opened, large), every_row(opened, large)]))
    assert next(results).to_pylist() == [{"n": 1}]
    results.close()
    assert opened.to_arrow(one).to_pylist() == [{"n": 1}]
    opened.close()


def test_an_error_comes_where_its_result_would_have(tmp_path):
    path = tmp_path / "numbers.parquet"
    pq.write_table(pa.table({"n": [1, 2]}), path)
    opened = connect(threads=1)
    rows = opened.read_parquet("numbers", [path], pa.schema([pa.field("n", pa.int64())]))
    path.unlink()
    results = opened.results(iter([opened.from_arrow("one", pa.table({"n": [7]})), rows]))
    assert next(results).to_pylist() == [{"n": 7}]
    with pytest.raises(EngineError, match="cannot read or write a file"):
        next(results)
    opened.close()


def test_compiling_leaves_garbage_collection_as_it_was():
    opened = connect(threads=1)
    one = opened.from_arrow("one", pa.table({"n": [1]}))
    opened.to_arrow(one)
    assert gc.isenabled()
    gc.disable()
    try:
        opened.to_arrow(one)
        assert not gc.isenabled()
    finally:
        gc.enable()
    opened.close()


def test_names_and_paths_with_quotes_are_opened(tmp_path):
    path = tmp_path / "o'clock.parquet"
    pq.write_table(pa.table({'a "b"': pa.array([1, 2])}), path)
    opened = connect()
    rows = opened.read_parquet('it"s', [path], pa.schema([pa.field('a "b"', pa.int64())]))
    assert opened.to_arrow(rows).to_pydict() == {'a "b"': [1, 2]}
    opened.close()


def test_a_table_of_files_is_what_the_engine_says_it_is(tmp_path):
    """The columns are not asked of the engine: the schema is known, and must be what it would answer."""
    columns = {
        "word": pa.string(), "day": pa.date32(), "at": pa.timestamp("us"), "n": pa.int64(),
        "small": pa.int16(), "share": pa.float64(), "is_so": pa.bool_(),
    }  # fmt: skip
    schema = pa.schema([pa.field(name, kind, nullable=name != "word") for name, kind in columns.items()])
    pq.write_table(schema.empty_table(), tmp_path / "rows.parquet")
    opened = DuckEngine()
    rows = opened.read_parquet("rows", [tmp_path / "rows.parquet"], schema)
    assert rows.schema() == opened._con.table("rows").schema()
    assert opened.to_arrow(rows).schema.names == list(columns)
    opened.close()


def test_files_opened_under_a_name_take_the_place_of_rows_and_of_kept_rows(tmp_path):
    pq.write_table(pa.table({"n": pa.array([3])}), tmp_path / "rows.parquet")
    opened = connect()
    schema = pa.schema([pa.field("n", pa.int64())])
    for give in (opened.from_arrow, lambda name, rows: opened.keep(name, ibis.memtable(rows))):
        give("rows", pa.table({"n": pa.array([1, 2])}))
        rows = opened.read_parquet("rows", [tmp_path / "rows.parquet"], schema)
        assert opened.to_arrow(rows).to_pydict() == {"n": [3]}
    opened.close()


def test_a_join_hands_no_filter_to_rows_in_memory_which_would_fail_on_some(duck_engine):
    disabled = duck_engine._con.con.sql("SELECT current_setting('disabled_optimizers')").fetchone()
    assert disabled == ("join_filter_pushdown",)
