import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.sources import text as text_module
from closeout.reading.sources.text import NotTextError, decode
from tests.reading.samples import LETTER

ACCENTED = "Año de la razón: el señor José recomendó que la oficina actúe en Bogotá. " * 10


def codes(data: bytes, **options: str) -> list[str]:
    return [problem.code for problem in decode(data, **options).problems]


def test_utf8_is_read_without_remark():
    assert decode(LETTER.encode()).text == LETTER
    assert codes(LETTER.encode()) == []


def test_line_ends_stay_as_they_are_so_that_offsets_count_what_is_in_the_file():
    assert decode(b"one\r\ntwo\rthree\n").text == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding_and_is_no_part_of_the_text(mark, encoding):
    decoded = decode(mark + LETTER.encode(encoding))
    assert (decoded.text, decoded.problems) == (LETTER, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_known_by_its_zero_bytes(encoding):
    decoded = decode(LETTER.encode(encoding))
    assert decoded.text == LETTER
    assert [problem.code for problem in decoded.problems] == ["guessed-encoding"]
    assert "UTF-16" in decoded.problems[0].message


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (LETTER, "cp1252", "Windows-1252"),
        ("See § 12 of the Lamp Act, which the inspectors cite. " * 4, "cp1252", "Windows-1252"),
        (ACCENTED, "latin-1", "Windows-1252"),
        (LETTER * 8, "mac_roman", "Mac Roman"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy. " * 10, "cp1250", "cp1250"),
    ],
)
def test_a_guessed_encoding_is_named_and_what_to_do_is_said(text, encoding, name):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    (problem,) = decoded.problems
    assert problem.code == "guessed-encoding"
    assert name in problem.message
    assert "UTF-8" in problem.message
    assert not problem.fatal


def test_an_encoding_the_file_declares_needs_no_guess():
    assert decode(ACCENTED.encode("cp1250", errors="ignore"), declared="cp1250").problems == ()


def test_utf8_is_believed_over_a_declaration_that_contradicts_it():
    assert decode(ACCENTED.encode(), declared="cp1252").text == ACCENTED


@pytest.mark.parametrize("declared", ["utf-16", "no-such-encoding", "utf-8"])
def test_a_false_declaration_is_passed_over(declared):
    assert decode(LETTER.encode("cp1252"), declared=declared).text == LETTER


def test_text_cut_within_a_character_keeps_all_the_rest():
    decoded = decode((ACCENTED + "é").encode()[:-1])
    assert decoded.text == ACCENTED + "\ufffd"
    assert [problem.code for problem in decoded.problems] == ["damaged-text"]
    assert "1 characters" in decoded.problems[0].message


def test_wide_text_cut_within_a_character_is_damaged_not_lost():
    decoded = decode(codecs.BOM_UTF16_LE + LETTER.encode("utf-16-le")[:-1])
    assert decoded.text.startswith(LETTER[:-1])
    assert [problem.code for problem in decoded.problems] == ["damaged-text"]


@pytest.mark.parametrize(
    "data",
    [
        b"A line of text and a NUL\x00 in it, which no text has.",
        bytes(range(1, 32)) * 40,
        bytes(range(256)) * 8,
        b"\x93\x81\x8d\x00" * 50,
        codecs.BOM_UTF16_LE + "Lamps\x00and oil".encode("utf-16-le"),
    ],
)
def test_binary_data_is_refused(data):
    with pytest.raises(NotTextError):
        decode(data)


def test_bytes_that_fit_no_encoding_are_refused(monkeypatch):
    monkeypatch.setattr(text_module, "from_bytes", lambda *_arguments, **_options: [])
    with pytest.raises(NotTextError):
        decode(b"\xff\xfa letters \x98")


def test_a_stray_control_character_does_not_make_text_binary():
    assert "\x0c" in decode(LETTER.encode() * 3 + b"\x0c\x08").text


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])))
def test_whatever_is_written_as_utf8_comes_back(text):
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_either_text_or_refused(data):
    try:
        decoded = decode(data)
    except NotTextError:
        return
    assert "\x00" not in decoded.text
    assert all(problem.code in {"guessed-encoding", "damaged-text"} for problem in decoded.problems)
