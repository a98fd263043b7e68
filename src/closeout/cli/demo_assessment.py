"""The demonstration's assessment: the main job on its fictional reports and records, kept and shown."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from closeout.assess import Asked, Steps, assess, load_rules, relinked
from closeout.cli.demo_documents import DEMO
from closeout.cli.demo_hiring import bring_plan
from closeout.evidence.needs import needs_of
from closeout.records.example.hiring import HIRING_FILE
from closeout.records.snapshot import open_snapshot
from closeout.web.casework.load.plan import digest_of
from closeout.web.evidence.actions.runs import Basis, keep_run
from closeout.web.evidence.papers import keep_papers
from closeout.web.evidence.snapshots import keep_snapshot
from closeout.web.evidence.verdicts import analyses_from
from closeout.web.evidence.work import links_file
from closeout.web.recommendations.following import follow
from closeout.web.recommendations.models import Recommendation

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from closeout.assess import Done
    from closeout.web.evidence.models import AssessmentRun

LINKS = DEMO / "links.yaml"
OUT = "assessment"
"""Where in the demonstration's folder the assessment is kept."""


def make_assessment(folder: Path, *, today: date, told: Callable[[str], None]) -> dict[str, Any]:
    """Assess the demonstration's documents and records, keep the folder, and show it on the site.

    Args:
        folder: The demonstration's, with `documents` and `records` in it.
        today: The day the records stand as of.
        told: Is told what is being done.

    Returns:
        The assessment in a few figures.

    """
    started = timezone.now()
    asked = Asked(
        reports=folder / "documents",
        records=folder / "records",
        as_of=today,
        out=folder / OUT,
        links=LINKS,
        hiring=folder / "records" / HIRING_FILE,
    )
    done = assess(asked, Steps(told=told))
    told("showing the assessment on the site")
    # For every run that somebody starts on the site.
    links_file().parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(LINKS, links_file())
    run = _keep(done, folder / "records", today, started)
    keep_papers(run.pk, folder / OUT)
    bring_plan(run, folder / OUT)
    return done.summary


def _keep(done: Done, records: Path, today: date, started: datetime) -> AssessmentRun:
    """Keep the run for the pages, linked to the recommendations as the site has them."""
    rules = load_rules(links=LINKS)
    listed = Recommendation.objects.listed().order_by("sort_key")
    followed = tuple(follow(listed, as_of=today))
    needs = {entry.key: needs_of(entry, done.documents.readings) for entry in done.documents.register.entries}
    made = relinked(done, rules, followed=followed, needs=needs)
    snapshot = open_snapshot(records)
    standards, deficiencies = analyses_from(done.worked.reports)
    digest = digest_of(snapshot)
    with tempfile.TemporaryDirectory(prefix="closeout-demo-") as kept:
        copied = shutil.copytree(records, Path(kept, "records"))
        keep_snapshot(open_snapshot(copied), digest)
    basis = Basis(
        records_digest=digest,
        pack_digest=rules.pack.digest,
        started_at=started,
        standards=standards,
        deficiencies=deficiencies,
    )
    return keep_run(made, basis=basis)
