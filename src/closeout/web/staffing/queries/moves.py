"""Proposals of moves: how far each was decided, and its moves by case number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from closeout.followup.tables import Column, Table
from closeout.web.staffing.models.moves import MoveProposal, MoveState
from closeout.web.staffing.policy import LEADS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.staffing.models.moves import ProposedMove

FEW_DECIDED = 20
"""Below it the share of refusals says nothing."""
HARDLY_ANY = 0.02


@dataclass(frozen=True, slots=True)
class Overrides:
    """How often proposed moves were refused."""

    refused: int
    decided: int

    @property
    def share(self) -> float | None:
        """Return refused over decided; None below `FEW_DECIDED`."""
        return self.refused / self.decided if self.decided >= FEW_DECIDED else None

    @property
    def is_hardly_any(self) -> bool:
        """Say whether so few were refused that nobody may be looking."""
        return self.share is not None and self.share < HARDLY_ANY


def proposals_for(user: User) -> QuerySet[MoveProposal]:
    """Return the proposals somebody may see, newest first, each with how its moves stand."""
    found = MoveProposal.objects.select_related("requested_by").annotate(
        total=Count("moves"),
        **{str(state): Count("moves", filter=Q(moves__state=state)) for state in MoveState},
    )
    # Named again: counting drops a model's own order.
    found = found.order_by("-pk")
    return found.filter(office_id=user.office) if user.role in LEADS else found


def overrides(proposals: QuerySet[MoveProposal]) -> Overrides:
    """Return how often the moves of some proposals were refused."""
    counted = proposals.order_by().aggregate(
        no=Count("moves", filter=Q(moves__state=MoveState.REFUSED)),
        yes=Count("moves", filter=Q(moves__state=MoveState.ACCEPTED)),
    )
    return Overrides(counted["no"], counted["no"] + counted["yes"])


def moves_table(moves: Iterable[ProposedMove], as_of: date) -> Table:
    """Return the moves of a proposal as a table, in the order given."""
    columns = (
        Column("case_no", "Case"),
        Column("from_officer", "From officer"),
        Column("to_officer", "To officer"),
        Column("minutes_a_month", "Minutes", "minutes a month"),
        Column("reason", "Reason"),
        Column("sentence", "In words"),
        Column("state", "State"),
        Column("override_reason", "Why refused"),
    )
    rows = tuple(tuple(getattr(one, column.name) for column in columns) for one in moves)
    return Table(
        "moves", "Moves by case number", "Closeout, the proposal's certificate", as_of, columns, rows
    )
