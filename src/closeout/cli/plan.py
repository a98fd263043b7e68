"""`closeout plan`: how many to hire, and when, so that an office has its staff by a date."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from closeout.cli.options import IsAdjusted, MaybeFolder, PackFolder, StandOn
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.faults import PackError
from closeout.duties.pack import load_pack
from closeout.engines import EngineError, connect
from closeout.records.snapshot import SnapshotError, open_snapshot
from closeout.workload.parameters import ParameterError, Parameters
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from closeout.workload.hiring_run import Limits, Planned

VERB = "plan"


def plan(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: MaybeFolder = None,
    by: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day the staff is wanted by.")
    ] = None,
    office: Annotated[str, typer.Option(help="Plan for this office.")] = "",
    is_nation: Annotated[bool, typer.Option("--nation", help="Plan for all offices together.")] = False,
    probability: Annotated[
        float, typer.Option(help="How sure to be that the staff is enough, 0 to 1.")
    ] = 0.8,
    ceiling: Annotated[
        int | None, typer.Option(min=0, help="The most persons on the rolls, the academy's included.")
    ] = None,
    seats: Annotated[int, typer.Option(min=0, help="Seats in each class of the academy.")] = 12,
    every: Annotated[int, typer.Option(min=1, help="Months from one class to the next.")] = 3,
    class_: Annotated[
        list[str] | None,
        typer.Option(
            "--class", metavar="MONTH:SEATS", help="A class, by months from now; instead of --every."
        ),
    ] = None,
    lead: Annotated[
        str,
        typer.Option(help="Months from a class's start to the office, each with its chance."),
    ] = "5:0.3,6:0.4,8:0.3",
    completion: Annotated[float, typer.Option(help="Share of the seats whose holders finish.")] = 0.92,
    leaving: Annotated[
        float | None,
        typer.Option(
            min=0, max=0.99, help="Share of the staff who leave in a year.", show_default="the records' own"
        ),
    ] = None,
    overtime: Annotated[
        float, typer.Option(help="The most overtime, as a share of the present staff's hours.")
    ] = 0.0,
    cost: Annotated[
        tuple[float, float, float],
        typer.Option(
            metavar="SEAT MONTH OVERTIME", help="Cost of a seat, an officer's month, one of overtime."
        ),
    ] = (3.0, 1.0, 1.5),
    staff: Annotated[
        int | None, typer.Option(min=0, help="Persons to plan from.", show_default="those in the records")
    ] = None,
    history: Annotated[
        int, typer.Option(min=0, max=120, help="Months the forecast rests on; 0 keeps today's need.")
    ] = 36,
    as_of: StandOn = None,
    draws: Annotated[int, typer.Option(min=100, max=20_000, help="Draws behind the chances.")] = 2_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same plan.")] = 7,
    is_adjusted: IsAdjusted = False,
    pack: PackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Find the cheapest seats in academy classes that cover an office's need by a date.

    People leave, classes arrive late or not whole, and new officers take months to do a full officer's work:
    all by chance, on the same draws for every path. Where the target cannot be met, the closest path is
    shown with what is lacking, and the limits that bind.
    """
    if bool(office) == is_nation:
        raise refusal(VERB, "give either --office CODE or --nation")
    if by is None:
        raise refusal(VERB, "give the day the staff is wanted by: --by YEAR-MONTH-DAY")
    from closeout.workload.chances import LEAVING, Share  # noqa: PLC0415 - numpy and scipy, only when asked
    from closeout.workload.hiring_figures import USUAL_FLOW, Costs  # noqa: PLC0415 - as above
    from closeout.workload.hiring_run import Limits  # noqa: PLC0415 - as above
    from closeout.workload.intake import ClassStart, Flow  # noqa: PLC0415 - as above

    starts = (
        [_pair(word, "--class") for word in class_]
        if class_
        else [(at, seats) for at in range(0, 600, every)]
    )
    try:
        flow = Flow(
            tuple((months, chance) for months, chance in (_chance(word) for word in lead.split(","))),
            completion,
            USUAL_FLOW.ramp,
            LEAVING,
        )
        limits = Limits(
            by.date(),
            tuple(ClassStart(month, count) for month, count in starts),
            probability,
            ceiling,
            overtime,
            flow,
            None if leaving is None else Share(leaving, LEAVING.deviation if leaving else 0.0),
            Costs(seat=cost[0], officer_month=cost[1], overtime_month=cost[2]),
            history,
            staff,
        )
        parameters = Parameters(kind=Kind.ADJUSTED if is_adjusted else Kind.OBSERVED)
        day = as_of.date() if as_of else None
        found = _planned(folder, pack, office or None, limits, parameters, day, (draws, seed))
    except (ParameterError, ValueError) as error:
        raise refusal(VERB, str(error)) from error
    if as_json:
        print_json(found.plain())
    else:
        from closeout.cli.plan_show import show  # noqa: PLC0415 - as above
        from closeout.cli.set_aside import show_set_aside  # noqa: PLC0415 - as above

        show(console(), found)
        show_set_aside(console(), found.set_aside)
    if not found.plan.chosen.meets:
        raise typer.Exit(FAILED)


def _pair(word: str, option: str) -> tuple[int, int]:
    month, _, count = word.partition(":")
    if not (month.isdigit() and count.isdigit()):
        raise refusal(VERB, f"{option} {word}: write it as MONTH:SEATS, such as 3:12")
    return int(month), int(count)


def _chance(word: str) -> tuple[int, float]:
    months, _, chance = word.partition(":")
    try:
        return int(months), float(chance)
    except ValueError as error:
        raise refusal(VERB, f"--lead {word}: write it as MONTHS:CHANCE, such as 5:0.3,6:0.7") from error


def _planned(
    folder: Path | None,
    pack: Path | None,
    office: str | None,
    limits: "Limits",
    parameters: Parameters,
    as_of: date | None,
    chance: tuple[int, int],
) -> "Planned":
    from closeout.workload.hiring_run import plan_hiring  # noqa: PLC0415 - numpy and scipy, only when asked

    if folder is None:
        raise refusal(VERB, "give a snapshot's folder; `closeout example --out DIR` makes one to try")
    try:
        rules, snapshot = load_pack(pack), open_snapshot(folder)
        with closing(connect()) as engine, Console(stderr=True).status("Reading") as status:
            day = as_of or snapshot.as_of
            draws, seed = chance
            told: Any = status.update
            return plan_hiring(
                engine, snapshot, rules, day, office, limits, parameters, draws=draws, seed=seed, told=told
            )
    except PackError as error:
        raise refusal(VERB, str(error.faults[0])) from error
    except SnapshotError as error:
        raise refusal(VERB, str(error)) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error
