"""Days and numbers that no calendar or column holds are refused in words, by every act."""

import pytest
from django import forms
from django.urls import reverse

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import writing
from closeout.web.casework.acts import ACTS
from tests.web.casework.busy import make_busy

ODD = {
    forms.DateField: ("0001-01-01", "9999-12-31", "2026-02-30"),
    forms.IntegerField: ("0", "-1", str(10**7), str(10**12), "9" * 30),
    forms.FloatField: ("nan", "inf", "1e308", "-1"),
}


@pytest.fixture(autouse=True)
def only_counted(monkeypatch):
    monkeypatch.setattr(writing, "refresh", lambda *_case_no, **_today: None)


def first_answers(form, today):
    """Return an answer for every field of a form: the first choice, today, one."""
    found = {}
    for name, field in form.fields.items():
        if name == "expected_version" or isinstance(field, forms.FileField):
            continue
        if isinstance(field, forms.ChoiceField):
            found[name] = next((key for key, _ in field.choices if key), "")
        elif isinstance(field, forms.DateField):
            found[name] = today.isoformat()
        elif isinstance(field, forms.IntegerField):
            found[name] = "1"
    return found


@pytest.mark.parametrize("slug", sorted(ACTS))
def test_an_odd_day_or_number_is_refused_and_never_an_error(world, as_, slug):
    make_busy(world)
    act = ACTS[slug]
    approves = act.permission is Permission.CASE_APPROVE
    user = world.receiver if slug.startswith("transfer-") else world.supervisor if approves else world.officer
    subject = act.subjects(world.fresh(), user).first() if act.subjects else None
    if act.subjects and subject is None:
        assert as_(user).get(reverse("casework:act", args=[world.case.pk, slug])).status_code in (403, 404)
        return
    form = act.form(case=world.case, subject=subject)
    given = first_answers(form, world.today) | ({"subject": subject.pk} if subject else {})
    client = as_(user)
    for name, field in form.fields.items():
        for value in next((values for kind, values in ODD.items() if type(field) is kind), ()):
            answer = client.post(reverse("casework:act", args=[world.case.pk, slug]), {**given, name: value})
            assert answer.status_code in (302, 403, 404, 409, 422), f"{name}={value}"
