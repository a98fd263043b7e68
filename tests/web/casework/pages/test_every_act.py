"""Each act's form can be drawn and sent on a case where it is offered; the actions' tests say the rest."""

from html import unescape

import pytest
from django.urls import reverse

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.acts import ACTS
from tests.web.casework.busy import make_busy


@pytest.fixture
def busy(world):
    """Return the world with a row of every kind on its case."""
    return make_busy(world)


NEEDS_ANOTHER_CASE = (
    "closure-reverse",
    "exception-approve-referral",
    "exception-return-referral",
    "custody-begin",
)


@pytest.mark.parametrize("slug", sorted(set(ACTS) - {*NEEDS_ANOTHER_CASE}))
def test_the_form_is_drawn_and_an_empty_one_is_refused_or_done(busy, as_, slug):
    act = ACTS[slug]
    approves = act.permission is Permission.CASE_APPROVE
    user = (
        busy.receiver
        if slug in ("transfer-accept", "transfer-reject")
        else busy.supervisor
        if approves
        else busy.officer
    )
    path = reverse("casework:act", args=[busy.case.pk, slug])
    if act.subjects is not None:
        subject = act.subjects(busy.fresh(), user).first()
        assert subject is not None, "the busy case lacks a row for this act"
        path += f"?subject={subject.pk}"

    asked = as_(user).get(path)
    assert asked.status_code == 200
    assert act.label in unescape(asked.content.decode())

    sent = as_(user).post(path, {"subject": subject.pk} if act.subjects is not None else {})
    assert sent.status_code in (302, 409, 422)


def test_the_busy_case_shows_everything_at_once(busy, as_):
    page = as_(busy.supervisor).get(reverse("casework:case-detail", args=[busy.case.pk]))
    assert page.status_code == 200
    titles = [history.title for history in page.context["histories"]]
    assert {"Check-ins", "Exceptions", "Transfers", "Closures", "Travel documents", "Holds"} <= set(titles)
    offered = {act.slug for _, entries in page.context["acts"] for act, _ in entries}
    assert {"check-in-outcome", "closure-confirm", "interval-approve", "hold-review"} <= offered


def test_an_item_of_the_package_is_asked_for_with_what_is_missing(busy, as_):
    request = busy.case.travel_document_requests.get(state="drafting")
    path = reverse("casework:act", args=[busy.case.pk, "travel-item"]) + f"?subject={request.pk}"
    assert "No rule of this country is in force." in as_(busy.officer).get(path).content.decode()
