"""Scenarios: making one, another version of it, asking for its run, and keeping what the run found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from closeout.simulation import scenario as simulated
from closeout.simulation.model import ModelError
from closeout.web.audit import actions as audit
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.jobs.actions import start_job
from closeout.web.staffing.actions.answers import check_chances, check_may_ask, check_not_running, storable
from closeout.web.staffing.changes import changes_of
from closeout.web.staffing.models.scenarios import OfficeCurve, Scenario, ScenarioRun
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.simulation.changes import Change
    from closeout.web.accounts.models import User
    from closeout.web.jobs.models import Job
    from closeout.web.staffing.actions.answers import Basis

KIND = "staffing.scenario"
CURVE_KIND = "staffing.curve"
REPLICATIONS, CURVE_REPLICATIONS = 30, 30
SEED = 1


@transaction.atomic
def make_scenario(*, by: User, office_id: str, code: str, title: str, changes: Sequence[Change]) -> Scenario:
    """Write the first version of a scenario.

    Args:
        by: Who makes it.
        office_id: The office it changes.
        code: What it is called by, as SPRING-DETAIL.
        title: A few words.
        changes: In their order; at least one.

    Raises:
        PermissionDenied: The role may not, or it is another office than one's own.
        UnfitValueError: There is no such office, or no change.
        NotNowError: The office has a scenario of that code.

    """
    check_may_ask(by, office_id)
    if Scenario.objects.filter(office_id=office_id, code=code).exists():
        msg = f"{office_id} has a scenario {code}; open it and make another version, or take another code"
        raise NotNowError(msg)
    return _write(by, Scenario(office_id=office_id, code=code, title=title), changes)


@transaction.atomic
def make_version(*, by: User, scenario_id: int, title: str, changes: Sequence[Change]) -> Scenario:
    """Write another version of a scenario; the one before stays as it is.

    Raises:
        PermissionDenied: The role may not, or it is another office than one's own.
        UnfitValueError: There is no change.
        NotNowError: There is a newer version, or nothing differs.

    """
    before = Scenario.objects.select_for_update().get(pk=scenario_id)
    check_may_ask(by, before.office_id)
    newest = Scenario.objects.filter(office_id=before.office_id, code=before.code).first()
    if newest is not None and newest.pk != before.pk:
        msg = f"there is a newer version, {newest.version}; change that one"
        raise NotNowError(msg)
    made = Scenario(
        office_id=before.office_id, code=before.code, title=title, version=before.version + 1, parent=before
    )
    if digest_of(changes) == before.digest:
        msg = "nothing differs from the version before"
        raise NotNowError(msg)
    return _write(by, made, changes)


def _write(by: User, made: Scenario, changes: Sequence[Change]) -> Scenario:
    if not changes:
        msg = "a scenario has at least one change"
        raise UnfitValueError(msg)
    made.changes = [one.plain() for one in changes]
    made.digest = digest_of(changes)
    made.made_by = by
    made.save(force_insert=True)
    audit.record(
        by=by,
        action="staffing.make_scenario",
        target=made,
        after={
            "office_id": made.office_id,
            "code": made.code,
            "version": made.version,
            "digest": made.digest,
        },
    )
    return made


def digest_of(changes: Sequence[Change]) -> str:
    """Return the SHA-256 of some changes, whatever they are called."""
    return simulated.Scenario("", "", tuple(changes)).digest


def as_simulated(row: Scenario) -> simulated.Scenario:
    """Return a stored scenario as the simulation knows it."""
    return simulated.Scenario(row.code, row.title, changes_of(row.changes))


@transaction.atomic
def ask_scenario(*, by: User, scenario_id: int, replications: int = REPLICATIONS, seed: int = SEED) -> Job:
    """Put the run of a scenario beside its office as it is in the queue, and return its job.

    Raises:
        PermissionDenied: The role may not, or it is another office than one's own.
        UnfitValueError: The replications or the seed are out of range.
        NotNowError: It is being run already.

    """
    row = Scenario.objects.get(pk=scenario_id)
    check_may_ask(by, row.office_id)
    check_chances(replications, seed)
    check_not_running(KIND, scenario_id=row.pk)
    params = {"scenario_id": row.pk, "replications": replications, "seed": seed}
    title = f"Run scenario {row.code} version {row.version} of {row.office_id}"
    return start_job(by=by, kind=KIND, title=title, params=params)


@transaction.atomic
def keep_scenario_run(result: dict[str, Any], *, scenario: Scenario, basis: Basis) -> ScenarioRun:
    """Write a finished run, and the event that tells of it.

    Args:
        result: `closeout.simulation.compare.Comparison.plain()`.
        scenario: What was run.
        basis: What it rests on.

    """
    run = ScenarioRun.objects.create(
        scenario=scenario,
        office_id=scenario.office_id,
        replications=result["base"]["replications"],
        result=storable(result),
        **basis.values(),
    )
    audit.record(
        by=basis.requested_by or audit.SYSTEM,
        action="staffing.run_scenario",
        target=run,
        after={"scenario": scenario.pk, "as_of": run.as_of, "replications": run.replications},
    )
    return run


@transaction.atomic
def ask_curve(
    *,
    by: User,
    office_id: str,
    share: float = 0.95,
    probability: float = 0.8,
    replications: int = CURVE_REPLICATIONS,
    seed: int = SEED,
    kind: str = Kind.OBSERVED,
) -> Job:
    """Put the working out of an office's curve of on-time share against caseload in the queue.

    Args:
        by: Who asks.
        office_id: The office.
        share: Of the duties that fall due, to be done on time; above 0 and up to 1.
        probability: Of years in which that is to be reached; between 0 and 1.
        replications: Of each caseload.
        seed: Of all.
        kind: The weights, `observed` or `adjusted`.

    Raises:
        PermissionDenied: The role may not, or it is another office than one's own.
        UnfitValueError: A figure is out of range.
        NotNowError: It is being worked out already.

    """
    from closeout.simulation.curve import Target  # noqa: PLC0415 - takes seconds to load

    check_may_ask(by, office_id)
    check_chances(replications, seed)
    if kind not in tuple(Kind):
        msg = "weights are observed or adjusted"
        raise UnfitValueError(msg)
    try:
        Target(share, probability)
    except ModelError as error:
        raise UnfitValueError(str(error)) from error
    check_not_running(CURVE_KIND, office_id=office_id)
    params = {
        "office_id": office_id,
        "share": share,
        "probability": probability,
        "replications": replications,
        "seed": seed,
        "weights": str(kind),
    }
    return start_job(by=by, kind=CURVE_KIND, title=f"Work out the curve of {office_id}", params=params)


@transaction.atomic
def keep_curve(result: dict[str, Any], *, replications: int, kind: str, basis: Basis) -> OfficeCurve:
    """Write a curve down, and the event that tells of it.

    Args:
        result: `closeout.simulation.curve.Curve.plain()`.
        replications: Of each caseload.
        kind: Which weights.
        basis: What it rests on.

    """
    made = OfficeCurve.objects.create(
        office_id=result["office_id"],
        replications=replications,
        kind=kind,
        result=storable(result),
        **basis.values(),
    )
    audit.record(
        by=basis.requested_by or audit.SYSTEM,
        action="staffing.draw_curve",
        target=made,
        after={"office_id": made.office_id, "as_of": made.as_of, "largest": result["largest"]},
    )
    return made
