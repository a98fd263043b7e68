"""Every declared table says what a newcomer needs to know, and its references lead somewhere."""

from __future__ import annotations

import re

import polars as pl

from closeout.records.tables import ROOMS, SCHEMA_VERSION, TABLES, casework, table_name
from tests.each import for_each

NUMBERS = ("Int64", "Float64")
# The items of the systems list: A1 to J1, and E, which is one item.
NOT_DATES = ("decision", "reason", "section", "question", "version", "position", "region")
SECTION = re.compile(r"[A-J][0-9]{1,2}|E")
REFERENCES = [
    (table, name, to) for table, declared in TABLES.items() for name, to in declared.references().items()
]


@for_each("table", TABLES)
def test_a_table_says_what_a_row_is_and_who_needs_it(table):
    declared = TABLES[table]
    said = (declared.__doc__ or "").strip()
    assert said.splitlines()[0].endswith((".", ")."))
    assert "A table of an agency's records" not in said, "the docstring is the base's"
    assert SECTION.fullmatch(declared.section)


@for_each("table", TABLES)
def test_a_table_has_one_key_that_cannot_be_empty(table):
    key = TABLES[table].columns()[TABLES[table].key()]
    assert not key.nullable
    assert type(key).__name__ in {"Int64", "String"}


@for_each("table", TABLES)
def test_a_file_is_sorted_by_columns_it_has(table):
    assert set(TABLES[table].cluster_by) <= set(TABLES[table].columns())


@for_each("table", TABLES)
def test_each_column_says_its_meaning(table):
    said = {name: made.description or "" for name, made in TABLES[table].columns().items()}
    assert [name for name, words in said.items() if not words.endswith(".") or not words[0].isupper()] == []


@for_each("table", TABLES)
def test_each_quantity_says_its_unit(table):
    quantities = {
        name: made
        for name, made in TABLES[table].columns().items()
        if type(made).__name__ in NUMBERS and not made.primary_key and name not in TABLES[table].references()
    }
    assert [name for name, made in quantities.items() if not (made.metadata or {}).get("unit")] == []


@for_each("table", TABLES)
def test_names_follow_the_house_style(table):
    ends = {"Datetime": ("_at",), "Date": ("_on", "_from", "_to", "_until")}
    for name, made in TABLES[table].columns().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
        assert name.endswith(ends.get(type(made).__name__, ("",))), name
        assert not name.endswith(("_on", "_at")) or type(made).__name__ in ends or name in NOT_DATES


@for_each("table", TABLES)
def test_choices_are_words_told_apart(table):
    for name, made in TABLES[table].columns().items():
        words = list(getattr(made, "categories", ["one"]))
        assert len(words) == len(set(words)) >= 1, name
        assert all(re.fullmatch(r"[A-Za-z0-9_]+", word) and len(word) <= 40 for word in words), name


def test_references_lead_to_declared_keys_of_their_type():
    assert len(REFERENCES) > 150
    for table, name, to in REFERENCES:
        target = TABLES[to].columns()[TABLES[to].key()]
        assert type(TABLES[table].columns()[name]) is type(target), f"{table}.{name}"


@for_each("table", TABLES)
def test_its_rules_can_be_run_on_an_empty_table(table):
    kinds = {name: column.dtype for name, column in TABLES[table].columns().items()}
    assert TABLES[table].is_valid(pl.DataFrame(schema=kinds))


def test_a_table_is_called_by_its_class():
    assert table_name(casework.DocketMemberships) == "docket_memberships"
    assert TABLES["docket_memberships"] is casework.DocketMemberships
    assert len(TABLES) == len(set(TABLES.values()))


def test_every_room_has_tables_and_no_table_two_rooms():
    rooms = [declared.__module__ for declared in TABLES.values()]
    assert set(rooms) == {room.__name__ for room in ROOMS}


def test_the_parts_of_the_systems_list_that_records_serve_all_have_tables():
    assert {declared.section[0] for declared in TABLES.values()} >= set("ABCDEFGHI")


def test_sites_and_time_studies_made_it_version_two():
    assert SCHEMA_VERSION == 2
