"""`closeout simulate`: the share of each duty done on time, at a caseload or under a scenario."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from closeout.cli import simulate_show as show
from closeout.cli.options import IsAdjusted, MaybeFolder, PackFolder
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.faults import PackError
from closeout.duties.pack import load_pack
from closeout.engines import EngineError, connect
from closeout.records.snapshot import SnapshotError, open_snapshot
from closeout.workload.parameters import ParameterError, Parameters

if TYPE_CHECKING:
    from closeout.simulation.curve import Target
    from closeout.simulation.model import OfficeModel
    from closeout.simulation.scenario import Scenario

VERB = "simulate"
_Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for, once the offices are there."""

    office: str
    replications: int
    seed: int
    precision: float | None
    is_curve: bool
    caseloads: tuple[int, ...]
    target: "Target"
    scenarios: "tuple[Scenario, ...]"


def simulate(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: MaybeFolder = None,
    office: Annotated[str, typer.Option(help="Simulate this office.")] = "",
    is_nation: Annotated[bool, typer.Option("--nation", help="Simulate every office.")] = False,
    scenario: Annotated[
        list[Path] | None, typer.Option(help="Compare with this scenario's file; may be given again.")
    ] = None,
    is_curve: Annotated[
        bool, typer.Option("--curve", help="Find the largest caseload that meets the target.")
    ] = False,
    caseload: Annotated[
        list[int] | None, typer.Option(min=1, help="With --curve: try this caseload; may be given again.")
    ] = None,
    target: Annotated[float, typer.Option(help="With --curve: share of duties on time, 0 to 1.")] = 0.95,
    probability: Annotated[
        float, typer.Option(help="With --curve: share of years in which it is met.")
    ] = 0.8,
    duty: Annotated[str, typer.Option(help="With --curve: only this duty is to meet it.")] = "",
    replications: Annotated[int, typer.Option(min=1, max=10_000, help="Years simulated.")] = 30,
    precision: Annotated[
        float | None,
        typer.Option(
            min=0.0001, max=0.5, help="Go on until the share on time is known to plus or minus this."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same figures.")] = 1,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help="The first day counted.",
            show_default="the day after the snapshot's",
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=3_700, help="Days counted.")] = 365,
    warm_up: Annotated[int, typer.Option(min=0, max=3_700, help="Days simulated before them.")] = 60,
    support: Annotated[
        float | None, typer.Option(help="Share of time for work that is no case, 0 to 1.")
    ] = None,
    has_cover: Annotated[
        bool, typer.Option("--cover/--no-cover", help="Whether colleagues cover who is away.")
    ] = True,
    has_backlog: Annotated[
        bool,
        typer.Option("--backlog/--no-backlog", help="Whether to begin with what the records say is overdue."),
    ] = True,
    is_adjusted: IsAdjusted = False,
    pack: PackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Run an office's or the nation's duty calendar many times over, and say what was done on time.

    With --scenario the changed office runs on the same chances as the base, and differences are shown with
    their intervals. With --curve the caseload is varied at the present mix.
    """
    if bool(office) == is_nation:
        raise refusal(VERB, "give either --office CODE or --nation")
    if is_nation and is_curve:
        raise refusal(VERB, "the curve is an office's; give --office CODE with --curve")
    from closeout.simulation.inputs import Asked  # noqa: PLC0415 - loads the compiler

    wanted = _Wanted(
        office,
        replications,
        seed,
        precision,
        is_curve,
        tuple(caseload or ()),
        _target(target, probability, duty),
        _scenarios(scenario or []),
    )
    parameters = _parameters(support, is_adjusted=is_adjusted)
    start = since.date() if since else None
    models, lacking, faults = _offices(
        folder,
        pack,
        parameters,
        lambda as_of: Asked(start or as_of + timedelta(days=1), days, warm_up, has_cover, has_backlog),
    )
    found = _found(models, lacking, wanted) | {"set_aside": faults}
    if as_json:
        print_json(found)
    else:
        show.answer(console(), found)


def _parameters(support: float | None, *, is_adjusted: bool) -> Parameters:
    from closeout.workload.weights import Kind  # noqa: PLC0415 - with its room

    kind = Kind.ADJUSTED if is_adjusted else Kind.OBSERVED
    try:
        return Parameters(kind=kind) if support is None else Parameters(kind=kind, support_share=support)
    except ParameterError as error:
        raise refusal(VERB, f"{error}; --support is a share here: write 15 % as 0.15") from error


def _target(share: float, probability: float, duty: str) -> "Target":
    from closeout.simulation.curve import Target  # noqa: PLC0415 - as above
    from closeout.simulation.model import ModelError  # noqa: PLC0415

    try:
        return Target(share, probability, duty)
    except ModelError as error:
        raise refusal(VERB, str(error)) from error


def _scenarios(paths: list[Path]) -> "tuple[Scenario, ...]":
    from closeout.simulation.read_scenario import ScenarioError, read_scenario  # noqa: PLC0415 - as above

    try:
        return tuple(read_scenario(path) for path in paths)
    except ScenarioError as error:
        for fault in error.faults[1:]:
            typer.echo(str(fault), err=True)
        raise refusal(VERB, str(error.faults[0])) from error


def _offices(
    folder: Path | None, pack: Path | None, parameters: Parameters, asked: Callable[[date], Any]
) -> "tuple[dict[str, OfficeModel], dict[str, str], list[str]]":
    from closeout.cli.set_aside import rows_set_aside  # noqa: PLC0415 - as above
    from closeout.simulation.inputs import read_offices  # noqa: PLC0415

    if folder is None:
        raise refusal(VERB, "give a snapshot's folder; `closeout example --out DIR` makes one to try")
    try:
        rules, snapshot = load_pack(pack), open_snapshot(folder)
        with closing(connect()) as engine, Console(stderr=True).status("Reading") as status:
            day = snapshot.as_of
            models, lacking = read_offices(
                engine, snapshot, rules, day, parameters, asked=asked(day), told=status.update
            )
            return models, lacking, rows_set_aside(engine, snapshot, rules, parameters)
    except PackError as error:
        raise refusal(VERB, str(error.faults[0])) from error
    except SnapshotError as error:
        raise refusal(VERB, str(error)) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error


def _found(models: "dict[str, OfficeModel]", lacking: dict[str, str], wanted: _Wanted) -> dict[str, Any]:
    from closeout.simulation.model import ModelError  # noqa: PLC0415 - as above

    if wanted.office and wanted.office not in models:
        known = f"there is no office {wanted.office}; there are {', '.join(sorted({*models, *lacking}))}"
        raise refusal(VERB, lacking.get(wanted.office, known))
    if not models:
        raise _nothing(lacking)
    try:
        for scenario in wanted.scenarios:
            scenario.check_offices(sorted({*models, *lacking}), wanted.office)
        with _progress() as told:
            return _answer(models, wanted, told) | {"not_simulated": lacking if not wanted.office else {}}
    except ModelError as error:
        raise refusal(VERB, str(error)) from error


def _nothing(lacking: dict[str, str]) -> typer.Exit:
    """Say why no office can be simulated, a line for each; return what to raise."""
    if not lacking:
        return refusal(VERB, "the snapshot has no offices with work or officers; give one that has", FAILED)
    for why in lacking.values():
        typer.echo(why, err=True)
    return refusal(VERB, f"no office can be simulated: see above for each of {len(lacking):,}", FAILED)


def _answer(models: "dict[str, OfficeModel]", wanted: _Wanted, told: _Told) -> dict[str, Any]:
    from closeout.simulation.compare import compare, compare_nation  # noqa: PLC0415 - as above
    from closeout.simulation.replications import simulate as run  # noqa: PLC0415
    from closeout.simulation.replications import simulate_nation  # noqa: PLC0415

    if wanted.is_curve:
        return _curve(models[wanted.office], wanted, told)
    if not wanted.office:
        offices = list(models.values())
        nation = simulate_nation(offices, wanted.replications, wanted.seed, told=told)
        compared = [compare_nation(offices, one, nation, told=told) for one in wanted.scenarios]
        return {"outcome": nation.plain(), "comparisons": [one.plain() for one in compared]}
    model = models[wanted.office]
    base = run(model, wanted.replications, wanted.seed, precision=wanted.precision, told=told)
    found = [compare(model, one, seed=wanted.seed, found=base, told=told) for one in wanted.scenarios]
    return {"outcome": base.plain(), "comparisons": [one.plain() for one in found]}


def _curve(model: "OfficeModel", wanted: _Wanted, told: _Told) -> dict[str, Any]:
    from closeout.simulation.curve import curve  # noqa: PLC0415 - as above

    curves = []
    for scenario in (None, *wanted.scenarios):
        changed = model if scenario is None else scenario.apply(model)
        found = curve(
            changed,
            wanted.target,
            wanted.caseloads,
            replications=wanted.replications,
            seed=wanted.seed,
            told=told,
        )
        curves.append({"scenario": scenario and scenario.plain()} | found.plain())
    return {"curves": curves}


@contextmanager
def _progress() -> Iterator[_Told]:
    """Give what is to be told of each run; shown on the error stream where a person looks on."""
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        bar = progress.add_task("Simulating")
        yield lambda done, total: progress.update(bar, completed=done, total=total)
