"""`closeout measures`: what a pack measures over a snapshot, beside its targets."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from closeout.assess.emptiness import emptiness
from closeout.cli import measures_show as show
from closeout.cli.opening import declared_measures, named_measure, opened, tell_day
from closeout.cli.options import EMBEDDED, EngineAddress, Folder, JudgeOn, PackFolder
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.duties.listing import CursorError
from closeout.duties.run import open_tables
from closeout.engines import EngineError, connect
from closeout.evidence.freezing.hashing import Hashes
from closeout.evidence.freezing.staffing import Runs
from closeout.evidence.measures.declared import OverSource
from closeout.evidence.measures.run import measure_all
from closeout.evidence.measures.run_rows import rows_of
from closeout.evidence.measures.special import special
from closeout.evidence.measures.special_look import look
from closeout.evidence.suppression import suppress_measured
from closeout.records.snapshot import with_files, without_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure, Measured
    from closeout.evidence.measures.read import Declared
    from closeout.records.snapshot import Snapshot

VERB = "measures"


def measures(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: Folder,
    measure: Annotated[str, typer.Option(help="Only this measure, by office and period.")] = "",
    office: Annotated[str, typer.Option(help="Only what this office answers for.")] = "",
    is_rows: Annotated[
        bool, typer.Option("--rows", help="With --measure: the rows behind the figure, by day.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="With --rows: rows shown.")] = 50,
    after: Annotated[str, typer.Option(help="With --rows: go on after the page that ended with this.")] = "",
    is_why: Annotated[
        bool, typer.Option("--why", help="With --measure: its definition and the statement that ran.")
    ] = False,
    is_suppressed: Annotated[
        bool, typer.Option("--suppress", help="Withhold small counts, as for anything that is passed on.")
    ] = False,
    pack: PackFolder = None,
    as_of: JudgeOn = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Work out a pack's measures over a snapshot: each with its interval, what it rests on and its target.

    Measures stand in the order of the pack, offices in the order of their codes. What cannot be worked out
    says why and is never shown as zero.
    """
    if (is_rows or is_why) and not measure:
        raise refusal(VERB, "--rows and --why are about one measure; name it with --measure")
    if is_rows and is_suppressed:
        raise refusal(VERB, "--rows lists single rows, which --suppress withholds; give one of the two")
    snapshot, rules = opened(VERB, folder, pack, may_lack_files=True, may_be_short=True)
    declared = declared_measures(VERB, pack, rules)
    wanted = _wanted(declared, measure)
    day = as_of.date() if as_of else snapshot.as_of
    changed = _told_of(snapshot, day)
    snapshot = without_tables(with_files(snapshot), changed)
    notes = _empty(snapshot, rules, wanted)
    try:
        with closing(connect(engine)) as running:
            tables = open_tables(running, snapshot)
            _check_office(running, tables, office)
            if is_rows:
                answer = _rows(running, tables, rules, wanted[0], day, office, limit, after)
            else:
                answer = _figures(running, snapshot, rules, wanted, day, office, is_suppressed, is_why)
    except CursorError as error:
        raise refusal(VERB, str(error)) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error
    plain, printed = answer
    if as_json:
        print_json({"as_of": day, "pack": rules.name, **plain, "notes": notes})
    else:
        printed(console())
    if changed or declared.faults or rules.left_out:
        raise typer.Exit(FAILED)


def _told_of(snapshot: "Snapshot", day: date) -> "Collection[str]":
    """Say what sets the figures apart from those of the snapshot; return the tables that were changed."""
    changed = Hashes().changed(snapshot, snapshot.manifest.tables)
    for said in changed.values():
        typer.echo(f"closeout {VERB}: {said}; the table is left out", err=True)
    tell_day(VERB, snapshot, day)
    return changed


def _empty(snapshot: "Snapshot", rules: "Pack", wanted: "tuple[Measure, ...]") -> list[str]:
    """Say, and return, what the records hold nothing of although the measures wanted look for it."""
    duties = {duty for one in wanted for duty in one.duties}
    asked = replace(rules, clauses=tuple(clause for clause in rules.clauses if clause.duty in duties))
    notes = emptiness(snapshot, asked, wanted)
    for note in notes:
        typer.echo(f"closeout {VERB}: {note}", err=True)
    return notes


def _wanted(declared: "Declared", code: str) -> "tuple[Measure, ...]":
    if not declared.measures:
        raise refusal(VERB, "the pack has no measures; it declares them in measures.yaml")
    return (named_measure(VERB, code, declared),) if code else declared.measures


def _check_office(engine: "Engine", tables: "Mapping[str, ir.Table]", office: str) -> None:
    if not office or "offices" not in tables:
        return
    offices = engine.to_arrow(tables["offices"].select("office_id")).column(0).to_pylist()
    if office not in offices:
        raise refusal(VERB, f"there is no office {office}; there are {', '.join(sorted(offices))}")


def _rows(
    engine: "Engine",
    tables: "Mapping[str, ir.Table]",
    rules: "Pack",
    measure: "Measure",
    day: date,
    office: str,
    limit: int,
    after: str,
) -> "tuple[dict[str, object], Callable[[Console], None]]":
    page = rows_of(engine, tables, rules, measure, day, office=office or None, limit=limit, after=after)
    return show.rows_plain(measure, page), lambda out: show.rows(out, measure, page, day)


def _figures(
    engine: "Engine",
    snapshot: "Snapshot",
    rules: "Pack",
    wanted: "tuple[Measure, ...]",
    day: date,
    office: str,
    is_suppressed: bool,
    is_why: bool,
) -> "tuple[dict[str, object], Callable[[Console], None]]":
    errors = Console(stderr=True)
    with errors.status("Counting") as status:
        told = status.update if errors.is_terminal else lambda _text: None
        found = _measured(engine, snapshot, rules, wanted, day, told)
    if is_suppressed:
        found = suppress_measured(found)
    if len(wanted) == 1:
        one = found[0]
        return show.one_plain(one), lambda out: show.one(out, one, office, is_why=is_why)
    return show.all_plain(found, office), lambda out: show.every(out, found, office, day)


def _measured(
    engine: "Engine",
    snapshot: "Snapshot",
    rules: "Pack",
    wanted: "tuple[Measure, ...]",
    day: date,
    told: "Callable[[str], None]",
) -> "tuple[Measured, ...]":
    """Return every measure wanted, those that no query gives as far as records alone can tell."""
    found = measure_all(engine, snapshot, rules, wanted, day, told=told)
    if not any(isinstance(one.over, OverSource) for one in wanted):
        return found
    tables = open_tables(engine, snapshot)
    looked = look(engine, tables, rules, wanted, day, stands_on=snapshot.as_of, told=told)
    staffing = Runs(engine, snapshot, rules, day, told).measured(wanted)
    made = special(wanted, as_of=day, found=looked, staffing=staffing)
    others = {one.measure.code: one for one in made}
    return tuple(others.get(one.measure.code, one) for one in found)
