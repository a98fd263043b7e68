"""The boundary in the evidence: no person in a table, no order by a figure, no rows of another office."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from closeout.evidence.measures.run_rows import Row
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.evidence.actions.dossiers import ask_submit, freeze_figure, submit_dossier
from closeout.web.evidence.policy import rows_office, seen_offices
from tests.web.casework.actions.world import HERE, THERE
from tests.web.evidence.made import CODE, keep, make_measured, share

MODELS = list(apps.get_app_config("evidence").get_models())
PEOPLE = {"officer", "officer_no", "case", "case_no", "subject", "person", "name"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_table_of_the_evidence_is_about_a_person(model):
    columns = {field.name for field in model._meta.get_fields() if not field.auto_created}
    assert columns.isdisjoint(PEOPLE)
    assert not any("rank" in column or column.endswith("_score") for column in columns)


def test_a_row_behind_a_figure_is_keys_and_days():
    assert set(Row.__dataclass_fields__) == {
        "what",
        "key",
        "sequence",
        "case_no",
        "office_id",
        "day",
        "began_on",
        "ended_on",
        "state",
        "counts",
    }


def test_no_page_of_the_evidence_offers_to_order_by_a_figure(register, world, as_):
    keep()
    client = as_(world.person(Role.AUDITOR, ""))
    for name in ("assessment", "measure-list", "office-list", "standards", "deficiencies"):
        assert "sort-link" not in client.get(reverse(f"evidence:{name}")).content.decode(), name


# Who gets whose rows: None for nobody's, empty for all offices together.
@pytest.mark.parametrize(
    ("role", "office", "asked", "given"),
    [
        (Role.AUDITOR, "", "", ""),
        (Role.AUDITOR, "", THERE, THERE),
        (Role.SUPERVISOR, HERE, "", HERE),
        (Role.SUPERVISOR, HERE, HERE, HERE),
        (Role.SUPERVISOR, HERE, THERE, None),
        (Role.DIRECTOR, HERE, THERE, None),
        (Role.DIRECTOR, "", "", None),
        (Role.PLANNER, HERE, HERE, None),
        (Role.AUDIT_LIAISON, HERE, HERE, None),
        (Role.READER, HERE, HERE, None),
        (Role.ADMINISTRATOR, HERE, HERE, None),
    ],
)
def test_rows_are_those_of_the_own_office_and_an_auditors_of_all(make_user, role, office, asked, given):
    assert rows_office(make_user(role, office=office), asked) == given


@pytest.mark.parametrize("role", Role.values)
def test_who_leads_an_office_sees_no_other(make_user, role):
    results = (share(1, 2, HERE), share(1, 2, THERE))
    seen = [each.office_id for each in seen_offices(make_user(role, office=HERE), results)]
    assert seen == ([HERE] if role in (Role.SUPERVISOR, Role.DIRECTOR) else [HERE, THERE])


@pytest.mark.parametrize("role", Role.values)
def test_the_address_of_another_offices_rows_is_refused(register, world, as_, role):
    keep()
    rows = reverse("evidence:measure-rows", args=[CODE])
    code = as_(world.person(role, HERE)).get(rows, {"office": THERE}).status_code
    assert code == (200 if role == Role.AUDITOR else 403)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DIRECTOR])
def test_a_file_of_an_office_is_not_taken_by_another(register, world, as_, role):
    keep(measured=make_measured())
    client = as_(world.person(role, HERE))
    assert client.get(reverse("evidence:office-list"), {"format": "csv"}).status_code == 403
    chart = client.get(reverse("evidence:measure-chart", args=[CODE, "offices"])).content.decode()
    assert "BOS office" in chart
    assert "DAL office" not in chart


@pytest.mark.parametrize("role", Role.values)
def test_an_action_asks_for_its_permission_whoever_calls_it(register, make_user, role):
    keep()
    user, rec = make_user(role), register.rec.pk
    if Permission.EVIDENCE_FREEZE not in GRANTS[role]:
        with pytest.raises(PermissionDenied, match=r"evidence\.freeze"):
            freeze_figure(by=user, recommendation_id=rec, code=CODE)
    if Permission.CLOSURE_REQUEST not in GRANTS[role]:
        with pytest.raises(PermissionDenied, match=r"closure\.request"):
            submit_dossier(by=user, recommendation_id=rec)
        with pytest.raises(PermissionDenied, match=r"closure\.request"):
            ask_submit(by=user, recommendation_id=rec)
