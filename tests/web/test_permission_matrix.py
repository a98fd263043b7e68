import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseRedirect
from django.test import Client
from django.urls import reverse

from closeout.web.accounts.models import Role
from tests.web.matrix import Rule, all_addresses, all_rules, may_open

SENT_ON = 302
VISITORS = [None, *Role.values]
CASES = [
    pytest.param(address, rule, id=f"{address}-{rule.method}")
    for address, rules in sorted(all_rules().items())
    for rule in rules
]


def expected(rule, role):
    if rule.is_open:
        return rule.allowed
    if role is None:
        return {rule.unknown}
    return rule.allowed if may_open(rule, role) else {rule.refused}


def test_every_address_has_a_rule_and_every_rule_an_address():
    addresses, rules = set(all_addresses()), set(all_rules())
    assert addresses - rules == set(), "declare who may open these"
    assert rules - addresses == set(), "these addresses are gone"


@pytest.mark.parametrize(("address", "rule"), CASES)
def test_each_visitor_gets_what_the_rule_says(make_user, address, rule):
    wrong = {role: _wrong_with(make_user, address, rule, role) for role in VISITORS}
    assert {role: said for role, said in wrong.items() if said} == {}


def _wrong_with(make_user, address, rule, role):
    """Return what is wrong with a visitor's answer; empty where nothing is, and never raising."""
    try:
        response = _answer_of(make_user, address, rule, role)
    except Exception as error:  # noqa: BLE001 - one visitor's fault must not hide the next one's
        return f"{type(error).__name__}: {error}"
    code = response.status_code
    if code not in expected(rule, role):
        return f"{code}, and not {sorted(expected(rule, role))}"
    if (
        code == SENT_ON
        and role is None
        and not rule.is_open
        and not response.url.startswith(reverse("account_login"))
    ):
        return f"sent to {response.url}, and not to sign in"
    return ""


def _answer_of(make_user, address, rule, role):
    """Return what a visitor gets; what was made for the visitor and by the call is taken back."""
    client = Client()
    cache.clear()
    with transaction.atomic():
        visitor = make_user(role) if role else None
        if visitor:
            client.force_login(visitor)
        url = reverse(address, kwargs=dict(rule.make(visitor)))
        response = getattr(client, rule.method)(url, dict(rule.data))
        transaction.set_rollback(True)
    return response


def failing(visitor):
    """Fail for one visitor in the middle."""
    if visitor and visitor.role == Role.PLANNER:
        msg = "nothing here"
        raise LookupError(msg)
    return {}


def test_every_visitor_with_a_wrong_answer_is_named(make_user):
    """The gallery is open to all who have signed in: held to another code, each says so."""
    rule = Rule(make=failing, allowed=frozenset({418}))
    wrong = {role: _wrong_with(make_user, "components:gallery", rule, role) for role in VISITORS}
    assert wrong.pop(Role.PLANNER) == "LookupError: nothing here"
    assert wrong.pop(None) == ""
    assert set(wrong) == set(Role.values) - {Role.PLANNER}
    assert all(said.endswith("and not [418]") for said in wrong.values())


def test_who_is_not_signed_in_and_sent_elsewhere_is_named(make_user, monkeypatch):
    elsewhere = HttpResponseRedirect("/elsewhere/")
    monkeypatch.setattr(f"{__name__}._answer_of", lambda *_given: elsewhere)
    said = _wrong_with(make_user, "components:gallery", Rule(), None)
    assert said == "sent to /elsewhere/, and not to sign in"
