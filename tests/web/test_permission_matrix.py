import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS
from tests.web.matrix import all_addresses, all_rules

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
    if rule.permission is None or rule.permission in GRANTS[role]:
        return rule.allowed
    return {rule.refused}


def test_every_address_has_a_rule_and_every_rule_an_address():
    addresses, rules = set(all_addresses()), set(all_rules())
    assert addresses - rules == set(), "declare who may open these"
    assert rules - addresses == set(), "these addresses are gone"


@pytest.mark.parametrize(("address", "rule"), CASES)
def test_each_visitor_gets_what_the_rule_says(make_user, address, rule):
    got = {role: _answer_of(make_user, address, rule, role) for role in VISITORS}
    assert {role: code for role, code in got.items() if code not in expected(rule, role)} == {}


def _answer_of(make_user, address, rule, role):
    """Return the code a visitor gets; what was made for the visitor and by the call is taken back."""
    client = Client()
    cache.clear()
    with transaction.atomic():
        visitor = make_user(role) if role else None
        if visitor:
            client.force_login(visitor)
        url = reverse(address, kwargs=dict(rule.make(visitor)))
        response = getattr(client, rule.method)(url, dict(rule.data))
        transaction.set_rollback(True)
    if response.status_code == 302 and role is None and not rule.is_open:
        assert response.url.startswith(reverse("account_login"))
    return response.status_code
