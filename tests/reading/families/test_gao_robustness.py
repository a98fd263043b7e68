"""Whatever is cut, doubled or thrown in, GAO's readers read on and their spans stay true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.model import Medium
from tests.reading.families.gao_cases import BODY, CASES, codes, read_text, words

TEXTS = {
    path.name: path.read_text(encoding="utf-8").replace("{body}", BODY[:900])
    for path in sorted(CASES.iterdir())
}
NOISE = [
    "",
    "\n",
    "|",
    "Open\n",
    "(Recommendation 1)",
    "Status:",
    "2 Open Recommendations\n",
    '"',
    ",",
    "\x0c",
    "#",
]


@st.composite
def damaged(draw):
    """Return a case's name and its text with a stretch cut out, noise put in, and perhaps a part doubled."""
    name = draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[name]
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 400)))
    noise = draw(st.sampled_from(NOISE)) * draw(st.integers(1, 3))
    tail = text[end:] if draw(st.booleans()) else text[start:]
    return name, text[:start] + noise + tail


@given(damaged())
def test_no_reader_fails_and_every_span_lies_in_the_text(case):
    name, text = case
    reading = read_text(text, name, medium=Medium.CSV if name.endswith(".csv") else Medium.TEXT)
    assert "reader-failed" not in codes(reading)
    spans = [
        span
        for record in reading.records
        for span in (record.text_span, record.agency_span, record.status_span, record.narrative_span)
    ]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans if span)


@given(damaged())
def test_what_is_read_stands_at_its_span(case):
    name, text = case
    reading = read_text(text, name, medium=Medium.CSV if name.endswith(".csv") else Medium.TEXT)
    if name.startswith("export"):
        return
    for record in reading.records:
        assert words(reading, record.agency_span) in {None, record.agency}
        if record.text:
            assert set(record.text.split()) <= set(words(reading, record.text_span).split())


@given(st.sampled_from(sorted(TEXTS)))
def test_the_same_text_gives_the_same_reading(name):
    medium = Medium.CSV if name.endswith(".csv") else Medium.TEXT
    assert read_text(TEXTS[name], name, medium=medium) == read_text(TEXTS[name], name, medium=medium)
