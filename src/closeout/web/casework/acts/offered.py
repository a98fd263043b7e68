"""On which rows of a case an act is offered: those from whose state the machine knows the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from closeout.records.machines.machine import Machine
    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case


def rows_that_may(machine: Machine, relation: str, verb: str) -> Callable[[Case, User], QuerySet[Any]]:
    """Return the rows of a case from whose state the verb is a move, by key.

    Args:
        machine: The rows' machine.
        relation: What the case calls them.
        verb: The machine's verb.

    """
    states = tuple(dict.fromkeys(move.now for move in machine.moves if move.verb == verb))
    return rows_with(relation, **{f"{machine.column}__in": states})


def rows_with(relation: str, **conditions: Any) -> Callable[[Case, User], QuerySet[Any]]:  # noqa: ANN401 - lookups
    """Return the rows of a case that fit, by key."""

    def rows(case: Case, _user: User) -> QuerySet[Any]:
        found: QuerySet[Any] = getattr(case, relation).filter(**conditions).order_by("pk")
        return found

    return rows


def is_open(case: Case) -> bool:
    """Say whether an office works on the case."""
    return case.state not in ("closed", "intake")
