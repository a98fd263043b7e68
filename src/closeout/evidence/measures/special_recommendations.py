"""Group 19: the recommendations themselves, from what their auditors and the agency have said."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.special_figures import counted, middle, shared
from closeout.followup.clock_rules import RULES
from closeout.followup.clocks import add
from closeout.followup.promises import Outcome as Kept
from closeout.followup.statuses import Progress, is_open
from closeout.reading.model import AuditorStatus, PromiseKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from closeout.followup.followed import Followed

_A50 = next(rule for rule in RULES if rule.code == "a50-resolution")
_WITH_EVIDENCE = frozenset({Progress.EVIDENCE_READY, Progress.CLOSURE_REQUESTED, Progress.DONE})
_ASKED = frozenset({Progress.CLOSURE_REQUESTED, Progress.DONE})
_NONE = "there is no recommendation that is still open"
_NO_PROGRESS = "the agency's own progress is not on record; it is written down on a site"


def recommendation_figure(code: str, followed: Sequence[Followed], as_of: date) -> Figure:
    """Return the figure of one measure of the recommendations.

    Args:
        code: The measure's code.
        followed: Every recommendation as of the day.
        as_of: The day.

    Returns:
        The figure; not assessed where nobody has defined the code.

    """
    made = FIGURES.get(code)
    if made is None:
        return without(Outcome.NOT_ASSESSED, f"no figure of the recommendations is called {code}")
    if not followed:
        return without(Outcome.NO_DATA, "no report was read, so that there is no recommendation")
    return made(followed, as_of)


def _open(followed: Sequence[Followed]) -> list[Followed]:
    """Return those that their auditor has not closed; without a word of the auditor, they are open."""
    return [one for one in followed if not one.state.is_closed]


def _open_count(followed: Sequence[Followed], _as_of: date) -> Figure:
    silent = sum(one.status is None for one in _open(followed))
    note = f"the auditor has printed no status for {silent} of them" if silent else ""
    return counted(len(_open(followed)), out_of=len(followed), note=note)


def _age(followed: Sequence[Followed], as_of: date) -> Figure:
    dated = [one.issued.latest for one in _open(followed) if one.issued is not None]
    undated = len(_open(followed)) - len(dated)
    note = f"{undated} more are of reports whose day is not known" if undated else ""
    ages = Counter((as_of - day).days for day in dated if day <= as_of)
    return middle(ages, nothing=note or _NONE, note=note)


def _resolved(followed: Sequence[Followed], as_of: date) -> Figure:
    judged = [said for one in followed if (said := resolved_on_time(one, as_of)) is not None]
    left = len(followed) - len(judged)
    note = f"of {left} it is not known whether they were resolved in time" if left else ""
    if not judged:
        return without(
            Outcome.NOT_ASSESSED, "of no recommendation the day of resolution is known", denominator=0
        )
    return shared(sum(judged), len(judged), nothing="", note=note)


def resolved_on_time(one: Followed, as_of: date) -> bool | None:
    """Say whether a recommendation was resolved within the six months of OMB Circular A-50.

    Returns:
        True or False; None while the six months run, and where the records do not tell. An auditor's
        status that was printed by the last day tells; one printed later tells only that it was not
        resolved, not when it was.

    """
    if one.issued is None:
        return None
    due = add(one.issued.latest, _A50.amount, _A50.unit)
    done = [day for day in (one.decided_on, one.final_action_on) if day is not None]
    if done:
        return min(done) <= due
    said = one.state.auditor
    is_resolved = one.status is AuditorStatus.RESOLVED_OPEN or one.state.is_closed
    if is_resolved and said is not None and said.event.on is not None and said.event.on.latest <= due:
        return True
    is_over = as_of > due
    return False if is_over and one.status is AuditorStatus.UNRESOLVED_OPEN else None


def _closed(followed: Sequence[Followed], _as_of: date) -> Figure:
    done = sum(one.status is AuditorStatus.CLOSED_IMPLEMENTED for one in followed)
    return shared(done, len(followed), nothing=_NONE)


def _evidenced(followed: Sequence[Followed], _as_of: date) -> Figure:
    said = [one for one in _open(followed) if one.state.agency_progress is not None]
    if not said:
        return without(Outcome.NOT_ASSESSED, _NO_PROGRESS)
    ready = sum(one.state.agency_progress in _WITH_EVIDENCE for one in said)
    return shared(ready, len(_open(followed)), nothing=_NONE)


def _returned(followed: Sequence[Followed], _as_of: date) -> Figure:
    asked = [one for one in followed if one.state.agency_progress in _ASKED]
    if not any(one.state.agency_progress for one in followed):
        return without(Outcome.NOT_ASSESSED, _NO_PROGRESS)
    return counted(sum(map(_came_back, asked)), out_of=len(asked))


def _came_back(one: Followed) -> bool:
    """Say whether the auditor, after closure was asked for, printed an open status."""
    asked, said = one.state.progress, one.state.auditor
    if asked is None or said is None or asked.event.on is None or said.event.on is None:
        return False
    return is_open(one.status) and said.event.on.earliest > asked.event.on.latest


def _missed(followed: Sequence[Followed], _as_of: date) -> Figure:
    lines = [line for one in followed for line in one.ledger.lines if line.kind is PromiseKind.COMPLETION]
    known = [line for line in lines if line.outcome in (Kept.KEPT, Kept.MISSED)]
    missed = sum(line.outcome is Kept.MISSED for line in known)
    left = len(lines) - len(known)
    note = f"{left} more dates are to come, or nothing tells whether they were kept" if left else ""
    nothing = "of no promised date it is known whether it was kept"
    return shared(missed, len(known), nothing=nothing, note=note)


FIGURES: dict[str, Callable[[Sequence[Followed], date], Figure]] = {
    "recommendations-open": _open_count,
    "recommendation-age": _age,
    "recommendations-resolved-on-time": _resolved,
    "recommendations-closed": _closed,
    "recommendations-evidenced": _evidenced,
    "recommendations-returned": _returned,
    "promises-missed": _missed,
}
"""How each measure of the recommendations is worked out, by its code."""
