import json

import pytest
from hypothesis import given

from closeout.reading.model import EXTRACTOR_VERSION, Document, DocumentReading, Medium, Page, Record, Span
from closeout.reading.serial import NotAReadingError, from_json, to_json
from tests.reading.modelvalues import values_of


def make_reading(**overrides: object) -> DocumentReading:
    document = Document("a.txt", "0" * 64, Medium.TEXT, "Count the lamps.", (Page(1, 0, 16),))
    return DocumentReading(document=document, family="unknown", **overrides)


@given(values_of(DocumentReading))
def test_whatever_was_read_comes_back_from_json(reading):
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


@given(values_of(DocumentReading))
def test_a_reading_without_its_text_comes_back_with_the_text(reading):
    values = to_json(reading, with_text=False)
    assert "text" not in values["document"]
    assert from_json(values, text=reading.document.text) == reading


def test_defaults_are_left_out_and_spans_are_short():
    values = to_json(make_reading(records=(Record(text="Count.", text_span=Span(0, 6)),)))
    assert values == {
        "document": {
            "path": "a.txt",
            "sha256": "0" * 64,
            "medium": "text",
            "text": "Count the lamps.",
            "pages": [[1, 0, 16]],
        },
        "family": "unknown",
        "records": [{"text": "Count.", "text_span": [0, 6]}],
        "extractor_version": EXTRACTOR_VERSION,
    }


def test_a_stored_reading_keeps_the_version_it_was_read_with():
    stored = to_json(make_reading(extractor_version="0"))
    assert from_json(stored).extractor_version == "0"


def test_a_record_without_words_stays_without_words():
    reading = make_reading(records=(Record(text=None, text_span=None),))
    assert from_json(to_json(reading)).records[0].text is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"document": []}, "no reading"),
        ({"colour": "red"}, "colour"),
        ({"records": [{"text": "x", "text_span": [1, 2, 3]}]}, "no reading"),
        ({"records": [{"text_span": [1, 2]}]}, "text"),
        ({"as_of": {"edtf": "2026", "earliest": "never", "latest": "never"}}, "never"),
        ({"records": [{"text": "x", "text_span": None, "status": "half-open"}]}, "half-open"),
    ],
)
def test_values_that_are_no_reading_are_refused_with_the_reason(change, said):
    with pytest.raises(NotAReadingError, match=said):
        from_json({**to_json(make_reading()), **change})


@pytest.mark.parametrize("data", [{}, {"document": {}}])
def test_missing_parts_are_refused(data):
    with pytest.raises(NotAReadingError):
        from_json(data)
    with pytest.raises(NotAReadingError):
        from_json(data, text="x")
