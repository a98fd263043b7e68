from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.records.checking.values import lenient, type_of, typed
from closeout.records.tables import TABLES

COLUMNS = {
    "Int64": TABLES["time_entries"].columns()["minutes"],
    "Float64": TABLES["officers"].columns()["contracted_hours"],
    "Bool": TABLES["cases"].columns()["is_detained"],
    "Date": TABLES["cases"].columns()["opened_on"],
    "Datetime": TABLES["desk_contacts"].columns()["received_at"],
    "Enum": TABLES["cases"].columns()["state"],
    "String": TABLES["offices"].columns()["label"],
}
AT = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - local times carry no zone


def quickly(kind: str, cell: object, dtype: pl.DataType | None = None) -> object:
    frame = pl.DataFrame({"c": pl.Series([cell], dtype=dtype)})
    return frame.select(typed(COLUMNS[kind], pl.col("c"), frame.schema["c"])).item()


def leniently(kind: str, cell: object) -> object:
    frame = pl.DataFrame({"c": [cell]}).select(lenient(COLUMNS[kind], pl.col("c")))
    return frame.select(typed(COLUMNS[kind], pl.col("c"), pl.String())).item()


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("Int64", "42", 42),
        ("Int64", "007", 7),
        ("Int64", "-1", -1),
        ("Float64", "37.5", 37.5),
        ("Bool", "true", True),
        ("Bool", "True", True),
        ("Bool", "0", False),
        ("Date", "2024-02-29", date(2024, 2, 29)),
        ("Datetime", "2026-01-02T03:04:05", AT),
        ("Datetime", "2026-01-02 03:04:05.000000", AT),
        ("Enum", "open", "open"),
        ("String", " as it is ", " as it is "),
    ],
)
def test_a_cell_of_its_type_is_read(kind, cell, value):
    assert quickly(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("Int64", "3.5"),
        ("Int64", "many"),
        ("Int64", "1e3"),
        ("Int64", "9223372036854775808"),
        ("Int64", "1,000"),
        ("Float64", "1,5"),
        ("Bool", "yes"),
        ("Bool", "2"),
        ("Date", "02/29/2024"),
        ("Date", "2023-02-29"),
        ("Date", "20240229"),
        ("Date", "29.02.2024"),
        ("Date", "2024-01-05T10:00:00"),
        ("Datetime", "2026-01-02T03:04:05Z"),
        ("Datetime", "2026-01-02T03:04:05+02:00"),
        ("Datetime", "2026-01-02"),
        ("Enum", "Open"),
        ("Enum", "ajar"),
    ],
)
def test_a_cell_of_another_type_is_null_even_leniently(kind, cell):
    assert quickly(kind, cell) is None
    assert leniently(kind, cell) is None


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("Int64", " 42 ", 42),
        ("Int64", "3.0", 3),
        ("Int64", "3.", 3),
        ("Int64", "+3", 3),
        ("Date", "2024-01-05 00:00:00", date(2024, 1, 5)),
        ("Date", "2024-01-05T00:00:00.000", date(2024, 1, 5)),
        ("Datetime", "2026-01-02 03:04", datetime(2026, 1, 2, 3, 4)),  # noqa: DTZ001
        ("Bool", "true\t", True),
        ("Enum", " open", "open"),
        ("String", "  ", None),
        ("String", " North ", "North"),
    ],
)
def test_what_can_only_mean_one_thing_is_taken_leniently(kind, cell, value):
    assert leniently(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "dtype", "value"),
    [
        ("Int64", 7, pl.Int8(), 7),
        ("Int64", 7, pl.UInt64(), 7),
        ("Int64", 1 << 63, pl.UInt64(), None),
        ("Float64", 7, pl.Int64(), 7.0),
        ("Float64", 1.5, pl.Float32(), 1.5),
        ("Bool", True, pl.Boolean(), True),
        ("Bool", 1, pl.Int64(), True),
        ("Date", date(2026, 1, 2), pl.Date(), date(2026, 1, 2)),
        ("Datetime", AT, pl.Datetime("ms"), AT),
        ("String", 7, pl.Int64(), "7"),
    ],
)
def test_a_cell_that_has_a_type_already_is_taken_by_it(kind, cell, dtype, value):
    assert quickly(kind, cell, dtype) == value


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("Int64", 3.0, 3),
        ("Int64", 3.5, None),
        ("Date", datetime(2026, 1, 2), date(2026, 1, 2)),  # noqa: DTZ001
        ("Date", AT, None),
    ],
)
def test_another_type_is_taken_leniently_only_if_nothing_is_lost(kind, cell, value):
    assert leniently(kind, cell) == value


def test_a_time_with_a_zone_is_refused():
    assert quickly("Datetime", datetime(2026, 1, 2, tzinfo=UTC)) is None


@given(number=st.integers(-(1 << 63), (1 << 63) - 1))
def test_every_whole_number_of_64_bits_is_read(number):
    assert quickly("Int64", str(number)) == number


@given(day=st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_iso_date_is_read(day):
    assert quickly("Date", day.isoformat()) == day


@given(text=st.text(st.characters(blacklist_categories=("Cs",)), max_size=30))
@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_reading_leniently_takes_all_that_is_read_quickly_but_for_blanks(kind, text):
    value = quickly(kind, text)
    if value is not None and kind != "String":
        assert leniently(kind, text) == value


def test_every_declared_column_has_a_type_here():
    for table in TABLES.values():
        for column in table.columns().values():
            assert type_of(column) in {
                pl.String(),
                pl.Int64(),
                pl.Float64(),
                pl.Boolean(),
                pl.Date(),
                pl.Datetime("us"),
            }
