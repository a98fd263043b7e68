"""A hiring plan, as a result to freeze: the path, its cost, its chances, and the office month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from closeout.evidence.freezing.frozen import Answer, FrozenError, Kind
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.freezing.staffing import StaffingAsked, offices_of_few
from closeout.evidence.measures.read_staffing import tables_of_staffing
from closeout.evidence.suppression import NOT_SHOWN, THRESHOLD
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from closeout.duties.clauses import Pack
    from closeout.evidence.freezing.staffing import Runs
    from closeout.workload.plan_asked import PlanAsked

HIRING = "hiring"
KEYS = ("part", "of")
MANY_MONTHS = 24
"""From so many months ahead on a plan is one over several years."""
_DIGITS = 6
_PATH = ("hires", "overtime", "cost", "bound", "is_cheapest", "probability", "meets")
_OPEN = frozenset({*KEYS, "by", "target", "need_fte", "growth", "grade", "leaving", "cost_unit", "notes"})
"""What tells nothing of how many officers an office has."""
_DEFINITION = {
    "hiring": "the cheapest seats in academy classes with which the staff covers the need on a day with the "
    "probability asked for: present staff less leavers by chance, plus classes that arrive after a lead time "
    "by chance and ramp up; the need of the staffing run, drawn, times what the forecast of volumes adds",
    "parts": "plan: what is chosen; class: seats taken, by months from the as-of date; month: the office by "
    "months from the as-of date; overtime, weights: the same question otherwise",
    "units": "persons; full-time officers; shares from 0 to 1; costs in the unit that the plan names",
}


def tables_of_hiring(pack: Pack) -> tuple[str, ...]:
    """Return the tables that a hiring plan reads: those of the staffing run that it carries forward."""
    return tables_of_staffing(pack)


def hiring_answer(
    runs: Runs, asked: PlanAsked, *, is_exact: bool = False, is_withheld: bool = False
) -> Answer:
    """Return a hiring plan as a result to freeze.

    Args:
        runs: Staffing runs over the records on the day to stand on.
        asked: What the plan is asked for.
        is_exact: Keep what tells the officers of an office with few.
        is_withheld: Whether its officers are not told in any case, since something else does not tell them.

    Raises:
        PlanError: There is no such office, its need has no figure, or the day is not ahead.
        EngineError, ValueError, LookupError: What it stands on is missing or cannot be read.

    """
    from closeout.workload.plan_asked import check_ahead  # noqa: PLC0415 - scipy takes its time to load

    check_ahead(asked, runs.as_of)
    made = planned(runs, asked)
    return answer_of_hiring(made, runs.pack, asked, runs.as_of, is_exact=is_exact, is_withheld=is_withheld)


def planned(runs: Runs, asked: PlanAsked) -> dict[str, Any]:
    """Return a hiring plan as `Planned.plain` has it; errors are those of `hiring_answer`."""
    from closeout.workload.hiring_run import plan_from  # noqa: PLC0415 - as above

    staffing = runs.of(StaffingAsked(asked.parameters, asked.draws, asked.seed))
    snapshot = narrowed_to(runs.snapshot, tables_of_hiring(runs.pack))
    limits, office = asked.limits, asked.office_id or None
    return plan_from(runs.engine, snapshot, runs.pack, staffing, office, limits, told=runs.told).plain()


def answer_of_hiring(
    made: Mapping[str, Any],
    pack: Pack,
    asked: PlanAsked,
    as_of: date,
    *,
    is_exact: bool = False,
    is_withheld: bool = False,
) -> Answer:
    """Return a hiring plan that was made already, as a result to freeze.

    Args:
        made: The plan as `Planned.plain` has it.
        pack: The rules that it was made with.
        asked: What it was asked for.
        as_of: The day it stands on.
        is_exact: As for `hiring_answer`.
        is_withheld: As for `hiring_answer`.

    """
    return Answer(
        kind=Kind.HIRING,
        code=HIRING,
        title=f"Hiring plan of {asked.office_id or 'all offices'} by {asked.limits.by}",
        definition=_DEFINITION,
        query="",
        parameters={
            "as_of": as_of,
            "pack": pack.name,
            "pack_digest": pack.digest,
            **asked.plain(as_of),
            "suppression": None if is_exact else {"threshold": THRESHOLD},
        },
        keys=KEYS,
        rows=tuple(
            rows_of_hiring(made, is_withheld=not is_exact and (is_withheld or is_of_few(made, asked)))
        ),
        reads=tables_of_hiring(pack),
    )


def without_officers(answer: Answer) -> Answer:
    """Return a frozen plan without whatever hangs on how many officers the office has."""
    whole = {name: value if name in _OPEN else NOT_SHOWN for name, value in answer.rows[0].items()}
    return replace(answer, rows=(whole,))


def asked_again(parameters: Mapping[str, Any]) -> PlanAsked:
    """Return the plan that a frozen result's parameters ask for.

    Raises:
        FrozenError: They are not those of a hiring plan.

    """
    from closeout.workload.plan_asked import plan_asked  # noqa: PLC0415 - as above

    try:
        return plan_asked(parameters)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"it does not say what the hiring plan was asked for: {error}"
        raise FrozenError(msg) from error


def is_of_few(made: Mapping[str, Any], asked: PlanAsked) -> bool:
    """Say whether a plan tells how many officers an office has that has few.

    Also where the offices with few would follow from this one beside the others.

    Args:
        made: The plan as `Planned.plain` has it.
        asked: What it was asked for.

    """
    staff = {office or "(no office)": count for office, count in made["staff_by_office"].items()}
    heads = made["plan"]["months"][0]["heads"]["middle"]
    return (asked.office_id or None) in offices_of_few(staff) or (
        asked.limits.staff is None and 0 < round(heads) < THRESHOLD
    )


def rows_of_hiring(made: Mapping[str, Any], *, is_withheld: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the rows of a plan: what is chosen, its classes, its months, and what else was tried.

    Args:
        made: The plan as `Planned.plain` has it.
        is_withheld: Leave out whatever hangs on how many officers the office has.

    """
    plan, today = made["plan"], made["need_today"]
    whole = {
        "part": "plan",
        "of": "",
        "by": plan["by"],
        "target": plan["target"],
        "need_fte": today["need_fte"],
        "staff_fte": today["staff_fte"],
        "grade": today["grade"],
        "growth": made["growth"],
        "leaving": made["leaving"],
        "without": plan["without"],
        "unmet_fte": plan["unmet_fte"],
        "binding": list(plan["binding"]),
        "cost_unit": plan["cost_unit"],
        "sentence": plan["sentence"],
        "notes": list(made["notes"]),
        **_path(plan["chosen"]),
    }
    if is_withheld:
        yield _rounded({name: value if name in _OPEN else NOT_SHOWN for name, value in whole.items()})
        return
    yield _rounded(whole)
    for one in plan["chosen"]["classes"]:
        yield {"part": "class", "of": str(one["month"]), "seats": one["seats"]}
    for one in plan["months"]:
        yield _rounded(_month(one))
    if len(plan["options"]) > 1:
        for one in plan["options"]:
            yield _rounded({"part": "overtime", "of": f"{one['overtime']:.4%}", **_path(one)})
    for share, name in (("10%", "weights_low"), ("90%", "weights_high")):
        yield _rounded({"part": "weights", "of": share, **_path(plan[name])})


def _path(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in _PATH}


def _month(said: Mapping[str, Any]) -> dict[str, Any]:
    ends = {
        f"{name}.{end}": said[name][end]
        for name in ("heads", "effective_fte")
        for end in ("low", "middle", "high")
    }
    enough = said["probability_enough"]
    return {"part": "month", "of": str(said["month"]), "seats": said["started"], **ends, "enough": enough}


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with the digits that do not hang on the order in which hours were added up."""
    return {name: round(value, _DIGITS) if isinstance(value, float) else value for name, value in row.items()}


def why_not(rows: Sequence[Mapping[str, Any]], as_of: date, *, is_many_years: bool) -> str:
    """Return in words why a frozen plan is no evidence of a hiring plan; empty where it is.

    Args:
        rows: Its rows.
        as_of: The day it stands on.
        is_many_years: Whether a plan over several years is asked for.

    """
    from closeout.workload.hiring_figures import months_between  # noqa: PLC0415 - as above

    whole = rows[0]
    if whole["meets"] == NOT_SHOWN:
        return (
            "the office has few officers, or would tell of one that has, so that what the plan says of them "
            "is not shown"
        )
    if not whole["meets"]:
        return f"it does not reach its aim: {whole['sentence']}"
    months = months_between(as_of, date.fromisoformat(whole["by"]))
    if is_many_years and months < MANY_MONTHS:
        return f"it reaches {counted(months, 'month')} ahead, and a plan over several years is asked for"
    return ""
