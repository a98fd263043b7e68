"""The tables: what each row is called, and the rules that hold whoever writes."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from closeout.followup.clock_rules import EventKind
from closeout.reading.model import AuditorStatus
from closeout.web.recommendations import actions
from closeout.web.recommendations.models import (
    Capture,
    Conflict,
    Document,
    JoinDecision,
    Mention,
    PositionObservation,
    Recommendation,
    Report,
    Statement,
    SupersededReading,
)
from closeout.web.recommendations.models.rules import fuzzy, fuzzy_columns
from tests.web.factories import day, make_capture, make_mention, make_recommendation, make_statement
from tests.web.recommendations.world import DAY


def refused(rows, **changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**changes)


def test_every_row_says_in_words_what_it_is(world):
    by = world.liaison
    world.cover()
    asked = actions.request_closure(by=by, recommendation_id=world.rec.pk, letter="Please close it.")
    plan = actions.set_plan(
        by=by,
        recommendation_id=world.rec.pk,
        owner_office="Lamp Office",
        summary="Trim.",
        steps=[actions.Step("First lamp", DAY)],
    )
    decision = actions.record_auditor_decision(
        by=by,
        recommendation_id=world.rec.pk,
        status=AuditorStatus.CLOSED_IMPLEMENTED,
        printed="Closed",
        on=DAY,
    )
    event = actions.record_event(by=by, kind=EventKind.IMPLEMENTED, on=DAY, report_id=world.rec.report_id)
    conflict = Conflict.objects.create(recommendation=world.rec, field="status", values=[], fingerprint="x")
    other = make_mention(make_recommendation())
    pair = JoinDecision.objects.create(
        one=world.mention, other=other, is_same=False, by=by, at=timezone.now()
    )
    told = {
        str(world.rec): "ZIG-26-07, Recommendation 1",
        str(asked): "closure of ZIG-26-07, Recommendation 1: requested",
        str(plan): "plan of Lamp Office",
        str(plan.milestones.get()): "First lamp by 2026-04-01",
        str(decision): "Closed on 2026-04-01",
        str(event): "implemented on 2026-04-01",
        str(conflict): "status of ZIG-26-07, Recommendation 1",
        str(pair): f"{world.mention.pk} is not {other.pk}",
        str(world.capture): "Lamps Go Out (2026-01-05)",
        str(world.mention): "Lamps Go Out (2026-01-05), mention 0",
    }
    assert all(name == words for name, words in told.items())
    kinds = [model for model in apps.get_app_config("recommendations").get_models() if model.objects.exists()]
    assert len(kinds) > 15
    assert all(str(model.objects.first()) for model in kinds)


def test_a_recommendation_without_a_number_is_called_by_its_place(db):
    assert make_recommendation(number="", order=4, key="x", sort_key="x").label == "unnumbered, 4"


def test_a_document_is_called_by_the_end_of_its_origin():
    assert Document(origin="reports/2026/lamps.html").name == "lamps.html"
    assert str(Document(origin="reports/2026/lamps.html")) == "reports/2026/lamps.html"


def test_the_page_of_a_character_is_told_by_the_page_map():
    capture = Capture(pages=[[1, 0, 10], [2, 10, 20]])
    assert [capture.page_of(offset) for offset in (None, 0, 9, 10, 19, 20)] == [None, 1, 1, 2, 2, None]
    assert Capture(pages=[]).page_of(3) is None


def test_a_fuzzy_date_goes_into_three_columns_and_comes_back():
    row = Capture(**fuzzy_columns("as_of", day("2026-03-01")))
    assert fuzzy(row, "as_of") == day("2026-03-01")
    assert fuzzy(Capture(**fuzzy_columns("as_of", None)), "as_of") is None


def test_the_database_keeps_dates_spans_and_names_whole(world):
    captures = Capture.objects.filter(pk=world.capture.pk)
    refused(captures, as_of_edtf="2026")
    refused(captures, as_of_earliest=date(2026, 1, 1))
    refused(captures, as_of_edtf="x", as_of_earliest=date(2026, 2, 1), as_of_latest=date(2026, 1, 1))
    refused(captures, medium="smoke")
    refused(captures, is_complete=True)
    mentions = Mention.objects.filter(pk=world.mention.pk)
    refused(mentions, text_start=None)
    refused(mentions, text_start=9, text_end=3)
    statements = Statement.objects.filter(pk=world.need.pk)
    refused(statements, kind="song")
    refused(statements, start=9, end=3)
    refused(PositionObservation.objects.all(), value="perhaps")
    refused(Report.objects.all(), issued_edtf="")


@pytest.mark.parametrize(
    "changes",
    [
        {"reads_as": "resolved-open", "reads_as_confidence": 0.5},  # though a status is printed
        {"auditor_status_basis": "inferred"},
        {"is_declared_only": True},  # though it has a text
        {"clock_rule": "dhs-response"},  # without a day
        {"needs_covered": 9},
        {"merged_into_id": 1},  # though it is not retired
        {"kind": "wish"},
        {"progress": "fine"},
        {"position": "perhaps"},
    ],
)
def test_the_database_refuses_a_state_that_cannot_be(world, changes):
    refused(Recommendation.objects.filter(pk=world.rec.pk), **changes)


def test_a_reading_without_a_confidence_is_refused(db):
    refused(Recommendation.objects.filter(pk=make_recommendation().pk), reads_as="resolved-open")


def test_the_same_bytes_are_one_capture_of_a_document(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Capture.objects.create(
            document=world.capture.document,
            blob=world.capture.blob,
            got_at=timezone.now(),
            medium="text",
            family="x",
            extractor_version="1",
        )


def test_what_a_superseded_reading_was_is_named(db):
    capture = make_capture()
    row = SupersededReading(capture=capture, extractor_version="1", reading={}, replaced_at=timezone.now())
    assert str(row) == f"{capture}, extractor 1"


def test_a_statement_is_shown_by_its_kind_and_first_words(db):
    statement = make_statement(make_mention(make_recommendation()), text="word " * 40)
    assert str(statement).startswith("update: word word")
    assert len(str(statement)) < 80
