import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest
from django.db import OperationalError
from typer.testing import CliRunner

import closeout
from closeout.cli import main as command
from closeout.cli import read_store
from closeout.cli.read_store import Store, StoreFailedError
from closeout.cli.read_summary import print_summary, problem_lines, register_counts
from closeout.reading.contract import schema
from closeout.reading.folder import read_paths
from closeout.reading.joining import join
from closeout.web.recommendations.models import Blob, Capture
from tests.reading.samples import LETTER, make_zip, write_all

DEMO = Path(closeout.__file__).parent / "demo" / "reports"
PAGE = DEMO / "gao" / "product-supervision-caseloads.html"
LISTING = DEMO / "gao" / "agency-page-2026-10.html"


def run(*arguments: object):
    asked = ["read", *map(str, arguments), "--workers", "0"]
    return CliRunner().invoke(command.app, asked, obj=command.Options())


def test_the_summary_counts_documents_recommendations_and_the_register():
    result = run(PAGE, "--no-store")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "gao-product-page" in result.stdout
    assert "3  recommendations with text" in result.stdout
    assert "Kept in" not in result.stdout


def test_json_prints_the_contract_and_nothing_else():
    result = run(DEMO, "--no-store", "--json")
    values = json.loads(result.stdout)
    jsonschema_rs.validator_for(schema()).validate(values)
    assert len(values["documents"]) == len([path for path in DEMO.rglob("*") if path.is_file()])


def test_an_incomplete_listing_is_told_but_is_no_failure(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "Bureau of Lamps\n\nOpen Recommendations (9 total)\n\nLamps: Better Counts Are Needed\n\nShow\n"
        "1 Open Recommendations\nAgency Affected Recommendation Status Sort descending\n"
        "Bureau of Lamps The Director of Lamps should count the lamps. (Recommendation 1)\nOpen\n"
        "When we confirm what actions the agency has taken in response to this recommendation, "
        "we will provide updated information.\n"
    )
    result = run(path, "--no-store")
    assert "[incomplete-listing]" in result.stderr
    assert result.exit_code == 0


def test_what_could_not_be_read_is_one_line_and_exit_code_one(tmp_path):
    write_all(tmp_path, {"a.txt": LETTER.encode(), "b.pdf": b"<html><title>404</title><p>gone</p></html>"})
    result = run(tmp_path, "--no-store")
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if "b.pdf" in line]
    assert line.startswith(f"{(tmp_path / 'b.pdf').as_posix()}: it is a web page")
    assert line.endswith("[not-a-pdf]")


def test_a_missing_path_among_others_is_a_problem(tmp_path):
    result = run(PAGE, tmp_path / "none.txt", "--no-store")
    assert result.exit_code == 1
    assert "[unreadable-file]" in result.stderr


def test_nothing_to_read_is_wrong_usage(tmp_path):
    result = run(tmp_path / "none.txt", "--no-store")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "none.txt does not exist" in result.stderr
    assert CliRunner().invoke(command.app, ["read"]).exit_code == 2


def test_an_empty_folder_is_read_with_nothing_in_it(tmp_path):
    result = run(tmp_path, "--no-store", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["documents"] == []


def test_overdue_is_judged_by_the_day_asked_for():
    def overdue(day: str) -> str:
        lines = run(LISTING, "--no-store", "--as-of", day).stdout.splitlines()
        return next(line.split()[0] for line in lines if line.endswith(f"overdue as of {day}"))

    assert overdue("2020-01-01") == "0"
    assert int(overdue("2040-01-01")) > 0
    assert run(PAGE, "--no-store", "--as-of", "soon").exit_code == 2


def test_problem_lines_stay_single_lines(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"<html><title>404\n\nNot Found</title><p>x")
    (reading,) = read_paths([path], workers=0)
    assert [line.count("\n") for line in problem_lines(reading)] == [0]


def test_counts_leave_out_reports_that_are_only_cited():
    readings = list(read_paths([DEMO / "oig" / "OIG-24-951.txt"], workers=0))
    register = join(readings)
    counts = dict(register_counts(readings, register, as_of=date(2026, 11, 1)))
    assert counts["reports"] == sum(not report.is_cited_only for report in register.reports)
    assert counts["recommendations with text"] == 5


def test_the_summary_of_nothing_can_be_printed(capsys):
    from rich.console import Console  # noqa: PLC0415 - takes the captured stream

    print_summary(Console(), [], join([]), as_of=date(2026, 1, 1))
    assert "0  reports" in capsys.readouterr().out


@pytest.mark.django_db
def test_readings_go_into_the_store_with_their_bytes(tmp_path):
    write_all(tmp_path, {"a.html": PAGE.read_bytes(), "b.zip": make_zip({"x.txt": LETTER.encode()})})
    result = run(tmp_path)
    assert "2 new, 0 read anew, 0 already there" in result.stdout
    captures = {Path(capture.document.origin).name: capture for capture in Capture.objects.all()}
    assert set(captures) == {"a.html", "x.txt"}
    assert bytes(captures["a.html"].blob.data) == PAGE.read_bytes()
    assert bytes(captures["x.txt"].blob.data) == LETTER.encode()
    assert captures["x.txt"].document.origin == f"{tmp_path}/b.zip!/x.txt"


@pytest.mark.django_db
def test_a_second_run_reads_and_stores_only_what_is_new(tmp_path, monkeypatch):
    write_all(tmp_path, {"a.html": PAGE.read_bytes(), "b.zip": make_zip({"x.txt": LETTER.encode()})})
    first = json.loads(run(tmp_path, "--json").stdout)
    write_all(tmp_path, {"new.txt": b"New words on the lamps of the harbor."})
    result = run(tmp_path)
    assert "1 new, 0 read anew, 2 already there" in result.stdout
    second = json.loads(run(tmp_path, "--json").stdout)
    assert second["documents"][:2] == first["documents"]
    assert second["records"] == first["records"]


@pytest.mark.django_db
def test_known_bytes_under_a_new_path_are_stored_with_their_text(tmp_path):
    write_all(tmp_path, {"a.html": PAGE.read_bytes()})
    run(tmp_path)
    write_all(tmp_path, {"copy.html": PAGE.read_bytes()})
    assert "1 new, 0 read anew, 1 already there" in run(tmp_path).stdout
    assert len(set(Capture.objects.values_list("text", flat=True))) == 1
    assert Blob.objects.count() == 1


@pytest.mark.django_db
def test_each_member_of_an_archive_is_stored_with_its_own_bytes(tmp_path):
    members = {"1.txt": b"One lamp of the harbor.", "2.txt": b"Two lamps of the harbor."}
    write_all(tmp_path, {"a.zip": make_zip(members)})
    run(tmp_path)
    stored = {capture.text: bytes(capture.blob.data) for capture in Capture.objects.all()}
    assert stored == {data.decode(): data for data in members.values()}


@pytest.mark.django_db
def test_the_path_is_kept_whole_whatever_folder_it_was_read_from(tmp_path, monkeypatch):
    write_all(tmp_path, {"in/a.html": PAGE.read_bytes()})
    monkeypatch.chdir(tmp_path)
    run("in")
    monkeypatch.chdir(tmp_path / "in")
    assert "0 new, 0 read anew, 1 already there" in run("a.html").stdout


@pytest.mark.django_db
def test_unread_documents_are_kept_with_their_problem(tmp_path):
    write_all(tmp_path, {"a.pdf": b"<html><p>gone</p></html>"})
    assert run(tmp_path).exit_code == 1
    assert Capture.objects.get().is_fatal


def test_a_store_that_cannot_be_opened_is_told_and_the_result_printed(monkeypatch):
    def refuse(_url: str | None) -> None:
        msg = "unable to open\ndatabase file. And much more"
        raise OperationalError(msg)

    monkeypatch.setattr(read_store, "configure", refuse)
    result = run(PAGE, "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["records"]) == 3
    assert result.stderr == (
        "closeout read: the store cannot be opened: unable to open database file; "
        "check --store, or use --no-store to read without one\n"
    )


@pytest.mark.django_db
def test_a_store_that_fails_halfway_does_not_lose_what_was_read(tmp_path, monkeypatch):
    def fail(arrivals, **_options):
        next(iter(arrivals))
        msg = "disk full"
        raise OperationalError(msg)

    monkeypatch.setattr("closeout.web.recommendations.ingest.ingest", fail)
    write_all(tmp_path, {f"{number}.txt": f"Lamp {number} of the harbor.".encode() for number in range(5)})
    result = run(tmp_path, "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["documents"]) == 5
    assert "the store failed: disk full" in result.stderr


@pytest.mark.django_db
def test_the_password_of_a_store_is_never_printed(monkeypatch):
    monkeypatch.setattr(read_store, "store_url", lambda: "postgres://closeout:sesame@db.example/lamps")
    assert Store(None).name == "postgres://closeout:…@db.example/lamps"


@pytest.mark.django_db
def test_a_file_that_changed_since_it_was_read_is_not_stored_under_the_wrong_hash(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(LETTER)
    readings = list(read_paths([path], workers=0))
    path.unlink()
    Store(None).take(readings)
    assert bytes(Blob.objects.get().data) == b""


def test_opening_fails_with_advice(monkeypatch):
    monkeypatch.delenv("CLOSEOUT_DATABASE_URL", raising=False)
    with pytest.raises(StoreFailedError, match="use --no-store"):
        Store("nonsense://x")


def test_the_program_reads_in_processes_and_ends_with_the_right_code(tmp_path):
    write_all(tmp_path, {"a.txt": LETTER.encode(), "b.txt": b""})
    line = [sys.executable, "-m", "closeout.cli.main", "read", str(tmp_path), "--no-store", "--json"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["documents"]) == 2
    assert "[empty-file]" in done.stderr
