"""The rows set aside, said by the commands that stand on the hours ledger; the records are made by hand."""

from __future__ import annotations

from datetime import date

import ibis
import pytest
from rich.console import Console

from closeout.cli.set_aside import rows_set_aside, show_set_aside
from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.workload.parameters import Parameters

OFFICER = {
    "office_id": "F01",
    "unit_id": None,
    "role": "deportation_officer",
    "entered_on": date(2020, 1, 6),
    "active_from": date(2020, 1, 6),
    "active_to": None,
    "contracted_hours": 40.0,
}
ABSENCE = {"kind": "annual", "from_on": date(2026, 9, 1), "to_on": date(2026, 9, 1)}


def _tables(officers: list[dict[str, object]], absences: list[dict[str, object]]):
    made = {"officers": ibis.memtable([OFFICER | row for row in officers], schema=_SCHEMA["officers"])}
    if absences:
        rows = [ABSENCE | row for row in absences]
        made["absences"] = ibis.memtable(rows, schema=_SCHEMA["absences"])
    return made


_SCHEMA = {
    "officers": ibis.schema(
        {
            "officer_no": "string",
            "office_id": "string",
            "unit_id": "string",
            "role": "string",
            "entered_on": "date",
            "active_from": "date",
            "active_to": "date",
            "contracted_hours": "float64",
        }
    ),
    "absences": ibis.schema(
        {
            "absence_id": "int64",
            "officer_no": "string",
            "kind": "string",
            "from_on": "date",
            "to_on": "date",
            "hours_a_day": "float64",
        }
    ),
}


@pytest.fixture(scope="module")
def engine():
    made = connect()
    yield made
    made.close()


def test_an_officer_in_two_offices_and_impossible_days_are_named(engine) -> None:
    officers = [
        {"officer_no": "S-1"},
        {"officer_no": "S-2"},
        {"officer_no": "S-2", "office_id": "F02"},
        {"officer_no": "S-3", "contracted_hours": -5.0},
    ]
    absences = [
        {"absence_id": 1, "officer_no": "S-1", "hours_a_day": -3.0},
        {"absence_id": 2, "officer_no": "S-1", "hours_a_day": 30.0},
    ]
    found = rows_set_aside(engine, _tables(officers, absences), load_pack(), Parameters())[:4]
    assert [one.partition(":")[0] for one in found] == [
        "officers S-2",
        "officers S-3",
        "absences 1",
        "absences 2",
    ]
    assert "one home office" in found[0]
    assert "contracted_hours is -5.0" in found[1]
    assert "hours_a_day is 30.0" in found[3]


def test_sound_rows_say_nothing(engine, capsys) -> None:
    found = rows_set_aside(engine, _tables([{"officer_no": "S-1"}], []), load_pack(), Parameters())
    assert [one.partition(":")[0] for one in found] == ["time_entries"]
    assert "none can be used" in found[0]
    found = []
    show_set_aside(Console(), found)
    assert not capsys.readouterr().out


def test_many_rows_of_one_reason_are_one_line(capsys) -> None:
    show_set_aside(
        Console(width=200), [f"absences {n}: too long (hours_a_day is {n})" for n in range(30, 40)]
    )
    assert capsys.readouterr().out == "Set aside: absences 30, 31, 32 and 7 more: too long\n"
