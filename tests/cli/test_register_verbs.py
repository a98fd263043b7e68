"""The verbs that read the register: what they print, as words and as JSON, and how they refuse."""

from __future__ import annotations

import csv
import json
import zipfile
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from closeout.cli import main as command
from closeout.reading.model import AuditorStatus, Position, StatementKind, StatusBasis
from closeout.web.recommendations.models import Capture, Recommendation
from tests.reading.factories import make_mention, make_promise, make_record, make_statement
from tests.web.recommendations.arrivals import LATER, reading_of, take_in

pytestmark = pytest.mark.django_db

LAMPS = "The Director should trim the lamps of every lighthouse each evening."
KEYS = "The Director should count the keys of the harbor office each week."
BUOYS = "The Secretary should paint every buoy before the spring tide comes in."


def run(*arguments: object):
    return CliRunner().invoke(command.app, [str(each) for each in arguments], obj=command.Options())


def lamp_record(**fields):
    defaults = {
        "number": "1",
        "agency": "Harbor Office",
        "status": AuditorStatus.RESOLVED_OPEN,
        "status_printed": "resolved and open",
        "position": Position.CONCUR,
        "position_printed": "concurred",
        "position_by": "Harbor Office",
        "promises": (make_promise("2026-02-28", said_on="2026-01-01"),),
        "statements": (make_statement(StatementKind.NEED, text="The office needs to send the lamp log."),),
    }
    return make_record(LAMPS, **{**defaults, **fields})


@pytest.fixture
def register(db):
    """Return a register of two reports: one with an overdue promise, one listed incompletely."""
    take_in(
        reading_of(
            lamp_record(),
            make_record(KEYS, number="2", agency="Key Office"),
            title="Lamps Go Out",
            report_number="ZIG-26-07",
            report_date="2026-01-01",
        ),
        reading_of(
            make_record(BUOYS, number="1", status=AuditorStatus.OPEN_UNKNOWN, status_printed="Open"),
            path="buoys.html",
            title="Buoys Fade",
            report_number="ZIG-26-09",
            as_of="2026-02-01",
            declared_total=4,
            complete=False,
        ),
    )


@pytest.mark.usefixtures("register")
def test_list_begins_with_the_counts_and_shows_what_is_asked():
    result = run("list", "--as-of", "2026-04-01")
    assert result.exit_code == 0
    first = result.stdout.splitlines()[0]
    assert first.startswith("3 open of 3; 1 promise missed; ")
    assert first.endswith("1 source incomplete. As of 2026-04-01.")
    words = " ".join(result.stdout.split())
    assert "trim the lamps" in words
    assert "2026-02-28, 32 days" in words  # February 28 to April 1


def test_list_of_an_empty_store_says_how_to_fill_it():
    result = run("list")
    assert result.exit_code == 0
    assert "`closeout read PATH…` fills it" in result.stdout


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ([], ["ZIG-26-07/1", "ZIG-26-07/2", "ZIG-26-09/1"]),
        (["lamps"], ["ZIG-26-07/1", "ZIG-26-07/2"]),  # the report's title has the word
        (["trim", "lamps"], ["ZIG-26-07/1"]),
        (["--report", "ZIG-26-09"], ["ZIG-26-09/1"]),
        (["--report", "zig 26-09"], ["ZIG-26-09/1"]),
        (["--report", "Buoys"], ["ZIG-26-09/1"]),
        (["--agency", "Key"], ["ZIG-26-07/2"]),
        (["--status", "not-printed"], ["ZIG-26-07/2"]),
        (["--status", "resolved-open"], ["ZIG-26-07/1"]),
        (["--status", "closed"], []),
        (["--overdue"], ["ZIG-26-07/1"]),
        (["--incomplete"], ["ZIG-26-09/1"]),
        (["--order", "report", "--desc"], ["ZIG-26-09/1", "ZIG-26-07/2", "ZIG-26-07/1"]),
        (["--size", "1", "--page", "2"], ["ZIG-26-07/2"]),
        (["--group", "review"], []),
    ],
)
def test_list_as_json_holds_what_the_options_ask_for(options, numbers):
    result = run("list", *options, "--json", "--as-of", "2026-04-01")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert [row["key"].removeprefix("dhs-oig/") for row in told["rows"]] == numbers
    assert told["counts"]["total"] == 3
    assert told["as_of"] == "2026-04-01"


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--report", "ZIG-99-99"], "closeout list: there is no report 'ZIG-99-99'"),
        (["list", "--agency", "nobody"], "closeout list: there is no agency 'nobody'"),
        (["list", "--agency", "Office"], "fits several agencies: Harbor Office; Key Office"),
        (["list", "--status", "fine"], "there is no status 'fine'; there are open, closed, not-printed"),
        (["list", "--progress", "fine"], "there is no progress 'fine'; there are not-started"),
        (["list", "--group", "fine"], "there is no group 'fine'; there are clock"),
        (["list", "--order", "color"], "there is no order 'color'; there are report"),
        (["show", "nothing"], "closeout show: there is no recommendation 'nothing'"),
        (["show", "1"], "'1' fits several: dhs-oig/ZIG-26-07/1, dhs-oig/ZIG-26-09/1"),
        (["promises", "--outcome", "lost"], "there is no outcome 'lost'; there are open, kept"),
        (["export", "--table", "chairs"], "there is no table 'chairs'; there are register"),
        (["export", "--format", "doc"], "there is no format 'doc'; there are csv"),
        (["export", "--out", "x.doc"], "there is no format 'doc'"),
        (["diff", "no-such-file.txt", "other.txt"], "no-such-file.txt is no file"),
        (["diff", "capture:999", "capture:998"], "there is no capture:999 in the store"),
        (["diff", "capture:x", "capture:y"], "there is no capture:x in the store"),
        (["diff", "lamp.txt"], "the store holds 1 captures of a document 'lamp.txt'; two are needed"),
        (["diff", "nothing"], "the store holds 0 captures of a document 'nothing'; two are needed"),
    ],
)
def test_what_is_asked_for_wrongly_is_one_line_and_exit_code_2(arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.usefixtures("register")
def test_show_tells_the_whole_story_with_sources():
    result = run("show", "ZIG-26-07/1", "--as-of", "2026-04-01")
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert LAMPS in words
    assert 'Auditor says Open, resolved ("resolved and open")' in words
    assert "Overdue promised for 2026-02-28, 32 days ago as of 2026-04-01" in words
    assert "1 need, 0 covered" in words
    assert "send the lamp log" in words
    assert "OMB Circular A-50" in words


@pytest.mark.usefixtures("register")
def test_show_tells_the_state_of_a_past_day():
    before = run("show", "ZIG-26-07/1", "--as-of", "2025-06-01").stdout
    assert "No status printed" in before
    assert "Overdue" not in before


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("key", ["dhs-oig/ZIG-26-07/1", "ZIG-26-07/1", "zig-26-07 1"])
def test_show_finds_a_recommendation_by_its_key_or_the_end_of_it(key):
    told = json.loads(run("show", key, "--json").stdout)
    assert (told["key"], told["number"], told["text"]) == ("dhs-oig/ZIG-26-07/1", "1", LAMPS)
    assert {entry["axis"] for entry in told["timeline"]} >= {"auditor", "agency"}
    assert all(entry["place"] is None or entry["place"]["capture"] for entry in told["timeline"])


def test_show_finds_a_recommendation_by_a_key_it_had_before():
    take_in(reading_of(lamp_record(), path="page.txt", title="Lamps Go Out"))
    before = Recommendation.objects.get().key
    take_in(reading_of(lamp_record(), path="report.txt", title="Lamps Go Out", report_number="ZIG-26-07"))
    assert json.loads(run("show", before, "--json").stdout)["key"] == "dhs-oig/ZIG-26-07/1"


@pytest.mark.usefixtures("register")
def test_promises_says_how_many_were_missed_and_lists_each():
    result = run("promises", "--as-of", "2026-04-01")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 promised date, 1 missed and not replaced (")
    assert "2026-02-28" in result.stdout


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("day", "outcome", "count"),
    [
        ("2026-04-01", "missed", 1),
        ("2026-02-28", "missed", 0),
        ("2026-02-28", "open", 1),
        ("2026-04-01", "kept", 0),
    ],
)
def test_promises_are_judged_on_the_as_of_day(day, outcome, count):
    told = json.loads(run("promises", "--outcome", outcome, "--json", "--as-of", day).stdout)
    assert len(told["rows"]) == count
    assert told["as_of"] == day


@pytest.mark.usefixtures("register")
def test_export_writes_what_the_filters_show(tmp_path):
    out = tmp_path / "register.csv"
    result = run("export", "--overdue", "--out", out, "--as-of", "2026-04-01")
    assert result.exit_code == 0, result.stderr
    assert "1 row of register" in result.stdout
    rows = list(csv.DictReader(StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [(row["key"], row["days_late"], row["text"]) for row in rows] == [
        ("dhs-oig/ZIG-26-07/1", "32", LAMPS)
    ]


@pytest.mark.usefixtures("register")
def test_export_to_no_file_is_printed():
    result = run("export", "--format", "json")
    (table,) = json.loads(result.stdout)["tables"]
    assert (table["code"], len(table["rows"])) == ("register", 3)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("table", "sheets"),
    [
        ("register", ["register"]),
        ("promises", ["promises"]),
        ("gao-ig-act", ["gao-list", "ig-list", "status-report"]),
        ("semiannual", ["questioned-costs", "better-use", "undecided", "no-final-action", "outstanding"]),
    ],
)
def test_every_table_is_a_workbook_with_its_as_of_day_and_source(tmp_path, table, sheets):
    out = tmp_path / "tables.xlsx"
    result = run("export", "--table", table, "--out", out, "--as-of", "2026-10-15", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert list(told["rows"]) == sheets
    book = load_workbook(BytesIO(out.read_bytes()))
    assert book.sheetnames == sheets
    for sheet in book:
        assert sheet["A2"].value.startswith("As of 2026-")
        assert "Source: " in sheet["A2"].value


@pytest.mark.usefixtures("register")
def test_a_file_that_cannot_be_written_is_one_line_and_exit_code_1(tmp_path):
    result = run("export", "--out", tmp_path / "missing" / "x.csv")
    assert result.exit_code == 1
    assert "x.csv cannot be written: No such file or directory" in result.stderr


@pytest.fixture
def two_captures(register):
    later = lamp_record(
        status=AuditorStatus.CLOSED_IMPLEMENTED,
        status_printed="closed",
        promises=(make_promise("2026-09-30"),),
    )
    take_in(
        reading_of(
            later,
            title="Lamps Go Out",
            report_number="ZIG-26-07",
            report_date="2026-01-01",
            text="Anew." * 200,
        ),
        at=LATER,
    )


@pytest.mark.usefixtures("two_captures")
def test_diff_of_a_document_in_the_store_compares_its_last_two_captures():
    told = json.loads(run("diff", "lamp.txt", "--json").stdout)
    kinds = [change["kind"] for change in told["changes"]]
    assert "status-changed" in kinds
    assert "promise-moved" in kinds
    assert "missing" not in kinds  # the newer one does not say that it is complete
    changed = next(change for change in told["changes"] if change["kind"] == "status-changed")
    assert (changed["before"], changed["after"], changed["number"]) == (
        "resolved-open",
        "closed-implemented",
        "1",
    )


@pytest.mark.usefixtures("two_captures")
def test_diff_takes_captures_by_number_and_says_what_changed_in_words():
    ids = Capture.objects.filter(document__origin="lamp.txt").order_by("pk").values_list("pk", flat=True)
    result = run("diff", f"capture:{ids[0]}", f"capture:{ids[1]}", "--exit-code")
    assert result.exit_code == 1
    assert "status changed" in result.stdout
    assert "so nothing counts as gone" in result.stdout
    same = run("diff", f"capture:{ids[0]}", f"capture:{ids[0]}", "--exit-code")
    assert same.exit_code == 0
    assert same.stdout.startswith("No change from ")


def test_diff_of_two_files_needs_no_store(tmp_path):
    one, other = tmp_path / "one.txt", tmp_path / "two.txt"
    for path in (one, other):
        path.write_text("Nothing that anybody asked for stands in here. " * 20)
    result = run("diff", one, other)
    assert result.exit_code == 0
    assert result.stdout.startswith("No change from ")


def test_diff_of_a_file_that_cannot_be_read_is_exit_code_1(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    result = run("diff", empty, empty)
    assert result.exit_code == 1
    assert "the file is empty" in result.stderr


@pytest.mark.usefixtures("register")
def test_list_says_which_page_is_shown_and_that_nothing_is_under_a_filter():
    assert "Page 1 of 3; --page shows the others." in run("list", "--size", "1").stdout
    assert "Nothing is under these filters." in run("list", "--status", "closed").stdout


def test_list_and_show_tell_a_reading_from_the_auditors_word():
    record = lamp_record(
        status=AuditorStatus.CLOSED_IMPLEMENTED,
        status_printed=None,
        status_basis=StatusBasis.INFERRED,
        status_confidence=0.8,
    )
    take_in(reading_of(record, title="L" * 80, report_number=""))
    listed = " ".join(run("list").stdout.split())
    assert "as closed, implemented" in listed
    assert "…" in listed
    shown = " ".join(run("show", "1").stdout.split())
    assert "Auditor says No status printed" in shown
    assert "Reads as Closed, implemented (80 % sure)" in shown


@pytest.mark.usefixtures("register")
def test_show_sets_contradicting_sources_side_by_side():
    odd = lamp_record(position=Position.NON_CONCUR, position_printed="did not concur")
    take_in(
        reading_of(
            odd, path="b.txt", title="Lamps Go Out", report_number="ZIG-26-07", report_date="2026-01-01"
        )
    )
    shown = " ".join(run("show", "ZIG-26-07/1").stdout.split())
    assert "1 conflict between sources" in shown
    assert "position concur" in shown
    assert "position non-concur" in shown


def test_show_of_one_that_is_only_declared_says_so():
    mention = make_mention("Lamps Go Out", number="ZIG-26-07", declared_count=1)
    take_in(reading_of(path="library.html", reports=(mention,)))
    assert "Only declared: no document here shows its words." in run("show", "declared-1").stdout


@pytest.mark.usefixtures("register")
def test_diff_of_a_name_that_fits_several_documents_lists_them():
    take_in(reading_of(lamp_record(), path="old/buoys.html", title="Buoys"))
    result = run("diff", "buoys.html")
    assert result.exit_code == 2
    assert "fits several documents: buoys.html, old/buoys.html" in result.stderr


def test_diff_of_an_archive_asks_for_one_document(tmp_path):
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
        archive.writestr("b.txt", "y")
    result = run("diff", path, path)
    assert result.exit_code == 2
    assert "is an archive; give one document" in result.stderr


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(("asked", "kind"), [("--report", "report"), ("--agency", "agency")])
def test_a_name_that_fits_several_lists_them(asked, kind):
    take_in(reading_of(lamp_record(agency="Harbor Police"), path="c.txt", title="Lamps Go Out Again"))
    result = run("list", asked, "Lamps" if kind == "report" else "Harbor")
    assert result.exit_code == 2
    assert "fits several" in result.stderr
