"""`closeout measures`, as a person runs it."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.records.snapshot import Manifest, Part, sha256_of, write_manifest
from tests.duties.making import day, table
from tests.evidence.measures.test_read import COUNT, DUTY, LENGTH, RATE, SOURCE, TABLE, written

PACK = """pack: tiny
title: A tiny pack
policies: {POL: Some policy}
"""
CLAUSES = """- duty: check-in
  title: Hold the check-in
  section: A3
  owes: check_ins
  on: due_on
  done: {column: outcome_on, where: "outcome = 'attended'"}
  case: case_no
  versions:
    - basis: {policy: POL, clause: hold, made_up: true}
      in_force: 2020-01-01/..
"""
MEASURES = (
    {**DUTY, "period": "P3M", "target": "{value: 0.9, made_up: true}"},
    {**TABLE, "measure": "accepted", "period": "P3M", "office": "case_no", "by": "case_no.docket"},
    {**COUNT, "measure": "waiting", "counts": None, "where": "accepted_on is null", "period": None}
    | {"target": "{value: 0, basis: Handbook}", "direction": "down"},
    {
        **LENGTH,
        "measure": "days",
        "period": "P3M",
        "target": "{value: 14, made_up: true}",
        "direction": "down",
    },
    {**RATE, "measure": "deficiencies", "period": "P3M"},
    {**SOURCE, "measure": "findings", "period": None, "rules": "[open-case-without-lead]"},
)
CASES = [{"case_no": "C-000001", "office_id": "A", "state": "open", "opened_on": day("2025-01-01")}]
CASES[0]["docket"] = "juvenile"
CHECK_INS = [
    {
        "case_no": "C-000001",
        "due_on": day("2026-01-10"),
        "outcome": "attended",
        "outcome_on": day("2026-01-10"),
    },
    {"case_no": "C-000001", "due_on": day("2026-02-03")},
]
TRANSFERS = [
    {"case_no": "C-000001", "requested_on": day("2026-01-02"), "accepted_on": day("2026-01-05")},
    {"case_no": "C-000009", "requested_on": day("2026-02-02")},
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return a snapshot and a pack."""
    folder = tmp_path_factory.mktemp("snapshot")
    rows = {"cases": CASES, "check_ins": CHECK_INS, "transfers": TRANSFERS, "assignments": [], "holds": []}
    rows["offices"] = [{"office_id": "B"}, {"office_id": "A"}]
    parts = {}
    for name, made in rows.items():
        path = folder / name / "part-000.parquet"
        path.parent.mkdir()
        pq.write_table(table(name, made), path)
        parts[name] = (Part(f"{name}/part-000.parquet", len(made), sha256_of(path)),)
    write_manifest(folder, Manifest(date(2026, 3, 31), "test", parts))
    pack = tmp_path_factory.mktemp("pack")
    for name, text in (("pack", PACK), ("clauses", CLAUSES), ("measures", written(*MEASURES))):
        (pack / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder, pack


@pytest.fixture
def run(folders):
    def ran(*words, folder=folders[0], pack=folders[1]):
        return CliRunner().invoke(app, ["measures", str(folder), "--pack", str(pack), *words])

    return ran


def line(found, word):
    return next(" ".join(one.split()) for one in found.output.splitlines() if one.startswith(word))


def test_every_measure_stands_in_a_line(run):
    found = run()
    assert found.exit_code == 0, found.output
    assert "6 measures. All offices. As of 2026-03-31." in found.output
    assert line(found, "in-time") == "in-time 50.0 % 1.3 to 98.7 2 ≥ 90.0 % not met, not established"
    assert line(found, "waiting") == "waiting 1 0.0 to 5.6 ≤ 0 not met"
    assert line(found, "days").startswith("days 3 days")
    assert line(found, "deficiencies ") == "deficiencies no data not assessed"
    assert "deficiencies: tables inspections, deficiencies are missing" in found.output
    assert (
        "met, not established: 1; not met: 1; not met, not established: 1; no target: 1; not assessed: 2"
        in found.output
    )


def test_one_office(run):
    found = run("--office", "A")
    assert "Office A." in found.output
    assert "accepted" in found.output
    assert "waiting" not in found.output
    assert "there is no office Z; there are A, B" in run("--office", "Z").output


def test_one_measure_by_office_and_period(run):
    found = run("--measure", "accepted").output
    assert "Check-ins in time (accepted). As of 2026-03-31." in found
    assert "held in time, of: fell due" in found
    assert "50.0 % (1.3 to 98.7, exact), of 2. No target is set." in found
    assert "(no office)" in found
    assert "2026-01-01  2026-03-31" in found
    assert "SELECT" not in found
    only = run("--measure", "accepted", "--office", "A").output
    assert "(no office)" not in only


def test_one_measure_in_parts(run):
    shown = run("--measure", "accepted")
    found = shown.output
    assert line(shown, "Docket").startswith("Docket Value 95 % interval Of")
    assert line(shown, "juvenile") == "juvenile 100.0 % 2.5 to 100.0 1 no target"
    assert found.index("juvenile") < found.index("(none)", found.index("juvenile"))
    assert "juvenile" not in run("--measure", "accepted", "--office", "A").output


def test_parts_in_json(run):
    one = json.loads(run("--measure", "accepted", "--json").output)
    (made,) = one["breakdowns"]
    assert (made["by"], made["title"]) == ("case_no.docket", "Docket")
    listed = [(part["label"], part["category"], part["numerator"], part["office"]) for part in made["parts"]]
    assert listed == [("juvenile", "juvenile", 1, None), ("(none)", "", 0, None)]
    withheld = json.loads(run("--measure", "accepted", "--suppress", "--json").output)
    assert {part["outcome"] for part in withheld["breakdowns"][0]["parts"]} == {"suppressed"}


def test_why_shows_the_definition_and_the_statement(run):
    found = run("--measure", "waiting", "--why").output
    assert "where: accepted_on is null" in found
    assert "Reads transfers." in found
    assert "Statement\nSELECT" in found
    assert "Target ≤ 0 (Handbook)." in found
    lacking = run("--measure", "deficiencies", "--why").output
    assert "no data: tables inspections, deficiencies are missing. No target is set." in lacking
    assert "Statement" not in lacking


def test_rows_are_keys_and_days(run):
    found = run("--measure", "accepted", "--rows", "--limit", "1")
    assert "2026-01-02  transfers  1    C-000001  A" in found.output
    assert "... more: --after '2026-01-02|transfers|1|1'" in found.output
    rest = json.loads(
        run("--measure", "accepted", "--rows", "--after", "2026-01-02|transfers|1|1", "--json").output
    )
    assert [(row["key"], row["counts"]) for row in rest["rows"]] == [("2", 0)]
    assert "No rows." in run("--measure", "findings", "--rows").output


def test_json(run):
    found = json.loads(run("--json").output)
    assert (found["as_of"], found["pack"], found["office"]) == ("2026-03-31", "tiny", None)
    first = found["measures"][0]
    assert (first["measure"], first["numerator"], first["denominator"], first["method"]) == (
        "in-time",
        1,
        2,
        "exact",
    )
    assert first["target"] == {"value": 0.9, "basis": "", "is_made_up": True}
    one = json.loads(run("--measure", "in-time", "--json").output)
    assert [office["office"] for office in one["offices"]] == ["A", "B"]
    assert one["series"][-1] == one["total"]
    assert one["query"].startswith("-- past_offices")
    assert one["definition"]["statistic"] == "timeliness"


def test_small_counts_are_withheld(run):
    found = json.loads(run("--measure", "waiting", "--suppress", "--json").output)
    assert (found["total"]["outcome"], found["total"]["value"]) == ("suppressed", None)


def test_another_day(run):
    assert "2 measures" not in run("--as-of", "2026-01-31").output
    ran = run("--as-of", "2026-01-31", "--measure", "in-time", "--json")
    found = json.loads(ran.stdout)
    assert (found["total"]["numerator"], found["total"]["denominator"]) == (1, 1)
    said = "the records stand as of 2026-03-31; what happened after 2026-01-31 is left out"
    assert ran.stderr == f"closeout measures: {said}\n"


def test_a_table_changed_after_the_snapshot_is_left_out_and_the_rest_goes_on(run, folders, tmp_path):
    copied = tmp_path / "copied"
    shutil.copytree(folders[0], copied)
    file = copied / "holds" / "part-000.parquet"
    pq.write_table(pq.read_table(file), file, compression="gzip")
    ran = run("--measure", "in-time", "--json", folder=copied)
    assert ran.exit_code == 1
    assert (
        json.loads(ran.stdout)["total"] == json.loads(run("--measure", "in-time", "--json").stdout)["total"]
    )
    (said,) = ran.stderr.splitlines()
    assert said.startswith("closeout measures: holds/part-000.parquet: the manifest says ")
    assert said.endswith("; the table is left out")
    file = copied / "transfers" / "part-000.parquet"
    pq.write_table(pq.read_table(file), file, compression="gzip")
    found = json.loads(run("--measure", "in-time", "--json", folder=copied).stdout)["total"]
    assert (found["outcome"], found["value"]) == ("no_data", None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--rows"], "--rows and --why are about one measure; name it with --measure"),
        (["--measure", "waiting", "--rows", "--suppress"], "give one of the two"),
        (["--measure", "wating"], "there is no measure wating. Did you mean waiting?"),
        (["--measure", "zzz"], "`closeout measures DIR` lists them."),
        (["--measure", "accepted", "--rows", "--after", "x"], "is no place in a list"),
        (["--engine", "oracle://x"], "names no engine"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(run, words, said):
    found = run(*words)
    assert found.exit_code in {1, 2}
    assert said in found.output
    assert len(found.output.splitlines()) == 1


def test_a_folder_that_is_no_snapshot(run, tmp_path):
    assert "is no snapshot" in run(folder=tmp_path).output


def test_a_pack_that_is_wrong_is_refused_with_every_fault(run, tmp_path):
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "clauses.yaml").write_text(CLAUSES, encoding="utf-8")
    wrong = written({**TABLE, "owner": "nobody"}, {**DUTY, "duties": "[nothing]"})
    (tmp_path / "measures.yaml").write_text(wrong, encoding="utf-8")
    found = run(pack=tmp_path)
    assert found.exit_code == 2
    assert "`owner: nobody` is not known" in found.output
    assert "`nothing` is no duty of the pack" in found.output


@pytest.fixture
def half_wrong(tmp_path):
    """Return a pack of two measures of which the second has no owner that there is."""
    measures = written({**DUTY, "period": "P3M"}, {**TABLE, "measure": "accepted", "owner": "nobody"})
    for name, text in (("pack", PACK), ("clauses", CLAUSES), ("measures", measures)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_measure_at_fault_is_left_out_with_a_line_and_the_rest_goes_on(run, half_wrong):
    found = run("--json", pack=half_wrong)
    assert found.exit_code == 1
    assert json.loads(found.stdout)["measure"]["measure"] == "in-time"
    (said,) = found.stderr.splitlines()
    assert said.startswith("closeout measures: ")
    assert "measures.yaml:" in said
    assert said.endswith("; the measure is left out")


def test_a_measure_that_is_left_out_cannot_be_asked_for(run, half_wrong):
    found = run("--measure", "accepted", pack=half_wrong)
    assert found.exit_code == 2
    assert "the measure accepted is left out, as said above" in found.stderr


def test_a_table_whose_file_is_missing_is_left_out_and_the_rest_goes_on(run, folders, tmp_path):
    copied = tmp_path / "copied"
    shutil.copytree(folders[0], copied)
    (copied / "holds" / "part-000.parquet").unlink()
    found = run("--measure", "in-time", "--json", folder=copied)
    assert found.exit_code == 1
    assert json.loads(found.stdout)["total"]["denominator"] == 2
    (said,) = found.stderr.splitlines()
    assert "holds/part-000.parquet is listed in the manifest and cannot be read" in said


def test_a_pack_without_measures_is_said(run, tmp_path):
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "clauses.yaml").write_text(CLAUSES, encoding="utf-8")
    assert "the pack has no measures; it declares them in measures.yaml" in run(pack=tmp_path).output


def test_a_duty_at_fault_is_left_out_with_what_counts_it_and_the_rest_goes_on(run, tmp_path):
    clauses = CLAUSES + CLAUSES.replace("duty: ", "duty: other-").replace("column: ", "column: no_")
    other = {**DUTY, "measure": "both", "duties": "all", "period": "P3M"}
    measures = written({**DUTY, "period": "P3M"}, other)
    for name, text in (("pack", PACK), ("clauses", clauses), ("measures", measures)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = run("--json", pack=tmp_path)
    assert found.exit_code == 1
    assert json.loads(found.stdout)["measure"]["measure"] == "in-time"
    fault, short = found.stderr.splitlines()
    assert "clauses.yaml:" in fault
    assert fault.endswith("; the duty is left out")
    assert short == "closeout measures: 1 measure counts what is left out, and is left out too: both"


def test_what_the_records_hold_nothing_of_is_said_and_is_in_the_json(run, folders, tmp_path):
    copied = tmp_path / "copied"
    shutil.copytree(folders[0], copied)
    found = run("--json", "--measure", "accepted", folder=copied)
    assert json.loads(found.stdout)["notes"] == []
    empty = [{**one, "accepted_on": None} for one in TRANSFERS]
    file = copied / "transfers" / "part-000.parquet"
    pq.write_table(table("transfers", empty), file)
    manifest = json.loads((copied / "manifest.json").read_text())
    manifest["tables"]["transfers"][0] |= {"sha256": sha256_of(file)}
    (copied / "manifest.json").write_text(json.dumps(manifest))
    found = run("--json", "--measure", "accepted", folder=copied)
    (note,) = [one for one in json.loads(found.stdout)["notes"] if "accepted_on" in one]
    assert note.startswith("transfers: accepted_on is empty in all 2 rows")
    assert f"closeout measures: {note}" in found.stderr


def test_what_is_looked_for_and_not_there_is_said_beside_the_figures(run, folders, tmp_path):
    copied = tmp_path / "snapshot"
    shutil.copytree(folders[0], copied)
    pq.write_table(table("check_ins", []), copied / "check_ins/part-000.parquet")
    manifest = json.loads((copied / "manifest.json").read_text())
    digest = sha256_of(copied / "check_ins/part-000.parquet")
    manifest["tables"]["check_ins"][0] |= {"rows": 0, "sha256": digest}
    (copied / "manifest.json").write_text(json.dumps(manifest))
    found = run("--json", folder=copied)
    (said,) = [note for note in json.loads(found.stdout)["notes"] if note.startswith("check_ins: ")]
    assert said.startswith("check_ins: the table holds no row; 1 duty and 1 measure look in it")
    assert f"closeout measures: {said}" in found.stderr
    assert found.exit_code == 0
    assert json.loads(run("--measure", "in-time", "--json", folder=copied).stdout)["notes"] == [said]


def test_of_one_measure_only_what_it_looks_for_is_said(run):
    assert json.loads(run("--measure", "findings", "--json").stdout)["notes"] == []
