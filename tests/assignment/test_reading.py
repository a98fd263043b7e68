"""What an assignment reads from a snapshot's tables."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pyarrow as pa
import pytest

from closeout.assignment.office import Clock
from closeout.assignment.reading import read_loads, read_office, read_waiting, unknown_officers
from closeout.assignment.rebalance import rebalance
from closeout.assignment.rules import Rules
from closeout.assignment.shapes import Loads
from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.records.snapshot import arrow_schema
from closeout.workload.parameters import WEEKS_A_MONTH, Parameters

DAY = date(2026, 8, 31)
# 40 h a week, nothing else known: four weeks of 40 h less 15 % support at full occupancy, but for Labor Day
# (7 September), 152 h of 160.
PLAIN = Parameters(occupancy=1.0)
MONTH = 152 / 4 * 0.85 * WEEKS_A_MONTH


def officer(number: str, **more: object) -> dict[str, object]:
    plain = {
        "officer_no": number,
        "office_id": "F01",
        "role": "deportation_officer",
        "entered_on": date(2020, 1, 1),
        "active_from": date(2020, 1, 1),
        "contracted_hours": 40.0,
        "is_converted": False,
    }
    return plain | more


def case(number: str, holder: str | None, **more: object) -> dict[str, object]:
    plain = {
        "case_no": number,
        "office_id": "F01",
        "officer_no": holder,
        "docket": "non_detained_pre_order",
        "is_detained": False,
        "state": "open",
        "opened_on": date(2026, 1, 5),
        "has_representation": False,
        "is_child": False,
    }
    return plain | more


def lead(case_no: str, officer_no: str, first: date, last: date | None = None) -> dict[str, object]:
    return {"case_no": case_no, "officer_no": officer_no, "role": "lead", "from_on": first, "to_on": last}


ROWS: dict[str, list[dict[str, object]]] = {
    "officers": [
        officer("S-1", site_id="A"),
        officer("S-2", entered_on=date(2026, 8, 1)),
        officer("S-3", active_to=date(2026, 8, 15)),
        officer("S-4", role="director"),
        officer("S-5", role="supervisor"),
        officer("S-6"),
        officer("S-7", office_id="F02"),
    ],
    "cases": [
        case("C-1", "S-1", language="es"),
        case("C-2", "S-1", final_order_on=date(2026, 5, 1)),
        case("C-3", "S-4", is_child=True, site_id="A"),
        case("C-4", None, is_detained=True),
        case("C-5", "S-9"),
        case("C-6", None, is_child=True),
        case("C-7", None),
    ],
    "assignments": [
        lead("C-1", "S-6", date(2024, 8, 31), date(2025, 8, 31)),
        lead("C-1", "S-1", date(2025, 8, 31)),
        lead("C-2", "S-1", date(2026, 8, 20)),
        lead("C-7", "S-6", date(2026, 2, 1), date(2026, 8, 29)),
    ],
    "officer_skills": [
        {
            "officer_no": "S-1",
            "skill": "lang-es",
            "valid_from": date(2020, 1, 1),
            "valid_to": date(2026, 8, 31),
        },
        {
            "officer_no": "S-1",
            "skill": "juvenile",
            "valid_from": date(2020, 1, 1),
            "valid_to": date(2026, 8, 30),
        },
        {"officer_no": "S-6", "skill": "juvenile", "valid_from": date(2026, 9, 1)},
    ],
    "recusals": [
        {"officer_no": "S-1", "case_no": "C-7", "from_on": date(2026, 8, 1), "to_on": date(2026, 8, 30)},
        {"officer_no": "S-2", "case_no": "C-7", "from_on": date(2026, 8, 1)},
    ],
    "details": [
        {
            "officer_no": "S-6",
            "from_office_id": "F01",
            "kind": "surge",
            "from_on": date(2026, 8, 1),
            "to_on": date(2026, 12, 1),
        }
    ],
    "absences": [],
    "collateral_duties": [],
}
LOADS = pa.table(
    {
        "case_no": [f"C-{n}" for n in range(1, 8)],
        "office_id": ["F01"] * 7,
        "officer_no": ["S-1", "S-1", "S-4", None, "S-9", None, None],
        "minutes_a_month": [60.0, 600.0, 30.0, 20.0, 20.0, 400.0, 10.0],
    }
)


@pytest.fixture(scope="module")
def tables():
    with closing(connect()) as engine:
        made = {
            name: engine.from_arrow(name, pa.Table.from_pylist(rows, schema=arrow_schema(name)))
            for name, rows in ROWS.items()
        }
        yield engine, made


@pytest.fixture(scope="module")
def loads(tables) -> Loads:
    return read_loads(*tables, load_pack(), LOADS, DAY, parameters=PLAIN)


def test_hours_are_those_known_for_the_four_weeks_ahead(loads: Loads) -> None:
    hours = {who.officer_no: who.hours for who in loads.officers}
    assert hours["S-1"] == pytest.approx(MONTH)
    # In the first quarter in the role, a quarter of the hours; detailed away, none; gone, none.
    assert hours["S-2"] == pytest.approx(MONTH / 4)
    assert hours["S-6"] == 0
    assert hours["S-3"] == 0


def test_who_can_have_cases_is_by_role_or_by_leading_one(loads: Loads) -> None:
    # S-5 supervises and leads none; S-4 leads one; S-9 leads one and is nowhere else.
    assert [who.officer_no for who in loads.officers] == ["S-1", "S-2", "S-3", "S-4", "S-6", "S-7", "S-9"]
    gone = loads.officers[-1]
    assert (gone.hours, gone.is_active, gone.office_id) == (0.0, False, "F01")


def test_skills_count_while_valid_and_sites_where_known(loads: Loads) -> None:
    who = {one.officer_no: one for one in loads.officers}
    assert who["S-1"].skills == {"lang-es"}
    assert who["S-6"].skills == frozenset()
    assert who["S-1"].sites == {"A"}
    assert who["S-2"].sites is None
    assert (who["S-2"].is_new, who["S-1"].is_new) == (True, False)


def test_recusals_count_while_they_last(loads: Loads) -> None:
    assert loads.recusals == {("S-2", "C-7")}


def test_attachment_is_changes_years_and_stage(loads: Loads) -> None:
    # C-1: one change, and a year with S-1. C-2: eleven days, and a final order. C-3: nothing known.
    rows = {row["case_no"]: row["attachment"] for row in loads.cases.to_pylist()}
    assert rows["C-1"] == pytest.approx(2.0, abs=0.01)
    assert rows["C-2"] == pytest.approx(1 + 11 / 30.44 / 12, abs=0.01)
    assert rows["C-3"] == 0


def test_an_office_s_cases_and_a_leaver_can_be_asked_for(tables) -> None:
    found = read_loads(*tables, load_pack(), LOADS, DAY, parameters=PLAIN, offices=("F01",), leaving=("S-1",))
    assert "S-7" not in {who.officer_no for who in found.officers}
    assert next(who.hours for who in found.officers if who.officer_no == "S-1") == 0
    assert unknown_officers(found, ["S-1", "S-5"]) == ["S-5"]


def test_an_office_s_officers_come_with_what_they_have_and_got(tables, loads: Loads) -> None:
    office = read_office(*tables, loads, "F01", DAY, Rules())
    first = office.places[0]
    # 660 minutes on hand, 600 of them severe and received on 20 August.
    assert (first.load_hours, first.severe_hours, first.received_minutes) == (11.0, 10.0, 600.0)
    assert "S-7" not in {place.officer.officer_no for place in office.places}


def test_a_case_that_an_officer_had_already_counts_once_in_what_giving_it_would_bring(tables) -> None:
    # Held-person impact: S-6 had the waiting C-7 twice in August, and S-1 got C-2 back. A tool that adds a
    # case to a load, or to what was received, in which it stands already counts it twice.
    engine, made = tables
    again = [
        *ROWS["assignments"],
        lead("C-7", "S-6", date(2026, 8, 10), date(2026, 8, 20)),
        lead("C-7", "S-6", date(2026, 8, 25), date(2026, 8, 29)),
        lead("C-2", "S-1", date(2026, 8, 5), date(2026, 8, 10)),
    ]
    rows = engine.from_arrow("again", pa.Table.from_pylist(again, schema=arrow_schema("assignments")))
    given = made | {"assignments": rows}
    found = read_loads(engine, given, load_pack(), LOADS, DAY, parameters=PLAIN)
    office = read_office(engine, given, found, "F01", DAY, Rules())
    places = {place.officer.officer_no: place for place in office.places}
    assert places["S-1"].received_minutes == 600.0
    assert (places["S-6"].load_hours, places["S-6"].received_minutes) == (0.0, 0.0)
    case = next(one for one in read_waiting(engine, given, found, DAY, Rules()) if one.case_no == "C-7")
    after = {p.officer.officer_no: p for p in office.with_case(case, "S-6").places}["S-6"]
    assert (after.load_hours, after.received_minutes) == (pytest.approx(10 / 60), 10.0)


def test_waiting_cases_come_with_their_clock_and_history(tables, loads: Loads) -> None:
    detained, child, other = read_waiting(*tables, loads, DAY, Rules())
    assert (detained.case_no, detained.clock, detained.received_on) == (
        "C-4",
        Clock.STATUTORY,
        date(2026, 1, 5),
    )
    assert (child.clock, child.is_severe) == (Clock.PRIORITY, True)
    assert (other.clock, other.former_officer, other.received_on) == (
        Clock.ORDINARY,
        "S-6",
        date(2026, 8, 29),
    )
    assert other.recused == ("S-2",)


def test_tables_that_are_missing_are_nothing_known(tables) -> None:
    engine, made = tables
    bare = {name: made[name] for name in ("officers", "cases", "details", "absences", "collateral_duties")}
    found = read_loads(engine, bare, load_pack(), LOADS, DAY, parameters=PLAIN)
    assert found.recusals == frozenset()
    assert not any(who.skills for who in found.officers)
    assert read_office(engine, bare, found, "F01", DAY, Rules()).places[0].received_minutes == 0


def test_an_officer_in_two_offices_is_one_of_the_first_and_the_row_set_aside_is_named(tables) -> None:
    engine, made = tables
    rows = [*ROWS["officers"], officer("S-6", office_id="F02"), officer("S-7", office_id="F02")]
    twice = engine.from_arrow("twice", pa.Table.from_pylist(rows, schema=arrow_schema("officers")))
    found = read_loads(engine, made | {"officers": twice}, load_pack(), LOADS, DAY, parameters=PLAIN)
    assert [
        (who.officer_no, who.office_id) for who in found.officers if who.officer_no in {"S-6", "S-7"}
    ] == [
        ("S-6", "F01"),
        ("S-7", "F02"),
    ]
    assert [said.partition(":")[0] for said in found.set_aside] == ["officers S-6", "officers S-7"]
    rebalance(found, Rules())
