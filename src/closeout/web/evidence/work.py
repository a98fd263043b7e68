"""Assess the site's recommendations from its records as they are, and keep the run."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

import closeout
from closeout.assess import Steps, assess_records, load_rules
from closeout.evidence.needs import Need
from closeout.records.snapshot import MANIFEST, sha256_of
from closeout.web.audit import actions as audit
from closeout.web.casework.load.plan import digest_of
from closeout.web.casework.snapshot import write_snapshot
from closeout.web.evidence.actions.runs import Basis, keep_run
from closeout.web.evidence.snapshots import keep_snapshot
from closeout.web.evidence.verdicts import analyses_of
from closeout.web.recommendations.following import follow
from closeout.web.recommendations.models import Capture, Recommendation
from closeout.web.recommendations.needs import needs_of
from closeout.web.recommendations.queries.places import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from closeout.assess import Rules
    from closeout.records.snapshot import Snapshot
    from closeout.web.evidence.models import AssessmentRun
    from closeout.web.jobs.models import Job

LINKS = "links.yaml"
"""In the folder of the site's files: links that the pack does not have."""


def assess_and_keep(
    *,
    today: date,
    job: Job | None = None,
    told: Callable[[str], None] = lambda _said: None,
) -> AssessmentRun:
    """Write the records down as of one moment, assess the recommendations, and keep what was found.

    Args:
        today: The day the records stand as of.
        job: The job that does it, for who asked.
        told: Is told what is being done; what it raises ends the work, and nothing is kept.

    Raises:
        SnapshotError: The records are not whole: a load was broken off.

    """
    started = timezone.now()
    by = job.requested_by if job else None
    with tempfile.TemporaryDirectory(prefix="closeout-evidence-") as folder:
        told("Writing down the records as they are")
        snapshot = write_snapshot(Path(folder, "records"), as_of=today, by=by or audit.SYSTEM)
        rules = load_rules(links=_links())
        told("Reading the register")
        listed = Recommendation.objects.listed().order_by("sort_key")
        followed = tuple(follow(listed, as_of=today))
        steps = Steps(told=told)
        found, _ = assess_records(
            snapshot,
            rules,
            today,
            followed=followed,
            needs=_needs(listed.values_list("pk", "key")),
            steps=steps,
        )
        told("Analysing standards and deficiencies")
        standards, deficiencies = analyses_of(snapshot, today)
        told("Keeping the result")
        digest = digest_of(snapshot)
        found = replace(found, sources=_sources(snapshot, rules))
        keep_snapshot(snapshot, digest)
    basis = Basis(
        records_digest=digest,
        pack_digest=rules.pack.digest,
        started_at=started,
        requested_by=by,
        job_id=job.pk if job else None,
        standards=standards,
        deficiencies=deficiencies,
    )
    return keep_run(found, basis=basis)


def _links() -> Path | None:
    """Return the file of links between measures and recommendations beside the pack's; None without one."""
    path = Path(settings.MEDIA_ROOT).parent / LINKS
    return path if path.is_file() else None


def _sources(snapshot: Snapshot, rules: Rules) -> dict[str, Any]:
    """Return what an assessment of the site rests on, as letters and pages say it."""
    manifest = snapshot.manifest
    captures = Capture.objects.filter(is_newest=True).select_related("document").order_by("document__origin")
    return {
        "documents": [
            {"path": capture.document.name, "sha256": capture.blob_id, "recommendations": capture.shown}
            for capture in captures.defer("text", "reading")
        ],
        "records": {
            "source": manifest.source,
            "as_of": manifest.as_of.isoformat(),
            "manifest_sha256": sha256_of(snapshot.folder / MANIFEST),
            "tables": [{"table": name, "rows": manifest.rows(name)} for name in sorted(manifest.tables)],
        },
        "pack": {"name": rules.pack.name, "title": rules.pack.title, "sha256": rules.pack.digest},
        "engine": "duckdb",
        "versions": {"closeout": closeout.__version__},
    }


def _needs(listed: Iterable[tuple[int, str]]) -> Mapping[str, Sequence[Need]]:
    """Return what the auditor needs, by the recommendation's key."""
    keys = dict(listed)
    return {
        keys[pk]: [
            Need(need.text, place_of(need.statement.capture, need.statement.start, need.statement.end).label)
            for need in needs
        ]
        for pk, needs in needs_of(keys).items()
        if pk in keys
    }
