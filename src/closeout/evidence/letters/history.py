"""What was said and done about a recommendation, step by step, each with its day and who says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.followup.history import Axis, Event, timeline
from closeout.followup.statuses import POSITION_LABELS, PROGRESS_LABELS, STATUS_LABELS, Progress
from closeout.reading.model import AuditorStatus, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from closeout.followup.followed import Followed
    from closeout.followup.promises import LedgerLine
    from closeout.reading.dates import FuzzyDate

_PROMISED = {
    "start": "promised to start",
    "draft": "promised a draft",
    "milestone": "promised",
    "completion": "promised to complete it",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing said or done: when (None: not told), by whom, and what."""

    on: FuzzyDate | None
    by: str
    what: str

    def plain(self) -> dict[str, str | None]:
        """Return it as JSON values."""
        return {"on": self.on.edtf if self.on else None, "by": self.by, "what": self.what}


def steps(followed: Followed, events: Sequence[Event] | None = None) -> tuple[Step, ...]:
    """Return the steps of a recommendation, oldest first, the undated first of all.

    Args:
        followed: The recommendation as of a day.
        events: All that documents tell of it; None: what stands on the day.

    """
    known = standing(followed) if events is None else timeline(_until(events, followed))
    found = [Step(each.on, _speaker(each, followed), _said(each)) for each in known]
    if followed.issued is not None:
        found.append(Step(followed.issued, followed.report.issuer, "Report issued"))
    found += [Step(line.said_on, line.by or "Respondent", _promise(line)) for line in followed.ledger.lines]
    return tuple(sorted(dict.fromkeys(found), key=_when))


def standing(followed: Followed) -> tuple[Event, ...]:
    """Return the events that stand on the day, one an axis."""
    state = followed.state
    axes = (state.auditor, state.reading, state.position, state.progress)
    return timeline(each.event for each in axes if each is not None)


def _until(events: Iterable[Event], followed: Followed) -> Iterator[Event]:
    """Yield the events that are known on the day."""
    day = followed.state.as_of
    return (each for each in events if each.on is None or each.on.latest <= day)


def _when(step: Step) -> tuple[int, int, str]:
    if step.on is None:
        return (0, 0, step.what)
    # The report comes first among all that is said in it.
    return (step.on.latest.toordinal(), 0 if step.what == "Report issued" else 1, step.what)


def _speaker(event: Event, followed: Followed) -> str:
    if event.axis is Axis.READING:
        return "Reading of the document"
    is_auditors = event.axis in {Axis.AUDITOR, Axis.PRIORITY, Axis.LISTING}
    return event.by or (followed.report.issuer if is_auditors else "Respondent")


def _said(event: Event) -> str:
    printed = f" (printed “{event.printed}”)" if event.printed else ""
    return f"{_meant(event)}{printed}"


def _meant(event: Event) -> str:
    match event.axis:
        case Axis.AUDITOR:
            return f"Status: {STATUS_LABELS[AuditorStatus(event.value)]}"
        case Axis.READING:
            sure = f", {event.confidence:.0%} sure" if event.confidence is not None else ""
            return (
                f"No status is printed; the prose reads as {STATUS_LABELS[AuditorStatus(event.value)]}{sure}"
            )
        case Axis.POSITION:
            return f"Position: {POSITION_LABELS[Position(event.value)]}"
        case Axis.PROGRESS:
            return f"Progress: {PROGRESS_LABELS[Progress(event.value)]}"
        case Axis.PRIORITY:
            return "Marked as a priority" if event.value == "yes" else "No longer marked as a priority"
        case Axis.LISTING:
            return "No longer shown by the auditor" if event.value == "missing" else "Shown by the auditor"


def _promise(line: LedgerLine) -> str:
    share = f" {line.share:.0%}" if line.share is not None else ""
    what = f": {line.what}" if line.what else ""
    second_hand = "; told by news only" if line.is_second_hand else ""
    said = _PROMISED[line.kind.value]
    due = line.due.printed or line.due.edtf
    return f"{said[0].upper()}{said[1:]}{share} ({due}){what}{second_hand}"
