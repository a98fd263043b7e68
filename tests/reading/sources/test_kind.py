import pytest

from closeout.reading.sources.kind import Kind, kind_of, unsupported_name
from tests.reading.samples import LETTER, make_gzip, make_pdf, make_tar, make_zip


def test_archives_are_known_by_their_bytes():
    assert kind_of(make_zip({"a.txt": b"a"})) is Kind.ZIP
    assert kind_of(make_zip({})) is Kind.ZIP
    assert kind_of(make_tar({"a.txt": b"a"})) is Kind.TAR
    assert kind_of(make_gzip(b"a")) is Kind.COMPRESSED


def test_a_pdf_is_known_even_after_some_debris():
    pdf = make_pdf("A page.")
    assert kind_of(pdf) is Kind.PDF
    assert kind_of(b"\r\n\r\n" + pdf) is Kind.PDF


def test_a_page_that_speaks_of_pdf_headers_is_no_pdf():
    assert kind_of(b"<!doctype html><p>%PDF-1.7 is how such files begin") is Kind.TEXT
    assert kind_of(LETTER.encode() * 20 + b"%PDF-1.7") is Kind.TEXT


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "an old Office file (.doc, .xls, .ppt or .msg)"),
        (b"{\\rtf1 Hello}", "a rich-text file (.rtf)"),
        (b"\x89PNG\r\n\x1a\n...", "a PNG picture"),
        (b"\xff\xd8\xff\xe0..", "a JPEG picture"),
        (b"BM\x00\x00\x01", "a BMP picture"),
        (b"RIFF\x01\x02\x03\x04WEBPVP8", "a WebP picture"),
        (b"\x7fELF\x02", "a program"),
        (b"MZ\x90\x00\x03", "a program"),
        (b"\x00\x00\x00\x18ftypmp42", "a film or sound recording"),
        (b"SQLite format 3\x00", "a SQLite database"),
    ],
)
def test_a_format_we_cannot_read_is_called_by_its_name(data, name):
    assert kind_of(data) is Kind.UNSUPPORTED
    assert unsupported_name(data) == name


@pytest.mark.parametrize(
    "data", [b"", b"BMI of staff was not recorded.", b"MZ is a code.", b"ID3 cards", LETTER.encode()]
)
def test_text_that_begins_like_a_binary_format_stays_text(data):
    assert kind_of(data) is Kind.TEXT
    assert unsupported_name(data) == ""
