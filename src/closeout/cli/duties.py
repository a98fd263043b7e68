"""`closeout duties`: what an agency owes, by when, on which rule, and whether it was done."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from closeout.cli.duties_asked import Answer, Wanted, answered, asked_of
from closeout.cli.opening import opened
from closeout.cli.options import DAYS, EMBEDDED, EngineAddress, JudgeOn, MaybeFolder, PackFolder
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.explain import NoInstanceError
from closeout.duties.listing import CursorError, Filters
from closeout.duties.pack import check_pack
from closeout.duties.run import open_tables
from closeout.engines import EngineError, connect

if TYPE_CHECKING:
    from closeout.duties.clauses import Pack
    from closeout.records.snapshot import Snapshot

VERB = "duties"
_OUT_KINDS = (".parquet", ".csv")


def duties(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: MaybeFolder = None,
    pack: PackFolder = None,
    as_of: JudgeOn = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only this duty; may be given again.")] = None,
    office: Annotated[str, typer.Option(help="Only what this office owes.")] = "",
    officer: Annotated[str, typer.Option(help="Only what this officer owes.")] = "",
    case: Annotated[str, typer.Option(help="Only what is owed in this case.")] = "",
    state: Annotated[list[str] | None, typer.Option(help="Only in this state; may be given again.")] = None,
    is_list: Annotated[
        bool, typer.Option("--list/--summary", help="Each instance by due date, or how many there are.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Instances shown.")] = 50,
    after: Annotated[str, typer.Option(help="Go on after the page that ended with this.")] = "",
    why: Annotated[
        tuple[str, str],
        typer.Option(metavar="DUTY SUBJECT", help="Explain one instance; SUBJECT#2 is its second."),
    ] = ("", ""),
    compare: Annotated[
        datetime | None, typer.Option(formats=DAYS, help="Say what changed between two days.")
    ] = None,
    is_statistics: Annotated[
        bool, typer.Option("--statistics", help="Timeliness, currency and backlog of each duty.")
    ] = False,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=DAYS,
            help="With --statistics: the period's first day.",
            show_default="a year back",
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--to",
            formats=DAYS,
            help="With --statistics: its last day.",
            show_default="the as-of day",
        ),
    ] = None,
    is_sql: Annotated[
        bool, typer.Option("--sql", help="Print the statements instead of running them.")
    ] = False,
    engine: EngineAddress = EMBEDDED,
    out: Annotated[
        Path | None, typer.Option(help="Write every instance to this file: .parquet or .csv.")
    ] = None,
    is_check: Annotated[
        bool, typer.Option("--check-pack", help="Only say what is wrong with the rules.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Work out what a snapshot's offices owe on a day, and how each duty stands.

    A summary by duty and state unless something else is asked for. Lists stand in the order of due date
    and duty. Duties whose rule was not in force are counted apart.
    """
    if is_check:
        _checked(pack, as_json=as_json)
        return
    snapshot, rules = opened(VERB, folder, pack)
    _check_out(out)
    filters = Filters(tuple(kind or ()), office, officer, case, tuple(state or ()))
    wanted = Wanted(
        is_list=is_list,
        limit=limit,
        after=after,
        why=why,
        compare=_day(compare),
        is_statistics=is_statistics,
        since=_day(since),
        until=_day(until),
        is_sql=is_sql,
        out=out,
    )
    answer = _answer(engine, snapshot, rules, _day(as_of) or snapshot.as_of, filters, wanted)
    if as_json:
        print_json(answer.plain)
    else:
        answer.show(console())


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _checked(pack: Path | None, *, as_json: bool) -> None:
    found = check_pack(pack)
    if as_json:
        print_json({"faults": found})
    elif found:
        for line in found:
            typer.echo(line)
    else:
        typer.echo("The rules are sound.")
    if found:
        raise typer.Exit(FAILED)


def _check_out(out: Path | None) -> None:
    if out is not None and out.suffix not in _OUT_KINDS:
        raise refusal(VERB, f"{out} must end in {' or '.join(_OUT_KINDS)}")
    if out is not None and not out.absolute().parent.is_dir():
        raise refusal(VERB, f"there is no folder {out.parent} to write {out.name} into")


def _answer(
    address: str, snapshot: "Snapshot", rules: "Pack", as_of: date, filters: Filters, wanted: Wanted
) -> Answer:
    try:
        with closing(connect(address)) as engine:
            asked = asked_of(engine, rules, open_tables(engine, snapshot), as_of, filters, wanted)
            found = answered(engine, rules, asked, wanted)
            return replace(found, plain={"as_of": as_of, "pack": rules.name, **found.plain})
    except (NoInstanceError, CursorError, LookupError) as error:
        raise refusal(VERB, str(error.args[0] if error.args else error)) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error
    except OSError as error:
        raise refusal(VERB, f"{wanted.out or snapshot.folder} cannot be written: {error}", FAILED) from error
