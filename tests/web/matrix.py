"""The rule of an address: who may open it and what each kind of visitor gets.

Each room lists its addresses in a module `address_rules.py` beside its tests, as a dict `RULES`
from the address's name to its rule, or to several where it answers several methods.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver

from closeout.web.accounts.permissions import GRANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from closeout.web.accounts.models import User
    from closeout.web.accounts.permissions import Permission

ROOMS = (
    "tests.web.address_rules",
    "tests.web.recommendations.address_rules",
    "tests.api.address_rules",
    "tests.web.casework.address_rules",
    "tests.web.staffing.address_rules",
    "tests.web.evidence.address_rules",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open an address and what they get.

    Attributes:
        permission: What a role needs; None when anybody signed in may.
        otherwise: Another permission that does as well; None where there is none.
        is_open: Whether visitors who have not signed in may as well.
        method: How the address is called.
        allowed: Codes that those who may get.
        refused: The code for a role without the permission.
        unknown: The code for a visitor who has not signed in.
        make: Given the visitor (None when not signed in), makes what the address is about and
            returns the arguments of the address.
        data: What is sent.
        is_page: Whether the answer to a GET is a page, which the browser tests then visit.

    """

    permission: Permission | None = None
    otherwise: Permission | None = None
    is_open: bool = False
    method: str = "get"
    allowed: frozenset[int] = frozenset({200})
    refused: int = 403
    unknown: int = 302
    make: Callable[[User | None], Mapping[str, object]] = field(default=lambda _user: {})
    data: Mapping[str, str] = field(default_factory=dict)
    is_page: bool = True


def may_open(rule: Rule, role: str) -> bool:
    """Say whether a role, signed in, may open the address."""
    return rule.permission is None or bool({rule.permission, rule.otherwise} & GRANTS[role])


def opened(*codes: int) -> Rule:
    """Return the rule of an address for everybody."""
    return Rule(is_open=True, allowed=frozenset(codes or {200}))


def signed_in(*codes: int) -> Rule:
    """Return the rule of an address for anybody who has signed in."""
    return Rule(allowed=frozenset(codes or {200}))


def all_rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of every room that exists, by name of address."""
    rules: dict[str, tuple[Rule, ...]] = {}
    for name in ROOMS:
        if _exists(name):
            for address, rule in import_module(name).RULES.items():
                rules[address] = rule if isinstance(rule, tuple) else (rule,)
    return rules


def _exists(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def all_pages() -> list[tuple[str, Rule]]:
    """Return the addresses that answer a GET with a page, and their rules."""
    return [
        (address, rule)
        for address, rules in sorted(all_rules().items())
        for rule in rules
        if rule.method == "get" and 200 in rule.allowed and rule.is_page
    ]


def a_role_for(rule: Rule) -> str:
    """Return a role that may open the address; of several, the one with the most permissions."""
    roles = [role for role in GRANTS if may_open(rule, role)]
    return max(roles, key=lambda role: len(GRANTS[role]))


def all_addresses() -> list[str]:
    """Return the name of every address of the site; its route where it has no name."""
    return sorted(set(_walk(get_resolver().url_patterns, "", "")))


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, route: str) -> Iterator[str]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else here
