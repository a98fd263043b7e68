"""Every kind of bad input of the issue, in one folder with good documents, through the real command."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import closeout
from closeout.cli import main as command
from tests.reading.samples import LETTER, make_gzip, make_locked, make_pdf, make_scan, make_zip, write_all

DEMO = Path(closeout.__file__).parent / "demo" / "reports"
REPORT = (DEMO / "oig" / "OIG-24-951.txt").read_bytes()
PAGE = (DEMO / "gao" / "product-supervision-caseloads.html").read_bytes()
TABLE = (DEMO / "gao" / "recommendations-export-2026-11-02.csv").read_text(encoding="utf-8")
ERROR = (
    b"<!doctype html><html><head><title>404 Not Found</title></head><body><p>No such file.</p></body></html>"
)
BYTES_A_MEGABYTE = 1024 * 1024


def cut_in_the_middle(report: bytes) -> bytes:
    """Return the first half of a report, cut within a sentence."""
    half = report[: len(report) // 2].rstrip()
    while not half[-1:].islower():
        half = half[:-1].rstrip()
    return half


BAD = {
    "error.pdf": (ERROR, "not-a-pdf", "download the PDF again"),
    "empty.txt": (b"", "empty-file", "get it again"),
    "program.bin": (b"\x7fELF\x02\x01" + bytes(500), "unsupported-format", "save it as PDF or text"),
    "binary.txt": (bytes(range(256)) * 20, "binary-file", "save it as PDF or text"),
    "locked.pdf": (make_locked(make_pdf("Secret.")), "locked-pdf", "save a copy without one"),
    "scan.pdf": (make_scan(2), "scanned-pdf", "install ocrmypdf"),
    "broken.pdf": (b"%PDF-1.7\nbroken", "damaged-pdf", "download it again"),
    "encoding.txt": (LETTER.encode("cp1252"), "guessed-encoding", "save the file as UTF-8"),
    "cut.txt": (cut_in_the_middle(REPORT), "cut-text", "get the whole document again"),
    "cut.html": (PAGE[: len(PAGE) // 2].rstrip(b">"), "cut-page", "get the whole document again"),
    "drawn.html": (b"<html><body><script>draw()</script></body></html>", "no-text", "save it as PDF"),
    "bomb.zip": (make_zip({"zeros.txt": bytes(50 * BYTES_A_MEGABYTE)}), "archive-bomb", "unpack it by hand"),
    "bomb.gz": (make_gzip(bytes(50 * BYTES_A_MEGABYTE)), "archive-bomb", "unpack it by hand"),
    "header.csv": (
        TABLE.replace("Recommendation,Status", "Advice,Standing").encode(),
        "changed-header",
        "column",
    ),
}
GOOD = {"a-first.html": PAGE, "report.txt": REPORT, "z-last.txt": LETTER.encode()}


def closeout_read(*arguments: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "closeout.cli.main", "read", "--no-store", "--json", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603 - our own


@pytest.fixture(scope="module")
def done(tmp_path_factory, request):
    """Read the folder once, in two processes, without text recognition on the path."""
    folder = write_all(
        tmp_path_factory.mktemp("bad"), {name: data for name, (data, *_) in BAD.items()} | GOOD
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        return folder, closeout_read(folder, "--workers", 2)


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_clear_line_with_what_to_do(done, name):
    folder, result = done
    _, code, advice = BAD[name]
    lines = [line for line in result.stderr.splitlines() if f"/{name}" in line and f"[{code}]" in line]
    assert lines
    assert all(line.startswith(f"{folder.as_posix()}/{name}: ") for line in lines)
    assert advice in lines[0]


def test_every_line_of_the_error_stream_is_about_a_file(done):
    folder, result = done
    assert all(line.startswith(f"{folder.as_posix()}/") for line in result.stderr.splitlines())
    assert "Traceback" not in result.stderr


def test_the_rest_of_the_folder_is_read_and_nothing_is_lost(done):
    _, result = done
    assert result.returncode == 1
    values = json.loads(result.stdout)
    paths = [Path(document["path"]).name for document in values["documents"]]
    assert paths == sorted([*BAD, *GOOD])
    shown = {Path(document["path"]).name: document["shown"] for document in values["documents"]}
    assert (shown["a-first.html"], shown["report.txt"], shown["z-last.txt"]) == (3, 5, 0)


def test_what_can_still_be_read_of_a_damaged_document_is_read(done):
    values = json.loads(done[1].stdout)
    fatal = {
        Path(document["path"]).name
        for document in values["documents"]
        if any(problem["fatal"] for problem in document["problems"])
    }
    assert not {"encoding.txt", "cut.txt", "cut.html"} & fatal
    assert {"error.pdf", "empty.txt", "locked.pdf", "bomb.zip", "scan.pdf"} <= fatal


@pytest.mark.parametrize("name", BAD)
def test_each_bad_input_alone_ends_with_exit_code_one(tmp_path, name, monkeypatch):
    monkeypatch.setenv("PATH", "")
    write_all(tmp_path, {name: BAD[name][0]})
    asked = ["read", str(tmp_path), "--no-store", "--json", "--workers", "0"]
    assert CliRunner().invoke(command.app, asked).exit_code == 1


def test_script_on_a_page_never_enters_what_is_read(tmp_path):
    script = (
        "<script>alert('stolen')</script><p onclick=\"steal()\">Harmless.</p><style>p{color:stolen}</style>"
    )
    page = PAGE.decode().replace("</body>", f"{script}</body>")
    write_all(tmp_path, {"page.html": page.encode()})
    result = closeout_read(tmp_path, "--workers", 0)
    assert result.returncode == 0
    assert "stolen" not in result.stdout
    assert "steal" not in result.stdout
    assert len(json.loads(result.stdout)["records"]) == 3


def test_a_table_whose_columns_only_changed_places_is_read(tmp_path):
    rows = list(csv.reader(io.StringIO(TABLE)))
    moved = io.StringIO()
    csv.writer(moved).writerows([*row[1:], row[0]] if len(row) > 9 else row for row in rows)
    write_all(tmp_path, {"export.csv": moved.getvalue().encode(), "same.csv": TABLE.encode()})
    values = json.loads(closeout_read(tmp_path, "--workers", 0).stdout)
    first, second = values["documents"]
    assert first["shown"] == second["shown"] > 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's peak memory")
def test_a_pdf_of_three_thousand_pages_is_read_with_bounded_memory(tmp_path):
    words = "The inspectors counted the lamps of the harbor and found that oil was short. " * 3
    pages = f"#for page in range(3000) [ = Section #page\n{words}\n#pagebreak(weak: true)\n]"
    (tmp_path / "long.pdf").write_bytes(make_pdf(pages))
    code = (
        "import re, sys, pathlib\n"
        "from closeout.reading.folder import read_paths\n"
        "(reading,) = read_paths([pathlib.Path(sys.argv[1])], workers=0)\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(len(reading.document.pages), re.search(r'VmHWM:\\s+(\\d+)', status)[1])\n"
    )
    line = [sys.executable, "-c", code, str(tmp_path / "long.pdf")]
    done = subprocess.run(line, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    pages_read, peak_kib = map(int, done.stdout.split())
    assert pages_read == 3000
    assert peak_kib < 150 * 1024
