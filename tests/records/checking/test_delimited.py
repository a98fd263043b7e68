import csv
import gzip
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.records.checking.delimited import Delimited


def opened(folder: Path, data: bytes | str, name: str = "offices.csv", **more) -> Delimited:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Delimited(path, name, **more)


def rows(file: Delimited) -> list[tuple]:
    positions = range(len(file.facts.columns))
    return [row for chunk in file.chunks(positions) for row in chunk.rows.iter_rows()]


def ragged(file: Delimited) -> list[tuple]:
    return [row for chunk in file.chunks([0]) for row in chunk.ragged.iter_rows()]


def test_rows_are_counted_from_one(tmp_path):
    file = opened(tmp_path, "a,b\n1,2\n3,4\n")
    assert file.facts.columns == ["a", "b"]
    assert rows(file) == [(1, "1", "2"), (2, "3", "4")]


def test_empty_cells_are_null_whether_quoted_or_not(tmp_path):
    assert rows(opened(tmp_path, 'a,b,c\n1,,""\n')) == [(1, "1", None, None)]


def test_rows_that_do_not_fit_the_header_are_set_apart_with_their_number(tmp_path):
    file = opened(tmp_path, "a,b\n1\n2,3\n4,5,6\n\n7,8\n9\n")
    assert rows(file) == [(2, "2", "3"), (4, "7", "8")]
    assert ragged(file) == [(1, "1"), (3, "4,5,6"), (5, "9")]


def test_numbers_go_on_over_blocks(tmp_path):
    text = "a,b\n" + "".join(f"{n},x\n" if n % 7 else f"{n}\n" for n in range(1, 5001))
    file = opened(tmp_path, text, block=1000)
    got = rows(file)
    assert [row[0] for row in got] == [n for n in range(1, 5001) if n % 7]
    assert all(str(row[0]) == row[1] for row in got)
    assert [row[0] for row in ragged(file)] == [n for n in range(1, 5001) if n % 7 == 0]


def test_only_the_columns_asked_for_come_in_the_order_asked(tmp_path):
    file = opened(tmp_path, "a,b,c\n1,2,3\n")
    (first, *_) = file.chunks([2, 0])
    assert first.rows.columns == ["_row", "2", "0"]
    assert first.rows.rows() == [(1, "3", "1")]


def test_a_row_longer_than_a_block_is_read_and_nothing_before_it_twice(tmp_path):
    text = "a,b\n" + "1,x\n" * 500 + "2," + "y" * 50_000 + "\n" + "3,z\n"
    got = rows(opened(tmp_path, text, block=1000))
    assert [row[0] for row in got] == list(range(1, 503))
    assert got[-2][1:] == ("2", "y" * 50_000)


def test_a_cell_of_ten_million_bytes_is_read(tmp_path):
    got = rows(opened(tmp_path, "a,b\n1," + "x" * 10_000_000 + "\n2,y\n"))
    assert [len(row[2]) for row in got] == [10_000_000, 1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_kind_end_a_line(tmp_path, end):
    assert rows(opened(tmp_path, end.join(["a,b", "1,2", "3,4", ""]))) == [(1, "1", "2"), (2, "3", "4")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_the_header_has_most(tmp_path, delimiter):
    file = opened(tmp_path, "a,b,c\n1,2,3\n".replace(",", delimiter))
    assert file.facts.delimiter == delimiter
    assert rows(file) == [(1, "1", "2", "3")]


def test_delimiters_in_quotes_do_not_count(tmp_path):
    file = opened(tmp_path, '"a;b;c;d",e,f\n1,2,3\n')
    assert file.facts.columns == ["a;b;c;d", "e", "f"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_other_encodings_are_read(tmp_path, encoding):
    file = opened(tmp_path, "a,b\n1,Córdoba\n".encode(encoding))
    assert file.facts.columns == ["a", "b"]
    assert rows(file) == [(1, "1", "Córdoba")]


def test_a_compressed_file_is_read(tmp_path):
    file = opened(tmp_path, gzip.compress(b"a,b\n1,2\n"), "offices.csv.gz")
    assert rows(file) == [(1, "1", "2")]


@pytest.mark.parametrize("text", ["a,b", "a,b\n", "a,b\r\n\r\n"])
def test_a_header_alone_is_no_rows_and_no_problem(tmp_path, text):
    file = opened(tmp_path, text)
    assert (file.facts.columns, rows(file), file.facts.problems) == (["a", "b"], [], [])


def test_an_empty_file_is_a_problem(tmp_path):
    file = opened(tmp_path, "")
    assert rows(file) == []
    assert file.facts.problems == ["the file is empty: it has not even a header"]


def test_null_bytes_stay_in_their_cell(tmp_path):
    assert rows(opened(tmp_path, b"a,b\n1,x\x00y\n")) == [(1, "1", "x\x00y")]


def test_a_file_that_is_not_what_its_mark_says_is_a_problem(tmp_path):
    file = opened(tmp_path, "a,b\n1,2\n".encode("utf-16") + b"x")
    assert rows(file) == []
    assert file.facts.problems == ["cannot be split into rows and cells as utf-16"]


def test_a_file_that_is_written_to_meanwhile_yields_no_cell_that_is_not_text(tmp_path):
    file = opened(tmp_path, "a,b\n1,2\n3,4\n")
    (tmp_path / "offices.csv").write_bytes(b"a,b\n1,\xff\n3,4\n")
    (chunk,) = file.chunks([0, 1])
    assert (chunk.rows.height, chunk.unreadable.height) == (0, 1)
    assert file.facts.problems == ["cannot be split into rows after row 0"]


def test_letters_beyond_ascii_are_read_wherever_they_stand(tmp_path):
    lines = [f"{number},{'ñ' if number % 7 == 0 else 'n'}" for number in range(1, 50)]
    file = opened(tmp_path, "a,b\n" + "\n".join(lines) + "\n", block=64)
    assert rows(file) == [(number, str(number), "ñ" if number % 7 == 0 else "n") for number in range(1, 50)]


def test_a_file_without_quotes_and_one_with_them_are_read_alike(tmp_path):
    plain = rows(opened(tmp_path, "a,b\n1,x y\n2,\n", "plain.csv"))
    assert rows(opened(tmp_path, 'a,b\n"1","x y"\n2,""\n', "quoted.csv")) == plain


def test_a_file_that_breaks_off_is_a_problem_and_what_is_left_at_most_one_row(tmp_path):
    text = "a,b\n" + "1,2\n" * 200_000
    file = opened(tmp_path, text.encode("utf-16") + b"x", block=1 << 16)
    chunks = list(file.chunks([0, 1]))
    # How far Arrow had read ahead when it met the broken end is not always the same.
    read = sum(chunk.rows.height for chunk in chunks)
    assert read < 200_001
    assert [row for chunk in chunks for row in chunk.unreadable.rows()] in ([], [(read + 1, "")])
    assert len(file.facts.problems) == 1


cells = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"), max_size=8)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(cells, min_size=width, max_size=width).filter(any), min_size=1, max_size=12
    )
)


@given(table=tables)
def test_what_a_writer_wrote_is_read_back_cell_by_cell(table, tmp_path_factory):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([f"column {place}" for place in range(len(table[0]))])
    writer.writerows(table)
    file = opened(tmp_path_factory.mktemp("t"), text.getvalue(), block=1 << 16)
    file.facts.delimiter = ","
    assert [list(row[1:]) for row in rows(file)] == [[cell or None for cell in row] for row in table]


@given(data=st.binary(max_size=400))
def test_no_bytes_make_reading_fail(data, tmp_path_factory):
    file = opened(tmp_path_factory.mktemp("t"), data)
    positions = range(len(file.facts.columns))
    numbers = [
        number
        for chunk in file.chunks(positions)
        for part in (chunk.rows, chunk.ragged, chunk.unreadable)
        for number in part["_row"].to_list()
    ]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_the_frames_of_a_chunk_have_fixed_types(tmp_path):
    (chunk, *_) = opened(tmp_path, "a,b\n1,2\n").chunks([0, 1])
    assert chunk.rows.schema == {"_row": pl.Int64, "0": pl.String, "1": pl.String}
    assert chunk.ragged.schema == {"_row": pl.Int64, "_line": pl.String}
