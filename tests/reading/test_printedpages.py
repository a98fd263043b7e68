"""Pages told by the page numbers that a plain text prints."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.clean import clean
from closeout.reading.model import Document, Medium, Page
from closeout.reading.printedpages import printed_pages
from closeout.reading.read import read_document
from tests.reading.seeds import needs_seeds, seed

WORDS = "The pier master keeps a list of every rope and its last day of inspection.\n"
"""One line of a page: fictional, as everything here."""
LINES = 16
FOOT = "www.harbors.example\n\n{number}\n\nHAR-21-07\n"
HEAD = "Harbors Audit Office\n"


def make_document(text, medium=Medium.TEXT, pages=()):
    return Document("harbors.txt", "0" * 64, medium, text, pages)


def body(name, lines=LINES):
    return f"Page of {name}.\n" + "".join(f"{name} {line}: {WORDS}" for line in range(lines))


def with_feet(names, first=1):
    return "".join(f"{HEAD}{body(name)}{FOOT.format(number=first + at)}" for at, name in enumerate(names))


def pages_of(text, **changes):
    return printed_pages(clean(make_document(text, **changes)))


def page_numbers(text, names):
    """Return the page on which the words of each name stand."""
    document = replace(make_document(text), pages=pages_of(text))
    return [document.page_of(text.index(f"Page of {name}.")) for name in names]


def test_numbers_at_the_foot_count_the_text_above_them():
    names = ["ropes", "cranes", "lamps", "buoys", "tides"]
    assert page_numbers(with_feet(names), names) == [1, 2, 3, 4, 5]


def test_numbers_at_the_head_count_the_text_below_them():
    names = ["ropes", "cranes", "lamps", "buoys", "tides"]
    text = "".join(f"Harbors Audit\n{number}\n{body(name)}" for number, name in enumerate(names, 1))
    # Where the last page ends is not printed, so it stays without a number.
    assert page_numbers(text, names) == [1, 2, 3, 4, None]


def test_front_pages_without_a_number_get_none():
    names = ["ropes", "cranes", "lamps", "buoys"]
    front = "".join(f"{HEAD}{body(name)}www.harbors.example\n\n" for name in ("cover", "letter"))
    text = front + with_feet(names)
    assert page_numbers(text, ["cover", "letter", *names]) == [None, None, 1, 2, 3, 4]


def test_the_stretch_around_a_missing_number_gets_none():
    names = ["ropes", "cranes", "lamps", "buoys", "tides", "piers"]
    text = with_feet(names).replace("\n\n3\n\nHAR-21-07\n", "\n\nHAR-21-07\n")
    found = page_numbers(text, names)
    assert found[:2] == [1, 2]
    assert found[2:4] == [None, None]
    assert found[4:] == [5, 6]


def test_text_after_the_last_number_gets_none():
    names = ["ropes", "cranes", "lamps", "buoys"]
    text = with_feet(names) + "Page of the end. Nobody counted this sheet of the harbor.\n"
    assert page_numbers(text, ["buoys", "the end"]) == [4, None]


def test_a_text_without_printed_numbers_has_no_pages():
    text = "".join(f"{HEAD}{body(name)}www.harbors.example\n" for name in ("ropes", "cranes", "lamps"))
    assert pages_of(text) == ()
    assert read_document(make_document(text)).document.pages == ()


def test_numbered_findings_are_no_pages():
    text = "".join(f"{number}. Paint the {name} of the harbor.\n" for number, name in enumerate("abcdef", 1))
    assert pages_of(text * 3) == ()


def test_a_web_page_gets_no_pages():
    assert pages_of(with_feet(["ropes", "cranes", "lamps", "buoys"]), medium=Medium.HTML) == ()


def test_a_page_map_is_left_as_it_is():
    text = with_feet(["ropes", "cranes", "lamps", "buoys"])
    pages = (Page(7, 0, len(text)),)
    assert pages_of(text, pages=pages) == ()
    assert read_document(make_document(text, pages=pages)).document.pages == pages


def test_the_reading_carries_the_pages():
    text = with_feet(["ropes", "cranes", "lamps", "buoys"])
    document = read_document(make_document(text)).document
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert document.page_of(len(text)) == 4


@given(
    first=st.integers(1, 40),
    lines=st.lists(st.integers(10, 30), min_size=4, max_size=9),
    front=st.integers(0, 2),
    tail=st.booleans(),
)
def test_pages_are_in_order_and_never_overlap(first, lines, front, tail):
    feet = "".join(
        f"{HEAD}{body(f'sheet {at}', count)}{FOOT.format(number=first + at)}"
        for at, count in enumerate(lines)
    )
    text = HEAD * front + feet + ("An unnumbered end.\n" if tail else "")
    pages = pages_of(text)
    assert all(0 <= page.start < page.end <= len(text) for page in pages)
    assert all(at.end <= after.start and at.number < after.number for at, after in pairwise(pages))
    assert {page.number for page in pages} <= set(range(first, first + len(lines)))


@given(st.text(alphabet="12 ab\n\f", max_size=400))
def test_no_text_makes_pages_overlap(text):
    pages = pages_of(text * 8)
    assert all(at.end <= after.start and at.number < after.number for at, after in pairwise(pages))


@needs_seeds
def test_the_recommendations_of_a_real_report_stand_on_their_printed_pages():
    reading = read_document(seed("002"))
    page = reading.document.page_of
    records = sorted(reading.records, key=lambda record: int(record.number or 0))
    assert [page(record.text_span.start) for record in records] == [10, 10, 10, 10, 10]
    assert [page(record.restated[0].start) for record in records] == [10, 11, 12, 12, 13]
    assert [page(record.analysis_span.start) for record in records] == [11, 11, 12, 12, 13]


@needs_seeds
def test_seeds_without_printed_numbers_get_no_pages():
    for name in ("000", "001", "003", "004"):
        assert read_document(seed(name)).document.pages == (), name
