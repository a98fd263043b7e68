"""The first words of a closure request: those of the one closeout letter, with the evidence put forward."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.recommendations.letter import draft_letter
from closeout.web.recommendations.queries.story import story
from tests.web.factories import make_recommendation
from tests.web.recommendations.address_rules import lively

pytestmark = pytest.mark.django_db


DAY = date(2026, 6, 1)


def draft(rec):
    return draft_letter(story(rec, as_of=DAY))


def test_a_person_asks_and_the_letter_says_what_is_open():
    rec = lively()
    words = draft(rec)
    assert words.startswith("Request to close recommendation")
    assert rec.text in words
    assert "The agency requests that" in words
    assert "Only your office can close a recommendation." in words


def test_no_measure_and_no_frozen_result_is_spoken_of():
    words = draft(make_recommendation())
    assert "measure" not in words
    assert "Frozen" not in words
    assert "[What was done, in words.]" in words


def test_a_need_without_evidence_is_named_as_missing():
    rec = lively()
    told = story(rec, as_of=DAY)
    words = draft_letter(told)
    for each in told.needs:
        assert each.need.text in words
        if not each.evidence:
            assert f"“{each.need.text}”: no evidence yet" in words


def test_the_form_begins_with_these_words(client_for):
    rec = make_recommendation(auditor_status="resolved-open")
    page = client_for(Role.AUDIT_LIAISON).get(reverse("recommendations:recommendation-detail", args=[rec.pk]))
    assert "Request to close" in page.content.decode()
