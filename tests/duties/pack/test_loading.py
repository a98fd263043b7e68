from datetime import date

import pytest

from closeout.duties.clauses import Basis, Cycle, DayKind, Done, Period, Shape
from closeout.duties.faults import PackError
from closeout.duties.pack import check_pack, load_pack
from tests.duties.pack.making import EVERY, FIXED, HEAD, ON, WITHIN, load, make_pack


def test_a_clause_is_read_as_it_is_written(tmp_path):
    clause = load(tmp_path, ON).clause("check-in")
    assert (clause.title, clause.section, clause.shape) == ("Hold the check-in", "A3", Shape.ON)
    assert (clause.owes, clause.case, clause.minutes) == ("check_ins", "case_no", "check-in")
    assert (clause.due.sql, clause.when.sql) == ("due_on", "channel = 'phone'")
    assert (clause.starts, clause.opened, clause.ends, clause.office, clause.officer) == (None,) * 5
    assert (clause.excused.sql, clause.excused_on.sql) == ("is_service_issue", "outcome_on")
    assert clause.excused_reason == "service_issue"
    assert clause.holds == ("legal_stay",)
    (version,) = clause.versions
    assert version.basis == Basis("RULES", "hold", "", is_made_up=True)
    assert (version.in_force_from, version.in_force_to) == (date(2024, 1, 1), None)
    assert (version.grace, version.lead, version.response) == tuple(Period(days=n) for n in (3, 14, 10))
    assert (version.period, version.first, version.takes_over_open) == (Period(), None, False)


def test_an_expression_knows_its_file_and_line(tmp_path):
    clause = load(tmp_path, ON).clause("check-in")
    assert (clause.path, clause.line) == (tmp_path / "clauses_1.yaml", 1)
    assert (clause.when.path, clause.when.line) == (tmp_path / "clauses_1.yaml", 5)
    assert clause.done.where.line == 7


def test_a_rows_own_column_discharges_it(tmp_path):
    done = load(tmp_path, WITHIN).clause("notification").done
    assert done == Done("complaints", "notified_at")


def test_another_tables_event_is_matched_by_the_column_both_have(tmp_path):
    done = load(tmp_path, EVERY).clause("inspection").done
    assert (done.table, done.column) == ("partner_inspections", "held_on")
    assert (done.match, done.subject) == ("agreement_id", "agreement_id")


def test_the_subject_may_be_called_otherwise(tmp_path):
    text = EVERY.replace("match: agreement_id", "match: agreement_id, subject: partner_id")
    assert load(tmp_path, text).clause("inspection").done.subject == "partner_id"


def test_versions_stand_in_the_order_of_their_days(tmp_path):
    earlier, later = load(tmp_path, EVERY).clause("inspection").versions
    assert (earlier.in_force_from, earlier.in_force_to) == (date(2020, 1, 1), date(2023, 6, 30))
    assert (later.in_force_from, later.in_force_to) == (date(2024, 1, 1), None)
    assert (later.period, later.first) == (Period(months=24), Period(months=12))
    assert later.basis.citation == "GAO-21-186"
    assert [version.takes_over_open for version in (earlier, later)] == [False, True]


def test_hours_and_counted_days_are_read(tmp_path):
    (version,) = load(tmp_path, WITHIN).clause("notification").versions
    assert version.period == Period(hours=48, counts=DayKind.WEEKDAY)


@pytest.mark.parametrize("cycle", list(Cycle))
def test_a_fixed_cycle_is_read(tmp_path, cycle):
    text = FIXED.replace("fiscal_year\n", f"{cycle}\n").replace(", year: fiscal_year", "")
    assert load(tmp_path, text).clause("summary").cycle is cycle


def test_a_rolling_clause_has_no_cycle(tmp_path):
    clause = load(tmp_path, EVERY).clause("inspection")
    assert (clause.shape, clause.cycle) == (Shape.EVERY, None)
    assert (clause.starts.sql, clause.ends.sql) == ("operational_on", "ended_on")


def test_the_year_an_event_is_for_may_be_a_column(tmp_path):
    assert load(tmp_path, FIXED).clause("summary").done.year == "fiscal_year"


def test_the_period_an_event_is_for_may_be_a_column(tmp_path):
    text = FIXED.replace("year: fiscal_year", "period: completed_on").replace(
        "every: fiscal_year", "every: month"
    )
    assert load(tmp_path, text).clause("summary").done.period == "completed_on"


def test_a_pack_has_the_clauses_of_all_its_files_in_order(tmp_path):
    pack = load(tmp_path, ON + EVERY, WITHIN)
    assert [clause.duty for clause in pack.clauses] == ["check-in", "inspection", "notification"]
    assert (pack.name, pack.title, pack.holidays) == ("small", "A small pack", "US")
    assert pack.policies == {"RULES": "The rules of a small agency"}


def test_an_unknown_duty_is_no_key(tmp_path):
    with pytest.raises(StopIteration):
        load(tmp_path, ON).clause("nothing")


def test_another_countrys_holidays_may_be_counted(tmp_path):
    assert load(tmp_path, ON, head=HEAD + "holidays: CA\n").holidays == "CA"
    assert load(tmp_path, ON, head=HEAD + "holidays: US-TX\n").holidays == "US-TX"


def test_the_digest_is_of_the_contents_not_of_the_place(tmp_path):
    here, there = load(tmp_path / "here", ON, WITHIN), load(tmp_path / "there", ON, WITHIN)
    changed = load(tmp_path / "changed", ON, WITHIN + "# a word\n")
    assert here.digest == there.digest
    assert here.digest != changed.digest
    assert len(here.digest) == 64


def test_a_comment_and_a_blank_do_not_matter(tmp_path):
    assert load(tmp_path, f"# Check-ins\n\n{ON}").clause("check-in").line == 3


def test_a_long_expression_may_be_folded(tmp_path):
    text = ON.replace(
        "when: channel = 'phone'", "when: >\n    channel = 'phone'\n    and state <> 'cancelled'"
    )
    said = load(tmp_path, text).clause("check-in").when.sql
    assert " ".join(said.split()) == "channel = 'phone' and state <> 'cancelled'"


def test_a_sound_pack_has_no_faults(tmp_path):
    assert check_pack(make_pack(tmp_path, ON, EVERY, WITHIN, FIXED)) == []


def test_everything_that_is_wrong_is_said_at_once(tmp_path):
    broken = ON.replace("channel =", "chanel =").replace("legal_stay", "leave").replace("P3D", "3 days")
    folder = make_pack(tmp_path, broken, WITHIN.replace("notified_at", "told_at"))
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    places = [(fault.path.name, fault.line) for fault in caught.value.faults]
    assert places == [
        ("clauses_1.yaml", 5),
        ("clauses_1.yaml", 9),
        ("clauses_1.yaml", 15),
        ("clauses_2.yaml", 6),
    ]
    assert check_pack(folder) == str(caught.value).splitlines()
