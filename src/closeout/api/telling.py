"""A recommendation's story and a capture as the API gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from closeout.followup.clocks import Clock
    from closeout.web.recommendations.models import Capture
    from closeout.web.recommendations.queries.promises import PromiseLine
    from closeout.web.recommendations.queries.story import Story


def story_out(told: Story) -> dict[str, Any]:
    """Return a story as plain values for `StoryOut`."""
    rec, state = told.rec, told.state
    return {
        "id": rec.pk,
        "key": rec.key,
        "report": str(rec.report),
        "report_title": rec.report.title,
        "number": f"{rec.number}{rec.part}",
        "text": rec.text,
        "as_of": told.as_of,
        "agencies": list(told.agencies),
        "auditor_status": state.auditor_status,
        "auditor_printed": state.auditor.event.printed if state.auditor else "",
        "agency_progress": state.agency_progress,
        "reads_as": state.reads_as,
        "position": state.agency_position,
        "timeline": list(told.timeline),
        "promises": [_promise(each) for each in told.promises],
        "clocks": [_clock(each) for each in told.clocks],
        "needs": [
            {
                "id": each.need.statement.pk,
                "text": each.need.text,
                "is_covered": each.need.is_covered,
                "place": each.place,
            }
            for each in told.needs
        ],
        "conflicts": [
            {
                "id": each.pk,
                "field": each.field,
                "claims": [{"value": claim.value, "places": list(claim.places)} for claim in each.claims],
                "resolution": each.resolution,
            }
            for each in told.disputes
        ],
    }


def _promise(each: PromiseLine) -> dict[str, Any]:
    return {
        "kind": each.line.kind.value,
        "outcome": each.outcome,
        "due": each.line.due,
        "said_on": each.line.said_on,
        "by": each.line.by,
        "what": each.line.what,
        "share": each.line.share,
        "slip_days": each.line.slip_days,
        "moved_to": each.moved_to.due.edtf if each.moved_to else None,
        "is_second_hand": each.line.is_second_hand,
        "places": list(each.places),
    }


def _clock(each: Clock) -> dict[str, Any]:
    return {
        "code": each.rule.code,
        "title": each.rule.title,
        "citation": each.rule.citation,
        "due": each.due,
        "state": each.state.value,
        "days_left": each.days_left,
    }


def capture_out(capture: Capture) -> dict[str, Any]:
    """Return a capture as plain values for `CaptureOut`; its document must be loaded."""
    return {
        "id": capture.pk,
        "origin": capture.document.origin,
        "family": capture.family,
        "title": capture.title,
        "report_number": capture.report_number,
        "got_at": capture.got_at,
        "sha256": capture.blob_id,
        "declared_total": capture.declared_total,
        "shown": capture.shown,
        "is_complete": capture.is_complete,
        "problems": [problem["message"] for problem in capture.problems],
    }
