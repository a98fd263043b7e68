"""What every engine must do, and do alike."""

from datetime import date, datetime

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from closeout.engines import EngineError

LEAP_DAY = date(2024, 2, 29)
INSTANT = datetime(2024, 3, 10, 2, 30, 0, 123456)  # noqa: DTZ001 - records hold local time, without a zone
SCHEMA = pa.schema(
    [
        pa.field("n", pa.int64()),
        pa.field("x", pa.float64()),
        pa.field("s", pa.string()),
        pa.field("b", pa.bool_()),
        pa.field("d", pa.date32()),
        pa.field("t", pa.timestamp("us")),
    ]
)
ROWS = pa.table(
    {
        "n": [1, 2, None, 4],
        "x": [0.1, None, -2.5, 1e300],
        "s": ["é", None, "", "b"],
        "b": [True, False, None, True],
        "d": [LEAP_DAY, date(1899, 12, 31), None, date(9999, 12, 31)],
        "t": [INSTANT, None, datetime(1970, 1, 1), datetime(2024, 11, 3, 1, 30)],  # noqa: DTZ001
    },
    schema=SCHEMA,
)


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / "part-000.parquet", tmp_path / "part-001.parquet"]
    pq.write_table(ROWS.slice(0, 2), paths[0])
    pq.write_table(ROWS.slice(2), paths[1])
    return paths


def by_n(rows):
    return rows.sort_by([("n", "ascending")]).to_pylist()


def test_every_plain_type_comes_back_as_it_went_in(engine):
    table = engine.from_arrow("rows", ROWS)
    found = engine.to_arrow(table)
    assert found.schema == SCHEMA
    assert by_n(found) == by_n(ROWS)


def test_files_are_one_table_with_the_columns_that_were_asked_for(engine, files):
    asked = pa.schema([SCHEMA.field("t"), SCHEMA.field("n"), pa.field("d", pa.date32())])
    found = engine.to_arrow(engine.read_parquet("some", files, asked))
    assert found.schema == asked
    assert by_n(found) == by_n(ROWS.select(["t", "n", "d"]))


def test_what_is_kept_stays_as_it_was_worked_out(engine):
    table = engine.from_arrow("changing", ROWS)
    kept = engine.keep("kept", table.filter(table.n > 1).select("n", "s"))
    again = engine.keep("kept", kept.filter(kept.n > 2))
    assert by_n(engine.to_arrow(again)) == [{"n": 4, "s": "b"}]
    assert engine.tables()["kept"].columns == ("n", "s")


def test_a_name_can_be_kept_and_then_given_to_rows(engine):
    engine.keep("numbers", ibis.memtable(pa.table({"n": [1, 2]})))
    rows = engine.from_arrow("numbers", pa.table({"m": [3]}))
    assert engine.to_arrow(rows).to_pylist() == [{"m": 3}]


def test_results_are_those_of_each_expression(engine):
    table = engine.from_arrow("rows", ROWS)
    asked = [table.filter(table.n == number).select("n") for number in (4, 1)]
    assert [found.to_pylist() for found in engine.results(asked)] == [[{"n": 4}], [{"n": 1}]]


def test_a_table_without_files_is_empty_and_has_its_columns(engine):
    table = engine.read_parquet("none", [], SCHEMA)
    found = engine.to_arrow(table)
    assert (found.num_rows, found.schema) == (0, SCHEMA)
    assert engine.to_arrow(table.group_by("s").agg(n=table.count())).num_rows == 0


def test_every_table_is_known_by_its_name(engine, files):
    engine.from_arrow("first", ROWS)
    engine.read_parquet("second", files, SCHEMA)
    assert {"first", "second"} <= set(engine.tables())
    assert engine.to_arrow(engine.tables()["second"].count().as_table()).num_rows == 1


def test_a_name_used_again_means_the_new_rows(engine, files):
    engine.from_arrow("again", ROWS)
    assert engine.to_arrow(engine.from_arrow("again", ROWS.slice(0, 1))).num_rows == 1
    assert engine.to_arrow(engine.read_parquet("again", files, SCHEMA)).num_rows == 4
    assert engine.to_arrow(engine.from_arrow("again", ROWS.slice(0, 2))).num_rows == 2


def test_encoded_texts_and_narrow_numbers_become_plain(engine):
    rows = pa.table(
        {
            "s": pa.array(["a", None, "a"]).dictionary_encode(),
            "l": pa.array(["a", "b", None], pa.large_string()),
            "i": pa.array([1, None, 3], pa.int16()),
            "d": pa.array([LEAP_DAY, None, None], pa.date64()),
            "t": pa.array([INSTANT, None, None], pa.timestamp("ns")),
            "z": pa.nulls(3),
        }
    )
    found = engine.to_arrow(engine.from_arrow("encoded", rows))
    assert [str(kind) for kind in found.schema.types] == [
        *("string", "string", "int64", "date32[day]", "timestamp[us]", "string")
    ]
    assert found.column("s").to_pylist() == ["a", None, "a"]
    assert found.column("t").to_pylist() == [INSTANT, None, None]


def test_a_dictionary_in_a_file_is_text(engine, tmp_path):
    path = tmp_path / "words.parquet"
    pq.write_table(pa.table({"s": pa.array(["a", None, "b"]).dictionary_encode()}), path)
    found = engine.read_parquet("words", [path], pa.schema([pa.field("s", pa.string())]))
    assert sorted(engine.to_arrow(found.drop_null()).column("s").to_pylist()) == ["a", "b"]


def test_months_clamp_to_the_end_of_the_month(engine):
    table = engine.from_arrow("days", pa.table({"d": [date(2024, 1, 31), LEAP_DAY, date(2023, 12, 31)]}))
    moved = table.select(d=table.d, m=table.d + ibis.interval(months=1), y=table.d + ibis.interval(months=12))
    found = {row["d"]: row for row in engine.to_arrow(moved).to_pylist()}
    assert found[date(2024, 1, 31)]["m"] == date(2024, 2, 29)
    assert found[LEAP_DAY]["y"] == date(2025, 2, 28)
    assert found[date(2023, 12, 31)]["m"] == date(2024, 1, 31)


def test_differences_of_days_and_parts_of_dates_are_whole_numbers(engine):
    table = engine.from_arrow("days", pa.table({"d": [LEAP_DAY], "e": [date(2025, 3, 1)]}))
    row = engine.to_arrow(table.select(n=table.e.delta(table.d, unit="day"), w=table.d.day_of_week.index()))
    assert row.to_pylist() == [{"n": 366, "w": 3}]


def test_instants_know_no_zone_and_no_summer_time(engine):
    # 02:30 does not exist on this day in the eastern United States.
    table = engine.from_arrow("instants", pa.table({"t": pa.array([INSTANT], pa.timestamp("us"))}))
    later = table.select(t=table.t + ibis.interval(hours=1), d=table.t.date(), h=table.t.hour().cast("int64"))
    assert engine.to_arrow(later).to_pylist() == [
        {"t": datetime(2024, 3, 10, 3, 30, 0, 123456), "d": date(2024, 3, 10), "h": 2}  # noqa: DTZ001
    ]


def test_nulls_come_last_whether_the_order_rises_or_falls(engine):
    table = engine.from_arrow("rows", ROWS)
    up = engine.to_arrow(table.order_by(table.s.asc())).column("s").to_pylist()
    down = engine.to_arrow(table.order_by(table.s.desc())).column("s").to_pylist()
    assert up == ["", "b", "é", None]
    assert down == ["é", "b", "", None]


def test_nulls_come_last_in_a_window_too(engine):
    table = engine.from_arrow("rows", ROWS)
    nth = ibis.row_number().over(ibis.window(order_by=table.s.asc()))
    found = engine.to_arrow(table.select(s=table.s, nth=nth.cast("int64")))
    assert {row["s"]: row["nth"] for row in found.to_pylist()} == {"": 0, "b": 1, "é": 2, None: 3}


def test_a_small_table_inside_an_expression_is_found(engine):
    words = ibis.memtable(pa.table({"n": [1, 2], "word": ["one", "two"]}))
    table = engine.from_arrow("rows", ROWS)
    found = engine.to_arrow(table.join(words, "n").select("n", "word"))
    assert by_n(found) == [{"n": 1, "word": "one"}, {"n": 2, "word": "two"}]


def test_batches_are_the_rows_and_none_is_longer_than_asked(engine):
    table = engine.from_arrow("many", pa.table({"n": pa.array(range(10_000))}))
    batches = list(engine.to_batches(table.order_by("n"), rows=3_000))
    assert max(batch.num_rows for batch in batches) <= 3_000
    assert pa.Table.from_batches(batches).column("n").to_pylist() == list(range(10_000))


def test_a_result_is_one_parquet_file_with_exact_types(engine, tmp_path):
    table = engine.from_arrow("rows", ROWS)
    path = tmp_path / "out" / "result.parquet"
    path.parent.mkdir()
    assert engine.to_parquet(table, path) == ROWS.num_rows
    assert [one.name for one in path.parent.iterdir()] == ["result.parquet"]
    assert pq.read_table(path).schema.equals(SCHEMA)
    assert by_n(pq.read_table(path)) == by_n(ROWS)


def test_the_statement_that_ran_can_be_shown(engine):
    table = engine.from_arrow("rows", ROWS)
    assert "GROUP BY" in engine.sql(table.group_by("s").agg(n=table.count()))


def test_a_file_that_is_no_parquet_is_named(engine, tmp_path):
    broken = tmp_path / "part-000.parquet"
    broken.write_bytes(b"this is no Parquet file")
    with pytest.raises(EngineError, match=r"part-000\.parquet.*cannot be read as Parquet"):
        engine.read_parquet("cases", [broken], SCHEMA)


def test_a_file_that_lacks_a_column_is_named_with_the_column(engine, files):
    pq.write_table(ROWS.drop_columns(["d"]), files[1])
    with pytest.raises(EngineError, match=r"part-001\.parquet lacks columns of the table cases: d"):
        engine.read_parquet("cases", files, SCHEMA)


def test_a_file_whose_column_is_of_another_kind_is_named_with_both(engine, files):
    at = ROWS.schema.get_field_index("n")
    pq.write_table(ROWS.set_column(at, "n", pa.array(["thirty"] * ROWS.num_rows)), files[1])
    with pytest.raises(EngineError, match=r"part-001\.parquet: column n of .* is string, not int64"):
        engine.read_parquet("cases", files, SCHEMA)


def test_a_column_in_fewer_bits_is_read(engine, files):
    at = ROWS.schema.get_field_index("n")
    for file in files:
        pq.write_table(ROWS.set_column(at, "n", pa.array([3] * ROWS.num_rows, pa.int16())), file)
    found = engine.to_arrow(engine.read_parquet("cases", files, SCHEMA).select("n"))
    assert set(found.column("n").to_pylist()) == {3}


def test_a_file_damaged_inside_is_named(engine, tmp_path):
    path = tmp_path / "damaged.parquet"
    pq.write_table(pa.table({"n": pa.array(range(50_000))}), path, compression="snappy", use_dictionary=False)
    whole = bytearray(path.read_bytes())
    whole[100:2_000] = bytes(1_900)
    path.write_bytes(whole)
    table = engine.read_parquet("numbers", [path], pa.schema([pa.field("n", pa.int64())]))
    with pytest.raises(EngineError, match=r"damaged\.parquet"):
        engine.to_arrow(table.agg(n=table.n.sum()))


def test_a_number_too_large_is_an_error_on_every_engine(engine):
    table = engine.from_arrow("numbers", pa.table({"n": [2**62, 2**62, 2**62]}))
    with pytest.raises(Exception, match=r"(?i)overflow|out of range"):
        engine.to_arrow(table.select(n=table.n * 4))
