"""`closeout freeze` and `closeout verify`, as a person runs them."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.duties.pack import own_folder
from tests.evidence.freezing.judged import contracts, officers
from tests.evidence.freezing.making import checks, posts, write_snapshot

MEASURE = ("--measure", "posts-filled", "--measure", "proceeding-mismatch-share")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return records and what is frozen of them; tests copy what they change."""
    folder = tmp_path_factory.mktemp("made")
    write_snapshot(folder / "records")
    found = run("freeze", folder / "records", *MEASURE, "--out", folder / "evidence", "--json")
    assert found.exit_code == 0, found.output
    return folder, json.loads(found.stdout)


@pytest.fixture
def copy(made, tmp_path):
    shutil.copytree(made[0], tmp_path / "copy")
    return tmp_path / "copy"


def test_freezing_prints_what_was_frozen_and_the_digest(made):
    _, said = made
    assert [one["code"] for one in said["results"]] == ["posts-filled", "proceeding-mismatch-share"]
    assert said["as_of"] == "2026-09-30"
    assert len(said["digest"]) == 64


def test_what_was_moved_is_equal_and_ends_with_0(made, copy):
    digest = made[1]["digest"]
    found = run("verify", copy / "evidence", copy / "records", "--expect", digest)
    assert found.exit_code == 0
    assert found.stdout == f"2 results: 2 equal.\nDigest of the index: {digest}\n"


def test_the_whole_answer_as_json(made, copy):
    found = run("verify", copy / "evidence", copy / "records", "--json")
    said = json.loads(found.stdout)
    assert said["is_equal"] is True
    assert [one["finding"] for one in said["results"]] == ["equal", "equal"]


def test_records_that_changed_end_with_1_and_say_what(copy):
    write_snapshot(copy / "other", positions=posts("A", 20, 16) + posts("B", 30, 12))
    found = run("verify", copy / "evidence", copy / "other")
    assert found.exit_code == 1
    assert "table positions is not the one that was frozen: 77 rows then, 78 now" in found.stdout
    assert "office_id A, since none, until 2026-09-30: denominator was 35.0, is 36.0" in found.stdout
    assert "Told, no difference: the snapshot is another one" in found.stdout
    assert "2 results: 1 equal; 1 differs." in found.stdout


def test_a_record_that_was_tampered_with_ends_with_1(copy):
    path = next((copy / "evidence").glob("posts-filled.*"))
    path.write_text(path.read_text().replace('"effective_on": "2026-09-30"', '"effective_on": "2026-09-29"'))
    found = run("verify", copy / "evidence", copy / "records")
    assert found.exit_code == 1
    assert "the record was tampered with" in found.stdout
    assert "2 results: 1 equal; 1 the record was tampered with." in found.stdout


def test_another_digest_than_expected_ends_with_1(copy):
    found = run("verify", copy / "evidence", copy / "records", "--expect", "0" * 64)
    assert found.exit_code == 1
    assert "The folder: the index's digest is" in found.stdout


def test_a_file_missing_from_the_snapshot_ends_with_1(copy):
    (copy / "records" / "offices" / "part-000.parquet").unlink()
    found = run("verify", copy / "evidence", copy / "records")
    assert found.exit_code == 1
    assert "offices/part-000.parquet is listed in the manifest and cannot be read" in found.stdout


def test_records_changed_after_their_manifest_are_not_frozen(copy):
    with (copy / "records" / "positions" / "part-000.parquet").open("ab") as file:
        file.write(b"x")
    found = run("freeze", copy / "records", *MEASURE, "--out", copy / "new")
    assert found.exit_code == 1
    assert found.stderr.count("\n") == 1
    assert "It was changed after the snapshot was written" in found.stderr
    assert not (copy / "new").exists()


def test_days_duties_and_small_counts(copy):
    write_snapshot(copy / "small", verifications=checks("A", 30, 4) + checks("B", 40, 12))
    words = ["--as-of", "2026-06-30", "--effective-on", "2026-07-01", "--duties", "--exact"]
    found = run("freeze", copy / "small", *MEASURE[2:], *words, "--out", copy / "new")
    assert found.exit_code == 0
    assert "Froze 2 results as of 2026-06-30" in found.stdout
    record = json.loads(next((copy / "new").glob("proceeding*.json")).read_text())
    assert record["effective_on"] == "2026-07-01"
    assert 4 in [row["numerator"] for row in record["rows"]]
    assert run("verify", copy / "new", copy / "small").exit_code == 0


def test_one_result_alone_has_no_index_and_many_differences_are_counted(copy):
    # Nobody verified anything in A, and all in B was a match: every past period is another one.
    write_snapshot(copy / "other", verifications=checks("B", 90, 0))
    path = next((copy / "evidence").glob("proceeding*.json"))
    found = run("verify", path, copy / "other")
    assert found.exit_code == 1
    assert "more (--json has all)" in found.stdout
    assert "Digest of the index" not in found.stdout


def test_measures_that_are_declared_wrongly_are_said(copy):
    shutil.copytree(own_folder(), copy / "pack")
    (copy / "pack" / "measures.yaml").write_text("- measure: late\n")
    found = run("freeze", copy / "records", "--all", "--out", copy / "new", "--pack", copy / "pack")
    assert found.exit_code == 2
    assert "measures.yaml" in found.stderr


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """Return records with contracts and officers, and the verdicts and staffing frozen of them."""
    folder = tmp_path_factory.mktemp("judged")
    write_snapshot(folder / "records", **contracts(), **officers())
    words = ["--verdicts", "--staffing", "--support", "20", "--adjusted", "--seed", "3"]
    found = run("freeze", folder / "records", *words, "--out", folder / "evidence", "--json")
    assert found.exit_code == 0, found.output
    return folder, json.loads(found.stdout)


def test_every_verdict_that_the_records_give_is_frozen(judged):
    # There are no inspections, traces, agreements and reviews.
    assert [one["code"] for one in judged[1]["results"]] == ["standards", "training", "staffing"]


def test_what_staffing_assumed_is_in_the_record_and_verified_with_it(judged):
    folder = judged[0]
    record = json.loads(next((folder / "evidence").glob("staffing.*.json")).read_text())
    assumed = record["parameters"]["assumptions"]
    assert (assumed["support_share"], assumed["kind"], record["parameters"]["seed"]) == (0.2, "adjusted", 3)
    assert record["rows"][0]["office_id"] is None
    found = run("verify", folder / "evidence", folder / "records")
    assert found.exit_code == 0, found.stdout
    assert found.stdout.startswith("3 results: 3 equal.\n")


def test_a_verdict_that_differs_is_told_by_what_was_judged(judged, tmp_path):
    rows = contracts()
    rows["surveillance_events"][0] |= {"defects": 30}
    write_snapshot(tmp_path / "other", **rows, **officers())
    found = run("verify", judged[0] / "evidence", tmp_path / "other")
    assert found.exit_code == 1
    assert "  as a whole: counts.meets was 1, is 0\n" in found.stdout
    assert "table surveillance_events is not the one that was frozen: 2 rows then, 2 now" in found.stdout
    assert "1 differs" in found.stdout


def test_a_verdict_without_its_table_ends_with_1_and_one_line(made, tmp_path):
    found = run("freeze", made[0] / "records", "--verdict", "traces", "--out", tmp_path / "new")
    assert found.exit_code == 1
    said = "closeout freeze: the records have no table trace_counts: nothing can be said\n"
    assert found.stderr == said
    assert not (tmp_path / "new").exists()


def test_records_that_give_no_verdict_leave_nothing_to_freeze(made, tmp_path):
    found = run("freeze", made[0] / "records", "--verdicts", "--out", tmp_path / "new")
    assert found.exit_code == 2
    assert "say what to freeze" in found.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["freeze", "{records}", "--out", "{new}"], "say what to freeze: --measure CODE, --all, --verdict"),
        (["freeze", "{records}", "--measure", "posts-fild", "--out", "{new}"], "Did you mean posts-filled?"),
        (
            ["freeze", "{records}", "--measure", "recommendations-open", "--out", "{new}"],
            "in no table of the",
        ),
        (["freeze", "{new}", "--all", "--out", "{new}"], "is no snapshot"),
        (["freeze", "{records}", "--all", "--out", "{records}"], "is not empty and holds no frozen results"),
        (["freeze", "{records}", "--verdict", "trains", "--out", "{new}"], "there are standards, def"),
        (["freeze", "{records}", "--staffing", "--support", "100", "--out", "{new}"], "leaves no hours"),
        (["verify", "{records}", "{records}"], "holds no frozen results: it has no index.json"),
        (["verify", "{evidence}", "{evidence}"], "is no snapshot"),
    ],
)
def test_wrong_usage_is_one_line_and_ends_with_2(made, tmp_path, words, said):
    named = {"records": made[0] / "records", "evidence": made[0] / "evidence", "new": tmp_path / "new"}
    found = run(*(word.format(**named) for word in words))
    assert found.exit_code == 2
    assert said in found.stderr
    assert found.stderr.count("\n") == 1


@pytest.mark.parametrize("verb", ["freeze", "verify"])
def test_everything_wrong_with_a_pack_is_said_a_line_each(made, tmp_path, verb):
    records, evidence = made[0] / "records", made[0] / "evidence"
    words = [records, "--all", "--out", tmp_path / "new"] if verb == "freeze" else [evidence, records]
    found = run(verb, *words, "--pack", records)
    assert found.exit_code == 2
    assert found.stderr.count("\n") == 2
    assert "there is no pack.yaml" in found.stderr
    assert "the pack has no clauses" in found.stderr


@pytest.mark.parametrize("verb", ["freeze", "verify"])
def test_an_engine_that_is_none_ends_with_1(made, tmp_path, verb):
    records, evidence = made[0] / "records", made[0] / "evidence"
    words = [records, *MEASURE, "--out", tmp_path / "new"] if verb == "freeze" else [evidence, records]
    found = run(verb, *words, "--engine", "mysql://x")
    assert found.exit_code == 1
    assert "names no engine" in found.stderr


def test_the_same_again_is_refused(made, copy):
    found = run("freeze", copy / "records", *MEASURE, "--out", copy / "evidence")
    assert found.exit_code == 1
    assert "is frozen already in" in found.stderr


HIRING = {
    "office": "all",
    "by": "2029-09-30",
    "probability": "0.8",
    "classes": "{seats: 12, every: 6}",
    "ceiling": "none",
    "lead": "{5: 1}",
    "completion": "0.9",
    "ramp": "[0.5]",
    "leaving": "0.06",
    "costs": "{seat: 3, officer_month: 1, overtime_month: 1.5}",
    "basis": "Fictional.",
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"lead": None}, "needs `lead`: months a class takes to arrive"),
        ({"lead": "{-5: 1}"}, "`lead`: -5 must be a number of 0 or more"),
        ({"probability": "1.5"}, "`probability: 1.5` must be a share above 0 up to 1"),
        ({"office": "NOWHERE"}, "there is no office NOWHERE; there are "),
        ({"by": "2020-01-01"}, "give a day from one month to ten years after"),
    ],
)
def test_hiring_assumptions_that_are_not_sound_end_with_2_and_nothing_is_written(
    made, tmp_path, changed, said
):
    file = tmp_path / "hiring.yaml"
    lines = (f"{key}: {value}\n" for key, value in (HIRING | changed).items() if value is not None)
    file.write_text("".join(lines), encoding="utf-8")
    found = run("freeze", made[0] / "records", "--hiring", file, "--out", tmp_path / "out")
    assert found.exit_code == 2
    assert said in " ".join(found.output.split())
    assert not (tmp_path / "out").exists()


def test_a_file_of_hiring_assumptions_that_is_not_there_ends_with_2(made, tmp_path):
    found = run("freeze", made[0] / "records", "--hiring", tmp_path / "none.yaml", "--out", tmp_path / "out")
    assert found.exit_code == 2
    assert "cannot be read" in found.output
