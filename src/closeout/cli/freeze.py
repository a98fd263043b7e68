"""`closeout freeze`: keep results as evidence that anyone can verify."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from closeout.cli.opening import (
    assumptions,
    check_hiring,
    declared_measures,
    hiring_asked,
    named_measure,
    opened,
    tell_day,
)
from closeout.cli.options import (
    DAYS,
    EMBEDDED,
    OCCUPANCY,
    SEED,
    SUPPORT,
    Draws,
    EngineAddress,
    Folder,
    HiringFile,
    IsAdjusted,
    IsWithoutHidden,
    Occupancy,
    PackFolder,
    Seed,
    StandOn,
    Support,
)
from closeout.cli.store import FAILED, AsJson, print_json, refusal
from closeout.engines import EngineError, connect
from closeout.evidence.freezing import (
    VERDICTS,
    FreezeError,
    FrozenError,
    Hashes,
    StaffingAsked,
    Wanted,
    answers,
    write_frozen,
)
from closeout.evidence.freezing import freeze as frozen_result
from closeout.evidence.freezing.answers import lies_elsewhere
from closeout.evidence.freezing.freeze import check_records, entries_in
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from closeout.duties.clauses import Pack
    from closeout.evidence.freezing import Answer, Frozen
    from closeout.evidence.measures.measure import Measure
    from closeout.evidence.measures.read import Declared
    from closeout.records.snapshot import Snapshot

VERB = "freeze"
_NOTHING = (
    "say what to freeze: --measure CODE, --all, --verdict NAME, --verdicts, --duties, --staffing or "
    "--hiring FILE"
)


def freeze(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: Folder,
    out: Annotated[
        Path, typer.Option("--out", help="The folder for the frozen results; nothing is overwritten.")
    ],
    measure: Annotated[
        list[str] | None, typer.Option(help="Freeze this measure; may be given again.")
    ] = None,
    is_all: Annotated[
        bool, typer.Option("--all", help="Freeze every measure that the records give.")
    ] = False,
    verdict: Annotated[
        list[str] | None,
        typer.Option(help="Freeze this verdict of `closeout analyze` as well; may be given again."),
    ] = None,
    has_verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Freeze every verdict that the records give as well.")
    ] = False,
    has_duties: Annotated[
        bool, typer.Option("--duties", help="Freeze how many duties stood in each state as well.")
    ] = False,
    has_staffing: Annotated[
        bool, typer.Option("--staffing", help="Freeze demand, hours, need and gap by office as well.")
    ] = False,
    hiring: HiringFile = None,
    as_of: StandOn = None,
    effective_on: Annotated[
        datetime | None,
        typer.Option(
            formats=DAYS, help="The day from which the result is in effect.", show_default="the as-of day"
        ),
    ] = None,
    is_exact: Annotated[
        bool, typer.Option("--exact", help="Keep counts of 1 to 10, for readers who may see them.")
    ] = False,
    draws: Draws = 0,
    seed: Seed = SEED,
    is_adjusted: IsAdjusted = False,
    support: Support = SUPPORT,
    occupancy: Occupancy = OCCUPANCY,
    is_without_hidden: IsWithoutHidden = False,
    pack: PackFolder = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Keep measures as evidence: each with its query, parameters, versions and digests.

    Verdicts, duties in numbers and staffing are kept alike; draws, minutes, support and occupancy are about
    staffing. A hiring plan takes all it assumes from its file.

    Small counts are withheld, with those that would give them away, unless `--exact` is given. `closeout
    verify` works the results out again, on any machine that has the snapshot.
    """
    snapshot, rules = opened(VERB, folder, pack)
    run = assumptions(VERB, support, occupancy, is_adjusted=is_adjusted, is_without_hidden=is_without_hidden)
    declared = declared_measures(VERB, pack, rules)
    wanted = Wanted(
        measures=_measures(declared, measure or [], is_all=is_all),
        verdicts=_verdicts(verdict or [], snapshot, has_all=has_verdicts),
        has_duties=has_duties,
        staffing=StaffingAsked(run, draws, seed) if has_staffing else None,
        hiring=hiring_asked(VERB, hiring),
        is_exact=is_exact,
    )
    if not (wanted.measures or wanted.verdicts or has_duties or has_staffing or wanted.hiring):
        raise refusal(VERB, _NOTHING)
    day = as_of.date() if as_of else snapshot.as_of
    since = effective_on.date() if effective_on else day
    _check_out(out)
    check_hiring(VERB, wanted.hiring, snapshot, day)
    tell_day(VERB, snapshot, day)
    try:
        frozen = _frozen(engine, snapshot, rules, wanted, day, since)
        digest = write_frozen(out, frozen)
    except (FreezeError, FrozenError, EngineError, OSError) as error:
        raise refusal(VERB, str(error), FAILED) from error
    except (LookupError, ValueError) as error:
        raise refusal(VERB, " ".join(str(error.args[0]).split()), FAILED) from error
    _say(out, frozen, digest, day, as_json=as_json)
    if declared.faults:
        raise typer.Exit(FAILED)


def _frozen(
    address: str, snapshot: "Snapshot", rules: "Pack", wanted: Wanted, day: date, since: date
) -> "list[Frozen]":
    errors = Console(stderr=True)
    with errors.status("opening") as status, closing(connect(address)) as engine:
        hashes = Hashes(told=status.update)
        check_records(snapshot, wanted.reads(snapshot, rules), hashes)
        found = answers(engine, snapshot, rules, wanted, day, told=status.update)
        return [_sealed(one, snapshot, hashes, engine.name, since) for one in found]


def _sealed(answer: "Answer", snapshot: "Snapshot", hashes: Hashes, engine: str, since: date) -> "Frozen":
    return frozen_result(
        answer,
        snapshot=snapshot,
        hashes=hashes,
        engine=engine,
        effective_on=since,
        frozen_at=datetime.now(UTC).replace(microsecond=0),
    )


def _check_out(out: Path) -> None:
    try:
        entries_in(out)
    except (FreezeError, FrozenError) as error:
        raise refusal(VERB, str(error)) from error


def _measures(declared: "Declared", codes: list[str], *, is_all: bool) -> "tuple[Measure, ...]":
    if is_all:
        return tuple(one for one in declared.measures if not lies_elsewhere(one.over))
    found = [named_measure(VERB, code, declared) for code in dict.fromkeys(codes)]
    for one in found:
        if lies_elsewhere(one.over):
            raise refusal(VERB, f"{one.code} lies in no table of the records, so they cannot show it again")
    return tuple(found)


def _verdicts(codes: list[str], snapshot: "Snapshot", *, has_all: bool) -> tuple[str, ...]:
    for code in codes:
        if code not in VERDICTS:
            raise refusal(VERB, f"there is no verdict {code}; there are {', '.join(VERDICTS)}")
    if has_all:
        return tuple(code for code, one in VERDICTS.items() if one.is_given_by(snapshot.manifest.tables))
    return tuple(dict.fromkeys(codes))


def _say(out: Path, frozen: "list[Frozen]", digest: str, day: date, *, as_json: bool) -> None:
    if as_json:
        results = [
            {"id": one.id, "code": one.code, "title": one.title, "rows": len(one.rows)} for one in frozen
        ]
        print_json({"folder": str(out), "as_of": day, "digest": digest, "results": results})
        return
    for one in frozen:
        typer.echo(one.id)
    typer.echo(
        f"Froze {counted(len(frozen), 'result')} as of {day} in {out}. Note down the digest of its index:"
    )
    typer.echo(digest)
