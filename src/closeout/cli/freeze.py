"""`closeout freeze`: keep results as evidence that anyone can verify."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from closeout.cli.store import FAILED, AsJson, print_json, refusal
from closeout.duties.faults import PackError
from closeout.duties.pack import load_pack
from closeout.duties.terms import near
from closeout.engines import EngineError, connect
from closeout.evidence.freezing import FreezeError, FrozenError, Hashes, answers, write_frozen
from closeout.evidence.freezing import freeze as frozen_result
from closeout.evidence.freezing.answers import lies_elsewhere
from closeout.evidence.freezing.freeze import check_records, entries_in
from closeout.evidence.freezing.recompute import tables_read
from closeout.evidence.measures.read import load_measures
from closeout.records.snapshot import SnapshotError, open_snapshot

if TYPE_CHECKING:
    from closeout.duties.clauses import Pack
    from closeout.evidence.freezing import Answer, Frozen
    from closeout.evidence.measures.measure import Measure
    from closeout.records.snapshot import Snapshot

VERB = "freeze"
_DAYS = ["%Y-%m-%d"]


def freeze(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: Annotated[Path, typer.Argument(help="A snapshot's folder.")],
    out: Annotated[
        Path, typer.Option("--out", help="The folder for the frozen results; nothing is overwritten.")
    ],
    measure: Annotated[
        list[str] | None, typer.Option(help="Freeze this measure; may be given again.")
    ] = None,
    is_all: Annotated[
        bool, typer.Option("--all", help="Freeze every measure that the records give.")
    ] = False,
    has_duties: Annotated[
        bool, typer.Option("--duties", help="Freeze how many duties stood in each state as well.")
    ] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", formats=_DAYS, help="The day to stand on.", show_default="the snapshot's own day"
        ),
    ] = None,
    effective_on: Annotated[
        datetime | None,
        typer.Option(
            formats=_DAYS, help="The day from which the result is in effect.", show_default="the as-of day"
        ),
    ] = None,
    is_exact: Annotated[
        bool, typer.Option("--exact", help="Keep counts of 1 to 10, for readers who may see them.")
    ] = False,
    pack: Annotated[
        Path | None, typer.Option(help="The rules; those that come with Closeout if left out.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Where to compute: duckdb:// or spark://host:port.")
    ] = "duckdb://",
    as_json: AsJson = False,
) -> None:
    """Keep measures as evidence: each with its query, parameters, versions and digests.

    Small counts are withheld, with those that would give them away, unless `--exact` is given. `closeout
    verify` works the results out again, on any machine that has the snapshot.
    """
    rules, snapshot = _opened(pack, folder)
    wanted = _wanted(pack, rules, measure, is_all=is_all, has_duties=has_duties)
    day = as_of.date() if as_of else snapshot.as_of
    since = effective_on.date() if effective_on else day
    _check_out(out)
    errors = Console(stderr=True)
    try:
        with errors.status("opening") as status, closing(connect(engine)) as opened:
            hashes = Hashes(told=status.update)
            check_records(snapshot, tables_read(snapshot, rules, wanted, has_duties=has_duties), hashes)
            found = answers(
                opened,
                snapshot,
                rules,
                wanted,
                day,
                has_duties=has_duties,
                is_exact=is_exact,
                told=status.update,
            )
            frozen = [_frozen(one, snapshot, hashes, opened.name, since) for one in found]
        digest = write_frozen(out, frozen)
    except (FreezeError, FrozenError) as error:
        raise refusal(VERB, str(error), FAILED) from error
    except (EngineError, OSError) as error:
        raise refusal(VERB, str(error), FAILED) from error
    _say(out, frozen, digest, day, as_json=as_json)


def _frozen(answer: "Answer", snapshot: "Snapshot", hashes: Hashes, engine: str, since: date) -> "Frozen":
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


def _opened(pack: Path | None, folder: Path) -> "tuple[Pack, Snapshot]":
    try:
        return load_pack(pack), open_snapshot(folder)
    except PackError as error:
        raise refusal(VERB, str(error.faults[0])) from error
    except SnapshotError as error:
        raise refusal(VERB, str(error)) from error


def _wanted(
    pack: Path | None, rules: "Pack", codes: list[str] | None, *, is_all: bool, has_duties: bool
) -> "list[Measure]":
    try:
        measures = load_measures(pack, rules)
    except PackError as error:
        raise refusal(VERB, str(error.faults[0])) from error
    if is_all:
        return [one for one in measures if not lies_elsewhere(one.over)]
    if not codes and not has_duties:
        raise refusal(VERB, "say what to freeze: --measure CODE, --all or --duties")
    known = {one.code: one for one in measures}
    for code in codes or ():
        if code not in known:
            raise refusal(VERB, f"there is no measure {code}.{near(code, list(known))}")
        if lies_elsewhere(known[code].over):
            raise refusal(VERB, f"{code} lies in no table of the records, so they cannot show it again")
    return [known[code] for code in dict.fromkeys(codes or ())]


def _say(out: Path, frozen: "list[Frozen]", digest: str, day: date, *, as_json: bool) -> None:
    if as_json:
        results = [
            {"id": one.id, "code": one.code, "title": one.title, "rows": len(one.rows)} for one in frozen
        ]
        print_json({"folder": str(out), "as_of": day, "digest": digest, "results": results})
        return
    for one in frozen:
        typer.echo(one.id)
    typer.echo(f"Froze {len(frozen)} results as of {day} in {out}. Note down the digest of its index:")
    typer.echo(digest)
