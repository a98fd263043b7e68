"""Differences between two captures of a page: what is told, and what never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.followup.differences import Difference, differences
from closeout.followup.history import Axis, state_on
from closeout.followup.matching import match_records
from closeout.followup.sentences import gained_sentences
from closeout.reading.model import AuditorStatus, Position, PromiseKind, Span, StatusBasis
from tests.followup.factories import make_event
from tests.reading.factories import make_promise, make_reading, make_record

ASK = "The Director should count the keys of every field office each week."
OTHER = "The Director should train the clerks who keep the visitor registers."
OPEN, CLOSED = AuditorStatus.RESOLVED_OPEN, AuditorStatus.CLOSED_IMPLEMENTED


def asked(text=ASK, **overrides):
    values = {"number": "1", "status": OPEN, "report_title": "Keys and Gates"}
    return make_record(text, **(values | overrides))


def page(*records, **overrides):
    return make_reading(*records, issuer="GAO", **overrides)


def told(older, newer):
    return [(change.kind, change.before, change.after) for change in differences(older, newer)]


def test_the_same_capture_differs_in_nothing():
    capture = page(asked(), asked(OTHER, number="2"))
    assert differences(capture, capture) == ()


def test_captures_of_the_same_words_differ_in_nothing():
    older = page(asked(), document_text="The  keys are-not counted.")
    newer = page(asked(status=CLOSED), document_text="the keys arenot counted")
    assert differences(older, newer) == ()


def test_a_new_recommendation_is_added_with_its_place():
    older, newer = page(asked()), page(asked(OTHER, number="2"), asked())
    (change,) = differences(older, newer)
    assert (change.kind, change.older, change.newer, change.span) == (
        Difference.ADDED,
        None,
        0,
        newer.records[0].text_span,
    )


@pytest.mark.parametrize(("complete", "events"), [(True, [Difference.MISSING]), (False, []), (None, [])])
def test_gone_is_missing_only_when_the_newer_capture_is_complete(complete, events):
    older, newer = page(asked(), asked(OTHER, number="2")), page(asked(), complete=complete)
    assert [change.kind for change in differences(older, newer)] == events


def test_a_changed_printed_status_is_told_with_its_span():
    newer = page(asked(status=CLOSED, status_span=Span(4, 9)))
    (change,) = differences(page(asked()), newer)
    assert (change.kind, change.before, change.after, change.span) == (
        Difference.STATUS_CHANGED,
        "resolved-open",
        "closed-implemented",
        Span(4, 9),
    )


def test_a_status_read_from_prose_is_told_apart_from_the_printed_one():
    newer = page(asked(status=CLOSED, status_basis=StatusBasis.INFERRED))
    assert told(page(asked()), newer) == [(Difference.READING_CHANGED, "resolved-open", "closed-implemented")]


def test_a_status_that_is_no_longer_printed_is_not_taken_back():
    assert told(page(asked()), page(asked(status=None))) == []


def test_a_secondary_source_changes_no_printed_status():
    newer = page(asked(status=CLOSED), is_secondary=True, title="News")
    assert [change.kind for change in differences(page(asked()), newer)] == [Difference.READING_CHANGED]


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (None, Position.CONCUR, [(Difference.POSITION_CHANGED, "", "concur")]),
        (Position.CONCUR, Position.NON_CONCUR, [(Difference.POSITION_CHANGED, "concur", "non-concur")]),
        (Position.CONCUR, Position.AGREE, []),
        (Position.CONCUR, None, []),
    ],
)
def test_a_changed_position_is_told(before, after, events):
    assert told(page(asked(position=before)), page(asked(position=after))) == events


def test_a_changed_priority_is_told_and_changes_nothing_else():
    assert told(page(asked()), page(asked(is_priority=True))) == [(Difference.PRIORITY_CHANGED, "no", "yes")]


def narrated(text):
    return page(asked(narrative_span=Span(0, len(text))), document_text=text)


def test_a_narrative_that_grew_is_told_by_its_new_sentences():
    older = narrated("The Bureau agreed. As of May it had no plan.")
    newer = narrated("The bureau agreed. As of May, it had no plan. In June it wrote one.")
    (change,) = differences(older, newer)
    assert (change.kind, change.sentences) == (Difference.NARRATIVE_GREW, ("In June it wrote one.",))


def test_a_narrative_that_only_lost_sentences_tells_nothing():
    assert told(narrated("The Bureau agreed. It had no plan."), narrated("The Bureau agreed.")) == []


def test_a_placeholder_is_no_news():
    assert gained_sentences("", "When we confirm what actions were taken, we will provide updates.") == ()


def test_a_sentence_said_twice_is_gained_once():
    assert gained_sentences("It waits.", "It waits. It waits.") == ("It waits.",)


def test_a_moved_promise_names_the_day_before_and_after():
    older = page(asked(promises=(make_promise("2023-05-31"),)))
    newer = page(
        asked(promises=(make_promise("2023-05-31"), make_promise("2023-08-31", span=Span(600, 620))))
    )
    assert told(older, newer) == [(Difference.PROMISE_MOVED, "2023-05-31", "2023-08-31")]


def test_a_promise_of_another_kind_is_added_and_none_is_told_twice():
    start = make_promise("2023-08-31", kind=PromiseKind.START)
    older = page(asked(promises=(make_promise("2023-05-31"),)))
    newer = page(asked(promises=(make_promise("2023-05-31"), start, start)))
    assert told(older, newer) == [(Difference.PROMISE_ADDED, "", "2023-08-31")]


@pytest.mark.parametrize(
    ("before", "after", "told_as"),
    [
        ({"share": 0.7}, {"share": 0.7}, Difference.PROMISE_MOVED),
        ({"share": 0.7}, {"share": 1.0}, Difference.PROMISE_ADDED),
        ({"what": "train the clerks"}, {"what": "Train the clerks."}, Difference.PROMISE_MOVED),
        ({"what": "train the clerks"}, {"what": "paint the gate"}, Difference.PROMISE_ADDED),
    ],
)
def test_a_milestone_moves_only_where_it_is_the_same_step(before, after, told_as):
    older, newer = (
        page(asked(promises=(make_promise(due, kind=PromiseKind.MILESTONE, **step),)))
        for due, step in (("2023-05-31", before), ("2023-08-31", after))
    )
    assert [change.kind for change in differences(older, newer)] == [told_as]


def test_a_promise_of_the_same_respondent_under_its_long_name_moves():
    names = ("BCS officials", "Bureau of Community Supervision")
    older, newer = (
        page(asked(promises=(make_promise(due, by=by),)))
        for due, by in zip(("2023-05-31", "2023-08-31"), names, strict=True)
    )
    assert [change.kind for change in differences(older, newer)] == [Difference.PROMISE_MOVED]


@pytest.mark.parametrize(("until", "passed"), [("2023-05-31", 0), ("2023-06-01", 1)])
def test_a_promise_has_passed_when_its_last_day_lies_between_the_dates_of_the_pages(until, passed):
    record = asked(promises=(make_promise("2023-05"),))
    older, newer = page(record, as_of="2023-04-01"), page(record, as_of=until)
    assert [change.kind for change in differences(older, newer)] == [Difference.PROMISE_PASSED] * passed


def test_a_promise_that_had_passed_before_is_not_told_again():
    record = asked(promises=(make_promise("2023-05-31"),))
    assert differences(page(record, as_of="2023-06-10"), page(record, as_of="2023-07-10")) == ()


def test_a_reworded_recommendation_without_a_number_is_matched_for_review():
    older = page(asked(number=None))
    newer = page(asked(ASK.replace("week", "month"), number=None, status=CLOSED))
    assert [(change.kind, change.needs_review) for change in differences(older, newer)] == [
        (Difference.STATUS_CHANGED, True)
    ]


def test_a_number_that_appears_later_makes_no_new_recommendation():
    assert told(page(asked(number=None)), page(asked())) == []


def test_a_report_known_by_title_first_and_number_later_is_the_same():
    newer = page(asked(report_number="GAO-24-99001"))
    assert told(page(asked()), newer) == []


def test_rows_of_several_agencies_are_matched_by_agency():
    def rows(first, second):
        pairs = (("Bureau of Gates", first), ("Office of Keys", second))
        return page(*(asked(agency=agency, status=status) for agency, status in pairs))

    (change,) = differences(rows(OPEN, OPEN), rows(OPEN, CLOSED))
    assert (change.kind, change.older, change.newer) == (Difference.STATUS_CHANGED, 1, 1)


def test_withheld_recommendations_of_a_page_that_grew_are_matched_where_as_many_are_shown():
    withheld = make_record("[omitted]", is_withheld=True, status=OPEN, agency="Bureau of Gates")
    assert told(page(withheld, withheld), page(asked(), withheld, withheld)) == [(Difference.ADDED, "", "")]


TEXTS = (ASK, OTHER, ASK.replace("week", "month"), "Publish how long each repair of a gate took.")
records = st.builds(
    asked,
    st.sampled_from((None, *TEXTS)),
    number=st.sampled_from((None, "1", "2", "3")),
    status=st.sampled_from((None, OPEN, CLOSED, AuditorStatus.PARTIALLY_ADDRESSED)),
    status_basis=st.sampled_from(StatusBasis),
    position=st.sampled_from((None, Position.CONCUR, Position.NON_CONCUR)),
    agency=st.sampled_from(("", "Bureau of Gates", "Office of Keys")),
    is_priority=st.booleans(),
    is_withheld=st.sampled_from((False, False, True)),
    report_title=st.sampled_from(("Keys and Gates", "Visitors", "")),
    promises=st.lists(st.builds(make_promise, st.sampled_from(("2023-05-31", "2023-08"))), max_size=2).map(
        tuple
    ),
)
pages = st.builds(
    lambda rows, complete, as_of: page(*rows, complete=complete, as_of=as_of),
    st.lists(records, max_size=4),
    st.sampled_from((True, False, None)),
    st.sampled_from((None, "2023-06-01", "2023-09-30")),
)


@given(pages)
def test_a_rerun_of_any_capture_gives_nothing(capture):
    again = replace(capture, document=replace(capture.document, sha256="0" * 64))
    assert differences(capture, again) == ()


@given(pages, st.randoms())
def test_another_order_of_the_records_gives_nothing(capture, random):
    shuffled = page(*random.sample(capture.records, len(capture.records)), complete=True)
    assert differences(capture, shuffled) == ()


@given(pages, pages)
def test_every_record_is_matched_once_or_alone(older, newer):
    matches = match_records(older, newer)
    for side, reading in (("older", older), ("newer", newer)):
        seen = sorted(getattr(match, side) for match in matches if getattr(match, side) is not None)
        assert seen == list(range(len(reading.records)))


@given(pages, pages)
def test_an_incomplete_capture_misses_nothing(older, newer):
    kinds = {change.kind for change in differences(older, replace(newer, complete=False))}
    assert Difference.MISSING not in kinds


@given(st.lists(pages, min_size=2, max_size=5))
def test_no_series_of_captures_closes_what_no_source_printed_closed(captures):
    history = []
    for number, (older, newer) in enumerate(pairwise(captures)):
        for change in differences(older, newer):
            if change.kind is Difference.STATUS_CHANGED:
                history.append(make_event(change.after, f"2023-01-{number + 1:02}"))
            elif change.kind is Difference.MISSING:
                history.append(make_event("missing", f"2023-01-{number + 1:02}", axis=Axis.LISTING))
    printed = {
        record.status
        for capture in captures
        for record in capture.records
        if record.status_basis is StatusBasis.PRINTED
    }
    state = state_on(history, date(2024, 1, 1))
    assert not state.is_closed or state.auditor_status in printed


@given(pages, pages)
def test_what_is_added_one_way_is_missing_the_other_way(older, newer):
    complete = [replace(each, complete=True) for each in (older, newer)]
    there = [change.newer for change in differences(*complete) if change.kind is Difference.ADDED]
    back = [change.older for change in differences(*reversed(complete)) if change.kind is Difference.MISSING]
    assert there == back


@given(pages, pages)
def test_a_change_names_records_that_are_there_and_values_that_differ(older, newer):
    for change in differences(older, newer):
        assert change.older is None or change.older < len(older.records)
        assert change.newer is None or change.newer < len(newer.records)
        if change.kind in {Difference.STATUS_CHANGED, Difference.PROMISE_MOVED, Difference.PRIORITY_CHANGED}:
            assert change.before != change.after
        assert (change.kind is Difference.ADDED) is (change.older is None)
        assert (change.kind is Difference.MISSING) is (change.newer is None)


@given(pages, pages)
def test_only_a_printed_status_is_told_as_one(older, newer):
    for change in differences(older, newer):
        if change.kind is Difference.STATUS_CHANGED:
            record = newer.records[change.newer]
            assert (record.status, record.status_basis) == (change.after, StatusBasis.PRINTED)


@given(pages, pages, pages)
def test_the_same_two_captures_always_tell_the_same(older, newer, other):
    first = differences(older, newer)
    differences(newer, other)
    assert differences(older, newer) == first
