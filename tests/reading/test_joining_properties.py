"""What holds for joining whatever the documents are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading.fold import fold_key
from closeout.reading.joining import join, join_keys
from closeout.reading.model import AuditorStatus, Position, RecommendationKind
from tests.reading.factories import make_mention, make_promise, make_reading, make_record

TEXTS = (
    "The Director should count the keys of every field office each week.",
    "The Director should count the keys of every field office each month.",
    "The Director should train the clerks who keep the visitor registers.",
    "Count the non-detained cases of every field office each week.",
    "Count the nondetained cases of every field office each week.",
    "Short ask.",
)
NUMBERS = (None, None, "1", "2", "3", "24-K-01-901.01")
TITLES = ("", "Keys and Gates", "keys & gates", "Keys and Gates in Field Offices", "Visitors")
REPORT_NUMBERS = ("", "", "OIG-24-901", "OIG 24-901", "GAO-24-99001")
ISSUERS = ("DHS OIG", "GAO", "")

records = st.builds(
    make_record,
    st.sampled_from((None, *TEXTS)),
    number=st.sampled_from(NUMBERS),
    agency=st.sampled_from(("", "Bureau of Gates", "Office of Keys")),
    report_title=st.sampled_from(TITLES),
    report_number=st.sampled_from(REPORT_NUMBERS),
    kind=st.sampled_from((RecommendationKind.RECOMMENDATION, RecommendationKind.MATTER)),
    status=st.sampled_from((None, AuditorStatus.RESOLVED_OPEN, AuditorStatus.CLOSED_IMPLEMENTED)),
    position=st.sampled_from((None, Position.CONCUR, Position.NON_CONCUR)),
    promises=st.lists(st.builds(make_promise, st.sampled_from(("2025-01-31", "2025-03-31"))), max_size=1).map(
        tuple
    ),
    is_withheld=st.sampled_from((False, False, False, True)),
    is_truncated=st.booleans(),
)
mentions = st.builds(
    make_mention,
    st.sampled_from(TITLES),
    number=st.sampled_from(REPORT_NUMBERS),
    declared_count=st.sampled_from((None, 1, 2, 3)),
    is_cited_only=st.booleans(),
)


@st.composite
def readings(draw):
    """Draw one document that may be of a report, list several, or be secondary."""
    return make_reading(
        *draw(st.lists(records, max_size=3)),
        title=draw(st.sampled_from(TITLES)),
        report_number=draw(st.sampled_from(REPORT_NUMBERS)),
        issuer=draw(st.sampled_from(ISSUERS)),
        as_of=draw(st.sampled_from((None, "2025-02-01", "2025-03-01"))),
        is_secondary=draw(st.sampled_from((False, False, True))),
        reports=draw(st.lists(mentions, max_size=2)),
    )


folders = st.lists(readings(), max_size=6)


def without_indexes(register, order):
    """Write a register with the place of each document in `order` instead of its index."""

    def places(pairs):
        return sorted((order[document], record) for document, record in pairs)

    def said(conflicts):
        return [
            (
                c.field,
                [(v.value, sorted((order[s.document], str(s.span)) for s in v.sources)) for v in c.values],
            )
            for c in conflicts
        ]

    reports = [
        (
            replace(r, mentions=(), documents=(), conflicts=()),
            places(r.mentions),
            sorted(order[document] for document in r.documents),
            said(r.conflicts),
        )
        for r in register.reports
    ]
    entries = [
        (replace(e, records=(), conflicts=()), places(e.records), said(e.conflicts)) for e in register.entries
    ]
    return reports, entries, register.doubts


@given(folders, st.randoms())
def test_the_order_of_the_documents_makes_no_difference(folder, random):
    order = list(range(len(folder)))
    random.shuffle(order)
    shuffled = join([folder[place] for place in order])
    assert without_indexes(join(folder), range(len(folder))) == without_indexes(shuffled, order)


@given(folders)
def test_every_record_is_of_exactly_one_entry(folder):
    placed = sorted(place for entry in join(folder).entries for place in entry.records)
    assert placed == [(d, r) for d, reading in enumerate(folder) for r in range(len(reading.records))]


@given(folders)
def test_two_records_of_one_document_are_one_only_as_rows_of_one_recommendation(folder):
    for entry in join(folder).entries:
        by_document = {}
        for document, record in entry.records:
            by_document.setdefault(document, []).append(folder[document].records[record])
        for rows in by_document.values():
            assert len({fold_key(row.text or "") for row in rows}) == 1
            assert len({row.number for row in rows}) == 1
            if len(rows) > 1:
                assert not any(row.is_withheld for row in rows)
                assert rows[0].number or len({row.agency for row in rows}) == len(rows)


@given(folders)
def test_keys_are_unique_and_former_keys_are_others(folder):
    register = join(folder)
    for things in (register.reports, register.entries):
        assert len({thing.key for thing in things}) == len(things)
        assert all(thing.key not in thing.former_keys for thing in things)


@given(folders)
def test_every_entry_is_of_a_report_of_the_register(folder):
    register = join(folder)
    assert {entry.report_key for entry in register.entries} <= {report.key for report in register.reports}


@given(folders)
def test_a_report_has_at_least_as_many_recommendations_as_it_declares(folder):
    register = join(folder)
    for report in register.reports:
        entries = [entry for entry in register.entries if entry.report_key == report.key]
        known = [entry for entry in entries if entry.kind is not RecommendationKind.MATTER]
        if report.declared_count and not report.is_unidentified:
            assert len(known) >= report.declared_count
        else:
            assert not any(entry.is_declared_only for entry in entries)


@given(folders)
def test_a_second_copy_of_every_document_adds_no_entry(folder):
    once, twice = join(folder), join(folder * 2)
    assert [entry.key for entry in twice.entries] == [entry.key for entry in once.entries]
    assert [len(entry.records) for entry in twice.entries] == [
        len(entry.records) * 2 for entry in once.entries
    ]
    assert twice.doubts == once.doubts


@given(folders)
def test_doubts_name_only_what_is_in_the_register(folder):
    register = join(folder)
    known = {thing.key for things in (register.reports, register.entries) for thing in things}
    assert {key for doubt in register.doubts for key in doubt.keys} <= known


@given(folders)
def test_no_conflict_has_fewer_than_two_values(folder):
    register = join(folder)
    for thing in (*register.reports, *register.entries):
        for conflict in thing.conflicts:
            assert len({value.value for value in conflict.values}) == len(conflict.values) >= 2
            assert all(value.sources for value in conflict.values)


@given(folders)
def test_joining_what_hangs_together_gives_the_entries_of_joining_all(folder):
    groups = []
    for index, reading in enumerate(folder):
        keys, members = set(join_keys(reading)), [index]
        for other in [group for group in groups if group[0] & keys]:
            groups.remove(other)
            keys |= other[0]
            members += other[1]
        groups.append((keys, members))
    apart = []
    for _, members in groups:
        members.sort()
        entries = join([folder[index] for index in members]).entries
        apart.extend((entry.key, [(members[d], r) for d, r in entry.records]) for entry in entries)
    assert sorted(apart) == sorted((e.key, [*e.records]) for e in join(folder).entries)


@pytest.mark.parametrize("size", [3_000])
def test_thousands_of_records_without_numbers_join_by_their_words(size):
    texts = [
        f"The Director should count the keys of office {n} and report to unit {n * 7}." for n in range(size)
    ]
    pages = [
        make_reading(*(make_record(text) for text in texts[start : start + 50]), issuer="DOJ OIG")
        for start in range(0, size, 50)
    ]
    assert len(join(pages + [replace(page, family="again") for page in pages]).entries) == size
