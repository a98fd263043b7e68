"""What two duties call for together is called for once: against a slow oracle, by both ways of counting."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from closeout.duties.clauses import Cycle, Done, Pack, Shape
from closeout.duties.run import open_tables
from closeout.engines import connect
from closeout.workload.volumes import count_volumes
from tests.duties.making import contact_clause, day, days, months, table, text, version
from tests.duties.random_agency import LATER, OLD_AND_NEW, READS, records, summary_clause
from tests.workload.slow_volumes import SlowVolumes
from tests.workload.snapshots import written

NOV, MAY, END = date(2023, 11, 1), date(2024, 5, 1), date(2024, 6, 1)
READ = READS | {
    "office_id = 'A'": lambda row: row["office_id"] == "A",
    "docket = 'family'": lambda row: row["docket"] == "family",
    "recorded_on": lambda row: row["recorded_on"],
    "drafted_on": lambda row: row["drafted_on"],
    "is_parent": lambda row: bool(row["is_parent"]),
    "candidate_on": lambda row: row["candidate_on"],
    "reason = 'departed_removed'": lambda row: row["reason"] == "departed_removed",
}
KEPT = Done("verifications", "verified_on", "case_no", "case_no")


def of_one_act(*clauses):
    """Return clauses under names of their own, all of one activity."""
    return tuple(replace(one, duty=f"duty-{place}", minutes="work") for place, one in enumerate(clauses))


def both_ways(tmp_path, clauses, rows, *, is_whole=False):
    """Return the volumes of `work` counted from files and over an engine's tables."""
    snapshot = written(tmp_path, rows)
    engine = connect(threads=1)
    try:
        tables = open_tables(engine, snapshot)
        made = [
            count_volumes(engine, one, Pack("test", "Test", clauses), NOV, MAY, is_whole=is_whole)
            for one in (snapshot, tables)
        ]
    finally:
        engine.close()
    return [[row for row in one.table().to_pylist() if row["activity"] == "work"] for one in made]


def by_key(rows, side):
    found = {
        (row["office_id"], row["officer_no"], row["docket"], row["month"]): row[side]
        for row in rows
        if abs(row[side]) > 1e-9
    }
    return {key: pytest.approx(value) for key, value in found.items()}


def slow(clauses, rows):
    plain = {name: table(name, few).to_pylist() for name, few in rows.items()}
    return [SlowVolumes(one, plain, NOV, END, reads=READ) for one in clauses]


def greatest_by_day(clauses, rows):
    """Return what intervals call for: on each day and of each row the greatest of the rates."""
    made = defaultdict(float)
    each = slow(clauses, rows)
    for row in each[0].tables[clauses[0].owes]:
        rate = Counter()
        for one in each:
            if one.clause.when is None or one.read(one.clause.when, row):
                for on, number in one.calls(row):
                    rate[on] = max(rate[on], number)
        for on, number in rate.items():
            made[*each[0].holder(row, own=each[0].is_own()), on.replace(day=1)] += number
    return {key: value for key, value in made.items() if value > 1e-9}


def done_once(clauses, rows):
    """Return the acts: each row of the done table once for whoever it counts for."""
    made, seen = Counter(), set()
    for one in slow(clauses, rows):
        done = one.clause.done
        for holder, event in one.events():
            on = event[done.column]
            name = (done.table, tuple(sorted(event.items(), key=str)))
            is_called = on and NOV <= on < END and one.in_force(on)
            if is_called and (done.where is None or one.read(done.where, event)) and name not in seen:
                seen.add(name)
                made[*holder, on.replace(day=1)] += 1
    return dict(made)


INTERVALS = {
    "nested": (
        contact_clause(done=KEPT),
        contact_clause(done=KEPT, when=text("docket = 'family'"), versions=(version(period=months(2)),)),
    ),
    "crossing": (
        contact_clause(done=KEPT, when=text("docket = 'family'"), versions=(version(period=months(1)),)),
        contact_clause(done=KEPT, when=text("office_id = 'A'"), versions=OLD_AND_NEW),
    ),
    "other-days": (
        contact_clause(done=KEPT, starts=text("opened_on"), ends=None),
        contact_clause(done=KEPT, versions=(version(LATER, period=days(10)),)),
    ),
    "three": (
        contact_clause(done=KEPT, starts=text("opened_on"), when=text("office_id = 'A'")),
        contact_clause(done=KEPT, when=text("docket = 'family'"), versions=OLD_AND_NEW),
        contact_clause(done=KEPT, ends=None, versions=(version(period=days(30)),)),
    ),
    "alike": (contact_clause(done=KEPT), contact_clause(done=KEPT)),
}


@pytest.mark.parametrize("name", sorted(INTERVALS))
def test_of_intervals_the_shortest_in_scope_is_enough(tmp_path, name):
    clauses, rows = of_one_act(*INTERVALS[name]), records(sum(map(ord, name)), 40)
    files, engine = both_ways(tmp_path, clauses, rows)
    assert files == engine
    assert by_key(files, "owed") == greatest_by_day(clauses, rows)
    assert by_key(files, "done") == done_once(clauses, rows)


def test_counted_as_one_stretch_it_is_as_much(tmp_path):
    clauses, rows = of_one_act(*INTERVALS["three"]), records(3, 40)
    files, engine = both_ways(tmp_path, clauses, rows, is_whole=True)
    assert sum(row["owed"] for row in files) == pytest.approx(sum(greatest_by_day(clauses, rows).values()))
    assert files == engine


def test_acts_of_kinds_that_exclude_each_other_are_called_for_both(tmp_path):
    kinds = [
        contact_clause(done=replace(KEPT, where=text(f"kind = '{kind}'")))
        for kind in ("contact", "proceeding")
    ]
    rows = records(5, 30)
    files, _ = both_ways(tmp_path, of_one_act(*kinds), rows)
    alone, _ = both_ways(tmp_path / "alone", of_one_act(kinds[0]), rows)
    assert sum(row["owed"] for row in files) == pytest.approx(2 * sum(row["owed"] for row in alone))


def test_what_takes_time_for_another_activity_is_other_work(tmp_path):
    one, other = of_one_act(contact_clause(done=KEPT), contact_clause(done=KEPT))
    rows = records(5, 30)
    files, _ = both_ways(tmp_path, (one, replace(other, minutes="elsewhere")), rows)
    alone, _ = both_ways(tmp_path / "alone", (one,), rows)
    assert [row["owed"] for row in files] == [row["owed"] for row in alone]


def agreements(*more):
    return {
        "offices": [{"office_id": "A"}],
        "partner_summaries": [],
        "agreements": [
            {"agreement_id": "G-1", "office_id": "A", "operational_on": day("2020-01-01"), "model": "TFM"},
            *more,
        ],
    }


def test_of_cycles_the_longer_is_met_within_the_shorter(tmp_path):
    # November to May: seven months end; the two quarters that end in December and March are met by them.
    clauses = of_one_act(summary_clause(Cycle.QUARTER), summary_clause(Cycle.MONTH, versions=(version(),)))
    files, engine = both_ways(tmp_path, clauses, agreements())
    assert [row["owed"] for row in files] == [1] * 7
    assert files == engine


def test_a_longer_cycle_stands_where_the_shorter_is_not_yet_in_force(tmp_path):
    # By the month only from February: the quarter to December is called for, that to March is met.
    clauses = of_one_act(
        summary_clause(Cycle.QUARTER, versions=(version(),)),
        summary_clause(Cycle.MONTH, versions=(version(day("2024-02-01")),)),
    )
    files, engine = both_ways(tmp_path, clauses, agreements())
    assert {row["month"].month: row["owed"] for row in files} == {12: 1, 2: 1, 3: 1, 4: 1, 5: 1}
    assert files == engine


def test_done_for_one_of_three_scopes_a_row_counts_in_each_scope(tmp_path):
    """Duties that share a column and are about other rows: what was done is the sum, not the most."""
    clauses = of_one_act(
        *[summary_clause(Cycle.MONTH, when=text(f"model = '{model}'")) for model in ("TFM", "WSO")],
        summary_clause(Cycle.QUARTER, when=text("model = 'TFM'")),
    )
    other = {"agreement_id": "G-2", "office_id": "A", "operational_on": day("2020-01-01"), "model": "WSO"}
    rows = agreements(other)
    rows["partner_summaries"] = [
        {"agreement_id": name, "completed_on": day(on)}
        for name, on in (("G-1", "2024-01-05"), ("G-1", "2024-01-20"), ("G-2", "2024-01-09"))
    ]
    files, engine = both_ways(tmp_path, clauses, rows)
    assert sum(row["done"] for row in files) == 3
    # Two agreements, each seven months; the quarters of the first are met within.
    assert sum(row["owed"] for row in files) == 14
    assert files == engine


# -- rows that say when they call


def closures(seed, size):
    """Return cases, their departures, and proposals to close them, at random."""
    random = Random(seed)  # noqa: S311 - repeatable is what is wanted
    made = records(seed, size)
    names = [case["case_no"] for case in made["cases"]]
    on = lambda share=1.0: NOV + timedelta(random.randrange(210)) if random.random() < share else None  # noqa: E731
    made["departures"] = [
        {
            "departure_id": place,
            "case_no": random.choice(names),
            "recorded_on": on(),
            "is_parent": place % 3 == 0,
        }
        for place in range(size)
    ]
    made["closure_proposals"] = [
        {
            "case_no": random.choice(names),
            "candidate_on": on(0.9),
            "proposed_on": on(0.5),
            "reason": random.choice(["departed_removed", "deceased"]),
        }
        for _ in range(size // 2)
    ]
    return made


PROPOSAL = contact_clause(
    shape=Shape.WITHIN,
    owes="closure_proposals",
    starts=text("candidate_on"),
    ends=None,
    done=Done("closure_proposals", "proposed_on"),
)
DEPARTURE = contact_clause(
    shape=Shape.WITHIN,
    owes="departures",
    starts=text("recorded_on"),
    ends=None,
    done=Done("closure_proposals", "proposed_on", "case_no", "case_no", text("reason = 'departed_removed'")),
)


def called_once(clauses, rows):
    """Return what rows call for, less those whose act is a row that calls for it itself."""
    own, other = slow(clauses, rows)
    made = defaultdict(float, own.owed())
    for row in other.rows():
        for on, number in other.calls(row):
            acts = [
                act
                for act in other.tables["closure_proposals"]
                if act["case_no"] == row["case_no"]
                and (act["proposed_on"] is None or act["proposed_on"] >= on)
                and act["reason"] == "departed_removed"
                and act["candidate_on"] is not None
                and own.in_force(act["candidate_on"])
            ]
            if not acts:
                made[*other.holder(row, own=False), on.replace(day=1)] += number
    return {key: value for key, value in made.items() if value > 1e-9}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_row_whose_act_calls_for_itself_calls_for_nothing_more(tmp_path, seed, is_first):
    rows = closures(seed, 60)
    own, other = of_one_act(PROPOSAL, replace(DEPARTURE, when=text("is_parent")))
    files, engine = both_ways(tmp_path, (own, other) if is_first else (other, own), rows)
    expected = called_once((own, other), rows)
    plain = sum(sum(one.owed().values()) for one in slow((own, other), rows))
    assert by_key(files, "owed") == expected
    assert sum(expected.values()) < plain
    assert by_key(files, "done") == done_once((own, other), rows)
    assert files == engine


def test_two_duties_of_one_row_that_one_column_discharges_call_once(tmp_path):
    # Both from the day of record; those of a parent are called for by two clauses.
    rows = closures(4, 40)
    done = Done("departures", "verified_on")
    all_rows = replace(DEPARTURE, done=done)
    clauses = of_one_act(all_rows, replace(all_rows, when=text("is_parent"), versions=(version(LATER),)))
    files, engine = both_ways(tmp_path, clauses, rows)
    assert by_key(files, "owed") == slow(clauses, rows)[0].owed()
    assert files == engine


def test_a_row_that_only_the_later_clause_calls_for_is_kept(tmp_path):
    # The first rule ends when the second comes into force: nothing is called for twice, nothing is lost.
    rows = closures(6, 40)
    done = Done("departures", "verified_on")
    old = replace(DEPARTURE, done=done, versions=(version(to=LATER - timedelta(days=1)),))
    clauses = of_one_act(old, replace(old, versions=(version(LATER),)))
    files, _ = both_ways(tmp_path, clauses, rows)
    whole = slow([replace(old, versions=(version(),))], rows)[0].owed()
    assert by_key(files, "owed") == whole
