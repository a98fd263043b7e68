"""A recommendation's dossier: what would be sent, what covers each need, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from closeout.evidence.assessment import Assessed, Assessment, NeedCovered, Standing
from closeout.evidence.letters.dossier import Dossier, FrozenItem, dossiers_of
from closeout.evidence.needs import RESULTS
from closeout.web.evidence.models import FrozenFigure, RecommendationAssessment
from closeout.web.evidence.queries.results import measured_of
from closeout.web.recommendations.facts import gather
from closeout.web.recommendations.following import follow
from closeout.web.recommendations.models import Evidence, EvidenceState, Recommendation
from closeout.web.recommendations.needs import needs_of
from closeout.web.recommendations.queries.places import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.evidence.measures.measure import Measured
    from closeout.web.evidence.models import AssessmentRun
    from closeout.web.recommendations.models import EvidenceRevision


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that would go with the letter."""

    revision: EvidenceRevision
    title: str
    frozen: FrozenFigure | None


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier with what stands behind it on the site."""

    rec: Recommendation
    run: AssessmentRun | None
    row: RecommendationAssessment | None
    dossier: Dossier | None
    attachments: tuple[Attachment, ...]
    waiting: tuple[Attachment, ...]
    """Submitted, and not reviewed by a second person yet."""


def dossier_view(rec: Recommendation, run: AssessmentRun | None) -> DossierView:
    """Return a recommendation's dossier as of a run; without one, only its attachments."""
    files = _files(rec)
    accepted = tuple(each for each in files if each.revision.state == EvidenceState.ACCEPTED)
    waiting = tuple(each for each in files if each.revision.state == EvidenceState.SUBMITTED)
    row = RecommendationAssessment.objects.filter(run=run, recommendation=rec).first() if run else None
    dossier = _dossier(rec, run, row, accepted) if run and row else None
    return DossierView(rec, run, row, dossier, accepted, waiting)


def frozen_codes(rec: Recommendation, run: AssessmentRun) -> set[str]:
    """Return the measures of which a run's figure is frozen for a recommendation already."""
    found = FrozenFigure.objects.filter(
        revision__evidence__recommendation=rec, records_digest=run.records_digest
    )
    return set(found.values_list("measure", flat=True))


def _files(rec: Recommendation) -> list[Attachment]:
    """Return the newest revision of each piece of evidence, with the figure it freezes if it does."""
    found = []
    for evidence in Evidence.objects.filter(recommendation=rec).prefetch_related("revisions__frozen"):
        revisions = list(evidence.revisions.all())
        if revisions:
            newest = revisions[-1]
            found.append(Attachment(newest, evidence.title, getattr(newest, "frozen", None)))
    return found


def _dossier(
    rec: Recommendation, run: AssessmentRun, row: RecommendationAssessment, accepted: Sequence[Attachment]
) -> Dossier:
    followed = next(follow(Recommendation.objects.filter(pk=rec.pk), as_of=run.as_of))
    needs = tuple(_needs(rec, row, accepted))
    assessed = Assessed(
        followed=followed,
        measures=tuple(row.measures),
        needs=needs,
        missing=tuple(_still_missing(row.missing, needs)),
        verdict=row.verdict,
        standing=Standing(row.standing),
    )
    made = Assessment(
        agency=run.agency,
        as_of=run.as_of,
        measured=_measured(run, row.measures),
        assessed=(assessed,),
        sources=run.sources,
        notes=tuple(run.notes),
    )
    frozen = [frozen_item(each.frozen) for each in accepted if each.frozen]
    return dossiers_of(made, frozen, {followed.entry.key: gather([rec])[rec.pk].events})[0]


def _measured(run: AssessmentRun, codes: Sequence[str]) -> tuple[Measured, ...]:
    """Return measures with offices and parts as they may leave the site."""
    found = measured_of(run, *codes, offices=True, parts=True, safe=True) if codes else {}
    return tuple(found[code] for code in codes if code in found)


def _needs(
    rec: Recommendation, row: RecommendationAssessment, accepted: Sequence[Attachment]
) -> Iterable[NeedCovered]:
    """Yield the auditor's needs: covered by measures the pack names, or by evidence that was accepted."""
    by_measure = {need["text"]: tuple(need["measures"]) for need in row.needs}
    wanted = {need["text"]: need.get("wants", "") for need in row.needs}
    titles = {each.revision.evidence_id: each.title for each in accepted}
    for need in needs_of([rec.pk]).get(rec.pk, []):
        place = place_of(need.statement.capture, need.statement.start, need.statement.end).label
        by_file = tuple(titles[pk] for pk in need.evidence_ids if pk in titles)
        # What is no measure covers a need by a file that a second person accepted, and not by its code.
        codes = tuple(code for code in by_measure.get(need.text, ()) if code not in RESULTS)
        wants = wanted.get(need.text, "")
        yield NeedCovered(need.text, place, (*codes, *by_file), wants, RESULTS.get(wants, ""))


def _still_missing(missing: Sequence[str], needs: Sequence[NeedCovered]) -> list[str]:
    """Return what is missing, without the needs that accepted evidence covers since the run."""
    covered = [f"“{need.text}”" for need in needs if need.measures]
    return [sentence for sentence in missing if not any(words in sentence for words in covered)]


def frozen_item(frozen: FrozenFigure) -> FrozenItem:
    """Return what a letter says of a frozen figure."""
    return FrozenItem(
        measure=frozen.measure,
        effective_on=frozen.effective_on,
        frozen_at=frozen.frozen_at.astimezone(UTC).isoformat(timespec="seconds"),
        result_sha256=frozen.result_digest,
        snapshot_sha256=frozen.manifest_digest,
        path=frozen.revision.filename,
        title=frozen.revision.evidence.title if frozen.measure in RESULTS else "",
    )
