"""The present state: computed from the facts alone, by one function, on both databases."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.followup.statuses import Progress
from closeout.reading.dates import FuzzyDate
from closeout.reading.model import AuditorStatus
from closeout.web.accounts.models import Role
from closeout.web.recommendations.facts import gather, homes
from closeout.web.recommendations.models import (
    AgencyProgress,
    ClosureRequest,
    Conflict,
    Milestone,
    Plan,
    Recommendation,
)
from closeout.web.recommendations.needs import needs_of
from closeout.web.recommendations.state import FIELDS, refresh
from tests.web.factories import (
    NOON,
    day,
    make_capture,
    make_document,
    make_mention,
    make_position,
    make_promise,
    make_recommendation,
    make_report,
    make_statement,
    make_status,
)

MARCH = FuzzyDate("2026-03", date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def rec(store):
    return make_recommendation()


def fresh(rec):
    refresh([rec.pk])
    return Recommendation.objects.get(pk=rec.pk)


def mention_in(rec, **capture):
    return make_mention(rec, make_capture(f"words {id(capture)}", **capture))


def test_without_facts_it_is_open_and_nothing_is_known(rec):
    now = fresh(rec)
    assert (now.is_open, now.auditor_status, now.reads_as, now.progress, now.promise_edtf) == (
        True,
        "",
        "",
        "",
        "",
    )


def test_the_newest_word_of_the_auditor_counts(rec):
    make_status(make_mention(rec), "closed-implemented", as_of=day("2026-03-01"))
    make_status(make_mention(rec), "resolved-open", as_of=day("2026-02-01"))
    now = fresh(rec)
    assert (now.auditor_status, now.is_open) == ("closed-implemented", False)
    assert now.auditor_status_as_of_edtf == "2026-03-01"


def test_an_undated_word_gives_way_to_a_dated_one(rec):
    make_status(make_mention(rec), "closed-implemented", as_of=day("2020-03-01"))
    make_status(make_mention(rec), "resolved-open")
    assert fresh(rec).auditor_status == "closed-implemented"


def test_of_two_words_of_one_day_the_open_one_counts(rec):
    make_status(make_mention(rec), "closed-implemented", as_of=day("2026-03-01"))
    make_status(make_mention(rec), "resolved-open", as_of=day("2026-03-01"))
    assert fresh(rec).is_open


def test_what_is_read_from_prose_shows_only_while_nothing_is_printed(rec):
    mention = make_mention(rec)
    make_status(mention, "closed-implemented", basis="inferred", confidence=0.7)
    now = fresh(rec)
    assert (now.reads_as, now.reads_as_confidence, now.is_open) == ("closed-implemented", 0.7, True)
    make_status(mention, "resolved-open", as_of=day("2020-01-01"))
    now = fresh(rec)
    assert (now.auditor_status, now.reads_as, now.reads_as_confidence) == ("resolved-open", "", None)


def test_what_is_not_current_counts_no_more(rec):
    row = make_status(make_mention(rec), "closed-implemented", as_of=day("2026-03-01"))
    assert not fresh(rec).is_open
    type(row).objects.filter(pk=row.pk).update(is_current=False)
    assert fresh(rec).is_open


def test_the_completion_said_last_stands_and_news_does_not_count(rec):
    make_promise(rec, "2026-03-31", said_on=day("2025-10-01"))
    make_promise(rec, MARCH, said_on=day("2026-02-01"), mention=mention_in(rec))
    make_promise(rec, "2027-01-01", said_on=day("2026-02-02"), mention=mention_in(rec, is_secondary=True))
    make_promise(rec, "2026-05-01", kind="milestone", mention=mention_in(rec))
    now = fresh(rec)
    assert (now.promise_edtf, now.promise_latest, now.promise_kind) == (
        "2026-03",
        date(2026, 3, 31),
        "completion",
    )
    assert now.promises_made == 3


def test_overdue_is_asked_with_a_day_and_only_of_a_known_open_status(rec):
    make_promise(rec, MARCH)
    overdue = Recommendation.objects.overdue
    fresh(rec)
    assert not overdue(date(2026, 4, 1)).exists()  # nothing printed: not known to be open
    make_status(make_mention(rec), "resolved-open")
    fresh(rec)
    assert not overdue(date(2026, 3, 31)).exists()
    assert overdue(date(2026, 4, 1)).get() == rec


def test_a_clock_that_nothing_has_met_shows_when_it_is_due(store):
    rec = make_recommendation(report=make_report(issuer="DHS OIG", issued=day("2026-01-01")))
    now = fresh(rec)
    assert (now.clock_rule, now.clock_due_on) == ("dhs-response", date(2026, 4, 1))  # 90 days
    make_status(make_mention(rec), "resolved-open", as_of=day("2026-01-20"))
    assert fresh(rec).clock_rule == ""


def test_a_plan_after_a_position_is_a_management_decision(store, make_user):
    rec = make_recommendation(report=make_report(issuer="DHS OIG", issued=day("2026-01-01")))
    make_position(make_mention(rec), "concur")
    liaison = make_user(Role.AUDIT_LIAISON)
    plan = Plan.objects.create(recommendation=rec, owner_office="Lamps", summary="Trim.", by=liaison, at=NOON)
    assert fresh(rec).clock_rule == "dhs-response"
    Milestone.objects.create(plan=plan, order=1, text="One", due_on=date(2026, 5, 1))
    now = fresh(rec)
    assert (now.clock_rule, now.owner_office) == ("", "Lamps")


def test_needs_of_the_newest_capture_count_and_equal_words_once(rec):
    document = make_document()
    old = make_mention(rec, make_capture("old", document=document))
    make_statement(old, kind="need", text="Send the old log.")
    new = make_mention(rec, make_capture("new", document=document, is_newest=True))
    make_statement(new, kind="need", text="Send the new log.")
    elsewhere = make_mention(rec, make_capture("else", is_newest=True))
    make_statement(elsewhere, kind="need", text="send  the new log")
    (need,) = needs_of([rec.pk])[rec.pk]
    assert need.text == "send  the new log"
    assert len(need.statement_ids) == 2
    assert fresh(rec).needs == 1


def test_flags_tell_of_conflicts_questions_and_incomplete_sources(rec):
    capture = make_capture("x", is_complete=False, declared_total=9, is_newest=True)
    make_mention(rec, capture)
    Conflict.objects.create(recommendation=rec, field="status", values=[], fingerprint="x")
    now = fresh(rec)
    assert (now.has_conflict, now.has_incomplete_source, now.in_review) == (True, True, False)
    Conflict.objects.update(is_current=False)
    assert not fresh(rec).has_conflict


def test_the_last_closure_request_shows(rec, make_user):
    liaison = make_user(Role.AUDIT_LIAISON)
    ClosureRequest.objects.create(recommendation=rec, letter="x", requested_by=liaison, requested_at=NOON)
    assert fresh(rec).closure_state == "requested"


def test_facts_of_one_found_to_be_another_count_there(rec, make_user):
    liaison = make_user(Role.AUDIT_LIAISON)
    other, third = make_recommendation(), make_recommendation()
    AgencyProgress.objects.create(
        recommendation=third, state=Progress.DONE, on=date(2026, 1, 1), by=liaison, at=NOON
    )
    Recommendation.objects.filter(pk=third.pk).update(is_retired=True, merged_into=other)
    Recommendation.objects.filter(pk=other.pk).update(is_retired=True, merged_into=rec)
    assert homes([rec.pk]) == {rec.pk: rec.pk, other.pk: rec.pk, third.pk: rec.pk}
    assert fresh(rec).progress == "done"


def test_only_what_differs_is_written(rec, django_assert_num_queries):
    make_status(make_mention(rec), "resolved-open")
    assert refresh([rec.pk]) == {rec.pk}
    assert refresh([rec.pk]) == set()


def test_the_number_of_queries_does_not_grow_with_rows(store, django_assert_max_num_queries):
    recs = [make_recommendation() for _ in range(30)]
    for rec in recs:
        make_status(make_mention(rec), "resolved-open", as_of=day("2026-01-20"))
        make_promise(rec)
    with django_assert_max_num_queries(22):
        refresh(rec.pk for rec in recs)


FACTS = st.lists(
    st.tuples(
        st.sampled_from(list(AuditorStatus)),
        st.sampled_from(["printed", "inferred"]),
        st.sampled_from([None, "2026-01-01", "2026-02-01", "2026-03-01"]),
    ),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(facts=FACTS)
def test_no_inference_ever_closes_and_any_facts_fit_the_constraints(db, facts):
    rec = make_recommendation()
    mention = make_mention(rec)
    for value, basis, on in facts:
        confidence = 0.9 if basis == "inferred" else None
        make_status(mention, value.value, basis=basis, confidence=confidence, as_of=day(on) if on else None)
    now = fresh(rec)
    printed = [value for value, basis, _ in facts if basis == "printed"]
    assert now.is_open or any(value.value.startswith("closed-") for value in printed)
    assert bool(now.reads_as) == (bool(facts) and not printed)
    before = {name: getattr(now, name) for name in FIELDS}
    assert {name: getattr(fresh(rec), name) for name in FIELDS} == before


def test_gathering_nothing_asks_nothing_more(store):
    assert gather([]) == {}
