"""Checking through a mapping: made-up files, and the real public tables where they are on this machine."""

from pathlib import Path

import polars as pl
import pytest

import closeout
from closeout.records.checking import delimited
from closeout.records.mapping import load_mapping
from tests.records.checking.made import AS_OF, checked, only, rules, table_of

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
SHIPPED = Path(closeout.__file__).parent / "records" / "mappings"
RULE = """
title: Courts
sources:
- file: courts.csv
  drop:
    "not needed": [Judge]
  tables:
    docket_counts:
      columns:
        count_id: {number_of: [Court, Kind]}
        office_id: Court
        docket: {from: Kind, codes: {detained: [Det., D], juvenile: [Juv.]}}
        period_from: {from: Year, date: "%Y", edge: first}
        period_to: {from: Year, date: "%Y", edge: last}
        opening: {from: Start, number: yes}
        came_in: {from: In, number: yes}
        went_out: {from: Out, number: yes}
        closing: {from: End, number: yes}
      leave_out:
      - reason: a heading
        when: {Kind: [Kind]}
"""
ROWS = """Court,Kind,Year,Start,In,Out,End,Judge
First,Det.,2024,10,"1,000",3,1007,Jane Roe
First,Juv.,2024,1,1,1,1,
Court,Kind,Year,Start,In,Out,End,
First,Other,2024,1,1,1,1,
Second,D,2024,5,1,1
Second,Juv.,2024,5,x,1,5,
"""


@pytest.fixture
def mapping(tmp_path):
    (tmp_path / "map.yaml").write_text(RULE)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/courts.csv").write_text(ROWS)
    return load_mapping(tmp_path / "map.yaml")


def test_rows_are_brought_to_the_declared_columns_and_checked(tmp_path, mapping):
    report = checked(tmp_path / "in", mapping=mapping)
    table = only(report)
    assert (table.table, table.read, table.accepted) == ("docket_counts", 5, 2)
    found = rules(table)
    assert (found["unmapped", "docket"], found["ragged", ""]) == (1, 1)
    assert [one.holds for one in report.reconciliations] == [True, True]


def test_what_is_left_out_and_not_known_is_listed(tmp_path, mapping):
    left = only(checked(tmp_path / "in", mapping=mapping)).files[0].left
    assert left.left_out == {"a heading": 1}
    assert left.unmapped["docket", "Other"] == 1
    assert left.unknown == ["Judge"]


def test_an_original_spelling_is_kept_with_its_row_and_an_untaken_column_is_not(tmp_path, mapping):
    checked(tmp_path / "in", mapping=mapping, out=tmp_path / "out")
    kept = pl.read_parquet(tmp_path / "out/quarantine/docket_counts.parquet")
    (row,) = kept.filter(
        pl.col("_rules").list.contains("unmapped") & (pl.col("docket") == "Other")
    ).to_dicts()
    assert (row["_file"], row["_row"]) == ("courts.csv", 4)
    for path in (tmp_path / "out").rglob("*.parquet"):
        assert b"Jane" not in path.read_bytes()


def test_small_blocks_give_the_same_as_large_ones(tmp_path, mapping, monkeypatch):
    lines = ROWS.splitlines()
    rows = [lines[1].replace("First", f"Court {n}") for n in range(3000)] + lines[4:]
    (tmp_path / "in/courts.csv").write_text("\n".join([lines[0], *rows]) + "\n")
    large = only(checked(tmp_path / "in", mapping=mapping))
    monkeypatch.setitem(delimited.Delimited.__init__.__kwdefaults__, "block", 2000)
    small = only(checked(tmp_path / "in", mapping=mapping))
    assert (small.read, small.accepted, rules(small)) == (large.read, large.accepted, rules(large))
    assert small.broken == large.broken


@pytest.fixture(scope="module")
def public():
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not on this machine")
    return checked(SHARED, mapping=load_mapping(SHIPPED, beside=SHARED), as_of=AS_OF.replace(year=2027))


def test_the_public_tables_are_read_whole(public):
    assert public.read > 80_000
    assert len(public.tables) >= 13
    assert not any(table.problems for table in public.tables)


def test_the_70_rows_of_the_family_courts_that_do_not_balance_are_reported(public):
    missed = [one for one in public.unreconciled if one.kind == "flow"]
    assert len(missed) == 70
    assert {one.examples[0].file.rsplit("/", 1)[-1] for one in missed} == {
        "hawaii_family_pending_filed_terminated.csv"
    }


def test_the_office_sum_that_misses_the_printed_total_by_21_is_reported(public):
    (one,) = [
        one for one in public.unreconciled if one.kind == "parts" and one.where["across"] == "office_id"
    ]
    assert (one.said, one.counted, one.difference) == (297_994, 297_973, -21)


def test_the_status_spellings_that_no_rule_fits_are_listed_with_their_rows(public):
    files = table_of(public, "published_counts").files
    (file,) = [file for file in files if file.taken.name.endswith("ero_case_status_raw_counts_iceair.csv")]
    resolved, of, *_ = file.left.rates["category"]
    assert of == 947
    assert resolved + len(file.left.unmapped) >= of - 1
