import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.recommendations.models import AgencyProgress, Plan
from tests.web.factories import (
    NOON,
    day,
    make_capture,
    make_mention,
    make_promise,
    make_recommendation,
    make_statement,
    make_status,
)
from tests.web.recommendations.address_rules import lively


def page_of(client, rec, **query):
    url = reverse("recommendations:recommendation-detail", args=[rec.pk])
    return " ".join(client.get(url, query).content.decode().split())


@pytest.fixture
def reader(client_for):
    return client_for(Role.READER)


def test_each_statement_links_to_its_words_in_the_source(reader):
    rec = make_recommendation()
    mention = make_mention(rec, make_capture("The office counted half of the buoys. " * 3))
    make_statement(mention, start=4, end=20, text="office counted h", said_on=day("2026-05-01"))
    html = page_of(reader, rec)
    source = reverse("recommendations:source-detail", args=[mention.capture_id])
    assert f'href="{source}?start=4&amp;end=20#here"' in html
    assert "office counted h" in html


def test_the_state_on_a_past_day_leaves_out_what_came_later(reader):
    rec = make_recommendation(auditor_status="closed-implemented")
    mention = make_mention(rec)
    make_status(mention, "resolved-open", as_of=day("2025-03-01"), printed="Open")
    make_status(mention, "closed-implemented", as_of=day("2026-03-01"), printed="Closed")
    assert "Closed, implemented" in page_of(reader, rec, as_of="2026-03-01")
    before = page_of(reader, rec, as_of="2026-02-28")
    assert "Open, resolved" in before
    assert "Auditor says: Closed" not in before


def test_the_three_axes_are_shown_apart(reader, make_user):
    rec = make_recommendation(reads_as="closed-implemented", reads_as_confidence=0.7)
    mention = make_mention(rec)
    make_status(mention, "closed-implemented", basis="inferred", confidence=0.7, as_of=day("2026-01-01"))
    AgencyProgress.objects.create(
        recommendation=rec, state="done", on="2026-01-02", by=make_user(Role.AUDIT_LIAISON), at=NOON
    )
    html = page_of(reader, rec, as_of="2026-02-01")
    assert "No status printed" in html
    assert "Only because nothing is printed; confidence 70 %. It closes nothing." in html
    assert "Agency says done" in html


def test_a_promise_that_moved_is_struck_and_the_one_that_stands_is_late(reader):
    rec = make_recommendation(auditor_status="resolved-open")
    mention = make_mention(rec)
    make_status(mention, as_of=day("2024-12-01"))
    make_promise(rec, "2025-01-31", mention=mention, said_on=day("2024-01-01"))
    make_promise(rec, "2025-06-30", mention=mention, said_on=day("2025-01-15"))
    html = page_of(reader, rec, as_of="2025-07-10")
    assert "Moved to" in html
    # June 30 to July 10 is ten days; January 31 to June 30 is 150.
    assert "10 days late" in html
    assert "150 days" in html


def test_needs_say_whether_evidence_covers_them(reader):
    rec = make_recommendation(needs=1)
    mention = make_mention(rec, make_capture(is_newest=True))
    make_statement(mention, kind="need", text="Show the counts of two springs.")
    html = page_of(reader, rec)
    assert "Show the counts of two springs." in html
    assert "Nothing covers it" in html


def test_conflicting_sources_stand_side_by_side(reader):
    html = page_of(reader, lively())
    assert "Sources disagree" in html
    assert "2026-12-31" in html


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.READER, set()),
        (Role.AUDITOR, set()),
        (Role.PROGRAM_MANAGER, {"Say where we stand…", "Write the plan…", "Add evidence…"}),
        (
            Role.AUDIT_LIAISON,
            {"Say where we stand…", "Write the plan…", "Add evidence…", "Propose closure…"},
        ),
        (Role.APPROVER, {"Say where we stand…"}),
    ],
)
def test_each_role_sees_the_acts_it_may_do(client_for, role, shown):
    html = page_of(client_for(role), make_recommendation(auditor_status="resolved-open"))
    acts = ("Say where we stand…", "Write the plan…", "Add evidence…", "Propose closure…")
    assert {name for name in acts if name in html} == shown


def test_a_form_with_mistakes_comes_back_open_with_what_was_written(client_for):
    client, rec = client_for(Role.AUDIT_LIAISON), make_recommendation()
    url = reverse("recommendations:plan-set", args=[rec.pk])
    sent = {"owner_office": "Harbor", "summary": "Count them.", "steps": "next spring Buy a boat"}
    response = client.post(url, sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Line 1 must begin with a day like 2027-03-31" in html
    assert "next spring Buy a boat" in html
    assert not Plan.objects.exists()


def test_words_that_identify_a_person_are_not_saved(client_for):
    client, rec = client_for(Role.AUDIT_LIAISON), make_recommendation()
    url = reverse("recommendations:progress-add", args=[rec.pk])
    response = client.post(url, {"state": "planned", "on": "2026-01-05", "note": "Ask A123456789 about it."})
    assert response.status_code == 422
    assert "an A-number" in response.content.decode()
    assert not AgencyProgress.objects.exists()


def test_an_act_that_a_rule_refuses_says_why(client_for):
    client, rec = client_for(Role.AUDIT_LIAISON), make_recommendation(auditor_status="closed-implemented")
    url = reverse("recommendations:progress-add", args=[rec.pk])
    response = client.post(url, {"state": "planned", "on": "2026-01-05"}, follow=True)
    assert "the auditor has closed" in response.content.decode()


def test_a_merged_recommendation_leads_to_the_one_it_became(reader):
    heir = make_recommendation()
    merged = make_recommendation(is_retired=True, merged_into=heir)
    response = reader.get(reverse("recommendations:recommendation-detail", args=[merged.pk]))
    assert response.url == reverse("recommendations:recommendation-detail", args=[heir.pk])


@pytest.mark.parametrize("extra", [1, 20])
def test_the_number_of_queries_does_not_grow_with_the_timeline(reader, django_assert_max_num_queries, extra):
    rec = lively()
    mention = rec.mentions.get()
    for number in range(extra):
        make_statement(mention, text=f"Update {number}.", said_on=day("2025-09-01"))
        make_promise(rec, "2026-06-30", mention=mention, what=f"Part {number}", kind="milestone")
    with django_assert_max_num_queries(42):
        reader.get(reverse("recommendations:recommendation-detail", args=[rec.pk]))
