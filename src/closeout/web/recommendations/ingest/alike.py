"""Reports whose titles are nearly the same: asked over the whole register, since nothing else joins them."""

from __future__ import annotations

from closeout.reading.register import DoubtKind, RegisterReport
from closeout.reading.register_doubts import report_doubts
from closeout.web.recommendations.ingest.questions import Question, of_reports, sync
from closeout.web.recommendations.models import Report, ReviewItem, ReviewKind


def sync_like_titles() -> None:
    """Ask of each pair of reports with titles nearly the same whether they are one.

    Two such reports share no join key, so a join of a few captures never sees both.
    """
    rows = {
        row.key: row
        for row in Report.objects.filter(is_retired=False, is_unidentified=False).only(
            "key", "number", "title"
        )
    }
    reports = [RegisterReport(row.key, "", row.number, row.title) for row in rows.values()]
    doubts = list(report_doubts(sorted(reports, key=lambda report: report.key)))
    asked = {key for doubt in doubts for key in doubt.keys}
    captures = _first_captures([rows[key].pk for key in asked])
    questions: list[Question] = []
    for doubt in doubts:
        found = [captures[rows[key].pk] for key in doubt.keys if rows[key].pk in captures]
        if found:
            questions.append(of_reports(doubt, rows, min(found)))
    kept = ReviewItem.objects.filter(
        kind=ReviewKind.DOUBTFUL_JOIN, subject__startswith=DoubtKind.LIKE_TITLES.value
    )
    sync(questions, {(item.kind, item.subject): item for item in kept})


def _first_captures(report_ids: list[int]) -> dict[int, int]:
    """Return, for each report, the first capture that speaks of it."""
    links = Report.captures.through.objects.filter(report__in=report_ids).order_by("-capture")
    return dict(links.values_list("report", "capture"))
