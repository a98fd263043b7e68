"""The site's duty table is what the engine lists from the records, after each action and as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from closeout.duties.clauses import OPEN_STATES
from closeout.duties.integrity import run_integrity
from closeout.records.example import AS_OF
from closeout.web.accounts.models import Role, User
from closeout.web.audit.models import Event
from closeout.web.casework.duties import refresh_all, refresh_case, whole
from closeout.web.casework.models import Case, CheckIn, Duty, Finding
from closeout.web.casework.models.duty import KEPT_DAYS
from closeout.web.casework.queries.office import office
from closeout.web.jobs import progress
from closeout.web.jobs.models import Job, JobState
from closeout.web.jobs.tasks import run_job
from tests.web.casework.counted import days_around, plain_lines
from tests.web.casework.duties.conftest import CASES, CLAUSES, KEY, duty_constraints


def is_kept(row: dict, day: date) -> bool:
    since = day - timedelta(days=KEPT_DAYS)
    ended = row["done_on"] or row["ended_on"]
    return (
        row["state"] in {*OPEN_STATES, "no_basis"}
        or bool(ended and ended >= since)
        or bool(row["due_on"] and row["due_on"] >= since)
    )


def stored(day: date) -> dict[tuple, dict]:
    return {tuple(row[name] for name in KEY): row for row in Duty.objects.as_of(day).values()}


def test_the_whole_table_is_what_the_engine_lists(read_only, listed):
    wanted = {key: row for key, row in listed(AS_OF).items() if is_kept(row, AS_OF)}
    got = stored(AS_OF)
    assert read_only.done.duties == len(got) == len(wanted) > CASES
    for key, row in wanted.items():
        plain = {name: value for name, value in row.items() if name not in {"due_at", "done_at"}}
        assert {name: got[key][name] for name in plain} == plain
        assert (got[key]["due_at"] is None) == (row["due_at"] is None)
        assert got[key]["state_then"] == row["state"]
    assert Event.objects.filter(action="records.duties").count() == 1


def test_a_day_that_passes_moves_states_as_the_engine_does(read_only, listed):
    compared = 0
    for days in (1, 5, 20, 45):
        day = AS_OF + timedelta(days=days)
        engine, site = listed(day), stored(day)
        for key, row in site.items():
            # What needs the records is as of the day it was computed: holds, and versions of the rule.
            then = engine[key]
            if not row["is_open"] or row["state"] == "on_hold" or then["state"] == "on_hold":
                continue
            if then["rule"] != row["rule"] or then["due_on"] != row["due_on"]:
                continue
            compared += 1
            assert row["state_then"] == then["state"], (key, day)
    assert compared > CASES


def test_one_case_worked_out_anew_is_as_in_the_whole_table(read_only):
    before = {key: row for key, row in stored(AS_OF).items() if row["case_no"]}
    cases = sorted(Case.objects.values_list("pk", flat=True))[:25]
    for case_no in cases:
        refresh_case(case_no, today=AS_OF)
    after = {key: row for key, row in stored(AS_OF).items() if row["case_no"]}
    assert before.keys() == after.keys()
    for key, row in after.items():
        assert {**row, "id": 0} == {**before[key], "id": 0}


def test_the_counts_by_office_are_those_of_the_table(copied):
    cases = Duty.objects.exclude(case_no=None).order_by("case_no").values_list("case_no", flat=True)
    acted, checked = cases.distinct()[:2]
    held = CheckIn.objects.filter(case_id=checked, outcome=None).first()

    def act(step) -> None:
        if step.what == CLAUSES[0]:
            refresh_case(acted, today=AS_OF)

    for told in (act, lambda _step: None):
        refresh_all(today=AS_OF, told=told)
        assert_counted()
    if held:
        held.delete()
    refresh_case(checked, today=AS_OF)
    assert_counted()


def assert_counted() -> None:
    offices = list(Duty.objects.exclude(office_id=None).values_list("office_id", flat=True).distinct())
    assert len(offices) > 1
    for office_id in offices:
        for day in days_around(AS_OF):
            assert list(office(office_id, day).lines) == plain_lines(office_id, day)


def test_a_row_that_is_not_committed_counts_for_its_case(read_only):
    held = CheckIn.objects.filter(
        outcome=None, due_on__lte=AS_OF, due_on__gt=AS_OF - timedelta(days=400)
    ).first()
    if held is None:
        held = CheckIn.objects.filter(outcome=None).order_by("due_on").first()
    refresh_case(held.case_id, today=AS_OF)
    row = Duty.objects.get(duty="check-in", subject=str(held.pk))
    assert row.is_open
    held.outcome, held.outcome_on, held.state = "attended", AS_OF, "attended"
    held.recorded_at = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 10, tzinfo=ZoneInfo("America/New_York"))
    held.save()
    refresh_case(held.case_id, today=AS_OF)
    row = Duty.objects.get(duty="check-in", subject=str(held.pk))
    assert not row.is_open
    assert row.done_on == AS_OF


def test_a_case_without_rows_owes_nothing(store):
    assert refresh_case("C-000001", today=AS_OF) == 0


def test_findings_are_replaced_by_what_the_checkers_find(copied, to_be_found, monkeypatch):
    monkeypatch.setattr(whole, "run_integrity", run_integrity)
    Finding.objects.create(rule="old", subject_table="cases", subject="1", found_on=date(2020, 1, 1))
    done = refresh_all(today=AS_OF)
    assert to_be_found
    assert to_be_found <= set(Finding.objects.values_list("rule", "subject"))
    assert done.findings == Finding.objects.count()
    assert not Finding.objects.filter(rule="old").exists()


def test_what_ends_the_work_leaves_the_old_rows(copied):
    before = stored(AS_OF)

    def stop(step) -> None:
        if step.done == 3 and step.what in CLAUSES:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refresh_all(today=AS_OF + timedelta(days=1), told=stop)
    assert stored(AS_OF) == before


def test_a_case_worked_on_meanwhile_is_done_again(copied):
    cases = Duty.objects.exclude(case_no=None).order_by("case_no").values_list("case_no", flat=True)
    early, late, once = cases.distinct()[:3]
    given = Duty.objects.filter(case_no=once).count()

    def act(step) -> None:
        if step.what == "reading the records":
            refresh_case(early, today=AS_OF)
        if step.what == CLAUSES[0]:
            refresh_case(late, today=AS_OF)

    assert refresh_all(today=AS_OF, told=act).cases_again == 2
    assert Duty.objects.filter(case_no=early).exists()
    assert Duty.objects.filter(case_no=late).exists()
    assert Duty.objects.filter(case_no=once).count() == given > 0


def test_the_job_says_how_far_it_is(copied, short_pack, monkeypatch):
    monkeypatch.setattr(progress, "WRITE_SECONDS", 0)
    said = []
    write = progress.Progress._write
    monkeypatch.setattr(
        progress.Progress,
        "_write",
        lambda self, **fields: (said.append(fields["note"]), write(self, **fields)),
    )
    asker = User.objects.create(username="S-1", role=Role.ADMINISTRATOR)
    job = Job.objects.create(kind="casework.duties", title="Duties", requested_by=asker)
    run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.DONE, "")
    assert said[:2] == ["reading the records", "reading offices"]
    assert {clause.duty for clause in short_pack.clauses} <= set(said)


def test_the_table_has_its_indexes_after_it_was_put_in_place(copied):
    assert duty_constraints() == copied.constraints_before
    refresh_all(today=AS_OF)
    assert duty_constraints() == copied.constraints_before
    newest = Duty.objects.order_by("-pk").first()
    assert Duty.objects.create(**_copied(newest)).pk > newest.pk


def _copied(row: Duty) -> dict:
    held = {field.attname: getattr(row, field.attname) for field in Duty._meta.concrete_fields}
    return {**held, "id": None, "sequence": 10_000, "computed_on": datetime.now(UTC).date()}
