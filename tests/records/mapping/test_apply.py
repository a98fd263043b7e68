"""Rows become rows; each is in the frame or counted with the reason."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.records.mapping import Mapping, MappingError

HEAD = "sources:\n- file: a.csv\n  tables:\n    program_counts:\n      columns:\n"
COUNTS = HEAD + (
    "        count_id: {number_of: [day, office, kind]}\n"
    '        as_of_on: {from: day, date: ["%Y-%m-%d", "%m/%d/%Y"], empty: [N/A]}\n'
    "        office_id: {from: office, codes: {ATL: [Atlanta], ALL: [Total]}, weigh_by: n}\n"
    "        category: {from: kind, code: yes}\n"
    "        people: {from: n, number: yes}\n"
)


def only(mapped):
    """Return the one part there is."""
    (part,) = mapped
    return part


@pytest.fixture
def counts(rows):
    """Return rows that are right but for what a test changes."""
    return rows(
        day=["2024-01-31", "1/31/2024", "N/A"],
        office=["Atlanta", "TOTAL ", "Atlntaa"],
        kind=["GPS", "GPS", "GPS"],
        n=["1,200", "1200.0", "7"],
    )


def test_names_dates_numbers_and_codes_become_the_declared_ones(mapping, counts):
    made = only(mapping(COUNTS).apply("a.csv", counts))
    assert made.table == "program_counts"
    assert made.frame["as_of_on"].to_list() == ["2024-01-31", "2024-01-31", None]
    assert made.frame["office_id"].to_list() == ["ATL", "ALL", "Atlntaa"]
    assert made.frame["people"].to_list() == ["1200", "1200", "7"]
    assert made.frame["_row"].to_list() == [1, 2, 3]
    assert made.frame["_row"].dtype == pl.Int64


def test_what_no_rule_fits_stays_as_it_was_and_is_listed(mapping, counts):
    made = only(mapping(COUNTS).apply("a.csv", counts))
    assert made.unmapped == [("as_of_on", "N/A", 1), ("office_id", "Atlntaa", 1)]
    assert made.frame["_unmapped"].to_list() == [None, None, "office_id"]


def test_a_word_declared_empty_is_listed_and_its_row_is_not_refused(mapping, counts):
    made = only(mapping(COUNTS).apply("a.csv", counts[2:].with_columns(office=pl.lit("Atlanta"))))
    assert made.unmapped == [("as_of_on", "N/A", 1)]
    assert made.frame["_unmapped"].to_list() == [None]


def test_the_share_of_coded_values_is_by_rows_and_by_weight(mapping, rows):
    frame = rows(day=["2024-01-31"] * 2, office=["Atlanta", "?"], kind=["a", "b"], n=["30", "10"])
    (rate,) = only(mapping(COUNTS).apply("a.csv", frame)).rates
    assert rate == ("office_id", 1, 2, 30.0, 40.0)


def test_the_row_of_a_chunk_is_the_row_of_the_file(mapping, counts):
    whole = only(mapping(COUNTS).apply("a.csv", counts))
    numbered = counts.with_columns(_row=pl.Series([1, 2, 3], dtype=pl.Int64))
    parts = [only(mapping(COUNTS).apply("a.csv", numbered[at : at + 1])) for at in range(3)]
    assert pl.concat([part.frame for part in parts]).equals(whole.frame)


def test_a_file_nobody_names_becomes_nothing(mapping, counts):
    assert mapping(COUNTS).apply("b.csv", counts) == []
    assert Mapping(()).apply("a.csv", counts) == []


def test_a_column_that_is_missing_is_named_with_the_mapping_line(mapping, counts):
    with pytest.raises(
        MappingError, match=r"mine\.yaml, line 6: a\.csv has no column 'office'; it has day, kind, n"
    ):
        mapping(COUNTS).apply("a.csv", counts.drop("office"))


def test_a_column_named_nowhere_is_reported(mapping, counts):
    made = only(mapping(COUNTS).apply("a.csv", counts.with_columns(lat=pl.lit("33.7"))))
    assert made.dropped == [("lat", "the mapping does not name it")]
    assert "lat" not in made.frame.columns


def test_a_dropped_column_is_reported_with_its_reason(mapping, counts):
    text = COUNTS.replace("- file: a.csv\n", '- file: a.csv\n  drop: {"the boundary": [lat, lon]}\n')
    made = only(mapping(text).apply("a.csv", counts.with_columns(lat=pl.lit("33.7"))))
    assert made.dropped == [("lat", "the boundary")]


def test_rows_are_left_out_with_a_reason_and_counted(mapping, counts):
    text = COUNTS + (
        "      leave_out:\n"
        "      - {reason: a total, when: {office: [TOTAL]}}\n"
        "      - {reason: another kind, unless: {kind: [GPS]}}\n"
        "      - {reason: no number, when: {n: ['']}}\n"
    )
    frame = pl.concat(
        [counts, counts[:1].with_columns(kind=pl.lit("x")), counts[:1].with_columns(n=pl.lit(" "))]
    )
    made = only(mapping(text).apply("a.csv", frame))
    assert made.left_out == [("a total", 1), ("another kind", 1), ("no number", 1)]
    assert made.rows == 5 == made.frame.height + 3
    assert made.frame["_row"].to_list() == [1, 3]


def test_all_conditions_of_a_filter_must_hold(mapping, counts):
    text = COUNTS + "      leave_out: [{reason: both, when: {office: [Atlanta], n: ['7']}}]\n"
    assert only(mapping(text).apply("a.csv", counts)).left_out == []


def test_columns_side_by_side_become_rows(mapping, rows):
    text = COUNTS + "      unpivot: {columns: [GPS, TR], into: kind, values: n}\n"
    made = only(
        mapping(text).apply(
            "a.csv", rows(day=["2024-01-31"] * 2, office=["Atlanta", "Total"], GPS=["1", "2"], TR=["3", "4"])
        )
    )
    told = sorted(made.frame.select("_row", "category", "people").iter_rows())
    assert told == [(1, "GPS", "1"), (1, "TR", "3"), (2, "GPS", "2"), (2, "TR", "4")]
    assert made.rows == 4


EACH = """\
sources:
- file: a.csv
  derive:
    key: {code_of: [name], prefix: F-}
  tables:
    facilities:
      columns:
        facility_id: key
        label: name
        kind: kind
        active_from: {from: day, date: "%Y-%m-%d", among: least}
        active_to: {from: day, date: "%Y-%m-%d", among: most}
      one_each: {last_by: day, reason: an earlier listing}
"""


def test_one_row_is_kept_for_each_key(mapping, rows):
    frame = rows(name=["A", "b", "a "], kind=["x", "y", "z"], day=["2024-03-01", "2024-01-01", "2024-02-01"])
    made = only(mapping(EACH).apply("a.csv", frame))
    assert made.frame["kind"].to_list() == ["x", "y"]
    assert made.frame["active_from"].to_list() == ["2024-02-01", "2024-01-01"]
    assert made.frame["active_to"].to_list() == ["2024-03-01", "2024-01-01"]
    assert made.left_out == [("an earlier listing", 1)]
    assert made.is_one_each
    assert mapping(EACH).is_whole("a.csv")


def test_without_an_order_the_first_row_is_kept(mapping, rows):
    text = EACH.replace("last_by: day, ", "")
    frame = rows(name=["a", "A"], kind=["x", "z"], day=["2024-01-01", "2024-02-01"])
    assert only(mapping(text).apply("a.csv", frame)).frame["kind"].to_list() == ["x"]


def test_a_derived_column_that_does_not_resolve_refuses_the_rows_that_use_it(mapping, rows):
    text = EACH.replace("key: {code_of: [name], prefix: F-}", "key: {from: name, codes: {F-1: [One]}}")
    made = only(
        mapping(text).apply("a.csv", rows(name=["one", "two"], kind=[None, None], day=["2024-01-01"] * 2))
    )
    assert made.frame["_unmapped"].to_list() == [None, "facility_id"]
    assert made.unmapped == [("key", "two", 1)]


def test_the_first_alternative_that_gives_something_is_taken(mapping, rows):
    text = COUNTS.replace(
        "office_id: {from: office, codes: {ATL: [Atlanta], ALL: [Total]}, weigh_by: n}",
        "office_id: [{from: office, codes: {ATL: [Atlanta]}}, {from: other, codes: {BOS: [Boston]}}]",
    )
    frame = rows(
        day=["2024-01-31"] * 4,
        office=["Atlanta", "?", None, "?"],
        other=["Boston", "boston", "Boston", "!"],
        kind=["a", "b", "c", "d"],
        n=["1"] * 4,
    )
    made = only(mapping(text).apply("a.csv", frame))
    assert made.frame["office_id"].to_list() == ["ATL", "BOS", "BOS", "!"]
    assert made.unmapped == [("office_id", "?, !", 1)]


def test_words_are_put_together_replaced_and_filled(mapping, rows):
    text = COUNTS.replace(
        "category: {from: kind, code: yes}",
        'category: {from: [kind, other], join: "-", replace: {"Co.": "County"}, when_empty: NONE}',
    )
    frame = rows(
        day=["2024-01-31"] * 3,
        office=["Atlanta"] * 3,
        kind=["Erie Co.", None, None],
        other=["x", "y", " "],
        n=["1"] * 3,
    )
    made = only(mapping(text).apply("a.csv", frame))
    assert made.frame["category"].to_list() == ["Erie County-x", "y", "NONE"]


def test_an_empty_cell_is_null_and_blanks_around_words_go(mapping, counts):
    frame = counts.with_columns(kind=pl.Series(["  GPS ", "", None]))
    assert only(mapping(COUNTS).apply("a.csv", frame)).frame["category"].to_list() == ["GPS", None, None]


def test_no_rows_give_no_rows(mapping, counts):
    made = only(mapping(COUNTS).apply("a.csv", counts[:0]))
    assert made.frame.height == made.rows == 0
    assert made.unmapped == []


CELL = st.one_of(
    st.none(), st.text(max_size=6), st.sampled_from(["Atlanta", "2024-01-31", "1,200", "Total", "N/A"])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=12))
def test_every_row_is_kept_or_left_out_and_every_misfit_is_listed(mapping, table):
    text = COUNTS + "      leave_out: [{reason: a total, when: {office: [Total]}}]\n"
    frame = pl.DataFrame(table, schema=dict.fromkeys(("day", "office", "kind", "n"), pl.String), orient="row")
    made = only(mapping(text).apply("a.csv", frame))
    assert made.frame.height + sum(count for _, count in made.left_out) == made.rows == frame.height
    refused = made.frame["_unmapped"].drop_nulls().str.split(", ").list.len().sum()
    emptied = sum(count for column, value, count in made.unmapped if (column, value) == ("as_of_on", "N/A"))
    assert sum(count for _, _, count in made.unmapped) == refused + emptied
    assert set(made.frame.filter(pl.col("_unmapped").is_null())["office_id"].drop_nulls()) <= {"ATL", "ALL"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=12), st.data())
def test_the_order_of_rows_changes_no_row(mapping, table, data):
    schema = dict.fromkeys(("day", "office", "kind", "n"), pl.String)
    frame = pl.DataFrame(table, schema=schema, orient="row").with_row_index("_row", offset=1)
    frame = frame.with_columns(pl.col("_row").cast(pl.Int64))
    shuffled = frame[data.draw(st.permutations(range(frame.height)))]
    made = mapping(COUNTS)
    straight, other = (only(made.apply("a.csv", one)).frame.sort("_row") for one in (frame, shuffled))
    assert straight.equals(other)
