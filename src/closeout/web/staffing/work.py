"""Work the need out from the site's records as they are, and keep it: for the job and the demonstration."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.web.audit import actions as audit
from closeout.web.casework.load.plan import digest_of
from closeout.web.casework.snapshot import write_snapshot
from closeout.web.staffing.actions.runs import DRAWS, SEED, Basis, keep_run
from closeout.workload.parameters import Parameters
from closeout.workload.staffing import work_out
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from closeout.web.jobs.models import Job
    from closeout.web.staffing.models.runs import StaffingRun


def work_out_and_keep(
    *,
    today: date,
    draws: int = DRAWS,
    seed: int = SEED,
    kind: Kind = Kind.OBSERVED,
    job: Job | None = None,
    told: Callable[[str], None] = lambda _said: None,
) -> StaffingRun:
    """Write the records down as of one moment, work demand, hours, need and gap out from them, and keep them.

    Args:
        today: The day the records stand as of.
        draws: How many draws the intervals rest on; 0 for none.
        seed: The seed of the draws.
        kind: Which weights.
        job: The job that does it, for who asked.
        told: Is told what is being done; what it raises ends the work, and nothing is kept.

    Raises:
        SnapshotError: The records are not whole: a load was broken off.

    """
    started = timezone.now()
    by = job.requested_by if job else None
    told("writing down the records as they are")
    with tempfile.TemporaryDirectory(prefix="closeout-staffing-") as folder:
        snapshot = write_snapshot(Path(folder, "records"), as_of=today, by=by or audit.SYSTEM)
        pack, engine = load_pack(), connect()
        try:
            found = work_out(
                engine,
                snapshot,
                pack,
                today,
                Parameters(kind=kind),
                draws=draws,
                seed=seed,
                told=told,
            )
        finally:
            engine.close()
        basis = Basis(digest_of(snapshot), pack.digest, started, by, job.pk if job else None)
    told("keeping the result")
    return keep_run(found, basis=basis)
