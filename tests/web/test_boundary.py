"""The boundary, as far as the schema and the rules can show it (docs/explanation/boundary.md)."""

from django.apps import apps

from closeout.web.accounts.models import Role, User
from closeout.web.accounts.permissions import Permission

OURS = [model for model in apps.get_models() if model.__module__.startswith("closeout.")]
COLUMNS = [
    (model, field.name) for model in OURS for field in model._meta.get_fields() if not field.auto_created
]

# Columns that would hold who somebody is, where they are, or what they are thought to be.
FORBIDDEN = {
    "first_name",
    "last_name",
    "full_name",
    "birth_date",
    "date_of_birth",
    "a_number",
    "alien_number",
    "ssn",
    "passport",
    "nationality",
    "address",
    "street",
    "phone",
    "email",
    "photo",
    "picture",
    "biometric",
    "lat",
    "latitude",
    "lon",
    "longitude",
    "geocode",
    "risk",
    "risk_score",
    "risk_level",
    "threat_level",
    "danger",
    "priority_rank_person",
}
ENDINGS = ("_score", "_lat", "_lon", "_phone", "_email")


def test_no_column_holds_who_or_where_somebody_is():
    named = {(model._meta.label_lower, column.lower()) for model, column in COLUMNS}
    assert len(named) > 1000
    said = {(model, column) for model, column in named if column in FORBIDDEN or column.endswith(ENDINGS)}
    # Of a course: the score an exam asks for.
    assert said == {("registers.course", "pass_score")}


def test_an_account_is_a_number_a_role_an_office_and_a_time():
    kept = {field.name for field in User._meta.get_fields() if not field.auto_created}
    assert kept == {
        "password",
        "last_login",
        "username",
        "role",
        "office",
        "is_active",
        "active_until",
        "must_change_password",
        "created_at",
    }


def test_no_permission_is_about_a_person_supervised():
    subjects = {permission.value.split(".")[0] for permission in Permission}
    assert subjects.isdisjoint({"person", "alien", "subject", "detainee", "participant"})


def test_every_role_is_a_job_in_the_agency_or_an_auditor():
    assert {role.label for role in Role} == {
        "Officer",
        "Supervisor",
        "Office director",
        "Planner",
        "Audit liaison",
        "Approving official",
        "Program manager",
        "Auditor",
        "Reader",
        "Administrator",
    }
