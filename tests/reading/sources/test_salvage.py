import zlib

import pytest

from closeout.reading.sources.pdfium import text_layer
from closeout.reading.sources.salvage import salvaged
from tests.reading.samples import LETTER, make_locked, make_pdf

PAGES = [f"Page {number} speaks of lamps." for number in range(1, 9)]


def make_packed(members: dict[int, bytes]) -> bytes:
    """Return a cut PDF whose pages stand in a compressed group of objects."""
    bodies, places = b"", []
    for number, body in members.items():
        places += [number, len(bodies)]
        bodies += body + b" "
    head = b" ".join(b"%d" % place for place in places) + b" "
    packed = zlib.compress(head + bodies)
    content = b"BT /F1 12 Tf 50 700 Td (Packed words) Tj ET"
    return b"".join(
        [
            b"%PDF-1.5\n",
            b"4 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (len(content), content),
            b"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n",
            b"9 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n"
            % (len(members), len(head), len(packed)),
            packed,
            b"\nendstream\nendobj\n10 0 obj\n<</Type/XRef",
        ]
    )


PACKED_PAGE = b"<</Type/Page/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"


def test_all_pages_are_found_when_only_the_list_of_objects_is_lost():
    data = make_pdf(*PAGES)
    assert text_layer(salvaged(data[: data.rindex(b"xref\n")])).texts == PAGES


@pytest.mark.parametrize("share", [0.7, 0.8, 0.9])
def test_pages_before_the_cut_keep_their_words_and_order(share):
    data = make_pdf(*PAGES)
    found = [text for text in text_layer(salvaged(data[: int(len(data) * share)])).texts if text]
    assert found
    assert found == PAGES[: len(found)]


def test_pages_in_a_compressed_group_are_unpacked():
    data = make_packed({6: b"<</Type/Other>>", 7: PACKED_PAGE})
    assert text_layer(salvaged(data)).texts == ["Packed words"]


def test_a_group_that_cannot_be_unpacked_is_passed_over():
    data = make_packed({7: PACKED_PAGE}).replace(b"stream\nx", b"stream\n!")
    assert salvaged(data) is None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", LETTER.encode(), b"1 0 obj <</Type/Page"])
def test_without_a_whole_page_there_is_nothing_to_save(data):
    assert salvaged(data) is None


def test_a_locked_file_is_left_alone():
    assert salvaged(make_locked(make_pdf("Secret."))) is None
