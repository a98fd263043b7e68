import pytest

from closeout.reading.model import Medium
from closeout.reading.sources import pdf
from closeout.reading.sources.faults import sha256_of
from closeout.reading.sources.limits import Limits
from closeout.reading.sources.pdf import read_pdf
from closeout.reading.sources.recognition import RecognitionError
from tests.reading.samples import (
    make_blank_pdf,
    make_damaged_page,
    make_locked,
    make_long_pdf,
    make_pdf,
    make_scan,
)

PICTURE = "#rect(width: 4cm, height: 2cm, fill: black)"


@pytest.fixture
def recognize(monkeypatch):
    """Stand in for text recognition: give what a test says it makes of the file."""

    def install(outcome: bytes | Exception) -> None:
        def recognized(data: bytes, pages: list[int], *, seconds: float) -> bytes:
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        monkeypatch.setattr(pdf, "recognized_copy", recognized)

    return install


def fatal(data: bytes) -> tuple[str, str]:
    document = read_pdf("lamps.pdf", data)
    assert document.text == ""
    assert document.medium is Medium.PDF
    assert document.sha256 == sha256_of(data)
    (problem,) = document.problems
    assert problem.fatal
    return problem.code, problem.message


def test_pages_are_joined_by_form_feeds_and_mapped():
    document = read_pdf("lamps.pdf", make_pdf("First page.", "Second page.", title="On lamps"))
    assert document.text == "First page.\n\fSecond page.\n"
    assert [(page.number, document.text[page.start : page.end]) for page in document.pages] == [
        (1, "First page.\n"),
        (2, "Second page.\n"),
    ]
    assert document.page_of(document.text.index("Second")) == 2
    assert (document.title, document.problems, document.path) == ("On lamps", (), "lamps.pdf")


def test_a_locked_file_says_so_and_what_to_do():
    code, message = fatal(make_locked(make_pdf("Secret.")))
    assert code == "locked-pdf"
    assert "password" in message
    assert "save a copy without one" in message


def test_a_file_that_cannot_be_opened_says_so_and_what_to_do():
    code, message = fatal(make_pdf("A page.", "B.")[:600])
    assert code == "damaged-pdf"
    assert "download it again" in message


def test_blank_pages_are_an_empty_file():
    assert fatal(make_blank_pdf())[0] == "empty-file"


def test_a_file_cut_off_behind_its_page_list_is_read_and_reported():
    data = make_long_pdf(make_pdf("A page."), 2)
    document = read_pdf("lamps.pdf", data[: data.rindex(b"startxref")] + b"\n" * 3000)
    assert document.text == "A page.\n\fA page.\n"
    (problem,) = document.problems
    assert (problem.code, problem.fatal) == ("cut-pdf", False)
    assert "the 2 pages still found were read; download it again" in problem.message


def test_whole_pages_of_a_file_cut_in_the_middle_are_saved():
    data = make_pdf(*[f"Page {number} speaks of lamps." for number in range(1, 9)])
    document = read_pdf("lamps.pdf", data[: len(data) * 4 // 5])
    assert "Page 1 speaks of lamps." in document.text
    (problem,) = document.problems
    assert (problem.code, problem.fatal) == ("cut-pdf", False)
    assert "the rest is lost; download it again" in problem.message


def test_a_page_that_is_damaged_is_reported_and_the_others_are_read():
    document = read_pdf("lamps.pdf", make_damaged_page(make_pdf("A page."), 3))
    assert document.text.count("A page.") == 2
    assert [problem.message for problem in document.problems] == [
        "page 2 is damaged and could not be read; download the PDF again"
    ]


def test_a_file_all_of_whose_pages_are_damaged_is_unread():
    data = make_long_pdf(make_pdf("A page."), 2).replace(b"/Type /Page\n", b"/Type /Pig1")
    assert fatal(data)[0] == "damaged-pdf"


def test_a_scan_without_text_recognition_is_reported_as_unread(recognize):
    recognize(RecognitionError("install ocrmypdf and read the file again"))
    code, message = fatal(make_scan(3))
    assert code == "scanned-pdf"
    assert message == "unread: it is a scan without text (3 pages); install ocrmypdf and read the file again"


def test_a_scan_is_read_through_text_recognition(recognize):
    recognize(make_pdf("What the scan says.", "And more."))
    document = read_pdf("scan.pdf", make_scan(2))
    assert document.text == "What the scan says.\n\fAnd more.\n"
    (problem,) = document.problems
    assert problem.code == "recognized-text"
    assert "pages 1-2 are read by text recognition" in problem.message
    assert not problem.fatal


def test_a_scan_in_which_nothing_is_recognized_is_unread(recognize):
    recognize(make_scan())
    code, message = fatal(make_scan())
    assert code == "scanned-pdf"
    assert "look at the pages themselves" in message


def test_pages_without_text_among_others_are_listed(recognize):
    recognize(RecognitionError("install ocrmypdf and read the file again"))
    document = read_pdf("mixed.pdf", make_pdf("Words.", PICTURE, "Words.", PICTURE, PICTURE))
    assert document.text.count("Words.") == 2
    assert len(document.pages) == 5
    (problem,) = document.problems
    assert problem.code == "pages-without-text"
    assert problem.message.startswith(
        "pages 2, 4-5 are scanned, without text, and not read; install ocrmypdf"
    )


def test_a_recognized_copy_that_cannot_be_opened_leaves_the_pages_unread(recognize):
    recognize(b"%PDF-1.7 broken")
    document = read_pdf("mixed.pdf", make_pdf("Words.", PICTURE))
    assert [problem.code for problem in document.problems] == ["pages-without-text"]


def test_the_time_limit_reaches_text_recognition(monkeypatch):
    asked: list[float] = []

    def recognized(data: bytes, pages: list[int], *, seconds: float) -> bytes:
        asked.append(seconds)
        return make_pdf("Words.")

    monkeypatch.setattr(pdf, "recognized_copy", recognized)
    read_pdf("scan.pdf", make_scan(), Limits(ocr_seconds=7))
    assert asked == [7]
