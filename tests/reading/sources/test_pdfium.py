import struct
import threading
import zlib

import pypdfium2
import pytest

from closeout.reading.sources.pdfium import (
    DamagedPdfError,
    LockedPdfError,
    NoSuchPageError,
    page_picture,
    printed,
    text_layer,
)
from tests.reading.samples import (
    make_blank_pdf,
    make_damaged_page,
    make_locked,
    make_long_pdf,
    make_pdf,
    make_scan,
)

RED = '#page(width: 100pt, height: 50pt, margin: 0pt, rect(width: 100%, height: 100%, fill: rgb("ff0000")))'


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the pixels of a PNG without filters."""
    width, height = struct.unpack(">II", png[16:24])
    size = struct.unpack(">I", png[33:37])[0]
    rows = zlib.decompress(png[41 : 41 + size])
    line = 1 + 3 * width
    assert all(rows[at] == 0 for at in range(0, len(rows), line))
    return width, height, b"".join(rows[at + 1 : at + line] for at in range(0, len(rows), line))


def test_each_page_gives_its_text_and_the_file_its_title():
    layer = text_layer(make_pdf("First page.", "Second page.", title="On  lamps"))
    assert layer.texts == ["First page.", "Second page."]
    assert (layer.title, layer.pictures, layer.damaged) == ("On lamps", [], [])


def test_a_word_broken_at_a_line_end_keeps_hyphen_and_line_end():
    page = (
        "#set par(justify: true)\n#block(width: 4cm)[The interdepartmental recommendations notwithstanding]"
    )
    (text,) = text_layer(make_pdf(page)).texts
    assert "-\n" in text
    assert "".join(text.replace("-\n", "").split()) == "Theinterdepartmentalrecommendationsnotwithstanding"


def test_printed_text_has_plain_line_ends_and_no_control_characters():
    assert printed("a \r\nb\ufffec\x02d\x00e\x7f\tf") == "a\nb-\nc-\nde\tf"


def test_pages_that_are_pictures_are_told_from_blank_ones():
    assert text_layer(make_scan(2)).pictures == [1, 2]
    assert text_layer(make_blank_pdf()).pictures == []


def test_a_long_file_is_read_whole_over_several_openings():
    layer = text_layer(make_long_pdf(make_pdf("The same page."), 601))
    assert layer.texts == ["The same page."] * 601


def test_locked_and_damaged_files_are_told_apart():
    with pytest.raises(LockedPdfError):
        text_layer(make_locked(make_pdf("Secret.")))
    with pytest.raises(DamagedPdfError):
        text_layer(b"%PDF-1.7\nnothing more")


def test_a_damaged_page_is_named_and_the_others_are_read():
    layer = text_layer(make_damaged_page(make_pdf("A page."), 3))
    assert layer.texts == ["A page.", "", "A page."]
    assert layer.damaged == [2]


def test_a_page_whose_text_cannot_be_had_is_damaged(monkeypatch):
    def fail(_page: object) -> None:
        msg = "no text page"
        raise pypdfium2.PdfiumError(msg)

    monkeypatch.setattr(pypdfium2.PdfPage, "get_textpage", fail)
    layer = text_layer(make_pdf("A page.", "Another."))
    assert (layer.texts, layer.damaged) == (["", ""], [1, 2])


def test_there_is_no_picture_of_a_damaged_page():
    with pytest.raises(NoSuchPageError, match="page 2 of the PDF is damaged"):
        page_picture(make_damaged_page(make_pdf("A page."), 3), 2)


def test_a_page_picture_is_a_png_of_the_page():
    data = make_pdf(RED.removeprefix("#page").join(["#page", ""]))
    width, height, colors = pixels(page_picture(data, 1, scale=2))
    assert (width, height) == (200, 100)
    assert set(zip(colors[::3], colors[1::3], colors[2::3], strict=True)) == {(255, 0, 0)}


def test_a_page_of_enormous_size_gives_a_picture_of_bounded_size():
    data = make_pdf("#page(width: 9000pt, height: 9000pt)[Plan]")
    width, height, _ = pixels(page_picture(data, 1, scale=3))
    assert width * height <= 41_000_000


@pytest.mark.parametrize("number", [0, 2, -1])
def test_there_is_no_picture_of_a_page_that_does_not_exist(number):
    with pytest.raises(NoSuchPageError, match="1 pages"):
        page_picture(make_pdf("Only page."), number)


def test_a_locked_file_gives_no_picture():
    with pytest.raises(LockedPdfError):
        page_picture(make_locked(make_pdf("Secret.")), 1)


def test_threads_may_ask_at_the_same_time():
    data = make_pdf("A page.", "Another.")
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(text_layer(data).texts)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["A page.", "Another."]] * 8
