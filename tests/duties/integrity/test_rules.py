"""Every integrity rule: what it must say of itself, and how it behaves on nothing."""

import re

import pytest

from closeout.duties.integrity import FINDING, RULES, missing_tables, run_integrity
from closeout.engines import connect
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES
from tests.duties.integrity.scene import AS_OF

SECTIONS = {declared.section for declared in TABLES.values()} | {"A16", "D3"}


@pytest.fixture(scope="module")
def empty():
    opened = connect(threads=1)
    tables = {name: opened.from_arrow(name, arrow_schema(name).empty_table()) for name in TABLES}
    yield opened, tables
    opened.close()


@pytest.mark.parametrize("rule", list(RULES))
def test_a_rule_says_what_is_wrong_why_and_what_to_do(rule):
    one = RULES[rule]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", one.name)
    assert one.title
    assert not one.title.endswith(".")
    assert one.why.endswith((".", ";"))
    assert one.action.endswith(".")
    assert one.section in SECTIONS
    assert set(one.reads) <= set(TABLES)


def test_rules_have_their_names_and_titles_to_themselves():
    assert len({one.title for one in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("rule", list(RULES))
def test_a_rule_finds_nothing_in_nothing_and_has_the_columns_of_a_finding(empty, rule):
    opened, tables = empty
    only = {name: tables[name] for name in RULES[rule].reads}
    ((_, rows),) = run_integrity(only, AS_OF, rules=[rule])
    found = opened.to_arrow(rows)
    assert found.num_rows == 0
    assert found.schema.names == FINDING.names
    assert found.schema.types == FINDING.types


def test_no_finding_names_a_person():
    assert not [name for name in FINDING.names if "officer" in name or "staff" in name]
    keys = {TABLES[one.reads[0]].key() for one in RULES.values()}
    assert "officer_no" not in keys


def test_a_rule_whose_table_is_not_there_is_left_out_and_named(empty):
    _, tables = empty
    without = {name: table for name, table in tables.items() if name != "waivers"}
    lacking = {name for name, one in RULES.items() if missing_tables(one, without)}
    assert {one.name for one, _ in run_integrity(without, AS_OF)} == set(RULES) - lacking
    assert "waiver-expired-still-open" in lacking
    assert missing_tables(RULES["waiver-expired-still-open"], without) == ("waivers",)


def test_every_rule_runs_once_when_none_is_named(empty):
    _, tables = empty
    assert [one.name for one, _ in run_integrity(tables, AS_OF)] == list(RULES)
