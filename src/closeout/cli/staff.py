"""`closeout staff`: the hours that duties take, the hours that officers have, and the officers needed."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.faults import PackError
from closeout.duties.pack import load_pack
from closeout.engines import EngineError, connect
from closeout.records.snapshot import Snapshot, SnapshotError, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.duties.clauses import Pack
    from closeout.workload.figures import Staffing
    from closeout.workload.parameters import Parameters
    from closeout.workload.study.weights import WeightSet

VERB = "staff"
_PERCENT = 100


def staff(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: Annotated[Path | None, typer.Argument(help="A snapshot's folder.")] = None,
    office: Annotated[str, typer.Option(help="Open this office: its officers and duties.")] = "",
    docket: Annotated[str, typer.Option(help="Only this docket's work.")] = "",
    why: Annotated[
        tuple[str, str],
        typer.Option(metavar="OFFICE ACTIVITY", help="Open one figure down to its diaries."),
    ] = ("", ""),
    draws: Annotated[
        int, typer.Option(min=0, max=100_000, help="Draws behind the intervals; none are given with 0.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same draws.")] = 7,
    is_adjusted: Annotated[
        bool, typer.Option("--adjusted", help="Minutes as they should be, not as observed.")
    ] = False,
    support: Annotated[
        float, typer.Option(help="Percent of the hours at work that everybody gives to other things.")
    ] = 15.0,
    occupancy: Annotated[
        float, typer.Option(help="Percent of the hours for cases that is planned full.")
    ] = 90.0,
    is_without_hidden: Annotated[
        bool, typer.Option("--without-hidden", help="Leave out cases that are held, untyped or in passing.")
    ] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="The day to stand on.",
            show_default="the snapshot's own day",
        ),
    ] = None,
    pack: Annotated[
        Path | None, typer.Option(help="The rules; those that come with Closeout if left out.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Where to compute: duckdb:// or spark://host:port.")
    ] = "duckdb://",
    as_json: AsJson = False,
) -> None:
    """Work out demand, hours, need, gap and achievable caseloads of each office.

    Demand is what the rules call for, were each duty done on time, times the minutes that time studies
    found; hours are those that officers are paid for less leave, details, other duties and support. Need is
    rounded to posts once, for the nation. Where a figure cannot be given, its reason stands in its place.
    """
    snapshot, rules = _opened(folder, pack)
    parameters = _parameters(
        support, occupancy, is_adjusted=is_adjusted, is_hidden_left_out=is_without_hidden
    )
    day = as_of.date() if as_of else snapshot.as_of
    if any(why) and not all(why):
        raise refusal(VERB, "give --why the office and the activity, such as --why F01 check-in")
    made, weights = _worked_out(engine, snapshot, rules, day, parameters, draws, seed)
    from closeout.cli import staff_show as show  # noqa: PLC0415 - only when there is something to show

    try:
        if why[0]:
            found = show.figure(made, weights, rules, *why)
            _said(found, lambda out: show.print_figure(out, found), as_json=as_json)
        elif office:
            rows = show.one_office(made, office, docket)
            _said(rows, lambda out: show.print_office(out, made, rows), as_json=as_json)
        else:
            plain = made.plain() if not docket else show.one_docket(made, docket)
            _said(plain, lambda out: show.print_nation(out, made, docket), as_json=as_json)
    except LookupError as error:
        raise refusal(VERB, str(error.args[0])) from error


def _said(plain: Any, to_people: "Callable[[Console], None]", *, as_json: bool) -> None:  # noqa: ANN401 - JSON
    if as_json:
        print_json(plain)
    else:
        to_people(console())


def _opened(folder: Path | None, pack: Path | None) -> "tuple[Snapshot, Pack]":
    if folder is None:
        raise refusal(VERB, "give a snapshot's folder; `closeout example --out DIR` makes one to try")
    try:
        return open_snapshot(folder), load_pack(pack)
    except PackError as error:
        raise refusal(VERB, str(error.faults[0])) from error
    except SnapshotError as error:
        raise refusal(VERB, str(error)) from error


def _parameters(
    support: float, occupancy: float, *, is_adjusted: bool, is_hidden_left_out: bool
) -> "Parameters":
    from closeout.workload.parameters import ParameterError, Parameters  # noqa: PLC0415 - after the options
    from closeout.workload.weights import Kind  # noqa: PLC0415 - as above

    try:
        return Parameters(
            support_share=support / _PERCENT,
            occupancy=occupancy / _PERCENT,
            kind=Kind.ADJUSTED if is_adjusted else Kind.OBSERVED,
            counts_hidden=not is_hidden_left_out,
        )
    except ParameterError as error:
        raise refusal(VERB, str(error)) from error


def _worked_out(
    address: str,
    snapshot: Snapshot,
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
        raise refusal(VERB, str(error.faults[0])) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error
