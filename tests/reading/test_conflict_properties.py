"""What holds for conflicts whatever the documents say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.claims import Voice
from closeout.reading.conflicts import entry_conflicts
from closeout.reading.model import AuditorStatus, Position, StatusBasis
from closeout.reading.register import ConflictField
from tests.reading.factories import make_promise, make_reading, make_record

DAYS = (None, "2024-01-31", "2024-06", "2025-01-31")
TEXTS = (
    None,
    "Count the keys of every office.",
    "Count the keys of each office.",
    "We recommend: count the keys.",
)


def draw_record(text, number, status, basis, position, by, dues):
    return make_record(
        text,
        number=number,
        status=status,
        status_basis=basis if status else None,
        position=position,
        position_by=by,
        promises=tuple(make_promise(due, said_on=said) for due, said in dues),
    )


records = st.builds(
    draw_record,
    st.sampled_from(TEXTS),
    st.sampled_from((None, "1", "2", "24-K-01-901.01")),
    st.sampled_from(
        (None, AuditorStatus.RESOLVED_OPEN, AuditorStatus.OPEN_UNKNOWN, AuditorStatus.CLOSED_IMPLEMENTED)
    ),
    st.sampled_from(StatusBasis),
    st.sampled_from((None, Position.CONCUR, Position.AGREE, Position.NON_CONCUR)),
    st.sampled_from(("", "BCS", "Department of Doors")),
    st.lists(
        st.tuples(st.sampled_from(("2025-03-31", "2025-03", "2025-06-30")), st.sampled_from(DAYS)), max_size=2
    ),
)


@st.composite
def voices(draw):
    said = []
    for document in range(draw(st.integers(0, 4))):
        record = draw(records)
        page = make_reading(
            record,
            as_of=draw(st.sampled_from(DAYS)),
            report_date=draw(st.sampled_from(DAYS)),
            is_secondary=draw(st.booleans()),
        )
        said.append(Voice(page, record, ((document, 0),)))
    return said


@given(voices())
def test_one_document_never_contradicts_itself(said):
    for voice in said:
        assert entry_conflicts([voice]) == ()


@given(voices(), st.randoms())
def test_the_order_of_the_voices_makes_no_difference(said, random):
    assert entry_conflicts(random.sample(said, len(said))) == entry_conflicts(said)


@given(voices())
def test_a_document_that_agrees_with_another_adds_no_conflict(said):
    copies = [
        voice._replace(places=((document + 10, record),))
        for voice in said
        for document, record in voice.places
    ]
    fields = [conflict.field for conflict in entry_conflicts(said)]
    assert [conflict.field for conflict in entry_conflicts([*said, *copies])] == fields


@given(voices())
def test_every_value_of_a_conflict_was_claimed_by_the_document_it_names(said):
    by_document = {voice.places[0][0]: voice for voice in said}
    for conflict in entry_conflicts(said):
        assert len(conflict.values) >= 2
        for value in conflict.values:
            for source in value.sources:
                assert source.document in by_document
                _check_claimed(conflict.field, value.value, by_document[source.document].record)


def _check_claimed(field, value, record):
    claimed = {
        ConflictField.COMPLETION: {promise.due.edtf for promise in record.promises} or {None},
        ConflictField.POSITION: {record.position and record.position.value.replace("agree", "concur")},
        ConflictField.STATUS: {record.status},
        ConflictField.NUMBER: {record.number},
        ConflictField.TEXT: {record.text},
    }
    assert value in claimed[field]


@given(voices())
def test_news_never_contradict_a_status_and_a_reading_of_prose_neither(said):
    quiet = [
        voice
        for voice in said
        if voice.reading.is_secondary or voice.record.status_basis is not StatusBasis.PRINTED
    ]
    assert ConflictField.STATUS not in {conflict.field for conflict in entry_conflicts(quiet)}


@given(voices())
def test_what_each_said_later_than_the_one_before_is_no_conflict_of_status(said):
    dated = []
    for number, voice in enumerate(each for each in said if not each.reading.is_secondary):
        page = make_reading(voice.record, as_of=f"2024-{number + 1:02}-15")
        dated.append(Voice(page, voice.record, voice.places))
    assert ConflictField.STATUS not in {conflict.field for conflict in entry_conflicts(dated)}


@given(voices())
def test_spans_go_with_their_claims(said):
    moved = [voice._replace(record=replace(voice.record, text_span=None)) for voice in said]
    assert [conflict.field for conflict in entry_conflicts(moved)] == [
        conflict.field for conflict in entry_conflicts(said)
    ]
