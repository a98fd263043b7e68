import codecs
import gzip

import pytest

from closeout.records.checking.encodings import encoding_of, text_of

TEXT = "office_id,label\nOFF-01,Bureau of Córdoba\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"office_id,label\nOFF-01,North\n", "utf-8"),
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
        (b"office_id\n\x81\xe9\n", "latin-1"),
        (b"office_id\ncut off: \xc3", "cp1252"),
    ],
)
def test_the_encoding_is_told_from_the_mark_or_the_bytes(tmp_path, data, name):
    path = tmp_path / "offices.csv"
    path.write_bytes(data)
    assert encoding_of(path).name == name


def test_an_odd_byte_far_down_the_file_counts(tmp_path):
    path = tmp_path / "offices.csv"
    path.write_bytes(b"office_id\n" + b"OFF-01\n" * 400_000 + b"C\xf3rdoba\n")
    assert encoding_of(path).name == "cp1252"


def test_a_letter_split_between_two_blocks_is_still_utf8(tmp_path):
    path = tmp_path / "offices.csv"
    path.write_bytes(b"x" * ((1 << 20) - 1) + "é".encode() + b"x" * 100)
    assert encoding_of(path).name == "utf-8"


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \r\n\t", b"\x00" * 10])
def test_a_file_of_nothing_is_empty(tmp_path, data):
    path = tmp_path / "offices.csv"
    path.write_bytes(data)
    assert encoding_of(path).is_empty


@pytest.mark.parametrize(("text", "has"), [('a,"b"\n', True), ("a,b\n", False)])
def test_quotes_are_noticed(tmp_path, text, has):
    path = tmp_path / "offices.csv"
    path.write_text(text)
    assert encoding_of(path).has_quotes is has


def test_a_compressed_file_is_looked_into(tmp_path):
    path = tmp_path / "offices.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode("cp1252")))
    assert encoding_of(path).name == "cp1252"
    with text_of(path, "cp1252") as file:
        assert file.read() == TEXT
