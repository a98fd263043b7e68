"""Who had to be trained on a day, and of how many the attendance is on file (D5)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from closeout.evidence.verdicts.plain import as_plain
from closeout.evidence.verdicts.reading import need, rows_of
from closeout.evidence.verdicts.training_records import Done, courses_done, on_record
from closeout.reading.countwords import agreeing, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

_REQUIREMENTS = (
    "requirement_id",
    "course_id",
    "role",
    "converted_only",
    "recurrence",
    "months",
    "valid_from",
    "valid_to",
    "policy_version_id",
)
_OFFICERS = ("officer_no", "office_id", "role", "active_from", "active_to", "is_converted")


@dataclass(frozen=True, slots=True)
class OfficeTraining:
    """One requirement in one office, counted.

    Attributes:
        office_id: The office; never a person.
        audience: Officers the rule holds for on the day, those exempt left out.
        exempt: Officers exempt on the day.
        recorded: Of the audience, with a completion on record that still holds.
        with_evidence: Of these, also present at a session of the course, not failed, with the attendance
            sheet's digest on file, inside the interval.
        exceptions: Of the audience, the others: audience less `recorded`.
        officers: Staff numbers of the exceptions, in their order; empty unless asked for.

    """

    office_id: str
    audience: int
    exempt: int
    recorded: int
    with_evidence: int
    exceptions: int
    officers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementTraining:
    """One requirement on a day.

    Attributes:
        requirement_id, course_id: What is required.
        rule: The audience and the interval in words.
        policy_version_id: What it rests on; None: no policy is named.
        in_force: Whether it holds on the day.
        assignments: Of how many officers anything is on record; 0: whether anybody completed it is not known.
        total: All offices together.
        offices: Each office with an audience, in the order of its code.

    """

    requirement_id: str
    course_id: str
    rule: str
    policy_version_id: str | None
    in_force: bool
    assignments: int
    total: OfficeTraining
    offices: tuple[OfficeTraining, ...]

    @property
    def recorded_share(self) -> float | None:
        """Return recorded / audience, 0-1: a full count, hence without an interval; None without one."""
        return self.total.recorded / self.total.audience if self.total.audience else None

    @property
    def evidence_share(self) -> float | None:
        """Return with_evidence / audience, 0-1; None without an audience."""
        return self.total.with_evidence / self.total.audience if self.total.audience else None


@dataclass(frozen=True, slots=True)
class Training:
    """Training on a day.

    Attributes:
        as_of: The day it stands on.
        requirements: In the order of their codes, those not in force included.
        cannot: What cannot be concluded, a sentence each.

    """

    as_of: date
    requirements: tuple[RequirementTraining, ...]
    cannot: tuple[str, ...]

    def plain(self, *, with_officers: bool = False) -> dict[str, Any]:
        """Return it as JSON takes it; staff numbers of exceptions only where asked for."""
        given = self if with_officers else replace(self, requirements=self._without_officers())
        made: dict[str, Any] = as_plain(given)
        return made

    def _without_officers(self) -> tuple[RequirementTraining, ...]:
        return tuple(
            replace(
                one,
                total=replace(one.total, officers=()),
                offices=tuple(replace(office, officers=()) for office in one.offices),
            )
            for one in self.requirements
        )


def training(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> Training:
    """Return for each requirement whom it held for on a day and of how many completion is shown.

    Nothing is estimated: everybody is counted, so that no figure has an interval.

    Args:
        engine: Where the tables are.
        tables: The tables by name; `officers` and `training_requirements` are needed.
        as_of: The day to stand on.

    Raises:
        LacksTablesError: There is no `officers` or no `training_requirements`.

    """
    need(tables, ["officers", "training_requirements"])
    officers = [
        row
        for row in rows_of(engine, tables, "officers", _OFFICERS)
        if row["active_from"] <= as_of and (row["active_to"] is None or row["active_to"] >= as_of)
    ]
    recorded = on_record(engine, tables, as_of)
    done = courses_done(engine, tables, as_of)
    requirements = tuple(
        _requirement(row, officers, recorded.get(row["requirement_id"], {}), done, as_of)
        for row in rows_of(engine, tables, "training_requirements", _REQUIREMENTS)
    )
    return Training(as_of, requirements, _cannot(requirements, tables))


def _requirement(
    row: Mapping[str, Any],
    officers: Sequence[Mapping[str, Any]],
    recorded: Mapping[str, Done],
    done: Mapping[tuple[str, str], date],
    as_of: date,
) -> RequirementTraining:
    in_force = row["valid_from"] <= as_of and (row["valid_to"] is None or row["valid_to"] >= as_of)
    held = [
        one
        for one in officers
        if in_force and one["role"] == row["role"] and (one["is_converted"] or not row["converted_only"])
    ]
    by_office: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in held:
        by_office[one["office_id"]].append(one)
    recurs = row["recurrence"] in {"rolling", "fixed"} and row["months"]
    since = as_of - relativedelta(months=row["months"]) if recurs else None
    offices = tuple(
        _office(office, members, recorded, done, row["course_id"], since)
        for office, members in sorted(by_office.items())
    )
    return RequirementTraining(
        row["requirement_id"],
        row["course_id"],
        _rule(row),
        row["policy_version_id"],
        in_force,
        len(recorded),
        _together(offices),
        offices,
    )


def _office(
    office: str,
    members: Sequence[Mapping[str, Any]],
    recorded: Mapping[str, Done],
    done: Mapping[tuple[str, str], date],
    course: str,
    since: date | None,
) -> OfficeTraining:
    exempt = shown = evidenced = 0
    missing = []
    for officer in sorted(one["officer_no"] for one in members):
        record = recorded.get(officer, Done())
        if record.is_exempt:
            exempt += 1
        elif record.holds(since):
            shown += 1
            attended = done.get((officer, course))
            evidenced += attended is not None and (since is None or attended >= since)
        else:
            missing.append(officer)
    audience = len(members) - exempt
    return OfficeTraining(office, audience, exempt, shown, evidenced, len(missing), tuple(missing))


def _together(offices: Sequence[OfficeTraining]) -> OfficeTraining:
    return OfficeTraining(
        "ALL",
        sum(one.audience for one in offices),
        sum(one.exempt for one in offices),
        sum(one.recorded for one in offices),
        sum(one.with_evidence for one in offices),
        sum(one.exceptions for one in offices),
        tuple(sorted(officer for one in offices for officer in one.officers)),
    )


def _rule(row: Mapping[str, Any]) -> str:
    who = f"every {'converted ' if row['converted_only'] else ''}{row['role'].replace('_', ' ')}"
    often = {
        "once": "once",
        "rolling": f"every {_months(row)} from the last completion",
        "fixed": f"every {_months(row)} by a fixed schedule",
        "on_demand": "on demand",
    }[row["recurrence"]]
    return f"{who}, {often}"


def _months(row: Mapping[str, Any]) -> str:
    return agreeing(row["months"], "month", f"{row['months']} months")


def _cannot(requirements: Sequence[RequirementTraining], tables: Mapping[str, ir.Table]) -> tuple[str, ...]:
    said = []
    if not requirements:
        said.append("The records name no requirement: nobody had to be trained, and nothing was assessed.")
    lacking = [
        name for name in ("training_assignments", "training_sessions", "attendance") if name not in tables
    ]
    if lacking:
        said.append(f"The records have no {', '.join(lacking)}: completion cannot be shown.")
    empty = [one.requirement_id for one in requirements if one.in_force and not one.total.audience]
    if empty:
        said.append(
            f"Nobody is in the audience of {', '.join(empty)} on this day: not assessed, and not met."
        )
    unseen = [one.requirement_id for one in requirements if one.total.audience and not one.assignments]
    if unseen and "training_assignments" in tables:
        said.append(
            f"Nothing is on record of anybody for {', '.join(unseen)}: not assessed. Whether nobody was "
            "trained or nobody entered it the records do not say."
        )
    past = [one.requirement_id for one in requirements if not one.in_force]
    if past:
        said.append(f"No rule is in force on this day for {', '.join(past)}.")
    loose = [one.requirement_id for one in requirements if one.policy_version_id is None]
    if loose:
        said.append(f"No policy is named for {', '.join(loose)}.")
    unproved = sum(one.total.recorded - one.total.with_evidence for one in requirements)
    if unproved:
        said.append(
            f"{counted(unproved, 'completion on record has', 'completions on record have')} no attendance "
            "sheet on file inside the interval: the record says so, and nothing shows it."
        )
    return tuple(said)
