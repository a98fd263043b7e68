"""Templates: every declared column, and an example row that holds by every rule."""

from __future__ import annotations

import csv
from datetime import date, datetime

import polars as pl
import pyarrow.parquet as pq
import pytest

from closeout.records.examples import TWO_ROWS, example_rows, key_of
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES
from closeout.records.templates import cell_text, write_templates
from tests.each import for_each


@pytest.fixture(scope="module")
def examples():
    """Return the example rows of every table."""
    return {table: example_rows(table) for table in TABLES}


def frame_of(table, rows):
    """Return rows with the declared types, choices as words."""
    kinds = {name: made.dtype for name, made in TABLES[table].columns().items()}
    return pl.DataFrame(
        rows, schema={name: pl.String if isinstance(kind, pl.Enum) else kind for name, kind in kinds.items()}
    )


@for_each("table", TABLES)
def test_an_example_row_keeps_every_declared_rule(examples, table):
    kept, failed = TABLES[table].filter(frame_of(table, examples[table]), cast=True)
    assert failed.counts() == {}
    assert kept.height == len(examples[table])


@for_each("table", TABLES)
def test_an_example_row_refers_to_other_example_rows(examples, table):
    keys = {other: {row[TABLES[other].key()] for row in rows} for other, rows in examples.items()}
    for row in examples[table]:
        for name, to in TABLES[table].references().items():
            assert row[name] is None or row[name] in keys[to], name


@for_each("table", TABLES)
def test_an_example_row_lies_in_the_past_and_shows_most_columns(examples, table):
    for row in examples[table]:
        days = [cell for cell in row.values() if isinstance(cell, date)]
        assert all(day.year == 2024 for day in days)
        assert sum(cell is not None for cell in row.values()) >= 0.75 * len(row)


def test_there_is_one_row_but_where_others_name_two(examples):
    assert {table for table, rows in examples.items() if len(rows) == 2} == set(TWO_ROWS)
    assert {len(rows) for rows in examples.values()} == {1, 2}


def test_a_month_of_cases_adds_up(examples):
    (row,) = examples["docket_counts"]
    assert row["opening"] + row["came_in"] - row["went_out"] == row["closing"]


def test_an_unknown_table_is_an_error():
    with pytest.raises(KeyError):
        example_rows("persons")


def test_keys_have_the_form_of_their_column():
    assert key_of("cases", 1) == "C-000001"
    assert key_of("officers", 2) == "S-1002"
    assert key_of("countries", 1) == "GTM"
    assert key_of("hearings", 1) == 1
    assert key_of("training_requirements", 1) == "TRAINING-REQUIREMENTS-1"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (0.5, "0.5"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29, 9, 30), "2024-02-29T09:30:00"),  # noqa: DTZ001 - the office's own time
        ("a, b", "a, b"),
    ],
)
def test_a_cell_is_written_as_the_check_reads_it(cell, text):
    assert cell_text(cell) == text


def test_csv_templates_have_the_columns_in_order_and_the_row(tmp_path, examples):
    files = write_templates(TABLES, tmp_path / "new")
    assert [file.name for file in files] == [f"{table}.csv" for table in TABLES]
    for table, file in zip(TABLES, files, strict=True):
        header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
        assert header == list(TABLES[table].columns())
        assert rows == [[cell_text(cell) for cell in row.values()] for row in examples[table]]


def test_parquet_templates_have_the_declared_types(tmp_path, examples):
    for file in write_templates(TABLES, tmp_path, form="parquet"):
        found = pq.read_table(file)
        assert found.schema.equals(arrow_schema(file.stem))
        assert found.to_pylist() == examples[file.stem]


def test_nothing_is_overwritten_and_nothing_is_written_by_half(tmp_path):
    (tmp_path / "offices.csv").write_text("mine")
    with pytest.raises(FileExistsError, match=r"offices\.csv is there already"):
        write_templates(["cases", "offices"], tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["offices.csv"]
    assert (tmp_path / "offices.csv").read_text() == "mine"
