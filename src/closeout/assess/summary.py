"""What a run says at its end: recommendations by status, measures met or not, promises missed, gaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from closeout.assess.plain import verdict_counts
from closeout.evidence.assessment import Standing
from closeout.evidence.figures import Outcome as Result
from closeout.evidence.letters.index import INDEX
from closeout.evidence.letters.kinds import WORDS
from closeout.evidence.letters.write import RECOMMENDATIONS
from closeout.evidence.measures.measure import Verdict
from closeout.followup.promises import Outcome
from closeout.followup.statuses import STATUS_LABELS
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.evidence.assessment import Assessment
    from closeout.evidence.letters.index import PaperIndex

NO_STATUS = "no status printed"
STANDING_WORDS = {
    Standing.DONE: "the records show it is being done",
    Standing.PARTLY: "being done in part",
    Standing.NOT_DONE: "not being done",
    Standing.UNSETTLED: "not settled by the records",
    Standing.NOT_ASSESSED: "not assessed",
}
_STAND = {
    "met": "on target",
    "not_met": "off target",
    "no_target": "without a target",
    "not_assessed": "not assessed",
}
_MET = (Verdict.MET, Verdict.MET_NOT_ESTABLISHED)
_NOT_MET = (Verdict.NOT_MET, Verdict.NOT_MET_NOT_ESTABLISHED)


def summary(made: Assessment) -> dict[str, Any]:
    """Return what there is to say of an assessment in a few figures.

    Returns:
        `recommendations` (in all, by the auditor's status, and by what the records say), `measures` (in
        all, met, not met, without a target, not assessed, and by verdict), `promises_missed` (dates that
        passed and that no later one replaced), `overdue` (recommendations whose standing date of completion
        has passed), `gaps` and `notes`.

    """
    statuses = Counter(each.followed.status for each in made.assessed)
    standings = Counter(each.standing for each in made.assessed)
    by_verdict = verdict_counts(made)
    return {
        "as_of": made.as_of.isoformat(),
        "recommendations": {
            "total": len(made.assessed),
            "by_status": _by_status(statuses),
            "by_standing": {each.value: standings[each] for each in Standing},
        },
        "measures": {
            "total": len(made.measured),
            "met": sum(by_verdict[each.value] for each in _MET),
            "not_met": sum(by_verdict[each.value] for each in _NOT_MET),
            "no_target": by_verdict[Verdict.NO_TARGET.value],
            "not_assessed": by_verdict[Verdict.NOT_ASSESSED.value],
            "by_verdict": by_verdict,
        },
        "promises_missed": sum(
            line.outcome is Outcome.MISSED and line.superseded_by is None
            for each in made.assessed
            for line in each.followed.ledger.lines
        ),
        "overdue": sum(each.followed.ledger.overdue is not None for each in made.assessed),
        "gaps": [gap.sentence for gap in made.gaps],
        "notes": len(made.notes),
    }


def with_shown(said: dict[str, Any], shown: Assessment) -> dict[str, Any]:
    """Return a summary that also tells how its measures stand in what leaves the agency.

    Args:
        said: What `summary` returns of all figures.
        shown: The same assessment with small counts suppressed.

    Returns:
        The summary, its `measures` with `shown`: `met`, `not_met`, `no_target` and `not_assessed` as the
        papers count them, and `suppressed`, those of which nothing is shown; the five add up to all.

    """
    figures = [each.total for each in shown.measured]
    told = Counter(one.verdict for one in figures if one.figure.outcome is not Result.SUPPRESSED)
    counts = {
        "met": sum(told[each] for each in _MET),
        "not_met": sum(told[each] for each in _NOT_MET),
        "no_target": told[Verdict.NO_TARGET],
        "not_assessed": told[Verdict.NOT_ASSESSED],
        "suppressed": len(figures) - told.total(),
    }
    return said | {"measures": said["measures"] | {"shown": counts}}


def papers_said(papers: PaperIndex) -> dict[str, Any]:
    """Return the papers of a run for its summary.

    Returns:
        `index` (where all are listed), `written` (each with its `title`, the key of the recommendation it is
        of or nothing as `subject`, and its `files`) and `not_written` (each with its `title` and `why`).
        Paths begin at the assessment's folder.

    """
    files: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in papers.papers:
        if each.kind != WORDS:
            files[each.subject, each.title].append(each.path)
    return {
        "index": INDEX,
        "written": [
            {"title": title, "subject": subject, "files": paths} for (subject, title), paths in files.items()
        ],
        "not_written": [{"title": each.title, "why": each.why} for each in papers.not_written],
    }


def paper_lines(said: dict[str, Any]) -> Iterator[str]:
    """Yield where the papers of a run lie, as lines for people; those of recommendations in one."""
    for each in said["written"]:
        if not each["subject"]:
            yield f"  {', '.join(each['files'])}: {each['title']}"
    if subjects := {each["subject"] for each in said["written"] if each["subject"]}:
        of = counted(len(subjects), "recommendation")
        yield f"  {RECOMMENDATIONS}/: closeout letter and dossier of {of}"
    yield f"  {said['index']}: the list of all"
    yield from (f"  not written: {each['title']}: {each['why']}" for each in said["not_written"])


def _by_status(statuses: Counter[Any]) -> dict[str, int]:
    labels = {status: STATUS_LABELS[status] for status in STATUS_LABELS if statuses[status]}
    counts = {label: statuses[status] for status, label in labels.items()}
    return counts | ({NO_STATUS: statuses[None]} if statuses[None] else {})


def lines(said: dict[str, Any]) -> Iterator[str]:
    """Yield a summary as lines for people."""
    recommendations, measures = said["recommendations"], said["measures"]
    yield f"{recommendations['total']:,} recommendations as of {said['as_of']}"
    for label, count in recommendations["by_status"].items():
        yield f"{count:>9,}  {label}"
    yield "What the records say of them"
    for standing, words in STANDING_WORDS.items():
        yield f"{recommendations['by_standing'][standing.value]:>9,}  {words}"
    yield f"{measures['total']:,} measures"
    for name, words in _STAND.items():
        yield f"{measures[name]:>9,}  {words}"
    if (shown := measures.get("shown", {})).get("suppressed"):
        counts = ", ".join(f"{shown[name]:,} {words}" for name, words in _STAND.items())
        are = counted(shown["suppressed"], "of them is", "of them are")
        yield f"{are} not shown in what leaves the agency, for small numbers; there: {counts}"
    yield f"{said['promises_missed']:,} promised dates missed; {said['overdue']:,} recommendations overdue"
    if said["gaps"]:
        yield "The largest gaps, in rows"
        yield from (f"  {number}. {gap}" for number, gap in enumerate(said["gaps"], 1))
