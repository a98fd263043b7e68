"""From the records to offices: volumes, links between duties, hours and what is left out."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from closeout.duties.pack import load_pack
from closeout.duties.run import run_pack, tables_of
from closeout.engines import connect
from closeout.records.example import write_example
from closeout.records.snapshot import open_snapshot
from closeout.simulation.duty_inputs import Staff, Varies, Volumes, office_duties
from closeout.simulation.expected import expected_hours
from closeout.simulation.inputs import NOBODY, Asked, read_offices
from closeout.simulation.model import Comes
from closeout.workload.parameters import Parameters
from closeout.workload.study.spread import Spread
from closeout.workload.weights import Grade, Kind, Unit, Weight

PACK = load_pack()
ON = date(2026, 10, 1)


class Weights:
    """Ten minutes for everything but what is left out."""

    def __init__(self, *without):
        self.without = without

    def get(self, activity, _office_id, _kind):
        there = activity not in self.without
        return Weight(
            activity,
            Unit.DUTY,
            10.0 if there else None,
            None,
            None,
            Grade.A if there else Grade.NONE,
            reason="" if there else "expired",
        )


def duties_of(owed, cases, weights=None, stock=None):
    volumes = Volumes({"NORTH": owed}, {"NORTH": cases}, stock or {})
    return office_duties("NORTH", volumes, PACK, weights or Weights(), Kind.OBSERVED, ON, Varies())


def one(found, code):
    return next(duty for duty in found.duties if duty.code == code)


def test_a_review_every_year_of_the_share_in_scope():
    # 90 of 100 cases were in scope: 90 reviews a year of 365.25 days.
    duty = one(duties_of({"file-review": {"adult": 90.0}}, {"adult": 100}), "file-review")
    assert duty.comes is Comes.ROLLING
    assert duty.interval_days == pytest.approx(365.25)
    assert duty.rate("adult") == pytest.approx(0.9, rel=1e-3)
    assert duty.rate("juvenile") == 0
    assert (duty.lead_days, duty.window_days) == (60, 30)


def test_more_than_every_case_calls_for_shorter_intervals():
    # 200 reviews a year of 100 cases: every case, every half year.
    duty = one(duties_of({"file-review": {"adult": 200.0}}, {"adult": 100}), "file-review")
    assert duty.rate("adult") == 1.0
    assert duty.interval_of("adult") == pytest.approx(182.5)


def test_check_ins_recur_at_the_rate_they_were_set():
    owed = {"check-in": {"adult": 400.0}, "check-in-reminder": {"adult": 400.0}}
    found = duties_of(owed, {"adult": 100})
    check_in, reminder = one(found, "check-in"), one(found, "check-in-reminder")
    assert (check_in.comes, check_in.is_set, check_in.lead_days) == (Comes.FIXED, True, 0)
    assert check_in.interval_of("adult") == pytest.approx(91.25)
    # The reminder is due on another day and may be sent a week before; it moves with the check-in.
    assert (reminder.lead_days, reminder.moves_with) == (7, "check-in")


def test_what_another_duty_sets_off_follows_it():
    owed = {
        "check-in": {"adult": 400.0},
        "check-in-outcome": {"adult": 396.0},
        "exception-first-contact": {"adult": 40.0},
        "exception-disposition": {"adult": 40.0},
        "exception-review": {"adult": 10.0},
    }
    found = duties_of(owed, {"adult": 100})
    after = {duty.code: (duty.after, duty.probability) for duty in found.duties if duty.after}
    assert after == {
        "check-in-outcome": ("check-in", pytest.approx(0.99)),
        "exception-first-contact": ("check-in", pytest.approx(0.1)),
        "exception-disposition": ("check-in", pytest.approx(0.1)),
        "exception-review": ("exception-disposition", pytest.approx(0.25)),
    }
    outcome = one(found, "check-in-outcome")
    assert (outcome.window_days, outcome.is_business) == (1, True)


def test_more_than_one_for_each_cannot_follow():
    owed = {"check-in": {"adult": 100.0}, "exception-first-contact": {"adult": 400.0}}
    assert one(duties_of(owed, {"adult": 100}), "exception-first-contact").comes is Comes.ARISES


def test_an_inquiry_arises_at_last_years_rate():
    duty = one(duties_of({"inquiry-answer": {"adult": 50.0}}, {"adult": 100}), "inquiry-answer")
    assert (duty.comes, duty.rate("adult")) == (Comes.ARISES, 0.5)
    assert (duty.window_days, duty.is_business) == (5, True)


def test_what_has_no_minutes_is_named_with_its_reason():
    owed = {"file-review": {"adult": 90.0}, "inquiry-answer": {"adult": 50.0}}
    found = duties_of(owed, {"adult": 100}, Weights("answer-inquiry"))
    assert [duty.code for duty in found.duties] == ["file-review"]
    assert found.notes[0] == "not simulated, for there are no minutes: answer-inquiry (expired)"
    assert found.notes[1].startswith("minutes vary from task to task with an assumed coefficient")


def test_a_duty_of_the_office_recurs_for_whoever_is_free():
    # Policies are reviewed every 48 months, 1,461 days: 3 reviews a year are those of 12 policies, each every
    # 12 * 365 / 3 = 1,460 days.
    found = duties_of({"policy-review": {"": 3.0}}, {"adult": 100})
    duty = one(found, "policy-review")
    assert (duty.comes, duty.is_office, duty.a_year) == (Comes.ROLLING, True, 12.0)
    assert duty.interval_days == pytest.approx(1460)
    assert (duty.lead_days, duty.window_days, dict(duty.per_case)) == (120, 0, {})
    said = "1 duty of the office is done by whoever is free: no diary tells of a role here that does them"
    assert found.notes[0] == said


def test_the_rate_of_the_offices_own_duty_is_kept():
    for a_year in (0.3, 0.9, 1.0, 4.0, 110.0):
        duty = one(duties_of({"facility-inspection": {"": a_year}}, {}), "facility-inspection")
        assert duty.comes is Comes.FIXED
        assert duty.a_year * 365 / duty.interval_days == pytest.approx(a_year)


def test_what_is_owed_less_than_once_in_ten_years_arises():
    duty = one(duties_of({"policy-review": {"": 0.05}}, {}), "policy-review")
    assert (duty.comes, duty.a_year, duty.window_days) == (Comes.ARISES, 0.05, 120)


def test_the_offices_own_duty_follows_the_one_that_sets_it_off():
    # 49 reports of 50 partners' inspections: the report is written within 60 days of it.
    owed = {"partner-inspection": {"": 50.0}, "partner-inspection-report": {"": 49.0}}
    report = one(duties_of(owed, {}), "partner-inspection-report")
    assert (report.comes, report.after) == (Comes.FOLLOWS, "partner-inspection")
    assert (report.probability, report.is_office, report.a_year) == (pytest.approx(0.98), True, 0.0)


def test_an_officers_own_duty_is_shared_by_the_officers_simulated():
    # D1 and D2 had 5 trainings between them, D9 is not of the office any more: 2.5 an officer-year.
    own = {"NORTH": {"training-completion": {"D1": 4.0, "D2": 1.0, "D9": 7.0}}}
    volumes = Volumes({"NORTH": {"training-completion": {"": 12.0}}}, {}, {}, own)
    found = office_duties("NORTH", volumes, PACK, Weights(), Kind.OBSERVED, ON, Varies(), Staff(("D1", "D2")))
    (duty,) = found.duties
    assert (duty.comes, duty.per_officer, duty.is_office) == (Comes.ARISES, 2.5, False)
    assert duty.window_days == 60


def test_minutes_vary_as_the_diaries_say():
    seen = {
        "review-file": Spread("review-file", 0.5, 0.3, 30, 5),
        "other": Spread("other", 1.5, 0.1, 90, 5),
    }
    # Over the entries: (0.3 * 30 + 0.1 * 90) / 120.
    varies = Varies().with_seen(seen)
    assert varies.officer_spread == pytest.approx(0.15)
    assert (varies.cv_of("review-file"), varies.cv_of("unseen")) == (0.5, 0.8)
    assert Varies().with_seen({}) == Varies()


def test_work_on_open_cases_is_minutes_a_month():
    # 1,200 case-months a year of 100 cases at 10 minutes: 10 a month for each.
    owed = {"file-review": {"adult": 90.0}, "case_month x": {"adult": 1200.0}}
    found = duties_of(owed, {"adult": 100}, stock={"case_month x": "x"})
    assert dict(found.stock) == {"adult": pytest.approx(10)}


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    folder = tmp_path_factory.mktemp("agency") / "records"
    write_example(folder)
    return open_snapshot(folder)


@pytest.fixture(scope="module")
def offices(agency):
    with closing(connect()) as engine:
        return read_offices(engine, agency, PACK, agency.as_of, weights=Weights())


def test_every_office_of_the_example_is_there_or_says_why_not(offices):
    models, lacking = offices
    assert list(models) == sorted(models)
    assert "F01" in models
    assert not set(models) & set(lacking)
    for reason in lacking.values():
        assert "office" in reason
    # Nobody leads a case at headquarters; its officers do its own duties.
    assert "HQ" in models
    assert all(duty.is_office or duty.per_officer or duty.after for duty in models["HQ"].duties)


def test_an_office_starts_the_day_after_the_records(offices):
    office = offices[0]["F01"]
    assert office.start_on == ON
    assert office.support_share == Parameters().support_share
    assert date(2026, 12, 25) in office.holidays
    numbers = [officer.officer_no for officer in office.officers if officer.officer_no != NOBODY]
    assert numbers == sorted(numbers)


def test_the_days_of_absence_are_those_of_the_year_before(offices):
    office = offices[0]["F01"]
    note = next(note for note in office.notes if note.startswith("absences are drawn"))
    days = float(note.split(": ")[1].split()[0])
    ill = office.sickness
    # Spells are drawn on days present: their number times their length on the days left is the note's figure.
    assert ill.spells_a_year * ill.mean_days * (260 - days) / 260 == pytest.approx(days, abs=0.06)


def test_the_year_begins_with_what_the_duty_engine_says_is_overdue(offices, agency):
    with closing(connect()) as engine:
        tables = tables_of(engine, agency)
        clauses = [PACK.clause("check-in"), PACK.clause("policy-acknowledgement")]
        some = replace(PACK, clauses=tuple(clauses))
        for clause, rows in run_pack(engine, tables, some, agency.as_of):
            late = engine.to_arrow(rows.filter(rows.state == "overdue")).to_pylist()
            for office in offices[0].values():
                here = [row for row in late if row["office_id"] == office.office_id]
                there = [old for old in office.backlog if old.duty == clause.duty]
                if clause.duty in {duty.code for duty in office.duties}:
                    ages = sorted(old.days for old in there for _ in range(old.count))
                    assert ages == sorted((ON - row["last_day"]).days for row in here)


def test_the_backlog_may_be_left_out(agency):
    with closing(connect()) as engine:
        models, _ = read_offices(
            engine, agency, PACK, agency.as_of, weights=Weights(), asked=Asked(ON, has_backlog=False)
        )
    assert {office.backlog for office in models.values()} == {None}


def test_all_volumes_are_kept(offices):
    for office in offices[0].values():
        expected = expected_hours(office)
        assert expected.needed >= 0
        assert all(tasks >= 0 for tasks in expected.tasks.values())


def test_another_day_may_be_asked_for():
    asked = Asked(ON + timedelta(days=10), days=30, has_cover=False)
    assert (asked.warm_up_days, asked.varies.cv) == (60, 0.8)
