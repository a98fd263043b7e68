import json
import math
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from closeout.web.accounts.models import Role
from closeout.web.audit.actions import record, verify_chain
from closeout.web.audit.chain import NotPlainError, check_chain, event_hash, plain
from closeout.web.audit.models import GENESIS, Event

leaves = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**62), max_value=2**62)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.dates()
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_a_plain_value_comes_back_from_json_the_same(value):
    kept = plain(value)
    assert json.loads(json.dumps(kept)) == kept


@given(values)
def test_making_a_plain_value_plain_again_changes_nothing(value):
    assert plain(plain(value)) == plain(value)


@pytest.mark.parametrize(
    ("given_value", "kept"),
    [
        (date(2026, 3, 4), "2026-03-04"),
        (datetime(2026, 3, 4, 12, tzinfo=UTC), "2026-03-04T12:00:00+00:00"),
        (Role.READER, "reader"),
        (1e16, 10000000000000000),
        (-0.0, 0),
        (0.5, 0.5),
        ("a\x00b", "a\ufffdb"),
        ("\ud800", "?"),
        ({"b", "a"}, ["a", "b"]),
        ((1, 2), [1, 2]),
        ({1: None}, {"1": None}),
    ],
)
def test_values_are_written_in_a_form_both_databases_keep(given_value, kept):
    assert plain(given_value) == kept


@pytest.mark.parametrize("value", [math.nan, math.inf, object(), b"bytes", [object()]])
def test_what_has_no_plain_form_is_refused(value):
    with pytest.raises(NotPlainError):
        plain(value)


class TestChain(TestCase):
    @hypothesis_settings(max_examples=25)
    @given(st.lists(st.tuples(values, values, st.text(alphabet=st.characters(codec="utf-8"))), max_size=4))
    def test_whatever_is_recorded_the_chain_read_back_is_whole(self, things):
        before = Event.objects.count()
        for old, new, reason in things:
            with transaction.atomic():
                record(by="S-1", action="thing.change", before=old, after=new, reason=reason)
        check = verify_chain()
        assert check.is_whole, check.problem
        assert check.events == before + len(things)


def chained(count):
    """Return events chained by hand, not saved."""
    events, head = [], GENESIS
    for seq in range(1, count + 1):
        event = Event(seq=seq, at=datetime(2026, 3, 4, tzinfo=UTC), actor="S-1", action="a.b", prev_hash=head)
        event.hash = head = event_hash(event)
        events.append(event)
    return events


def test_an_empty_chain_is_whole():
    check = check_chain([])
    assert (check.is_whole, check.events, check.head_hash) == (True, 0, GENESIS)


def test_a_whole_chain_ends_in_its_last_hash():
    events = chained(3)
    check = check_chain(events)
    assert (check.is_whole, check.head_seq, check.head_hash) == (True, 3, events[-1].hash)


def test_a_removed_event_is_missed():
    first, _, third = chained(3)
    check = check_chain([first, third])
    assert (check.broken_at, check.problem) == (2, "event 2 is missing")


def test_an_event_that_was_changed_is_found_and_the_ones_before_it_stand():
    events = chained(3)
    events[1].reason = "another reason"
    check = check_chain(events)
    assert (check.broken_at, check.problem, check.head_seq) == (2, "event 2 was changed", 1)


def test_an_event_changed_with_its_hash_breaks_the_one_after_it():
    events = chained(3)
    events[1].reason = "another reason"
    events[1].hash = event_hash(events[1])
    assert check_chain(events).problem == "event 3 does not follow the event before it"


@given(
    st.sampled_from(
        ["seq", "actor", "action", "object_type", "object_id", "before", "after", "reason", "request_id"]
    )
)
def test_the_hash_covers_every_word(name):
    (event,) = chained(1)
    setattr(event, name, 7 if name == "seq" else "something else")
    assert event_hash(event) != event.hash


def test_the_hash_covers_the_instant_to_the_microsecond_whatever_the_zone():
    (event,) = chained(1)
    event.at = event.at.replace(microsecond=1)
    assert event_hash(event) != event.hash
    event.at = datetime.fromisoformat("2026-03-03T19:00:00-05:00")
    assert event_hash(event) == event.hash
