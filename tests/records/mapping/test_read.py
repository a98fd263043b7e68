"""A file is read as text, however it is written."""

from __future__ import annotations

import gzip

import polars as pl
import pytest

from closeout.records.mapping import Form, MappingError, read_source

ROWS = [("1", "Québec"), ("007", None)]


def told(frame):
    """Return a frame's rows."""
    return list(frame.iter_rows())


def test_cells_stay_text(tmp_path):
    (tmp_path / "a.csv").write_text("n,place\n1,Québec\n007,\n", encoding="utf-8")
    frame = read_source(tmp_path / "a.csv", Form())
    assert told(frame) == ROWS
    assert frame.columns == ["n", "place"]


def test_other_delimiters_encodings_and_lines_above_the_header(tmp_path):
    (tmp_path / "a.csv").write_text("Made by hand\nn;place\n1;Québec\n007;\n", encoding="latin-1")
    assert told(read_source(tmp_path / "a.csv", Form(";", "latin-1", 1))) == ROWS


def test_a_compressed_file_is_read(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress("n,place\n1,Québec\n007,\n".encode()))
    assert told(read_source(tmp_path / "a.csv.gz", Form())) == ROWS


def test_quotes_after_a_blank_are_quotes(tmp_path):
    (tmp_path / "a.csv").write_text('"n", "place"\n"1", "Québec"\n"007"\n', encoding="utf-8")
    frame = read_source(tmp_path / "a.csv", Form(skip_initial_space=True))
    assert frame.columns == ["n", "place"]
    assert told(frame) == [("1", "Québec"), ("007", "")]


def test_parquet_becomes_text(tmp_path):
    pl.DataFrame({"n": [1, 2], "on": ["a", None]}).write_parquet(tmp_path / "a.parquet")
    assert told(read_source(tmp_path / "a.parquet", Form())) == [("1", "a"), ("2", None)]


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"\xff\xfe\xfa", Form(encoding="ascii")),
        (b"a,b\n1,2\n", Form(encoding="no-such")),
        (b"", Form()),
        (b"", Form(skip_initial_space=True)),
        (b"a,b\n1,2,3\n", Form()),
    ],
)
def test_a_file_that_cannot_be_read_that_way_says_how_it_was_tried(tmp_path, content, form):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(MappingError, match=r"a\.csv (cannot be read with delimiter|has no header)"):
        read_source(tmp_path / "a.csv", form)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(MappingError, match=r"none\.csv cannot be read"):
        read_source(tmp_path / "none.csv", Form())
