"""Rows between Arrow and a database come back as they went in."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.engines.databases import Database, DatabaseError, DiskFullError, open_database, postgres_url

SCHEMA = pa.schema(
    [
        pa.field("key", pa.int64(), nullable=False),
        pa.field("words", pa.string()),
        pa.field("day", pa.date32()),
        pa.field("moment", pa.timestamp("us")),
        pa.field("claim", pa.bool_()),
        pa.field("share", pa.float64()),
        pa.field("count", pa.int64()),
    ]
)
_HEAD = "key bigint PRIMARY KEY, words varchar(500), day date, moment"
_TAIL = "\"count\" bigint, extra varchar(9) DEFAULT 'given'"
TYPES = {
    "sqlite": f"{_HEAD} datetime, claim bool, share real, {_TAIL}",
    "postgresql": f"{_HEAD} timestamptz, claim boolean, share double precision, {_TAIL}",
}
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "words": st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
            "day": st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
            "moment": st.none() | st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001 - no zone
            "claim": st.none() | st.booleans(),
            "share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "count": st.none() | st.integers(-(2**63), 2**63 - 1),
        }
    ),
    max_size=30,
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rows.sqlite3'}"
    return request.getfixturevalue("postgres_server").url


@contextmanager
def table(url: str):
    with open_database(url) as database:
        with database.transaction():
            database.execute("DROP TABLE IF EXISTS held")
            database.execute(f"CREATE TABLE held ({TYPES[database.vendor]})")
        yield database


def rows_of(values: list[dict]) -> pa.Table:
    return pa.Table.from_pylist([{"key": key, **row} for key, row in enumerate(values)], SCHEMA)


def read(database: Database, **asked) -> pa.Table:
    with database.transaction(is_snapshot=True):
        return pa.Table.from_batches(database.read_out("held", SCHEMA, **asked), SCHEMA)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_any_rows_come_back_the_same(url, values):
    rows = rows_of(values)
    with table(url) as database:
        with database.transaction():
            assert database.copy_in("held", SCHEMA, rows.to_batches(7)) == rows.num_rows
        assert read(database, order_by=["key"]).to_pylist() == rows.to_pylist()


def test_a_column_that_starts_with_thousands_of_nulls_keeps_its_type(url):
    empty = dict.fromkeys(SCHEMA.names[1:])
    last = {"words": "ü", "day": date(2026, 1, 2), "claim": False, "share": 0.5, "count": 7}
    rows = rows_of([empty] * 5_000 + [empty | last])
    with table(url) as database:
        with database.transaction():
            database.copy_in("held", SCHEMA, rows.to_batches())
        back = read(database, order_by=["key"])
    assert back.schema == SCHEMA
    assert back.slice(5_000).to_pylist() == rows.slice(5_000).to_pylist()


def test_columns_that_are_not_given_take_their_defaults(url):
    with table(url) as database, database.transaction():
        database.copy_in("held", SCHEMA, rows_of([{}]).to_batches())
        assert database.fetch("SELECT extra FROM held") == [("given",)]


def test_texts_are_sorted_by_code_point_in_each_database(url):
    words = ["b", "B", "a", "A", "ä", "Z", "_", "1", "\U0001f5c2", "\ufb01"]
    with table(url) as database:
        with database.transaction():
            database.copy_in("held", SCHEMA, rows_of([{"words": word} for word in words]).to_batches())
        assert read(database, order_by=["words"])["words"].to_pylist() == sorted(words)


def test_what_is_raised_inside_a_transaction_undoes_it(url):
    with table(url) as database:
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(database)
        assert read(database).num_rows == 0


def _write_and_fail(database: Database) -> None:
    with database.transaction():
        database.copy_in("held", SCHEMA, rows_of([{}]).to_batches())
        database.fetch("SELECT count(*) FROM held")[0][0] / 0


def test_a_row_that_is_refused_undoes_all_rows_and_says_so(url):
    with table(url) as database:
        with pytest.raises(DatabaseError, match=r"(?i)unique"), database.transaction():
            database.copy_in("held", SCHEMA, [*rows_of([{}, {}]).to_batches(), *rows_of([{}]).to_batches()])
        assert read(database).num_rows == 0


def test_a_statement_outside_a_transaction_is_refused(url):
    with table(url) as database:
        with pytest.raises(RuntimeError, match="outside"):
            database.execute("DELETE FROM held")
        with pytest.raises(RuntimeError, match="outside"):
            database.fetch("SELECT 1")


def test_a_snapshot_does_not_see_what_others_write_meanwhile(url):
    with table(url) as database:
        with database.transaction():
            database.copy_in("held", SCHEMA, rows_of([{}]).to_batches())
        if database.vendor == "sqlite":
            database._con.execute("PRAGMA journal_mode=WAL")
        with open_database(url) as other, database.transaction(is_snapshot=True):
            before = list(database.read_out("held", SCHEMA))
            with other.transaction():
                other.execute("DELETE FROM held")
            assert sum(batch.num_rows for batch in database.read_out("held", SCHEMA)) == 1
            assert sum(batch.num_rows for batch in before) == 1
        assert read(database).num_rows == 0


def test_values_are_bound_not_pasted(url):
    with table(url) as database, database.transaction():
        database.copy_in("held", SCHEMA, rows_of([{"words": "it's ?"}, {"words": "x"}]).to_batches())
        assert database.fetch("SELECT key FROM held WHERE words = ?", ["it's ?"]) == [(0,)]


def test_a_value_of_another_type_is_said(tmp_path):
    with table(f"sqlite:///{tmp_path / 'rows.sqlite3'}") as database:
        with database.transaction():
            database.execute("INSERT INTO held (key, day) VALUES (?, ?)", [1, "not a day"])
        with pytest.raises(DatabaseError, match="not of its column's type"):
            read(database)


def test_a_full_disk_is_told_apart(tmp_path, monkeypatch):
    monkeypatch.setattr("closeout.engines.sqlite._START", ("PRAGMA max_page_count=10",))
    with (
        table(f"sqlite:///{tmp_path / 'rows.sqlite3'}") as database,
        pytest.raises(DiskFullError),
        database.transaction(),
    ):
        database.copy_in("held", SCHEMA, rows_of([{"words": "x" * 500}] * 500).to_batches())


@pytest.mark.parametrize("given", ["mysql://here/there", "rows.sqlite3", ""])
def test_an_address_that_names_no_database_is_refused(given):
    with pytest.raises(DatabaseError, match="sqlite:///"), open_database(given):
        pass


def test_a_server_that_does_not_answer_is_said(tmp_path):
    gone = postgres_url(name="x", user="nobody", host=str(tmp_path))
    with pytest.raises(DatabaseError), open_database(gone):
        pass


def test_parts_of_an_address_are_quoted():
    parts = {"name": "a b", "user": "x@y", "password": "p/w:?", "host": "/run/pg", "port": "5433"}
    made = postgres_url(**parts, options={"sslmode": "require"})
    assert made == "postgres://x%40y:p%2Fw%3A%3F@%2Frun%2Fpg:5433/a%20b?sslmode=require"
