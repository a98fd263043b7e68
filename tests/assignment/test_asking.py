"""What a command or a page asks, and the notes that come with the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from closeout.assignment import asking
from closeout.assignment.asking import Asked, Ground, answered, replayed
from closeout.assignment.office import NewCase, Office, Place
from closeout.assignment.rules import Rules
from closeout.assignment.shapes import Loads
from tests.assignment.making import case, held, loads, officer

DAY = date(2026, 9, 30)
GROUND = Ground(None, {}, None, DAY)  # type: ignore[arg-type] - what is read stands below
GIVEN = loads(
    [officer("S-1"), officer("S-2", 50)], [*held(0, 30, "S-1"), case(40, None), case(41, "S-2", 0.0)]
)


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the snapshot: the reading has its own tests."""

    def waiting(
        _engine: object, _tables: object, given: Loads, day: date, _rules: Rules
    ) -> tuple[NewCase, ...]:
        rows = [row for row in given.cases.to_pylist() if row["officer_no"] is None]
        return tuple(NewCase(row["case_no"], "F01", row["minutes_a_month"], day) for row in rows)

    def office(*_: object) -> Office:
        return Office("F01", DAY, (Place(GIVEN.officers[0], 30.0), Place(GIVEN.officers[1], 0.0)))

    monkeypatch.setattr(asking, "loads_of", lambda *_: GIVEN)
    monkeypatch.setattr(asking, "read_waiting", waiting)
    monkeypatch.setattr(asking, "read_office", office)


def test_cases_without_minutes_are_noted() -> None:
    said = "1 case has no minutes: no usable weight covers the duties in them, and they count as no work."
    assert answered(GROUND, Asked())["notes"] == [said]


def test_rows_set_aside_come_with_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    given = replace(GIVEN, set_aside=("officers S-9: stands twice; an officer has one home office",))
    monkeypatch.setattr(asking, "loads_of", lambda *_: given)
    for asked in (Asked(), Asked(is_rebalance=True)):
        assert answered(GROUND, asked)["set_aside"] == list(given.set_aside)


def test_waiting_cases_are_counted_and_proposed() -> None:
    plain = answered(GROUND, Asked(office="F01"))
    assert plain["counts"] == {
        "waiting": 1,
        "assigned": 1,
        "held": 0,
        "undistributable": 0,
        "escalated": 0,
    }
    (move,) = plain["moves"]
    assert (move["case_no"], move["to_officer"], move["reason"]) == ("C-040", "S-2", "least_projected")
    assert (plain["office"], plain["as_of"]) == ("F01", "2026-09-30")


def test_what_everyone_would_be_overloaded_by_is_held_with_its_reason() -> None:
    plain = answered(GROUND, Asked(rules=Rules(cap=0.001)))
    assert (plain["moves"], plain["counts"]["held"]) == ([], 1)
    (row,) = plain["held"]
    assert (row["case_no"], row["why"], row["age_days"]) == ("C-040", "all_over_cap", 0)


def test_what_nobody_may_have_is_not_counted_as_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    # Public tools count cases that can go to nobody among those to be given out.
    child = (NewCase("C-040", "F01", 60.0, DAY, is_child=True),)
    monkeypatch.setattr(asking, "read_waiting", lambda *_: child)
    counts = answered(GROUND, Asked())["counts"]
    assert (counts["waiting"], counts["held"], counts["undistributable"], counts["escalated"]) == (0, 0, 1, 1)


def test_one_case_brings_its_certificate() -> None:
    plain = answered(GROUND, Asked(case="C-040"))
    assert plain["certificate"]["choice"] == "S-2"
    with pytest.raises(LookupError, match="C-041 is not among the open cases that nobody leads"):
        answered(GROUND, Asked(case="C-041"))


def test_a_rebalancing_replays_through_the_same_door() -> None:
    asked = Asked(is_rebalance=True, seed=3)
    told: list[tuple[str, int, int]] = []
    plain = answered(GROUND, asked, told=lambda *said: told.append(said))
    assert told == [("F01", 0, 1)]
    assert replayed(GROUND, asked, plain["certificate"]) == {
        "is_same": True,
        "differences": [],
        "sentence": "Worked out again, the answer is the same.",
    }
