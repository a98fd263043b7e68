"""The tables that the GAO-IG Act asks for with the budget justification (Public Law 115-414)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from closeout.followup.clock_rules import Unit
from closeout.followup.clocks import add
from closeout.followup.statuses import OPEN_STATUSES, POSITION_LABELS, STATUS_LABELS, Progress
from closeout.followup.tables import Cell, Column, Figure, Table
from closeout.reading.identity import recommendation_number
from closeout.reading.model import AuditorStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from closeout.followup.followed import Followed
    from closeout.reading.dates import FuzzyDate

ACT = "GAO-IG Act, Public Law 115-414, section 2(b)"

_SAID_DONE = frozenset({Progress.CLOSURE_REQUESTED, Progress.DONE})
_GAO_LISTED = OPEN_STATUSES | {AuditorStatus.CLOSED_NOT_IMPLEMENTED}

_WHICH = (
    Column("report", "Report"),
    Column("title", "Title"),
    Column("issued", "Issued", "date"),
    Column("number", "Recommendation"),
    Column("text", "Text"),
    Column("agencies", "Agencies"),
)


class Year(StrEnum):
    """Whether a report has been out for a year."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    UNKNOWN = "unknown"


def out_for_a_year(issued: FuzzyDate | None, submitted_on: date) -> Year:
    """Return whether a report was issued at least one year before a day.

    `maybe` where its date is too vague to tell, `unknown` where it has none.
    """
    if issued is None:
        return Year.UNKNOWN
    if add(issued.latest, 1, Unit.YEARS) <= submitted_on:
        return Year.YES
    return Year.MAYBE if add(issued.earliest, 1, Unit.YEARS) <= submitted_on else Year.NO


def _may_be_on_gaos_list(each: Followed) -> bool:
    return each.status is None or each.status in _GAO_LISTED


def gao_list(followed: Iterable[Followed], *, submitted_on: date) -> Table:
    """Return GAO's recommendations that were open, or closed unimplemented, for a year or more.

    The year is counted from the report's issue. Those whose issue date or status is not known
    are listed too and counted in the note, since leaving them out could hide one that belongs here.
    """
    of_gao = [each for each in followed if each.issuer == "gao"]
    listed = [each for each in of_gao if _may_be_on_gaos_list(each)]
    return _list(
        "gao-list", "GAO recommendations not implemented after one year", of_gao, listed, submitted_on
    )


def ig_list(followed: Iterable[Followed], *, submitted_on: date) -> Table:
    """Return inspectors general's recommendations published a year ago or more without final action."""
    of_ig = [each for each in followed if each.issuer.endswith("oig")]
    listed = [each for each in of_ig if not each.has_final_action]
    title = "Inspector general recommendations without final action after one year"
    return _list("ig-list", title, of_ig, listed, submitted_on)


def _list(
    code: str, title: str, of_issuer: Sequence[Followed], listed: Sequence[Followed], day: date
) -> Table:
    aged = [(each, out_for_a_year(each.issued, day)) for each in sorted(listed, key=_row_order)]
    old = [(each, year) for each, year in aged if year is not Year.NO]
    rows = [(*_which(each), _status_words(each), year.value, each.ledger.as_of) for each, year in old]
    unsure = sum(1 for each, year in old if year is not Year.YES or each.status is None)
    note = f"{unsure} of them listed though their issue date or status is not known" if unsure else ""
    counted = Figure("Listed, of all of the issuer in the register", len(rows), len(of_issuer), day, note)
    return Table(
        code=code,
        title=title,
        source=ACT,
        as_of=day,
        columns=(
            *_WHICH,
            Column("status", "Auditor's status"),
            Column("year", "Out for a year", source=ACT),
            Column("as_of", "Status as of", "date"),
        ),
        rows=tuple(rows),
        figures=(counted,),
    )


def status_report(followed: Iterable[Followed], *, submitted_on: date) -> Table:
    """Return, for each listed recommendation, its timeline or the justification for not doing it.

    A timeline is a day still to come. One that has passed is printed as missed, and a new one is still to
    be written. The last column says what is: the act wants one of the two for each.
    """
    rows: list[tuple[Cell, ...]] = []
    for each in sorted(_listed(followed, submitted_on), key=_row_order):
        is_refused = each.will_not_be_done
        wanted = "justification" if is_refused else "timeline"
        answer = each.justification if is_refused else _timeline(each, submitted_on)
        is_answered = bool(answer) if is_refused else _is_ahead(each, submitted_on)
        position = each.state.agency_position
        rows.append(
            (
                *_which(each),
                _status_words(each),
                POSITION_LABELS[position] if position else None,
                wanted,
                answer or None,
                None if is_answered else wanted,
            )
        )
    return Table(
        code="status-report",
        title="Status of each listed recommendation",
        source=ACT,
        as_of=submitted_on,
        columns=(
            *_WHICH,
            Column("status", "Auditor's status"),
            Column("position", "Position"),
            Column("wanted", "What the act asks for", source=ACT),
            Column("answer", "Timeline or justification", source=ACT),
            Column("to_write", "Still to be written"),
        ),
        rows=tuple(rows),
        figures=(
            Figure(
                "Answered with a timeline or a justification",
                sum(1 for row in rows if row[-1] is None),
                len(rows),
                submitted_on,
            ),
            Figure(
                "With a plan or a promise but no day still to come, of those that need a timeline",
                sum(1 for row in rows if row[-1] == "timeline" and row[-2] is not None),
                sum(1 for row in rows if row[-3] == "timeline"),
                submitted_on,
            ),
        ),
    )


def _listed(followed: Iterable[Followed], day: date) -> list[Followed]:
    found = []
    for each in followed:
        if out_for_a_year(each.issued, day) is Year.NO:
            continue
        is_of_gao = each.issuer == "gao" and _may_be_on_gaos_list(each)
        is_of_ig = each.issuer.endswith("oig") and not each.has_final_action
        if is_of_gao or is_of_ig:
            found.append(each)
    return found


def _is_ahead(each: Followed, day: date) -> bool:
    """Say whether the plan, or the promise of completion that stands, names a day still to come."""
    is_promised = each.target is not None and day <= each.target.latest
    return is_promised or (each.plan is not None and each.plan.is_ahead(day))


def _timeline(each: Followed, day: date) -> str:
    """Return the plan and the promised completion in words, each passed day as missed; empty without any."""
    parts = [each.plan.in_words(day)] if each.plan else []
    if (target := each.target) is not None:
        is_passed = target.latest < day
        due = f"was due {target.edtf}" if is_passed else f"to be completed by {target.edtf}"
        parts.append(f"{due}{_what_became(each)}" if is_passed else due)
    return "; ".join(parts)


def _what_became(each: Followed) -> str:
    """Return what is known of a listed recommendation, so one not closed, whose promised day has passed."""
    if each.status is None:
        return "; no document read says whether it was done"
    if each.status is AuditorStatus.PARTIALLY_ADDRESSED:
        return ", done in part"
    if each.final_action_on is not None or each.state.agency_progress in _SAID_DONE:
        return "; the agency says it is done, the auditor has not closed it"
    return ", not done"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the auditor's own list: report number, recommendation number, status."""

    report_number: str
    number: str
    status: AuditorStatus


def discrepancies(
    followed: Iterable[Followed],
    auditors_list: Iterable[Listed],
    *,
    as_of: date,
    explanations: Mapping[tuple[str, str], str] | None = None,
) -> Table:
    """Return where our register and the auditor's list differ: missing on either side, or in status.

    Args:
        followed: Our recommendations of the reports on the list.
        auditors_list: The auditor's own list.
        as_of: The day of both.
        explanations: What the agency says of a difference, by report and recommendation number.

    """
    ours = {(each.report.number, _number(each)): each for each in followed if each.report.number}
    theirs = {(line.report_number, recommendation_number(line.number)): line for line in auditors_list}
    told = explanations or {}
    rows = []
    for key in sorted(ours.keys() | theirs.keys()):
        mine = STATUS_LABELS[status] if key in ours and (status := ours[key].status) else None
        yours = STATUS_LABELS[theirs[key].status] if key in theirs else None
        what = _difference(key in ours, key in theirs, mine == yours)
        if what:
            rows.append((*key, what, mine, yours, told.get(key)))
    either = len(ours.keys() | theirs.keys())
    return Table(
        code="discrepancies",
        title="Differences from the auditor's own list",
        source=ACT,
        as_of=as_of,
        columns=(
            Column("report", "Report"),
            Column("number", "Recommendation"),
            Column("difference", "Difference"),
            Column("ours", "Our register"),
            Column("theirs", "Auditor's list"),
            Column("explanation", "Explanation", source=ACT),
        ),
        rows=tuple(rows),
        figures=(Figure("Differ, of all on either list", len(rows), either, as_of),),
    )


def _difference(is_ours: bool, is_theirs: bool, is_same: bool) -> str:
    if not is_theirs:
        return "not on the auditor's list"
    if not is_ours:
        return "not in our register"
    return "" if is_same else "status differs"


def _which(each: Followed) -> tuple[Cell, ...]:
    report = each.report
    issued = report.issued.edtf if report.issued else None
    agencies = "; ".join(each.entry.agencies) or None
    return (
        report.number or report.key,
        report.title or None,
        issued,
        each.entry.number,
        each.entry.text,
        agencies,
    )


def _status_words(each: Followed) -> str | None:
    return STATUS_LABELS[each.status] if each.status else None


def _number(each: Followed) -> str:
    return recommendation_number(each.entry.number or "")


def _row_order(each: Followed) -> tuple[object, ...]:
    number = _number(each)
    return (each.report.key, int(number) if number.isdecimal() else 10**6, each.entry.key)
