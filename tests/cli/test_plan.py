"""`closeout plan`, as a person runs it."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.records.snapshot import Manifest, Part, sha256_of, write_manifest
from tests.duties.making import day, table

AS_OF = date(2026, 11, 1)
ASKED = ("--office", "A", "--by", "2028-06-01", "--draws", "200", "--history", "8")


def rows():
    officers = [
        {
            "officer_no": f"S-{number}",
            "office_id": "A",
            "role": "deportation_officer",
            "entered_on": day("2015-01-01"),
            "active_from": day("2015-01-01"),
            "contracted_hours": 40.0,
            "is_converted": False,
        }
        for number in (10, 11)
    ]
    cases = [
        {
            "case_no": f"C-{number:06}",
            "office_id": "A",
            "officer_no": f"S-{10 + number % 2}",
            "opened_on": AS_OF - timedelta(days=400),
            "docket": "detained",
        }
        for number in range(600)
    ]
    return {"offices": [{"office_id": "A"}, {"office_id": "B"}], "officers": officers, "cases": cases}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshot")
    parts = {}
    for name, made in rows().items():
        path = folder / name / "part-000.parquet"
        path.parent.mkdir()
        pq.write_table(table(name, made), path)
        parts[name] = (Part(f"{name}/part-000.parquet", len(made), sha256_of(path)),)
    write_manifest(folder, Manifest(AS_OF, "test", parts))
    return folder


@pytest.fixture
def run(snapshot):
    def ran(*words, folder=snapshot):
        return CliRunner().invoke(app, ["plan", *([str(folder)] if folder else []), *words])

    return ran


# 600 cases in custody of 15 minutes a month are 150 hours, by the experts; about 1.3 officers with support.
def test_a_plan_says_whom_to_hire_and_how_sure_it_is(run):
    found = run(*ASKED, "--staff", "0", "--seats", "2")
    assert found.exit_code == 0
    assert re.search(r"Office A: hire \d in month \d", found.output)
    assert "(weights of grade D)" in found.output
    assert re.search(
        r"need is \d\.\d full-time officers, \d\.\d to \d\.\d with 90 % of the draws", found.output
    )
    assert "Note: insufficient history for a season: 8 months of 24" in found.output


def test_a_plan_as_json(run):
    found = run(*ASKED, "--json")
    made = json.loads(found.output)
    assert made["plan"]["office_id"] == "A"
    today = made["need_today"]
    assert today["grade"] == "D"
    within = today["intervals"]["need_fte"]
    assert within["low"] < today["need_fte"] < within["high"]
    assert 0 <= today["probability_short"] <= 1
    assert [row["name"] for row in made["forecasts"]] == [["A", "case-management-detained"]]


def test_a_target_out_of_reach_is_exit_code_1_with_the_closest_path(run):
    found = run(*ASKED, "--staff", "0", "--class", "2:1", "--history", "0", "--json")
    assert found.exit_code == 1
    # JSON knows no Infinity: the bound of a target that no path meets is null.
    plan = json.loads(found.output, parse_constant=pytest.fail)["plan"]
    assert plan["chosen"]["hires"] == 1
    assert plan["chosen"]["bound"] is None
    assert plan["unmet_fte"] > 0
    assert "seats in the classes" in plan["binding"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "2028-06-01"), "either --office CODE or --nation"),
        (("--office", "A", "--nation", "--by", "2028-06-01"), "either --office CODE or --nation"),
        (("--office", "A"), "--by YEAR-MONTH-DAY"),
        ((*ASKED, "--class", "x"), "MONTH:SEATS"),
        ((*ASKED, "--lead", "soon"), "MONTHS:CHANCE"),
        ((*ASKED, "--lead", "5:0.5"), "add up to 1"),
        ((*ASKED, "--completion", "1.5"), "shares from 0 to 1"),
        ((*ASKED, "--cost", "nan", "1", "1"), "the cost `seat` is nan; give 0 or more"),
        (("--office", "A", "--by", "2026-11-20", "--history", "0"), "less than a month"),
        (("--office", "X", "--by", "2028-06-01"), "there is no office X; there are A, B"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(run, words, said):
    found = run(*words)
    assert found.exit_code == 2
    assert said in found.output


def test_a_folder_is_needed_and_must_be_a_snapshot(run, tmp_path):
    assert "give a snapshot's folder" in run(*ASKED, folder=None).output
    assert run(*ASKED, folder=tmp_path).exit_code == 2
