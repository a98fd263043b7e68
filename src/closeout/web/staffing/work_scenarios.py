"""Run scenarios, curves and hiring plans from the site's records as they are, and keep what comes of it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.simulation.compare import compare
from closeout.simulation.curve import Target, curve
from closeout.simulation.inputs import Asked, read_offices
from closeout.simulation.model import ModelError
from closeout.web.audit import actions as audit
from closeout.web.casework.load.plan import digest_of
from closeout.web.casework.snapshot import write_snapshot
from closeout.web.staffing.actions.answers import Basis
from closeout.web.staffing.actions.plans import AskedPlan, keep_plan
from closeout.web.staffing.actions.scenarios import as_simulated, keep_curve, keep_scenario_run
from closeout.web.staffing.models.scenarios import Scenario
from closeout.workload.hiring_run import plan_hiring
from closeout.workload.parameters import Parameters
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.simulation.model import OfficeModel
    from closeout.web.jobs.models import Job
    from closeout.web.staffing.models.scenarios import KeptPlan, OfficeCurve, ScenarioRun


def _silent(_said: str) -> None:
    """Tell nobody."""


def _still(_done: int, _total: int | None) -> None:
    """Show nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told what is being done; what either raises ends the work, and nothing is kept."""

    say: Callable[[str], None] = _silent
    advance: Callable[[int, int | None], None] = _still


@dataclass(frozen=True, slots=True)
class Records:
    """The site's records as of one moment, and the rules."""

    engine: Engine
    snapshot: Snapshot
    pack: Pack
    today: date
    digest: str
    job: Job | None

    def basis(self, seed: int) -> Basis:
        """Return what an answer rests on."""
        by = self.job.requested_by if self.job else None
        key = self.job.pk if self.job else None
        return Basis(self.today, self.digest, self.pack.digest, seed, by, key)


@contextmanager
def written_down(today: date, job: Job | None, told: Told) -> Iterator[Records]:
    """Write the records down as of one moment, for as long as they are needed.

    Raises:
        SnapshotError: The records are not whole: a load was broken off.

    """
    by = job.requested_by if job else None
    told.say("writing down the records as they are")
    with tempfile.TemporaryDirectory(prefix="closeout-scenario-") as folder:
        snapshot = write_snapshot(Path(folder, "records"), as_of=today, by=by or audit.SYSTEM)
        engine = connect()
        try:
            yield Records(engine, snapshot, load_pack(), today, digest_of(snapshot), job)
        finally:
            engine.close()


def run_and_keep(
    params: dict[str, Any], *, today: date, job: Job | None = None, told: Told | None = None
) -> ScenarioRun:
    """Run a scenario beside its office as it is, on the same chances, and keep the differences.

    Args:
        params: `scenario_id`, `replications` and `seed`, as `ask_scenario` wrote them.
        today: The day the records stand as of.
        job: The job that does it, for who asked.
        told: Who is told of it.

    Raises:
        ModelError: The office cannot be simulated, or a change does not fit it; the message says why.

    """
    told = told or Told()
    row = Scenario.objects.get(pk=params["scenario_id"])
    runs, steps = params["replications"], count(1)
    with written_down(today, job, told) as records:
        model = _office(records, row.office_id, Kind.OBSERVED, told)
        told.say(f"running {runs} years of {row.office_id} as it is, and {runs} as the scenario changes it")
        found = compare(
            model,
            as_simulated(row),
            runs,
            params["seed"],
            told=lambda _done, _total: told.advance(next(steps), 2 * runs),
        )
        basis = records.basis(params["seed"])
    return keep_scenario_run(found.plain(), scenario=row, basis=basis)


def draw_and_keep(
    params: dict[str, Any], *, today: date, job: Job | None = None, told: Told | None = None
) -> OfficeCurve:
    """Work out the share on time at each caseload of an office, and keep it.

    Args:
        params: As `ask_curve` wrote them.
        today: The day the records stand as of.
        job: The job that does it, for who asked.
        told: Who is told of it.

    Raises:
        ModelError: The office cannot be simulated; the message says why.

    """
    told = told or Told()
    steps = count(1)
    with written_down(today, job, told) as records:
        kind = Kind(params["weights"])
        model = _office(records, params["office_id"], kind, told)
        told.say("running caseloads around the one that uses every hour")
        found = curve(
            model,
            Target(params["share"], params["probability"]),
            replications=params["replications"],
            seed=params["seed"],
            # How many caseloads the search takes is known at its end.
            told=lambda _done, _total: told.advance(next(steps), None),
        )
        basis = records.basis(params["seed"])
    return keep_curve(found.plain(), replications=params["replications"], kind=kind, basis=basis)


def plan_and_keep(
    params: dict[str, Any], *, today: date, job: Job | None = None, told: Told | None = None
) -> KeptPlan:
    """Search for the cheapest hiring path of an office, and keep it.

    Args:
        params: `AskedPlan.plain()`.
        today: The day the records stand as of.
        job: The job that does it, for who asked.
        told: Who is told of it.

    Raises:
        PlanError: The need has no figure; the message says why.

    """
    told = told or Told()
    asked = AskedPlan.of(params)
    with written_down(today, job, told) as records:
        found = plan_hiring(
            records.engine,
            records.snapshot,
            records.pack,
            today,
            asked.office_id or None,
            asked.limits(today),
            Parameters(kind=Kind(asked.weights)),
            draws=asked.draws,
            seed=asked.seed,
            told=told.say,
        )
        basis = records.basis(asked.seed)
    return keep_plan(found.plain(), asked=asked, basis=basis)


def _office(records: Records, office_id: str, kind: Kind, told: Told) -> OfficeModel:
    """Return an office as the simulation sees it.

    Raises:
        ModelError: The records do not let it be simulated.

    """
    asked = Asked(records.today + timedelta(days=1))
    made, lacking = read_offices(
        records.engine,
        records.snapshot,
        records.pack,
        records.today,
        Parameters(kind=kind),
        asked=asked,
        told=told.say,
    )
    if office_id not in made:
        msg = lacking.get(office_id, f"office {office_id} has neither officers nor cases")
        raise ModelError(msg)
    return made[office_id]
