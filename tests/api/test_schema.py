"""Our own description, tried by schemathesis: no answer is outside it, and no input breaks the server."""

import pytest
import schemathesis
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as tuned

from closeout.project.wsgi import application
from closeout.web.accounts.models import Role, User
from tests.web.recommendations.address_rules import lively

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def session(db):
    """Return the headers of a liaison's session in a register with one lively recommendation."""
    lively()
    client = Client()
    client.force_login(User.objects.get(username="author"))
    assert User.objects.get(username="author").role == Role.AUDIT_LIAISON
    token = "t" * 32
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    cookies[settings.CSRF_COOKIE_NAME] = token
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": token,
        "Host": "testserver",
    }


@schema.parametrize()
@tuned(
    max_examples=10,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
def test_every_answer_is_one_the_description_names(case, session):
    response = case.call(headers=session)
    case.validate_response(
        response,
        checks=(
            schemathesis.checks.not_a_server_error,
            schemathesis.checks.CHECKS.get_one("status_code_conformance"),
            schemathesis.checks.CHECKS.get_one("content_type_conformance"),
            schemathesis.checks.CHECKS.get_one("response_schema_conformance"),
        ),
    )
