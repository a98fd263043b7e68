"""`closeout staff`: the hours that duties take, the hours that officers have, and the officers needed."""

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from closeout.cli.opening import assumptions, faults, opened, tell_day
from closeout.cli.options import (
    EMBEDDED,
    OCCUPANCY,
    SEED,
    SUPPORT,
    Draws,
    EngineAddress,
    IsAdjusted,
    IsWithoutHidden,
    MaybeFolder,
    Occupancy,
    PackFolder,
    Seed,
    StandOn,
    Support,
)
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.faults import PackError
from closeout.engines import EngineError, connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.duties.clauses import Pack
    from closeout.records.snapshot import Snapshot
    from closeout.workload.figures import Staffing
    from closeout.workload.parameters import Parameters
    from closeout.workload.study.weights import WeightSet

VERB = "staff"
LEVELS = (80, 90, 95)
"""Percent; what a run keeps with draws (`closeout.workload.intervals.LEVELS`)."""


def staff(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: MaybeFolder = None,
    office: Annotated[str, typer.Option(help="Open this office: its officers and duties.")] = "",
    docket: Annotated[str, typer.Option(help="Only this docket's work.")] = "",
    why: Annotated[
        tuple[str, str],
        typer.Option(metavar="OFFICE ACTIVITY", help="Open one figure down to its diaries."),
    ] = ("", ""),
    draws: Draws = 0,
    confidence: Annotated[
        int | None,
        typer.Option(
            help="80, 90 or 95: percent of the draws within an interval, and in which a caseload fits.",
            show_default="intervals at 90, caseloads at each",
        ),
    ] = None,
    seed: Seed = SEED,
    is_adjusted: IsAdjusted = False,
    support: Support = SUPPORT,
    occupancy: Occupancy = OCCUPANCY,
    is_without_hidden: IsWithoutHidden = False,
    as_of: StandOn = None,
    pack: PackFolder = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Work out demand, hours, need, gap and achievable caseloads of each office.

    Demand is what the rules call for, were each duty done on time, times the minutes that time studies
    found; hours are those that officers are paid for less leave, details, other duties and support. Need is
    rounded to posts once, for the nation. Where a figure cannot be given, its reason stands in its place.
    """
    snapshot, rules = opened(VERB, folder, pack)
    parameters = assumptions(
        VERB, support, occupancy, is_adjusted=is_adjusted, is_without_hidden=is_without_hidden
    )
    day = as_of.date() if as_of else snapshot.as_of
    if any(why) and not all(why):
        raise refusal(VERB, "give --why the office and the activity, such as --why F01 check-in")
    _check_confidence(confidence, draws)
    tell_day(VERB, snapshot, day)
    made, weights = _worked_out(engine, snapshot, rules, day, parameters, draws, seed)
    from closeout.cli import staff_show as show  # noqa: PLC0415 - only when there is something to show

    try:
        if why[0]:
            found = show.figure(made, weights, rules, *why)
            _said(found, lambda out: show.print_figure(out, found), as_json=as_json)
        elif office:
            rows = show.one_office(made, office, docket)
            _said(rows, lambda out: show.print_office(out, made, rows, confidence), as_json=as_json)
        else:
            plain = made.plain() if not docket else show.one_docket(made, docket)
            _said(plain, lambda out: show.print_nation(out, made, docket, confidence), as_json=as_json)
    except LookupError as error:
        raise refusal(VERB, str(error.args[0])) from error


def _check_confidence(confidence: int | None, draws: int) -> None:
    if confidence is None:
        return
    if confidence not in LEVELS:
        raise refusal(VERB, f"--confidence is {confidence}; give {LEVELS[0]}, {LEVELS[1]} or {LEVELS[2]}")
    if not draws:
        raise refusal(VERB, "without draws there is no interval; give --draws too, such as --draws 2000")


def _said(plain: Any, to_people: "Callable[[Console], None]", *, as_json: bool) -> None:  # noqa: ANN401 - JSON
    if as_json:
        print_json(plain)
    else:
        to_people(console())


def _worked_out(
    address: str,
    snapshot: "Snapshot",
    rules: "Pack",
    day: date,
    parameters: "Parameters",
    draws: int,
    seed: int,
) -> "tuple[Staffing, WeightSet]":
    from closeout.workload.staffing import weighed  # noqa: PLC0415 - Polars and numpy take their time

    errors = Console(stderr=True)
    try:
        with closing(connect(address)) as engine, errors.status("Opening the records") as status:
            return weighed(
                engine, snapshot, rules, day, parameters, draws=draws, seed=seed, told=status.update
            )
    except PackError as error:
        raise faults(VERB, error) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error
