"""Assess the site's recommendations from its records as they are, and keep the run."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

import closeout
from closeout.assess import Steps, assess_records, load_rules, write_papers
from closeout.assess.papers import Given
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.index import INDEX
from closeout.evidence.needs import Need
from closeout.records.snapshot import MANIFEST, sha256_of
from closeout.web.audit import actions as audit
from closeout.web.casework.load.plan import digest_of
from closeout.web.casework.snapshot import write_snapshot
from closeout.web.evidence.actions.runs import Basis, keep_run
from closeout.web.evidence.models import FrozenFigure
from closeout.web.evidence.papers import keep_papers
from closeout.web.evidence.queries.dossier import frozen_item
from closeout.web.evidence.snapshots import keep_snapshot
from closeout.web.evidence.verdicts import analyses_from
from closeout.web.recommendations.facts import gather
from closeout.web.recommendations.following import follow
from closeout.web.recommendations.models import Capture, EvidenceState, Recommendation
from closeout.web.recommendations.needs import needs_of
from closeout.web.recommendations.queries.places import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from closeout.assess import Rules
    from closeout.assess.work import Worked
    from closeout.evidence.assessment import Assessment
    from closeout.evidence.letters.dossier import FrozenItem
    from closeout.followup.history import Event
    from closeout.records.snapshot import Manifest, Snapshot
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
        links = links_file()
        rules = load_rules(links=links if links.is_file() else None)
        told("Reading the register")
        listed = Recommendation.objects.listed().order_by("sort_key")
        followed = tuple(follow(listed, as_of=today))
        steps = Steps(told=told)
        found, worked = assess_records(
            snapshot,
            rules,
            today,
            followed=followed,
            needs=_needs(listed.values_list("pk", "key")),
            steps=steps,
        )
        standards, deficiencies = analyses_from(worked.reports)
        digest = digest_of(snapshot)
        found = replace(found, sources=_sources(snapshot, rules))
        papers = Path(folder, "papers")
        found = _with_papers(found, worked, papers, steps)
        told("Keeping the result")
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
        run = keep_run(found, basis=basis)
        if (papers / INDEX).is_file():
            keep_papers(run.pk, papers)
    return run


def _with_papers(found: Assessment, worked: Worked, folder: Path, steps: Steps) -> Assessment:
    """Write the papers of an assessment into a folder; return it with why some could not be written.

    An assessment without papers is better than none: what is wrong becomes one of its notes.
    """
    given = Given(frozen=_frozen(found), events=_events())
    try:
        index = write_papers(found, worked, folder, given, steps=steps)
    except LetterError as error:
        return replace(found, notes=(*found.notes, f"Papers: not written, {error}"))
    return replace(found, notes=(*found.notes, *index.failures))


def _frozen(found: Assessment) -> list[FrozenItem]:
    """Return the figures frozen here that a second person accepted for all that their measure answers.

    A paper names a figure by its measure: one accepted for a single recommendation must not stand in the
    letter of another. Its own dossier names it all the same.
    """
    figures = FrozenFigure.objects.filter(revision__state=EvidenceState.ACCEPTED)
    figures = figures.select_related("revision__evidence__recommendation").order_by("pk")
    accepted = {(each.measure, each.revision.evidence.recommendation.key) for each in figures}
    answered = {(code, each.key) for each in found.assessed for code in each.measures}
    short = {code for code, key in answered - accepted}
    return [frozen_item(each) for each in figures if each.measure not in short]


def _events() -> dict[str, Sequence[Event]]:
    """Return what documents tell of each recommendation, by its key."""
    listed = list(Recommendation.objects.listed())
    facts = gather(listed)
    return {each.key: facts[each.pk].events for each in listed}


def links_file() -> Path:
    """Return where links between measures and recommendations stand that the pack does not have."""
    return Path(settings.MEDIA_ROOT).parent / LINKS


def _sources(snapshot: Snapshot, rules: Rules) -> dict[str, Any]:
    """Return what an assessment of the site rests on, as letters and pages say it."""
    manifest = snapshot.manifest
    captures = Capture.objects.filter(is_newest=True).select_related("document").order_by("document__origin")
    return {
        "documents": [
            {
                "path": capture.document.name,
                "sha256": capture.blob_id,
                "family": capture.family,
                "title": capture.title or capture.document.name,
                "recommendations": capture.shown,
            }
            for capture in captures.defer("text", "reading")
        ],
        "records": {
            "source": manifest.source,
            "as_of": manifest.as_of.isoformat(),
            "manifest_sha256": sha256_of(snapshot.folder / MANIFEST),
            "tables": [_table(name, manifest) for name in sorted(manifest.tables)],
        },
        "pack": {"name": rules.pack.name, "title": rules.pack.title, "sha256": rules.pack.digest},
        "engine": "duckdb",
        "versions": {"closeout": closeout.__version__},
    }


def _table(name: str, manifest: Manifest) -> dict[str, Any]:
    """Return a table's rows with the files that hold them."""
    files = [{"path": part.path, "sha256": part.sha256} for part in manifest.tables[name]]
    return {"table": name, "rows": manifest.rows(name), "files": files}


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
