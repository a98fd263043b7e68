"""`closeout study`: plan a time study, check what was recorded, and turn it into minutes per duty."""

from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from closeout.cli.opening import faults
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.faults import PackError
from closeout.duties.pack import load_pack
from closeout.engines import EngineError, connect
from closeout.records.snapshot import SnapshotError, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.cli.study_asked import Opened

VERB = "study"
app = typer.Typer(
    no_args_is_help=True, help="Plan time studies, check them, and take minutes per duty from them."
)

_Folder = Annotated[Path, typer.Argument(help="A snapshot's folder.")]
_Pack = Annotated[Path | None, typer.Option(help="The rules; those that come with Closeout if left out.")]
_AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="The day to stand on.", show_default="the snapshot's own day"
    ),
]
_Engine = Annotated[str, typer.Option(help="Where to compute: duckdb:// or spark://host:port.")]
_Offices = Annotated[list[str] | None, typer.Option("--office", help="Only this office; may be given again.")]


@app.command()
def plan(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: _Folder,
    code: Annotated[str, typer.Option(help="What entries are to call the study, such as STUDY-2027.")],
    from_on: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="In its first week.")],
    officers: Annotated[int, typer.Option(help="How many officers to ask, over all offices.")] = 200,
    weeks: Annotated[int, typer.Option(help="Weeks each officer records, one after the other.")] = 2,
    rounds: Annotated[int, typer.Option(help="Rounds spread over a year; each officer is in one.")] = 4,
    moments: Annotated[
        int, typer.Option(help="Ask at this many moments a week drawn by chance, instead of for a diary.")
    ] = 0,
    office: _Offices = None,
    role: Annotated[list[str] | None, typer.Option(help="Only this role; may be given again.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed asks the same officers.")] = 1,
    aim: Annotated[float, typer.Option(help="Half the 90 % interval aimed at, in percent.")] = 10.0,
    response: Annotated[float, typer.Option(help="Percent of those asked who will record.")] = 70.0,
    out: Annotated[
        Path | None, typer.Option(help="A new folder for the sample and the empty diaries.")
    ] = None,
    pack: _Pack = None,
    engine: _Engine = "duckdb://",
    as_json: AsJson = False,
) -> None:
    """Draw whom to ask for which weeks, by office and unit over the seasons.

    The studies the snapshot has serve as a pilot: they say how many officers each activity needs. With --out
    the sample, the study's row and an empty diary are written as CSV, ready to be filled and checked.
    """
    from closeout.cli import study_asked as asked  # noqa: PLC0415 - heavy, and only when used
    from closeout.cli import study_show as show  # noqa: PLC0415
    from closeout.workload.study.plan import PlanError  # noqa: PLC0415

    with _opened(folder, pack, engine, None) as opened:
        try:
            wanted = asked.wanted(
                code,
                from_on.date(),
                officers,
                weeks,
                rounds,
                moments,
                tuple(office or ()),
                tuple(role or ()),
                seed,
            )
            found = asked.planned(opened, wanted, aim / 100, response / 100)
            files = asked.write_plan(found, out, opened.activities) if out else []
        except (PlanError, ValueError) as error:
            raise refusal(VERB, str(error)) from error
        except OSError as error:
            raise refusal(VERB, f"{out} cannot be written: {error}", FAILED) from error
    _said(found.plain() | {"files": files}, lambda: show.print_plan(console(), found, files), as_json=as_json)


@app.command()
def check(
    folder: _Folder,
    out: Annotated[Path | None, typer.Option(help="Write the refused entries to this CSV file.")] = None,
    pack: _Pack = None,
    engine: _Engine = "duckdb://",
    as_json: AsJson = False,
) -> None:
    """Check what was recorded: response by study and office, entries refused and why, weeks to look at.

    The exit code is 1 when an entry was refused; the rest can be used all the same.
    """
    from closeout.cli import study_asked as asked  # noqa: PLC0415 - heavy, and only when used
    from closeout.cli import study_show as show  # noqa: PLC0415

    with _opened(folder, pack, engine, None) as opened:
        found = asked.checked(opened)
    if out is not None:
        try:
            found.refused.write_csv(out)
        except OSError as error:
            raise refusal(VERB, f"{out} cannot be written: {error}", FAILED) from error
    _said(asked.plain_check(found), lambda: show.print_check(console(), found), as_json=as_json)
    if found.refused.height:
        raise typer.Exit(FAILED)


@app.command()
def weights(
    folder: _Folder,
    office: Annotated[str, typer.Option(help="What holds in this office; the nation's if left out.")] = "",
    activity: Annotated[
        list[str] | None, typer.Option(help="Only this activity; may be given again.")
    ] = None,
    is_adjusted: Annotated[
        bool, typer.Option("--adjusted", help="Minutes as they should be, not as observed.")
    ] = False,
    as_of: _AsOf = None,
    pack: _Pack = None,
    engine: _Engine = "duckdb://",
    as_json: AsJson = False,
) -> None:
    """Show the minutes of each activity with its 90 % interval, grade, expiry, and what it rests on.

    Grade A: a diary with at least 80 % response, at most three years old; B: 50 to 80 %, or up to five
    years; C: pooled from other offices; D: experts' range. Without a figure, the reason stands there.
    """
    from closeout.cli import study_asked as asked  # noqa: PLC0415 - heavy, and only when used
    from closeout.cli import study_show as show  # noqa: PLC0415

    with _opened(folder, pack, engine, as_of) as opened:
        try:
            rows, use = asked.weighed(opened, office, activity or [], is_adjusted=is_adjusted)
        except LookupError as error:
            raise refusal(VERB, str(error.args[0])) from error
    plain = {
        "as_of": opened.as_of,
        "office": office or None,
        "weights": [asked.plain_weight(one) for one in rows],
    }
    _said(plain | {"time_use": use}, lambda: show.print_weights(console(), rows, use), as_json=as_json)


@app.command()
def adjust(
    folder: _Folder,
    as_of: _AsOf = None,
    pack: _Pack = None,
    engine: _Engine = "duckdb://",
    as_json: AsJson = False,
) -> None:
    """Show what officers say of their time, what panels ended with, and what was decided on it.

    Fewer than ten answers are not shown, so that nobody's can be told. An adjustment counts once a second
    person has approved it; observed minutes are never overwritten.
    """
    from closeout.cli import study_asked as asked  # noqa: PLC0415 - heavy, and only when used
    from closeout.cli import study_show as show  # noqa: PLC0415

    with _opened(folder, pack, engine, as_of) as opened:
        found = asked.adjusting(opened)
    _said(found, lambda: show.print_adjusting(console(), found), as_json=as_json)


@app.command()
def backtest(
    folder: _Folder,
    band: Annotated[
        float, typer.Option(help="Percent by which minutes may be off before it is drift.")
    ] = 10.0,
    pack: _Pack = None,
    engine: _Engine = "duckdb://",
    as_json: AsJson = False,
) -> None:
    """Compare the minutes recorded each month with what the weights of earlier diaries predict.

    The exit code is 1 when all activities together have drifted in the last month that can be assessed.
    """
    from closeout.cli import study_asked as asked  # noqa: PLC0415 - heavy, and only when used
    from closeout.cli import study_show as show  # noqa: PLC0415

    if not 0 < band < 100:  # noqa: PLR2004 - percent
        raise refusal(VERB, f"--band is a percentage above 0 and below 100, such as 10, not {band:g}")
    with _opened(folder, pack, engine, None) as opened:
        found = asked.tested(opened, band / 100)
    _said(
        [asked.plain_test(one) for one in found], lambda: show.print_tests(console(), found), as_json=as_json
    )
    if asked.has_drifted(found):
        raise typer.Exit(FAILED)


@contextmanager
def _opened(folder: Path, pack: Path | None, address: str, as_of: datetime | None) -> "Iterator[Opened]":
    """Yield the snapshot's tables and the activities; refuse what cannot be opened."""
    from closeout.cli.study_asked import opened  # noqa: PLC0415 - heavy, and only when used
    from closeout.workload.activities import misfits  # noqa: PLC0415 - as above

    try:
        snapshot, rules = open_snapshot(folder), load_pack(pack)
        day: date = as_of.date() if as_of else snapshot.as_of
        with closing(connect(address)) as engine:
            for misfit in misfits(rules):
                typer.echo(f"closeout {VERB}: {misfit}; set aside", err=True)
            yield opened(engine, snapshot, rules, day)
    except PackError as error:
        raise faults(VERB, error) from error
    except SnapshotError as error:
        raise refusal(VERB, str(error)) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error


def _said(plain: Any, to_people: Any, *, as_json: bool) -> None:  # noqa: ANN401 - JSON, and a function
    if as_json:
        print_json(plain)
    else:
        to_people()
