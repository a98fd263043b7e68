"""Empty tables and columns are said in a line each, and only where something is looked for in them."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from closeout.assess import Rules, assess_records, load_rules
from closeout.assess.emptiness import NO_ROW, emptiness
from closeout.records.snapshot import MANIFEST, open_snapshot, sha256_of

DAY = date(2026, 9, 30)
TO_DO = "if the agency keeps it, check the export and its mapping"


@pytest.fixture(scope="module")
def rules(pack) -> Rules:
    return load_rules(pack)


def rewrite(folder, table, change) -> None:
    """Change the rows of a table, and what the manifest says of its files."""
    said = json.loads((folder / MANIFEST).read_text())
    for part in said["tables"][table]:
        path = folder / part["path"]
        rows = change(pq.read_table(path))
        pq.write_table(rows, path)
        part |= {"rows": rows.num_rows, "sha256": sha256_of(path)}
    (folder / MANIFEST).write_text(json.dumps(said))


def none_of(*names):
    """Return what empties columns."""

    def change(rows):
        for name in names:
            at = rows.schema.get_field_index(name)
            kind = rows.schema.field(at)
            rows = rows.set_column(at, kind, pa.nulls(rows.num_rows, kind.type))
        return rows

    return change


def no_row(rows):
    return rows.slice(0, 0)


def said(folder, rules) -> list[str]:
    return emptiness(open_snapshot(folder), rules.pack, rules.measures)


def test_of_whole_records_nothing_is_said(small, rules):
    assert said(small, rules) == []


def test_an_empty_column_is_one_line_with_what_to_do(records, rules):
    count = open_snapshot(records).manifest.rows("file_reviews")
    rewrite(records, "file_reviews", none_of("completed_on"))
    (line,) = said(records, rules)
    assert line.startswith(f"file_reviews: completed_on is empty in all {count:,} rows; ")
    assert line.endswith(f" find nothing; {TO_DO}")


def test_several_empty_columns_of_a_table_are_one_line(records):
    rewrite(records, "guidance", none_of("decision", "decided_on"))
    (line,) = (line for line in said(records, load_rules(None)) if line.startswith("guidance"))
    assert line.startswith("guidance: decision, decided_on are empty in all ")
    assert line.endswith(
        " look for them and find nothing; if the agency keeps them, check the export and its mapping"
    )


def test_a_column_that_nothing_looks_for_is_not_said(records, rules):
    rewrite(records, "file_reviews", none_of("second_reviewer"))
    assert said(records, rules) == []


def test_an_empty_table_is_one_line_with_what_to_do(records, rules):
    rewrite(records, "file_reviews", no_row)
    (line,) = said(records, rules)
    assert line.startswith("file_reviews: the table holds no row; ")
    assert line.endswith(f" look in it and find nothing; {TO_DO}")


def test_an_empty_table_that_nothing_looks_in_is_not_said(records, rules):
    rewrite(records, "instruments", no_row)
    assert said(records, rules) == []


def test_records_without_a_row_are_one_line(records, rules):
    for table in open_snapshot(records).manifest.tables:
        rewrite(records, table, no_row)
    assert said(records, rules) == [NO_ROW]


def test_the_rest_is_assessed_and_the_line_is_a_note_of_the_assessment(records, rules):
    rewrite(records, "file_reviews", none_of("completed_on"))
    snapshot = open_snapshot(records)
    made, _ = assess_records(snapshot, rules, DAY, followed=(), needs={})
    lines = said(records, rules)
    assert [note for note in made.notes if note.startswith("file_reviews:")] == lines
    by_code = {one.measure.code: one for one in made.measured}
    assert by_code["cases-open"].total.figure.value
