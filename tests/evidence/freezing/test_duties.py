"""Duties in numbers: by office and in total, as they may be shown, and as they were frozen before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeout.duties.pack import load_pack
from closeout.evidence.freezing import Hashes, Wanted, answers, freeze, recomputer, verify, write_frozen
from closeout.evidence.freezing.duties import (
    DutiesCounted,
    count_duties,
    duties_answer,
    in_numbers,
    rows_of_duties,
)
from closeout.evidence.freezing.staffing import alone
from tests.evidence.freezing.judged import cases
from tests.evidence.freezing.making import AS_OF, NOON, write_snapshot

WHOLE = load_pack()
PACK = replace(WHOLE, clauses=tuple(WHOLE.clause(duty) for duty in ("check-in", "file-review")))


def counted(*offices, state="overdue", is_missed=True, duty="check-in"):
    return [
        {"duty": duty, "state": state, "is_missed": is_missed, "office_id": office, "instances": instances}
        for office, instances in offices
    ]


def rows(found, *, is_exact=False):
    tables = tuple(in_numbers(found))
    made = rows_of_duties(DutiesCounted(tables, "", ()), None if is_exact else alone(tables))
    return {(row["office_id"], row["state"]): row["instances"] for row in made}


def test_offices_add_up_to_a_total():
    found = counted(("A", 30), ("B", 12)) + counted(("A", 20), state="done", is_missed=False)
    assert rows(found, is_exact=True) == {
        (None, "overdue"): 42,
        ("A", "overdue"): 30,
        ("B", "overdue"): 12,
        (None, "done"): 20,
        ("A", "done"): 20,
    }


def test_what_no_office_holds_stands_apart_from_the_total():
    assert rows(counted(("A", 30), (None, 12)), is_exact=True)["(no office)", "overdue"] == 12


def test_small_counts_are_withheld_with_one_that_gives_them_away():
    # 45 less 30 less 12 would be C's 3; B's 12 is the lesser loss.
    found = rows(counted(("A", 30), ("B", 12), ("C", 3)))
    assert found == {
        (None, "overdue"): "45",
        ("A", "overdue"): "30",
        ("B", "overdue"): "not shown",
        ("C", "overdue"): "not shown",
    }


def test_each_state_stands_by_itself():
    found = rows(counted(("A", 30), ("B", 3)) + counted(("A", 30), ("B", 40), state="done"))
    assert found[None, "overdue"] == "33"
    assert found["A", "overdue"] == found["B", "overdue"] == "not shown"
    assert found["A", "done"] == "30"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return write_snapshot(tmp_path_factory.mktemp("made") / "records", **cases())


def test_check_ins_of_two_offices(engine, snapshot):
    # 26 cases in turn in B and A; every second check-in was held.
    made = duties_answer(count_duties(engine, snapshot, PACK, AS_OF), PACK, AS_OF, None)
    found = {
        (row["office_id"], row["state"]): row["instances"] for row in made.rows if row["duty"] == "check-in"
    }
    assert sum(count for (office, _), count in found.items() if office is None) == 26
    assert sum(count for (office, _), count in found.items() if office == "A") == 13
    assert sum(count for (office, _), count in found.items() if office == "B") == 13
    assert made.title == "Duties by office and state"


def test_the_statements_that_ran_are_kept_by_duty(engine, snapshot):
    made = duties_answer(count_duties(engine, snapshot, PACK, AS_OF), PACK, AS_OF, None)
    assert "-- check-in\nWITH" in made.query or "-- check-in\nSELECT" in made.query
    assert str(snapshot.folder) not in made.query


def test_results_frozen_without_offices_verify_as_they_were(engine, snapshot, tmp_path):
    found = count_duties(engine, snapshot, PACK, AS_OF, has_offices=False)
    made = duties_answer(found, PACK, AS_OF, alone(found.tables))
    assert made.keys == ("duty", "state", "is_missed")
    (whole,) = answers(engine, snapshot, PACK, Wanted(has_duties=True), AS_OF)
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name}
    kept = [freeze(one, effective_on=AS_OF, frozen_at=NOON, **given) for one in (made, whole)]
    write_frozen(tmp_path / "evidence", kept)
    found = verify(
        tmp_path / "evidence",
        snapshot=snapshot,
        recompute=recomputer(engine, snapshot, PACK, ()),
        hashes=Hashes(),
        engine=engine.name,
    )
    assert [one.finding.value for one in found.results] == ["equal", "equal"]
    assert found.is_equal
