"""Working the need out: asking for it, and keeping what comes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.models import Load, Office
from closeout.web.jobs.actions import start_job
from closeout.web.jobs.models import Job
from closeout.web.staffing.models.runs import StaffingOffice, StaffingRun
from closeout.workload.weights import Grade, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from closeout.web.accounts.models import User
    from closeout.workload.figures import Staffing

KIND = "staffing.need"
TITLE = "Work the need out"
DRAWS = 2_000
MOST_DRAWS = 20_000
SEED = 7


@transaction.atomic
def ask_run(*, by: User, draws: int = DRAWS, seed: int = SEED, kind: str = Kind.OBSERVED) -> Job:
    """Put the working out of demand, hours, need and gap in the queue, and return its job.

    Args:
        by: Who asks.
        draws: How many draws the intervals rest on; 0 for none.
        seed: The seed of the draws: the same gives the same.
        kind: The weights, `observed` or `adjusted`.

    Raises:
        UnfitValueError: The draws, the seed or the kind is none.
        NotNowError: It is being worked out already.

    """
    require(by, Permission.STAFFING_PLAN)
    if not 0 <= draws <= MOST_DRAWS:
        msg = f"draws are from 0 to {MOST_DRAWS:,}"
        raise UnfitValueError(msg)
    if not 0 <= seed < 2**53:
        msg = "the seed is a whole number from 0"
        raise UnfitValueError(msg)
    if kind not in tuple(Kind):
        msg = "weights are observed or adjusted"
        raise UnfitValueError(msg)
    if Job.objects.filter(kind=KIND).unfinished().exists():
        msg = "the need is being worked out already; see its job"
        raise NotNowError(msg)
    return start_job(
        by=by, kind=KIND, title=TITLE, params={"draws": draws, "seed": seed, "weights": str(kind)}
    )


@dataclass(frozen=True, slots=True)
class Basis:
    """What a run rests on, and who asked for it."""

    records_digest: str
    pack_digest: str
    started_at: datetime
    requested_by: User | None = None
    job_id: int | None = None


@transaction.atomic
def keep_run(found: Staffing, *, basis: Basis) -> StaffingRun:
    """Write a finished run with a row an office, and the event that tells of it.

    Args:
        found: What was worked out.
        basis: Where it comes from.

    """
    said = found.plain()
    weights = said.pop("weights")
    by_office = {name: said.pop(name) for name in ("offices", "parts", "officers", "duties", "curve")}
    run = StaffingRun.objects.create(
        as_of=found.as_of,
        kind=found.parameters.kind,
        load=Load.objects.filter(is_current=True).first(),
        records_digest=basis.records_digest,
        pack_digest=basis.pack_digest,
        parameters_version=found.parameters.version,
        seed=found.seed or 0,
        draws=found.draws,
        job_id=basis.job_id,
        requested_by=basis.requested_by,
        started_at=basis.started_at,
        finished_at=max(timezone.now(), basis.started_at),
        result={**said, "weights": _summed(weights)},
    )
    labels = dict(Office.objects.values_list("office_id", "label"))
    StaffingOffice.objects.bulk_create(
        _office_row(run, need, _parts_of(need["office_id"], by_office, weights), labels)
        for need in by_office["offices"]
    )
    audit.record(
        by=basis.requested_by or audit.SYSTEM,
        action="staffing.work_out",
        target=run,
        after={"as_of": run.as_of, "draws": run.draws, "offices": len(by_office["offices"])},
    )
    return run


def _summed(weights: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return by activity how many offices have a weight of each grade, and between which minutes they lie."""
    by_activity: dict[str, list[dict[str, Any]]] = {}
    for one in weights:
        by_activity.setdefault(one["activity"], []).append(one)
    return [
        {
            "activity": activity,
            "unit": rows[0]["unit"],
            "grades": dict(Counter(one["grade"] for one in rows)),
            "least": min((one["minutes"] for one in rows if one["minutes"] is not None), default=None),
            "most": max((one["minutes"] for one in rows if one["minutes"] is not None), default=None),
            "observed_to": max((one["observed_to"] for one in rows if one["observed_to"]), default=None),
            "expires_on": min((one["expires_on"] for one in rows if one["expires_on"]), default=None),
        }
        for activity, rows in sorted(by_activity.items())
    ]


def _parts_of(
    office: str, by_office: Mapping[str, list[dict[str, Any]]], weights: Sequence[dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Return an office's parts, officers, duties and weeks, and the weights that its duties use."""
    own = {
        name: [one for one in by_office[source] if one["office_id"] == office]
        for name, source in (
            ("parts", "parts"),
            ("officers", "officers"),
            ("duties", "duties"),
            ("weeks", "curve"),
        )
    }
    used = {(one["activity"], one["weight_of"]) for one in own["duties"]}
    own["weights"] = [one for one in weights if (one["activity"], one["office_id"]) in used]
    return own


def _office_row(
    run: StaffingRun, need: dict[str, Any], own: dict[str, list[dict[str, Any]]], labels: Mapping[str, str]
) -> StaffingOffice:
    observed = [one["observed_to"] for one in own["weights"] if one["observed_to"]]
    names = (
        "demand_hours",
        "hours_available",
        "need_fte",
        "staff_fte",
        "gap_fte",
        "pressure",
        "probability_short",
    )
    return StaffingOffice(
        run=run,
        office_id=need["office_id"],
        label=labels.get(need["office_id"], need["office_id"]),
        **{name: need[name] for name in names},
        grade=need["grade"] or Grade.NONE,
        observed_to=_day(min(observed, default=None)),
        flags=need["flags"],
        reason=need["reason"],
        intervals=need["intervals"],
        result={"need": need, **own},
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
