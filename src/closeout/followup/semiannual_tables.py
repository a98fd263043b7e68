"""The tables of semiannual reports under the Inspector General Act (5 USC 405)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.followup.clock_rules import Unit
from closeout.followup.clocks import Period, add
from closeout.followup.tables import Cell, Column, Figure, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from closeout.followup.followed import Followed

REPORTS = "5 USC 405(b)"
MANAGEMENT = "5 USC 405(c)"

QUESTIONED = ("questioned", "unsupported")
BETTER_USE = ("better-use",)


def decisions(
    followed: Iterable[Followed], period: Period, *, kinds: tuple[str, ...], title: str, code: str
) -> Table:
    """Return how many recommendations with money waited for a management decision, and how much.

    The lines add up: what waited at the start and what came in the period, less what was
    decided, is what waits at the end. A recommendation comes in on the last day its report's
    issue date can mean; one without a date cannot be placed and is counted in the note.

    Args:
        followed: Recommendations of inspectors general.
        period: The half year.
        kinds: The kinds of money to count (`questioned`, `unsupported`, `better-use`).
        title: The table's heading.
        code: The table's short name.

    """
    with_money = [each for each in followed if each.issuer.endswith("oig") and each.amount(*kinds)]
    dated = [(each, each.issued.latest) for each in with_money if each.issued is not None]
    older = [each for each, came_in in dated if came_in < period.first]
    waiting = [each for each in older if not _decided_before(each, period.first)]
    issued = [each for each, came_in in dated if period.first <= came_in <= period.last]
    both = [*waiting, *issued]
    decided = [each for each in both if each.decided_on is not None and each.decided_on <= period.last]
    undecided = [each for each in both if each not in decided]
    lines = (
        ("A. Without a decision when the period began", waiting),
        ("B. Issued in the period", issued),
        ("C. Decided in the period", decided),
        ("D. Without a decision when the period ended", undecided),
    )
    undated = len(with_money) - len(dated)
    note = f"{undated} more have no issue date" if undated else ""
    done = Figure("Decided in the period, of all that waited", len(decided), len(both), period.last, note)
    return Table(
        code=code,
        title=title,
        source=REPORTS,
        as_of=period.last,
        columns=(
            Column("line", "Recommendations", source=REPORTS),
            Column("reports", "Reports", "reports"),
            Column("count", "Recommendations", "recommendations"),
            Column("amount", "Amount", "US dollars", REPORTS),
            Column("unsupported", "Of it unsupported", "US dollars", REPORTS),
            Column("agreed", "Of it agreed by management", "US dollars", REPORTS),
        ),
        rows=tuple((line, *_sums(each, kinds)) for line, each in lines),
        figures=(done,),
    )


def questioned_costs(followed: Iterable[Followed], period: Period) -> Table:
    """Return the table of questioned and unsupported costs for a half year."""
    title = "Recommendations with questioned costs"
    return decisions(followed, period, kinds=QUESTIONED, title=title, code="questioned-costs")


def better_use(followed: Iterable[Followed], period: Period) -> Table:
    """Return the table of funds to be put to better use for a half year."""
    title = "Recommendations that funds be put to better use"
    return decisions(followed, period, kinds=BETTER_USE, title=title, code="better-use")


def undecided(followed: Iterable[Followed], *, as_of: date) -> Table:
    """Return inspectors general's recommendations without a management decision after six months."""
    of_ig = [each for each in followed if each.issuer.endswith("oig") and each.is_open]
    late = [
        each
        for each in of_ig
        if each.decided_on is None and each.issued and add(each.issued.latest, 6, Unit.MONTHS) < as_of
    ]
    return _listing(
        "undecided", "Without a management decision after six months", REPORTS, late, of_ig, as_of
    )


def no_final_action(followed: Iterable[Followed], *, as_of: date) -> Table:
    """Return recommendations decided more than a year ago that have had no final action."""
    decided = [each for each in followed if each.issuer.endswith("oig") and each.decided_on is not None]
    late = [
        each
        for each in decided
        if not each.has_final_action and each.decided_on and add(each.decided_on, 1, Unit.YEARS) < as_of
    ]
    title = "Decided more than a year ago, without final action"
    return _listing("no-final-action", title, MANAGEMENT, late, decided, as_of)


def outstanding(followed: Iterable[Followed], *, as_of: date) -> Table:
    """Return every open recommendation of inspectors general by report, with its potential savings."""
    still_open = [each for each in followed if each.issuer.endswith("oig") and each.is_open]
    reports: dict[str, list[Followed]] = {}
    for each in sorted(still_open, key=lambda each: each.report.key):
        reports.setdefault(each.report.key, []).append(each)
    rows = [
        (
            group[0].report.number or key,
            group[0].report.title or None,
            group[0].issued.edtf if group[0].issued else None,
            len(group),
            sum(each.amount("savings", "identified", *QUESTIONED, *BETTER_USE) for each in group),
        )
        for key, group in reports.items()
    ]
    return Table(
        code="outstanding",
        title="Outstanding recommendations and their potential savings",
        source=REPORTS,
        as_of=as_of,
        columns=(
            Column("report", "Report"),
            Column("title", "Title"),
            Column("issued", "Issued", "date"),
            Column("open", "Open", "recommendations", REPORTS),
            Column("savings", "Potential savings", "US dollars", REPORTS),
        ),
        rows=tuple(rows),
        figures=(
            Figure(
                "Open recommendations with an amount, of all open",
                sum(1 for each in still_open if each.money),
                len(still_open),
                as_of,
            ),
        ),
    )


def _listing(
    code: str, title: str, source: str, late: Sequence[Followed], among: Sequence[Followed], as_of: date
) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            each.report.number or each.report.key,
            each.report.title or None,
            each.issued.edtf if each.issued else None,
            each.entry.number,
            each.entry.text,
            each.decided_on,
            (each.plan.in_words(as_of) if each.plan else each.justification) or None,
        )
        for each in sorted(late, key=lambda each: each.entry.key)
    ]
    return Table(
        code=code,
        title=title,
        source=source,
        as_of=as_of,
        columns=(
            Column("report", "Report"),
            Column("title", "Title"),
            Column("issued", "Issued", "date"),
            Column("number", "Recommendation"),
            Column("text", "Text"),
            Column("decided_on", "Decided", "date"),
            Column("reason", "Reason or timetable", source=source),
        ),
        rows=tuple(rows),
        figures=(Figure(title, len(rows), len(among), as_of),),
    )


def _decided_before(each: Followed, day: date) -> bool:
    return each.decided_on is not None and each.decided_on < day


def _sums(group: Sequence[Followed], kinds: tuple[str, ...]) -> tuple[int, int, int, int, int]:
    return (
        len({each.report.key for each in group}),
        len(group),
        sum(each.amount(*kinds) for each in group),
        sum(each.amount("unsupported") for each in group),
        sum(each.agreed_amount for each in group),
    )
