"""What the pack that comes with Closeout holds."""

import itertools
import re
from datetime import timedelta

import ibis
import pytest

from closeout.duties.clauses import Cycle, DayKind, Shape
from closeout.duties.pack import check_pack, load_pack
from closeout.duties.predicates import build
from closeout.duties.terms import Kind, columns_of
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES
from tests.each import for_each

ERO = load_pack()
DUTIES = sorted(clause.duty for clause in ERO.clauses)

NO_DUTY = {
    "A2": "counts that reconcile, not duties: records/checking",
    "A13": "minutes of the window: time entries",
    "A15": "refused by the boundary",
    "C5": "answers inside an inspection",
}
SECTIONS = [
    *(f"A{n}" for n in range(1, 17)),
    *(f"B{n}" for n in range(1, 5)),
    *(f"C{n}" for n in range(1, 10)),
    *(f"D{n}" for n in range(1, 6)),
    *(f"F{n}" for n in range(1, 4)),
    *(f"G{n}" for n in range(2, 8)),
    "H1",
    *(f"I{n}" for n in range(1, 4)),
]


def test_the_shipped_pack_is_sound():
    assert check_pack() == []
    assert ERO.name == "ero"


@for_each("section", SECTIONS)
def test_every_system_of_parts_a_to_i_has_a_duty_or_a_reason_for_none(section):
    has_duty = any(clause.section == section for clause in ERO.clauses)
    assert has_duty is (section not in NO_DUTY)


def test_the_pack_uses_every_shape_and_cycle_the_engine_knows():
    assert {clause.shape for clause in ERO.clauses} == set(Shape)
    assert {clause.cycle for clause in ERO.clauses if clause.cycle} >= {
        Cycle.MONTH,
        Cycle.FISCAL_QUARTER,
        Cycle.FISCAL_YEAR,
    }
    counted = {version.period.counts for clause in ERO.clauses for version in clause.versions}
    assert counted == set(DayKind)


def texts(clause):
    own = ("when", "starts", "opened", "due", "ends", "office", "officer")
    yield from ((clause.owes, getattr(clause, name)) for name in own)
    over = clause.done.table if clause.shape is Shape.EVERY else clause.owes
    yield from ((over, clause.excused), (over, clause.excused_on), (clause.done.table, clause.done.where))


@for_each("duty", DUTIES)
def test_every_expression_of_a_clause_is_built_into_a_statement(duty):
    for name, text in texts(ERO.clause(duty)):
        if text is not None:
            table = ibis.table(ibis.schema(arrow_schema(name)), name=name)
            statement = ibis.to_sql(table.select(value=build(text, table, TABLES[name])), dialect="duckdb")
            assert " FROM " in " ".join(statement.split())


@for_each("duty", DUTIES)
def test_a_figure_is_cited_or_said_to_be_made_up(duty):
    for version in ERO.clause(duty).versions:
        assert bool(version.basis.citation) is not version.basis.is_made_up
        assert version.basis.policy in ERO.policies


def test_every_policy_is_one_that_a_clause_rests_on():
    used = {version.basis.policy for clause in ERO.clauses for version in clause.versions}
    assert set(ERO.policies) == used


def test_the_text_of_a_directive_is_never_given_as_a_rule():
    # Directives of the agency are not public here; 11064.3 and 11064.4 only date versions.
    cited = [version.basis.citation for clause in ERO.clauses for version in clause.versions]
    assert [citation for citation in cited if re.search(r"\b\d{4,5}\.\d\b", citation)] == []


@pytest.mark.parametrize(
    ("duty", "citation"),
    [
        ("custody-review-90", "8 CFR 241.4"),
        ("custody-review-180", "241.13"),
        ("travel-follow-up", "8 CFR 241.5(a)(2)"),
        ("complaint-notification", "48 hours, excluding weekends"),
        ("contract-surveillance", "FAR 46.401(a)"),
        ("course-evaluation", "5 CFR 410.202"),
        ("policy-review", "OIG-17-51"),
        ("partner-inspection", "GAO-21-186"),
        ("partner-summary", "GAO-21-186"),
        ("agreement-end-notice", "90-day written notice"),
    ],
)
def test_a_public_text_is_cited_where_it_gives_the_figure(duty, citation):
    assert citation in ERO.clause(duty).versions[-1].basis.citation


def test_rules_were_superseded():
    assert sum(len(clause.versions) > 1 for clause in ERO.clauses) >= 10
    assert sum(version.takes_over_open for clause in ERO.clauses for version in clause.versions) >= 5


def test_for_a_time_no_policy_asked_for_file_reviews():
    earlier, later = ERO.clause("file-review").versions
    assert later.in_force_from - earlier.in_force_to > timedelta(days=365)
    assert not later.takes_over_open


def test_an_offices_own_fault_excuses_the_check_in():
    clause = ERO.clause("check-in")
    assert clause.excused_reason == "service_issue"
    assert "service_issue" in clause.excused.sql
    assert "service_issue" in clause.done.where.sql


def test_a_reopened_case_starts_anew_and_a_closed_one_ends():
    for clause in ERO.clauses:
        if clause.owes == "cases" and clause.shape is Shape.EVERY:
            assert clause.ends.sql == "closed_on", clause.duty
            assert "reopened_on" in clause.starts.sql or "detained_on" in clause.starts.sql, clause.duty


@for_each("duty", DUTIES)
def test_a_duty_about_a_case_says_so(duty):
    clause = ERO.clause(duty)
    about = [column for column, to in TABLES[clause.owes].references().items() if to == "cases"]
    if clause.owes == "cases" or about:
        assert clause.case == "case_no"


@for_each("duty", DUTIES)
def test_a_duty_takes_time_from_an_activity(duty):
    assert ERO.clause(duty).minutes


@for_each("duty", DUTIES)
def test_done_is_matched_by_columns_of_one_type(duty):
    clause, done = ERO.clause(duty), ERO.clause(duty).done
    assert columns_of(TABLES[done.table])[done.column].kind in (Kind.DATE, Kind.INSTANT)
    if done.match:
        one = columns_of(TABLES[done.table])[done.match].kind
        assert one is columns_of(TABLES[clause.owes])[done.subject].kind


def test_versions_of_a_clause_never_overlap():
    for clause in ERO.clauses:
        for earlier, later in itertools.pairwise(clause.versions):
            assert earlier.in_force_to < later.in_force_from, clause.duty


def test_titles_say_what_to_do():
    for clause in ERO.clauses:
        assert clause.title[0].isupper(), clause.duty
        assert not clause.title.endswith("."), clause.duty
