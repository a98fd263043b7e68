"""The workbooks that two acts ask for: the GAO-IG Act's tables and those of the semiannual reports."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from closeout.evidence.letters.about import source_words
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.kinds import REGISTER_ONLY
from closeout.evidence.letters.spreadsheet import to_xlsx
from closeout.evidence.letters.words import day_words
from closeout.followup.clock_rules import SEMIANNUAL
from closeout.followup.clocks import periods
from closeout.followup.followed import Followed
from closeout.followup.gao_ig_tables import ACT, Listed, discrepancies, gao_list, ig_list, status_report
from closeout.followup.history import Axis, Event, Standing, State
from closeout.followup.promises import Ledger
from closeout.followup.semiannual_tables import (
    MANAGEMENT,
    REPORTS,
    better_use,
    no_final_action,
    outstanding,
    questioned_costs,
    undecided,
)
from closeout.followup.statuses import normal_status
from closeout.reading.countwords import counted
from closeout.reading.model import AuditorStatus, RecommendationKind
from closeout.reading.register import RegisterEntry, RegisterReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from closeout.followup.clocks import Period
    from closeout.followup.tables import Table

LIST_COLUMNS = ("report", "recommendation", "status")
_MOST_WRONG = 3
_NO_INTERVALS = "Intervals: none. Every recommendation of the register is counted, no sample is drawn."
_NOT_DECIDED = (
    "Not covered: management decisions and final actions that are neither in the documents read nor recorded "
    "by the agency."
)
_UNKNOWN = "An empty cell means that the documents read do not say; it never means zero."


def gao_ig_act_xlsx(
    followed: Sequence[Followed],
    *,
    submitted_on: date,
    sources: Mapping[str, Any] | None = None,
    auditors_list: Sequence[Listed] | None = None,
    explanations: Mapping[tuple[str, str], str] | None = None,
) -> bytes:
    """Return the tables of the GAO-IG Act as a workbook with a sheet of notes.

    Args:
        followed: Every recommendation as of the day.
        submitted_on: The day the budget justification is submitted; the year is counted back from it.
        sources: What was read.
        auditors_list: GAO's and the inspectors general's own lists; without them the sheet of differences
            is left out and the notes say so.
        explanations: What the agency says of a difference, by report and recommendation number.

    """
    tables = list(gao_ig_act_tables(followed, submitted_on=submitted_on))
    notes = [
        f"As of: {day_words(submitted_on)}, taken as the day of submission.",
        f"Rule: {ACT}.",
        *source_words(sources),
        _NO_INTERVALS,
        REGISTER_ONLY,
        _UNKNOWN,
        _to_write(tables[-1]),
    ]
    if auditors_list is None:
        notes.append(
            "Not covered: the check against GAO’s and the inspectors general’s own lists. No list was given."
        )
    else:
        table = discrepancies(followed, auditors_list, as_of=submitted_on, explanations=explanations)
        tables.append(table)
        unexplained = sum(1 for cell in table.column("explanation") if not cell)
        notes.append(
            f"Check against the auditors’ own lists: {counted(len(table.rows), 'difference')}, of which "
            f"{unexplained} have no explanation yet."
        )
    return to_xlsx(tables, title="GAO-IG Act report", notes=notes)


def gao_ig_act_tables(followed: Sequence[Followed], *, submitted_on: date) -> tuple[Table, ...]:
    """Return GAO's list, the inspectors general's list, and the status report."""
    return (
        gao_list(followed, submitted_on=submitted_on),
        ig_list(followed, submitted_on=submitted_on),
        status_report(followed, submitted_on=submitted_on),
    )


def _to_write(status: Table) -> str:
    missing = sum(1 for cell in status.column("to_write") if cell)
    if not missing:
        return "Every listed recommendation has its timeline or its justification."
    return (
        f"Still to be written: {missing} of {counted(len(status.rows), 'listed recommendation')} lack the "
        "timeline or the justification that the act asks for (column “Still to be written”). A timeline is a "
        f"day still to come{_passed(status)}."
    )


def _passed(status: Table) -> str:
    """Return of how many a plan or a promise is on record that is no timeline any more."""
    count = status.figures[1].numerator
    words = f"; {count} of them had a plan or a promise, and every day in it has passed or was kept"
    return words if count else ""


def semiannual_xlsx(
    followed: Sequence[Followed], *, as_of: date, sources: Mapping[str, Any] | None = None
) -> bytes:
    """Return the semiannual tables of the last half year that ended by a day, with a sheet of notes."""
    period = last_half_year(as_of)
    notes = [
        f"Half year: {day_words(period.first)} to {day_words(period.last)}.",
        f"The report is due by {day_words(period.due)}. Known as of: {day_words(as_of)}.",
        f"Rules: {REPORTS} and {MANAGEMENT}.",
        *source_words(sources),
        _NO_INTERVALS,
        REGISTER_ONLY,
        _UNKNOWN,
        _NOT_DECIDED,
    ]
    return to_xlsx(semiannual_tables(followed, period), title="Semiannual report tables", notes=notes)


def semiannual_tables(followed: Sequence[Followed], period: Period) -> tuple[Table, ...]:
    """Return the five tables of a half year."""
    return (
        questioned_costs(followed, period),
        better_use(followed, period),
        undecided(followed, as_of=period.last),
        no_final_action(followed, as_of=period.last),
        outstanding(followed, as_of=period.last),
    )


def last_half_year(as_of: date) -> Period:
    """Return the last half year that ended by a day: March 31 or September 30."""
    return periods(SEMIANNUAL, since=as_of - relativedelta(years=1), until=as_of)[-1]


def read_auditors_lists(paths: Sequence[Path]) -> tuple[Listed, ...]:
    """Return what the auditors' own lists say, one file after the other.

    Raises:
        LetterError: A file cannot be read, or is no such list.

    """
    found: list[Listed] = []
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            msg = f"{path} cannot be read: {error.strerror}; it is to be the auditor's own list as CSV"
            raise LetterError(msg) from error
        found += read_auditors_list(data, path.name)
    return tuple(found)


def read_auditors_list(data: bytes, name: str) -> tuple[Listed, ...]:
    """Return an auditor's own list from CSV with the columns `report`, `recommendation` and `status`.

    Args:
        data: The file, UTF-8.
        name: What messages call it.

    Raises:
        LetterError: It is not such a table, or some of its rows print a status that no auditor has; with
            the first of them, and how many there are.

    """
    try:
        rows = csv.DictReader(StringIO(data.decode("utf-8-sig")), strict=True)
        columns = [column.strip().lower() for column in rows.fieldnames or ()]
        if lacking := [column for column in LIST_COLUMNS if column not in columns]:
            msg = f"{name} lacks the column {', '.join(lacking)}; it needs {', '.join(LIST_COLUMNS)}"
            raise LetterError(msg)
        rows.fieldnames = columns
        found = [(_listed(row), rows.line_num, row) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        msg = f"{name} cannot be read as CSV in UTF-8: {error}"
        raise LetterError(msg) from error
    if wrong := [_wrong(row, f"{name}, line {line}") for listed, line, row in found if listed is None]:
        more = f"; {counted(len(wrong) - _MOST_WRONG, 'more line')} alike" if len(wrong) > _MOST_WRONG else ""
        raise LetterError("; ".join(wrong[:_MOST_WRONG]) + more)
    return tuple(listed for listed, _, _ in found if listed is not None)


def _listed(row: Mapping[str, str | None]) -> Listed | None:
    report, number, printed = _cells(row)
    status = _status(printed, report)
    return Listed(report, number, status) if report and number and status is not None else None


def _cells(row: Mapping[str, str | None]) -> tuple[str, str, str]:
    report, number, printed = ((row.get(column) or "").strip() for column in LIST_COLUMNS)
    return report, number, printed


def _wrong(row: Mapping[str, str | None], place: str) -> str:
    report, number, printed = _cells(row)
    lacking = [name for name, said in zip(LIST_COLUMNS, (report, number, printed), strict=True) if not said]
    if lacking:
        return f"{place}: has no {' and no '.join(lacking)}"
    return f"{place}: {printed!r} is no status that its auditor prints"


def _status(printed: str, report: str) -> AuditorStatus | None:
    """Return a status in normal form, from its printed words or from the normal form itself.

    A plain "Open" is taken from every auditor: many lists say no more.
    """
    normal = printed.lower().replace(" ", "-")
    if normal in set(AuditorStatus):
        return AuditorStatus(normal)
    issuer = "oig" if "OIG" in report.upper() else "gao"
    found = normal_status(printed, issuer=issuer)
    return AuditorStatus.OPEN_UNKNOWN if found is None and normal == "open" else found


def differences_xlsx(said: Mapping[str, Any], auditors_list: Sequence[Listed]) -> bytes:
    """Return where an assessment's register differs from an auditor's own list, with a sheet of notes.

    Args:
        said: The assessment as its `assessment.json` has it.
        auditors_list: The auditor's own list.

    """
    as_of = date.fromisoformat(said["as_of"])
    known = [_known(each, as_of) for each in said["recommendations"]]
    table = discrepancies(known, auditors_list, as_of=as_of)
    notes = [
        f"As of: {day_words(as_of)}, for both sides.",
        f"Rule: {ACT}.",
        *source_words(said.get("sources")),
        REGISTER_ONLY,
        "Not covered: recommendations of reports whose number is not known.",
    ]
    return to_xlsx([table], title="Differences from the auditor’s own list", notes=notes)


def _known(each: Mapping[str, Any], as_of: date) -> Followed:
    """Return a recommendation with what telling lists apart takes: report, number and status."""
    report, status = each["report"], each["status"]
    issuer = report["key"].partition("/")[0]
    standing = Standing(status, Event(each["key"], Axis.AUDITOR, status)) if status else None
    return Followed(
        entry=RegisterEntry(
            each["key"], report["key"], each["number"], each["text"], RecommendationKind.RECOMMENDATION
        ),
        report=RegisterReport(report["key"], issuer, report["number"] or "", report["title"] or ""),
        state=State(as_of, auditor=standing),
        ledger=Ledger(as_of, ()),
    )
