"""What every answer of a simulation or a plan is kept with, and who may ask for one."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.models import Office
from closeout.web.jobs.models import Job
from closeout.web.staffing.policy import sees_office

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User

LEAST_REPLICATIONS, MOST_REPLICATIONS = 10, 500
MOST_SEED = 2**53


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer was worked out from, and for whom."""

    as_of: date
    records_digest: str
    pack_digest: str
    seed: int
    requested_by: User | None = None
    job_id: int | None = None

    def values(self) -> dict[str, Any]:
        """Return the columns that every answer has."""
        return {
            "as_of": self.as_of,
            "records_digest": self.records_digest,
            "pack_digest": self.pack_digest,
            "seed": self.seed,
            "requested_by": self.requested_by,
            "job_id": self.job_id,
        }


def storable(said: Any) -> Any:  # noqa: ANN401 - plain values of any depth
    """Return plain values that JSON can hold: a figure that is infinite or none at all becomes None."""
    if isinstance(said, dict):
        return {name: storable(value) for name, value in said.items()}
    if isinstance(said, (list, tuple)):
        return [storable(value) for value in said]
    return None if isinstance(said, float) and not isfinite(said) else said


def may_ask(user: User, office_id: str) -> bool:
    """Say whether somebody may ask what would be different in an office: who leads one, that one only."""
    return may(user, Permission.STAFFING_PLAN) and sees_office(user, office_id)


def check_may_ask(user: User, office_id: str) -> None:
    """Pass when somebody may make scenarios and plans of an office.

    Raises:
        PermissionDenied: The role may not, or it is another office than the one the user leads.
        UnfitValueError: There is no such office.

    """
    require(user, Permission.STAFFING_PLAN)
    if not sees_office(user, office_id):
        msg = "the plans of another office"
        raise PermissionDenied(msg)
    if not Office.objects.filter(pk=office_id).exists():
        msg = f"there is no office {office_id}"
        raise UnfitValueError(msg)


def check_chances(replications: int, seed: int) -> None:
    """Pass when so many replications can be run, and the seed is one.

    Raises:
        UnfitValueError: One of them is out of range.

    """
    if not LEAST_REPLICATIONS <= replications <= MOST_REPLICATIONS:
        msg = f"replications are from {LEAST_REPLICATIONS} to {MOST_REPLICATIONS}"
        raise UnfitValueError(msg)
    if not 0 <= seed < MOST_SEED:
        msg = "the seed is a whole number from 0"
        raise UnfitValueError(msg)


def check_not_running(kind: str, **about: object) -> None:
    """Pass when no such job waits or runs.

    Args:
        kind: The kind of job.
        about: What its parameters hold.

    Raises:
        NotNowError: One does.

    """
    asked = {f"params__{name}": value for name, value in about.items()}
    if Job.objects.filter(kind=kind, **asked).unfinished().exists():
        msg = "that is being worked out already; see its job"
        raise NotNowError(msg)
