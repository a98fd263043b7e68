"""Why an office cannot be simulated."""

from __future__ import annotations

from closeout.simulation.model import Officer
from closeout.simulation.telling import told_for, told_no_hours


def test_officers_without_hours_and_their_cases_are_named() -> None:
    officers = [Officer(f"S-{n}", 0.0, {"a": n}) for n in range(7)]
    # 0 + 1 + ... + 6 = 21 cases; five of the seven are named.
    assert told_no_hours("F02", officers) == (
        "office F02: no officer has any hours (S-0, S-1, S-2, S-3, S-4 and 2 more); nothing would ever be "
        "done on its 21 cases; correct contracted_hours, or give the cases to officers with hours"
    )


def test_cases_that_nobody_leads_count_and_their_stand_in_is_not_named() -> None:
    told = told_no_hours("F02", [Officer("(nobody)", 0.0, {"a": 1})])
    assert told.startswith("office F02: no officer has any hours; nothing would ever be done on its 1 case;")


def test_cases_without_an_officer_are_counted() -> None:
    assert told_for(0) == ""
    assert told_for(1) == " for its 1 case"
    assert told_for(1_062) == " for its 1,062 cases"
