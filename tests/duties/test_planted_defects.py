"""Every defect planted in the example agency is found again, by the duty or the rule that it names."""

import json

import pytest

from closeout.duties.compile import instances
from closeout.duties.integrity import RULES, run_integrity
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables
from closeout.engines import connect
from closeout.records.example import write_example
from closeout.records.example.catalog import defects
from closeout.records.tables import TABLES

ALSO_UNPLANTED = frozenset(
    {
        # Offices are late with some outcomes and with reviews of holds, set some intervals on their own, send
        # packages that lack something and let documents expire: so is the agency, beside what is planted.
        "check-in-without-outcome",
        "hold-past-review",
        "interval-outside-policy",
        "request-sent-incomplete",
        "travel-document-expired-unused",
        # A parent's missing decision is planted for the duty, a flawed one for the rule about decisions;
        # either also makes the departure one without a valid decision.
        "departure-without-decision",
    }
)
DEFECTS = defects()
BY_RULE = sorted({one.name for one in DEFECTS if one.found_by == "integrity"})
BY_DUTY = sorted(one.id for one in DEFECTS if one.found_by == "duty")


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    snapshot = write_example(tmp_path_factory.mktemp("example") / "small", size="small", seed=7)
    opened = connect(threads=1)
    yield opened, open_tables(opened, snapshot), snapshot
    opened.close()


@pytest.fixture(scope="module")
def planted(agency):
    listed = json.loads((agency[2].folder / "defects.json").read_text())
    entries = listed["defects"] if isinstance(listed, dict) else listed
    return {entry["id"]: entry for entry in entries}


def found_by_rule(agency, rule):
    opened, tables, snapshot = agency
    ((_, rows),) = run_integrity(tables, snapshot.as_of, rules=[rule])
    return {(row["subject_table"], row["subject"]) for row in opened.to_arrow(rows).to_pylist()}


def planted_for(planted, rule):
    entries = [
        entry for entry in planted.values() if (entry["found_by"], entry["name"]) == ("integrity", rule)
    ]
    return {(entry["table"], key) for entry in entries for key in entry["keys"]}


@pytest.mark.parametrize("rule", BY_RULE)
def test_a_rule_finds_what_was_planted_for_it(agency, planted, rule):
    expected = planted_for(planted, rule)
    found = found_by_rule(agency, rule)
    assert expected <= found
    if rule not in ALSO_UNPLANTED:
        assert found == expected


@pytest.mark.parametrize("rule", [name for name in RULES if name not in BY_RULE])
def test_a_rule_without_a_planted_defect_finds_nothing(agency, rule):
    assert found_by_rule(agency, rule) == set()


def test_a_departure_without_valid_decision_is_always_one_of_the_planted(agency, planted):
    _, tables, _ = agency
    opened = agency[0]
    departures = tables["departures"].select("departure_id", "case_no")
    case_of = {str(row["departure_id"]): row["case_no"] for row in opened.to_arrow(departures).to_pylist()}
    decisions = tables["parental_decisions"].select("decision_id", "case_no")
    flawed = {str(row["decision_id"]): row["case_no"] for row in opened.to_arrow(decisions).to_pylist()}
    expected = {flawed[key] for key in planted["decision-flawed"]["keys"]}
    for defect in ("departure-without-decision", "decision-after-departure"):
        expected |= {case_of[key] for key in planted[defect]["keys"]}
    found = found_by_rule(agency, "departure-without-decision")
    assert {case_of[key] for _, key in found} <= expected


@pytest.mark.parametrize("defect", BY_DUTY)
def test_a_duty_shows_what_was_planted_in_the_state_named(agency, planted, defect):
    opened, tables, snapshot = agency
    entry = planted[defect]
    pack = load_pack()
    clause = pack.clause(entry["name"])
    rows = instances(clause, tables, as_of=snapshot.as_of, holidays=pack.holidays)
    rows = opened.to_arrow(rows.filter(rows.state == entry["state"])).to_pylist()
    by_case = entry["table"] == "cases" and clause.owes != "cases"
    shown = {row["case_no"] if by_case else row["subject"] for row in rows}
    assert entry["keys"], "nothing was planted"
    assert set(entry["keys"]) <= shown


def test_every_planted_defect_names_a_table_and_a_way_to_find_it():
    duties = {clause.duty for clause in load_pack().clauses}
    for one in DEFECTS:
        assert one.table in TABLES
        if one.found_by == "integrity":
            assert one.name in RULES
        elif one.found_by == "duty":
            assert one.name in duties
