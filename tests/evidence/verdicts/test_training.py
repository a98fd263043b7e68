"""Training: the denominator by rule on a day, two numerators, and offices instead of people."""

from __future__ import annotations

import json
from datetime import date

import pytest

from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.tables import training_table
from closeout.evidence.verdicts.training import RequirementTraining, Training, training
from tests.evidence.verdicts.making import AS_OF, judged


def officer(number, office="OFF-1", role="deportation_officer", **said):
    return {
        "officer_no": f"S-{number:03d}",
        "office_id": office,
        "role": role,
        "active_from": date(2020, 1, 1),
        "is_converted": False,
    } | said


def requirement(**said):
    return {
        "requirement_id": "REQ-CMT",
        "course_id": "CMT",
        "role": "deportation_officer",
        "converted_only": False,
        "recurrence": "once",
        "months": None,
        "valid_from": date(2024, 1, 1),
        "policy_version_id": "TRAINING.2",
    } | said


def assigned(number, completed=date(2026, 1, 10), **said):
    return {
        "officer_no": f"S-{number:03d}",
        "office_id": "OFF-1",
        "requirement_id": "REQ-CMT",
        "state": "current" if completed else "assigned",
        "assigned_on": date(2025, 1, 1),
        "due_on": date(2026, 1, 1),
        "completed_on": completed,
    } | said


def attended(number, session=1, **said):
    return {
        "session_id": session,
        "officer_no": f"S-{number:03d}",
        "is_present": True,
        "has_passed": True,
        "evidence_digest": "a" * 64,
    } | said


def made(
    officers, rules=None, assignments=(), attendance=(), held=date(2026, 1, 10), as_of=AS_OF
) -> Training:
    return judged(
        training,
        as_of,
        officers=officers,
        training_requirements=[requirement()] if rules is None else rules,
        training_assignments=list(assignments),
        training_sessions=[{"session_id": 1, "course_id": "CMT", "held_on": held}],
        attendance=list(attendance),
    )


def only(found: Training) -> RequirementTraining:
    return found.requirements[0]


# Who must.


def test_the_rule_names_the_role():
    found = made([officer(1), officer(2, role="supervisor")])
    assert only(found).total.audience == 1
    assert only(found).rule == "every deportation officer, once"


def test_converted_only_leaves_the_others_out():
    found = made([officer(1), officer(2, is_converted=True)], [requirement(converted_only=True)])
    assert only(found).total.audience == 1
    assert only(found).rule == "every converted deportation officer, once"


@pytest.mark.parametrize(
    ("since", "to", "counts"),
    [
        (date(2026, 9, 30), None, 1),
        (date(2026, 10, 1), None, 0),
        (date(2020, 1, 1), date(2026, 9, 30), 1),
        (date(2020, 1, 1), date(2026, 9, 29), 0),
    ],
)
def test_who_serves_on_the_day_counts(since: date, to: date | None, counts: int):
    assert only(made([officer(1, active_from=since, active_to=to)])).total.audience == counts


def test_an_exemption_takes_out_of_the_audience():
    exempt = assigned(1, None, state="exempt", exempt_until=date(2026, 12, 31))
    total = only(made([officer(1), officer(2)], assignments=[exempt])).total
    assert (total.audience, total.exempt, total.exceptions) == (1, 1, 1)


def test_an_exemption_that_ran_out_does_not():
    exempt = assigned(1, None, state="exempt", exempt_until=date(2026, 9, 29))
    total = only(made([officer(1)], assignments=[exempt])).total
    assert (total.audience, total.exempt, total.exceptions) == (1, 0, 1)


@pytest.mark.parametrize("said", [{"valid_from": date(2026, 10, 1)}, {"valid_to": date(2026, 9, 29)}])
def test_a_rule_not_in_force_has_no_audience_and_is_said(said):
    found = made([officer(1)], [requirement(**said)])
    assert not only(found).in_force
    assert only(found).total.audience == 0
    assert only(found).recorded_share is None
    assert any("No rule is in force on this day for REQ-CMT" in one for one in found.cannot)


# Of how many it is on record.


def test_a_completion_on_record_counts():
    found = made([officer(1), officer(2)], assignments=[assigned(1)])
    assert (only(found).total.recorded, only(found).total.exceptions) == (1, 1)
    assert only(found).recorded_share == 0.5


@pytest.mark.parametrize(
    "said", [{"state": "failed"}, {"state": "disqualified"}, {"valid_to": date(2026, 9, 29)}]
)
def test_what_failed_or_lapsed_does_not_count_whatever_the_date(said):
    assert only(made([officer(1)], assignments=[assigned(1, **said)])).total.recorded == 0


def test_a_certificate_holds_through_its_last_day():
    assert only(made([officer(1)], assignments=[assigned(1, valid_to=AS_OF)])).total.recorded == 1


def test_a_completion_after_the_day_is_not_known():
    assert only(made([officer(1)], assignments=[assigned(1, date(2026, 10, 1))])).total.recorded == 0


@pytest.mark.parametrize(("completed", "counts"), [(date(2025, 9, 30), 1), (date(2025, 9, 29), 0)])
def test_a_rolling_rule_asks_for_the_last_months(completed: date, counts: int):
    rules = [requirement(recurrence="rolling", months=12)]
    found = made([officer(1)], rules, [assigned(1, completed)])
    assert only(found).total.recorded == counts
    assert only(found).rule == "every deportation officer, every 12 months from the last completion"


def test_the_newest_of_several_completions_counts():
    rules = [requirement(recurrence="rolling", months=12)]
    rows = [assigned(1, date(2026, 2, 1)), assigned(1, date(2022, 2, 1))]
    assert only(made([officer(1)], rules, rows)).total.recorded == 1


# Of how many the attendance is on file.


def test_attendance_with_its_sheet_is_evidence():
    total = only(made([officer(1)], assignments=[assigned(1)], attendance=[attended(1)])).total
    assert (total.recorded, total.with_evidence) == (1, 1)


@pytest.mark.parametrize("said", [{"is_present": False}, {"has_passed": False}, {"evidence_digest": None}])
def test_absent_failed_or_without_a_sheet_is_no_evidence(said):
    found = made([officer(1)], assignments=[assigned(1)], attendance=[attended(1, **said)])
    assert (only(found).total.recorded, only(found).total.with_evidence) == (1, 0)
    assert any("1 completion on record has no attendance sheet" in one for one in found.cannot)


def test_a_course_without_a_test_needs_no_pass():
    found = made([officer(1)], assignments=[assigned(1)], attendance=[attended(1, has_passed=None)])
    assert only(found).total.with_evidence == 1


def test_attendance_alone_does_not_make_a_completion():
    found = made([officer(1)], assignments=[assigned(1, None)], attendance=[attended(1)])
    assert (only(found).total.recorded, only(found).total.with_evidence) == (0, 0)


def test_a_session_after_the_day_is_not_known():
    found = made([officer(1)], assignments=[assigned(1)], attendance=[attended(1)], held=date(2026, 10, 1))
    assert only(found).total.with_evidence == 0


def test_attendance_before_the_interval_is_no_evidence():
    rules = [requirement(recurrence="rolling", months=12)]
    found = made([officer(1)], rules, [assigned(1)], [attended(1)], held=date(2024, 1, 10))
    assert (only(found).total.recorded, only(found).total.with_evidence) == (1, 0)


# By office, never by person.


def test_offices_stand_by_code_and_add_up():
    officers = [officer(1, "OFF-2"), officer(2), officer(3), officer(4, "OFF-2")]
    found = only(made(officers, assignments=[assigned(2), assigned(4)]))
    assert [(one.office_id, one.audience, one.exceptions) for one in found.offices] == [
        ("OFF-1", 2, 1),
        ("OFF-2", 2, 1),
    ]
    assert (found.total.audience, found.total.recorded, found.total.exceptions) == (4, 2, 2)


def test_exceptions_are_staff_numbers_in_their_own_order():
    found = only(made([officer(3), officer(1), officer(2)], assignments=[assigned(2)]))
    assert found.offices[0].officers == ("S-001", "S-003")


def test_plain_values_hold_no_staff_number_unless_asked_for():
    found = made([officer(1), officer(2, "OFF-2")])
    assert "S-00" not in json.dumps(found.plain())
    assert found.plain(with_officers=True)["requirements"][0]["total"]["officers"] == ["S-001", "S-002"]


def test_the_table_holds_counts_and_no_staff_number():
    table = training_table(made([officer(1), officer(2, "OFF-2")]))
    assert [row[1] for row in table.rows] == ["OFF-1", "OFF-2", "ALL"]
    assert not any("S-0" in str(cell) for row in table.rows for cell in row)


# What cannot be concluded.


def test_nothing_on_record_of_anybody_is_not_assessed():
    found = made([officer(1)])
    assert only(found).assignments == 0
    assert any(
        one.startswith("Nothing is on record of anybody for REQ-CMT: not assessed.") for one in found.cannot
    )


def test_an_empty_audience_is_neither_met_nor_zero():
    found = made([officer(1, role="supervisor")])
    assert only(found).recorded_share is None
    assert only(found).evidence_share is None
    assert any("Nobody is in the audience of REQ-CMT on this day" in one for one in found.cannot)


def test_a_requirement_without_a_policy_is_named():
    found = made([officer(1)], [requirement(policy_version_id=None)])
    assert any("No policy is named for REQ-CMT" in one for one in found.cannot)


def test_no_requirement_is_said():
    assert "name no requirement" in made([officer(1)], []).cannot[0]


def test_missing_tables_are_named():
    found = judged(training, officers=[officer(1)], training_requirements=[requirement()])
    assert any(
        "no training_assignments, training_sessions, attendance: completion cannot be shown" in one
        for one in found.cannot
    )


@pytest.mark.parametrize("name", ["officers", "training_requirements"])
def test_without_a_needed_table_it_says_which(name: str):
    given = {"officers": [officer(1)], "training_requirements": [requirement()]}
    del given[name]
    with pytest.raises(LacksTablesError, match=f"no table {name}"):
        judged(training, **given)
