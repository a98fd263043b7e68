"""The promise ledger: who promised what, what replaced it, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.followup.ledger import ledger, sightings_of
from closeout.followup.promises import Fulfilment, Outcome
from closeout.reading.joining import join
from closeout.reading.model import AuditorStatus, PromiseKind
from tests.followup.factories import make_event, make_sighting
from tests.reading.factories import make_day, make_promise, make_reading, make_record

OPEN, CLOSED = AuditorStatus.RESOLVED_OPEN, AuditorStatus.CLOSED_IMPLEMENTED
STILL_OPEN = (make_event(OPEN, "2022-01-01"),)


def on(day, *sightings, events=STILL_OPEN, **overrides):
    return ledger(sightings, events, as_of=date.fromisoformat(day), **overrides)


def test_a_promise_is_open_until_its_last_day_has_passed():
    month = make_sighting("2023-05", said_on="2022-12")
    outcomes = [on(day, month).lines[0].outcome for day in ("2023-05-01", "2023-05-31", "2023-06-01")]
    assert outcomes == [Outcome.OPEN, Outcome.OPEN, Outcome.MISSED]


def test_a_missed_promise_slips_day_by_day_while_it_is_open():
    # From May 31 to June 30 are 30 days.
    found = on("2023-06-30", make_sighting("2023-05-31", said_on="2022-12"))
    assert (found.lines[0].slip_days, found.overdue) == (30, found.lines[0])


def test_a_later_promise_replaces_the_one_before_and_the_slip_between_them_is_counted():
    # From May 31 to August 31 are 30 + 31 + 31 = 92 days.
    first, second = (
        make_sighting("2023-05-31", said_on="2022-12"),
        make_sighting("2023-08-31", said_on="2023-04"),
    )
    found = on("2023-06-30", second, first)
    assert [line.due.edtf for line in found.lines] == ["2023-05-31", "2023-08-31"]
    assert [line.superseded_by for line in found.lines] == [1, None]
    assert [line.moved_days for line in found.lines] == [92, None]
    assert found.total_slip_days == 92
    assert found.overdue is None
    assert found.lines[0].outcome is Outcome.MISSED


def test_overdue_is_the_newest_standing_completion_promise():
    first, second = (
        make_sighting("2023-05-31", said_on="2022-12"),
        make_sighting("2023-08-31", said_on="2023-04"),
    )
    assert on("2023-09-01", first, second).overdue.due.edtf == "2023-08-31"


def test_a_start_is_never_overdue_as_a_completion():
    start = make_sighting("2023-05-31", said_on="2022-12", kind=PromiseKind.START)
    found = on("2024-01-01", start)
    assert (found.overdue, found.lines[0].outcome) == (None, Outcome.UNKNOWN)


def test_a_promise_seen_in_several_captures_is_one_with_several_sightings():
    seen = [make_sighting("2023-05-31", said_on="2022-12") for _ in range(3)]
    found = on("2023-01-01", *seen)
    assert [len(line.sightings) for line in found.lines] == [3]


def test_a_sighting_that_names_nobody_is_the_only_respondents():
    named, nameless = make_sighting("2023-05-31", by="ICE officials"), make_sighting("2023-05-31", by="")
    assert [(line.by, len(line.sightings)) for line in on("2023-01-01", nameless, named).lines] == [
        ("ICE officials", 2)
    ]


def test_a_respondent_is_the_same_under_its_acronym_and_its_long_name():
    first = make_sighting("2023-05-31", said_on="2022-12", by="Bureau of Community Supervision")
    second = make_sighting("2023-08-31", said_on="2023-04", by="BCS officials")
    found = on("2023-06-30", first, second)
    assert [line.superseded_by for line in found.lines] == [1, None]
    assert {line.by for line in found.lines} == {"Bureau of Community Supervision"}


def test_two_respondents_do_not_replace_each_others_promises():
    one = make_sighting("2023-05-31", said_on="2022-12", by="Bureau of Gates")
    other = make_sighting("2023-08-31", said_on="2023-04", by="Office of Keys")
    assert [line.superseded_by for line in on("2023-06-30", one, other).lines] == [None, None]


def test_what_was_said_on_no_known_day_replaces_nothing():
    found = on("2023-06-30", make_sighting("2023-05-31"), make_sighting("2023-08-31"))
    assert [line.superseded_by for line in found.lines] == [None, None]


def test_a_promise_made_again_after_another_stands_again():
    first, second, again = (
        make_sighting(due, said_on=said)
        for due, said in (("2023-05-31", "2022-12"), ("2023-08-31", "2023-02"), ("2023-05-31", "2023-04"))
    )
    found = on("2023-05-01", first, second, again)
    assert found.standing_completion.due.edtf == "2023-05-31"
    assert [line.superseded_by for line in found.lines] == [None, 0]


def test_a_milestone_is_replaced_only_by_one_for_the_same_share():
    most = make_sighting("2017-12", said_on="2017-02", kind=PromiseKind.MILESTONE, share=0.7)
    all_of_it = make_sighting("2018-03", said_on="2017-03", kind=PromiseKind.MILESTONE, share=1.0)
    most_later = make_sighting("2018-01", said_on="2017-09", kind=PromiseKind.MILESTONE, share=0.7)
    found = on("2017-10-01", most, all_of_it, most_later)
    assert [(line.share, line.superseded_by) for line in found.lines] == [(0.7, 2), (1.0, None), (0.7, None)]


def test_news_neither_replaces_a_promise_nor_makes_one_overdue():
    promise = make_sighting("2018-03-30", document_date="2017-04-13")
    news = make_sighting("2018-01-31", said_on="2017-05", is_second_hand=True)
    found = on("2018-02-15", promise, news)
    assert [line.superseded_by for line in found.lines] == [None, None]
    assert (found.standing_completion.due.edtf, found.overdue) == ("2018-03-30", None)
    assert [line.is_second_hand for line in found.lines] == [False, True]


def test_a_completion_is_kept_when_the_auditor_closed_it_by_its_day():
    closed = (*STILL_OPEN, make_event(CLOSED, "2023-05-20"))
    line = on("2024-01-01", make_sighting("2023-05-31", said_on="2022-12"), events=closed).lines[0]
    assert (line.outcome, line.slip_days) == (Outcome.KEPT, -11)


def test_a_completion_closed_later_is_missed_by_the_days_between():
    closed = (*STILL_OPEN, make_event(CLOSED, "2023-06-10"))
    found = on("2024-01-01", make_sighting("2023-05-31", said_on="2022-12"), events=closed)
    assert (found.lines[0].outcome, found.lines[0].slip_days, found.overdue) == (Outcome.MISSED, 10, None)


@pytest.mark.parametrize(
    "events",
    [
        (),
        (make_event(CLOSED, "2024-09-30"),),
        (*STILL_OPEN, make_event(AuditorStatus.CLOSED_NOT_IMPLEMENTED, "2023-03-01")),
        (*STILL_OPEN, make_event(CLOSED, "2023")),
    ],
    ids=["nothing printed", "first seen closed", "closed otherwise", "closed on a vague day"],
)
def test_where_the_record_does_not_tell_the_outcome_is_unknown(events):
    found = on("2025-01-01", make_sighting("2023-05-31", said_on="2022-12"), events=events)
    assert (found.lines[0].outcome, found.lines[0].slip_days, found.overdue) == (Outcome.UNKNOWN, None, None)


def test_an_open_status_seen_only_later_shows_that_it_was_missed():
    found = on("2025-01-01", make_sighting("2023-05-31"), events=[make_event(OPEN, "2024-03-01")])
    assert found.lines[0].outcome is Outcome.MISSED


def test_promises_made_after_the_day_asked_about_are_left_out():
    first, second = (
        make_sighting("2023-05-31", said_on="2022-12"),
        make_sighting("2023-08-31", said_on="2023-04"),
    )
    found = on("2023-03-31", first, second)
    assert [line.due.edtf for line in found.lines] == ["2023-05-31"]
    assert found.lines[0].superseded_by is None


@pytest.mark.parametrize(
    ("done", "outcome", "slip"),
    [
        ("2024-12-20", Outcome.KEPT, -11),
        ("2025-01-10", Outcome.MISSED, 10),
        (None, Outcome.UNKNOWN, None),
    ],
)
def test_a_start_is_kept_or_missed_only_when_it_is_known_to_have_happened(done, outcome, slip):
    start = make_sighting("2024-12-31", said_on="2023-10", kind=PromiseKind.START)
    known = [Fulfilment(PromiseKind.START, make_day(done))] if done else []
    line = on("2025-06-01", start, fulfilments=known).lines[0]
    assert (line.outcome, line.slip_days) == (outcome, slip)


def test_a_recommendation_closed_as_implemented_keeps_its_start_too():
    start = make_sighting("2024-12-31", said_on="2023-10", kind=PromiseKind.START)
    assert on("2025-06-01", start, events=[make_event(CLOSED, "2024-11-01")]).lines[0].outcome is Outcome.KEPT


def test_a_fulfilment_with_words_meets_only_the_milestone_of_those_words():
    step = make_sighting("2024-12-31", kind=PromiseKind.MILESTONE, what="train the clerks")
    other = Fulfilment(PromiseKind.MILESTONE, make_day("2024-01-01"), "paint the gate")
    same = Fulfilment(PromiseKind.MILESTONE, make_day("2024-01-01"), "Train the clerks.")
    outcomes = [on("2024-06-01", step, fulfilments=[each]).lines[0].outcome for each in (other, same)]
    assert outcomes == [Outcome.OPEN, Outcome.KEPT]


def test_a_completion_is_not_the_agencys_to_confirm():
    with pytest.raises(ValueError, match="the auditor's closing status"):
        Fulfilment(PromiseKind.COMPLETION, make_day("2024-01-01"))


def test_nothing_promised_is_an_empty_ledger():
    found = on("2024-01-01")
    assert (found.lines, found.overdue, found.standing_completion, found.total_slip_days) == (
        (),
        None,
        None,
        0,
    )


def test_sightings_come_from_every_record_with_the_day_of_the_page_where_the_prose_has_none():
    record = make_record(
        number="1", promises=(make_promise("2025-01-31"), make_promise("2025-03-31", said_on="2024-05"))
    )
    page = make_reading(record, report_number="OIG-24-901", as_of="2024-06-30")
    news = make_reading(record, report_number="OIG-24-901", is_secondary=True)
    (entry,) = join([page, news]).entries
    found = sightings_of(entry, [page, news])
    assert [(each.said_on and each.said_on.edtf, each.is_second_hand) for each in found] == [
        ("2024-06-30", False),
        ("2024-05", False),
        (None, True),
        ("2024-05", True),
    ]


DAYS = st.dates(min_value=date(2022, 1, 1), max_value=date(2025, 12, 31))
some_day = st.one_of(DAYS.map(str), DAYS.map(lambda day: str(day)[:7]))
sightings = st.lists(
    st.builds(
        lambda due, said, kind, by, second: make_sighting(due, said, kind=kind, by=by, is_second_hand=second),
        some_day,
        st.one_of(st.none(), some_day),
        st.sampled_from(PromiseKind),
        st.sampled_from(("", "Bureau of Gates", "Gates officials")),
        st.booleans(),
    ),
    max_size=6,
)
closings = st.lists(
    st.builds(make_event, st.sampled_from((OPEN, CLOSED)), st.one_of(st.none(), some_day)), max_size=3
)


@given(sightings, closings, DAYS, st.randoms())
def test_the_order_of_sightings_and_events_makes_no_difference(seen, events, day, random):
    shuffled = ledger(random.sample(seen, len(seen)), random.sample(events, len(events)), as_of=day)
    assert shuffled == ledger(seen, events, as_of=day)


@given(sightings, closings, DAYS)
def test_every_known_sighting_is_of_exactly_one_promise(seen, events, day):
    found = ledger(seen, events, as_of=day)
    known = [each for each in seen if each.said_on is None or each.said_on.earliest <= day]
    assert sorted(s.source for line in found.lines for s in line.sightings) == sorted(s.source for s in known)


@given(sightings, closings, DAYS, st.integers(0, 900))
def test_what_was_kept_or_missed_stays_so_and_lateness_only_grows(seen, events, day, more):
    dated = [each for each in seen if each.said_on is None or each.said_on.latest <= day]
    before = {_name(line): line for line in ledger(dated, events, as_of=day).lines}
    after = {_name(line): line for line in ledger(dated, events, as_of=day + timedelta(days=more)).lines}
    assert before.keys() == after.keys()
    for name, line in before.items():
        if day > line.due.latest:
            assert after[name].outcome is not Outcome.OPEN
            if line.outcome in {Outcome.KEPT, Outcome.MISSED} and line.kind is PromiseKind.COMPLETION:
                assert after[name].outcome is line.outcome


@given(sightings, DAYS, st.integers(0, 900))
def test_days_of_slip_never_shrink_while_it_stays_open(seen, day, more):
    known = [each for each in seen if each.said_on is None or each.said_on.latest <= day]
    before = ledger(known, STILL_OPEN, as_of=day).lines
    after = ledger(known, STILL_OPEN, as_of=day + timedelta(days=more)).lines
    for first, second in zip(before, after, strict=True):
        assert 0 <= (second.slip_days or 0) - (first.slip_days or 0) <= more


@given(sightings, closings, DAYS)
def test_a_promise_is_replaced_only_by_a_later_one_of_its_kind(seen, events, day):
    lines = ledger(seen, events, as_of=day).lines
    for line in lines:
        if line.superseded_by is not None:
            later = lines[line.superseded_by]
            assert (later.kind, later.is_second_hand) == (line.kind, False)
            assert later.due.edtf != line.due.edtf


@given(sightings, closings, DAYS)
def test_overdue_only_when_the_auditors_word_is_open_and_the_day_has_passed(seen, events, day):
    overdue = ledger(seen, events, as_of=day).overdue
    if overdue is not None:
        assert overdue.due.latest < day
        assert overdue.superseded_by is None
        assert any(event.value == OPEN for event in events)


def _name(line):
    return tuple(sorted((each.source, each.span) for each in line.sightings))
