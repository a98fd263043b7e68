import os
from pathlib import Path

import pytest

from closeout.reading.model import Medium
from closeout.reading.sources import Limits, open_bytes, open_documents, open_raw
from closeout.reading.sources.faults import sha256_of
from tests.reading.samples import LETTER, make_gzip, make_pdf, make_tar, make_zip

PAGE = f"<html><head><title>On lamps</title></head><body><script>x()</script><p>{LETTER}</p></body></html>"
SAVED = (
    "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=edge\r\n\r\n"
    f"--edge\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}\r\n--edge--\r\n"
)
TABLE = "Publication,Number,Status\n" + "Lamps,GAO-01-1,Open\n" * 4


def one(name: str, data: bytes):
    (document,) = open_bytes(name, data)
    return document


@pytest.mark.parametrize(
    ("name", "data", "medium"),
    [
        ("report.txt", LETTER.encode(), Medium.TEXT),
        ("report.txt", PAGE.encode(), Medium.HTML),
        ("page.mhtml", SAVED.encode(), Medium.HTML),
        ("report.html", make_pdf(LETTER), Medium.PDF),
        ("export.txt", TABLE.encode(), Medium.CSV),
        ("no-name", LETTER.encode("utf-16"), Medium.TEXT),
    ],
)
def test_the_content_says_what_a_file_is_not_its_name(name, data, medium):
    document = one(name, data)
    assert document.medium is medium
    assert document.problems == ()
    assert document.text
    assert (document.path, document.sha256) == (name, sha256_of(data))


def test_a_page_gives_its_words_and_title_without_its_script():
    document = one("page.html", PAGE.encode())
    assert document.title == "On lamps"
    assert "count every lamp" in document.text
    assert "x()" not in document.text


def test_text_and_tables_are_kept_to_the_letter():
    assert one("a.txt", b"a\r\n b  c\n\n").text == "a\r\n b  c\n\n"
    assert one("a.csv", TABLE.encode()).text == TABLE


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.txt", b"", "empty-file", "get it again"),
        ("a.txt", b" \n\t ", "empty-file", "get it again"),
        ("a.bin", bytes(range(256)) * 4, "binary-file", "holds binary data"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported-format", "an old Office file"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "unsupported-format", "a PNG picture"),
        ("a.xml", b"<?xml version='1.0'?><rss><item>Lamps and oil</item></rss>", "unsupported-format", "XML"),
        ("a.pdf", PAGE.encode(), "not-a-pdf", 'a web page ("On lamps")'),
        ("a.PDF", b"Access denied, please sign in.", "not-a-pdf", "plain text"),
        (
            "a.html",
            b"<html><body><script>draw()</script><div id=app></div></body></html>",
            "no-text",
            "drawn by script",
        ),
        ("a.html", b"<html><body><p>?</p></body></html>", "no-text", "holds no words"),
        ("a.zip", b"PK\x03\x04 cut", "damaged-archive", "get it again"),
    ],
)
def test_bad_input_gives_one_clear_line_and_no_text(name, data, code, words):
    document = one(name, data)
    (problem,) = document.problems
    assert (problem.code, problem.fatal, document.text) == (code, True, "")
    assert words in problem.message
    assert "\n" not in problem.message
    assert document.sha256 == sha256_of(data)


def test_a_line_break_in_a_page_title_does_not_break_the_line():
    document = one("a.pdf", b"<html><title>404\n\n Not Found</title><p>No such file.")
    assert '("404 Not Found")' in document.problems[0].message


def test_a_file_is_named_by_its_path_unless_told_otherwise(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    assert [document.path for document in open_documents(path)] == [path.as_posix()]
    assert [document.path for document in open_documents(path, name="in/letter.txt")] == ["in/letter.txt"]


def test_a_missing_file_is_a_problem_not_an_exception(tmp_path):
    (document,) = open_documents(tmp_path / "none.txt")
    assert document.problems[0].code == "unreadable-file"
    assert "No such file" in document.problems[0].message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_forbidden_file_is_a_problem_not_an_exception(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    assert [document.problems[0].code for document in open_documents(path)] == ["unreadable-file"]


def test_a_folder_is_a_problem_not_an_exception(tmp_path):
    assert [document.problems[0].code for document in open_documents(tmp_path)] == ["unreadable-file"]


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path, monkeypatch):
    path = tmp_path / "big.txt"
    path.write_text("x" * 2_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _self: pytest.fail("it was read"))
    (document,) = open_documents(path, limits=Limits(file_bytes=1_000))
    assert document.problems[0].code == "too-large"
    assert "2,000 bytes" in document.problems[0].message


@pytest.mark.parametrize(
    "data",
    [
        LETTER.encode(),
        make_pdf(LETTER),
        make_gzip(LETTER.encode()),
        make_zip({"a.txt": LETTER.encode(), "../b.txt": b"x", "c.zip": make_zip({"d.html": PAGE.encode()})}),
        make_tar({"a.txt": LETTER.encode(), "zeros.txt": bytes(20_000_000)}, "w:gz"),
    ],
)
def test_raw_bytes_come_in_the_order_of_the_documents_and_have_their_hashes(data):
    documents = list(open_bytes("file", data))
    raw = list(open_raw("file", data))
    assert [path for path, _ in raw] == [document.path for document in documents]
    for document, (_, found) in zip(documents, raw, strict=True):
        assert sha256_of(found) == document.sha256 or (document.problems[0].fatal and not found)
