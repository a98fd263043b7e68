"""`closeout analyze`: verdicts on contracts, inspections, training, traces, agreements and file reviews."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from closeout.cli.options import DAYS, EMBEDDED, EngineAddress
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.reading.countwords import agreeing, counted, some_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.cli.analyze_show import Shown
    from closeout.engines import Engine
    from closeout.records.checking.report import FileReport
    from closeout.records.snapshot import Snapshot

VERB = "analyze"
app = typer.Typer(
    no_args_is_help=True,
    help="Say what contracts, inspections, training, traces, agreements and reviews show and what not.",
)
_OUT_KINDS = (".csv", ".json")
_SAME = ("the same", "another", "an earlier")
"""How mappings begin to say that a row is only listed again: nothing is lost with it."""

_Folder = Annotated[
    Path,
    typer.Argument(help="A snapshot's folder, or with --mapping a folder or file of other people's tables."),
]
_AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=DAYS,
        help="The day to stand on.",
        show_default="the snapshot's own day; today with --mapping",
    ),
]
_Mapping = Annotated[
    Path | None, typer.Option(help="A mapping file, or a folder of them: check the tables first.")
]
_Out = Annotated[Path | None, typer.Option(help="Write all of it to this file: .csv or .json.")]


@app.command()
def standards(
    folder: _Folder,
    as_of: _AsOf = None,
    mapping: _Mapping = None,
    out: _Out = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Judge each standard of a contract in each period against its acceptable quality level."""
    _analyze("standards", folder, as_of, mapping, out, engine, as_json=as_json)


@app.command()
def deficiencies(
    folder: _Folder,
    as_of: _AsOf = None,
    mapping: _Mapping = None,
    out: _Out = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Compare facilities by deficiencies per component, and follow each over time."""
    _analyze("deficiencies", folder, as_of, mapping, out, engine, as_json=as_json)


@app.command()
def training(
    folder: _Folder,
    as_of: _AsOf = None,
    mapping: _Mapping = None,
    out: _Out = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Count who had to be trained on a day, and of how many the attendance is on file."""
    _analyze("training", folder, as_of, mapping, out, engine, as_json=as_json)


@app.command()
def traces(
    folder: _Folder,
    as_of: _AsOf = None,
    mapping: _Mapping = None,
    out: _Out = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Show traced firearms by time from purchase to recovery, with what is still untraced."""
    _analyze("traces", folder, as_of, mapping, out, engine, as_json=as_json)


@app.command()
def agreements(
    folder: _Folder,
    as_of: _AsOf = None,
    mapping: _Mapping = None,
    out: _Out = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Compare the register of agreements with the public lists."""
    _analyze("agreements", folder, as_of, mapping, out, engine, as_json=as_json)


@app.command()
def reviews(
    folder: _Folder,
    as_of: _AsOf = None,
    mapping: _Mapping = None,
    out: _Out = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Show defects of case files by why they were taken, and whether two reviewers see the same."""
    _analyze("reviews", folder, as_of, mapping, out, engine, as_json=as_json)


def _analyze(
    what: str,
    folder: Path,
    as_of: datetime | None,
    mapping: Path | None,
    out: Path | None,
    engine: str,
    *,
    as_json: bool,
) -> None:
    from closeout.engines import EngineError, connect  # noqa: PLC0415 - heavy, and only where it is used
    from closeout.evidence.verdicts.reading import LacksTablesError  # noqa: PLC0415 - as above

    _check_out(out)
    day = as_of.date() if as_of else None
    try:
        with _snapshot(folder, mapping, day) as (snapshot, notes), closing(connect(engine)) as opened:
            shown = _shown(what, opened, snapshot, day or snapshot.as_of, notes)
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error
    except LacksTablesError as error:
        raise refusal(VERB, f"{folder}: {error.args[0]}") from error
    if out:
        _write(out, shown)
    if as_json:
        print_json(shown.plain)
    else:
        shown.show(console(), out)


def _shown(what: str, engine: "Engine", snapshot: "Snapshot", as_of: date, notes: list[str]) -> "Shown":
    from closeout.cli.analyze_show import SHOWS  # noqa: PLC0415 - it brings the statistics
    from closeout.duties.run import open_tables  # noqa: PLC0415 - as above

    return SHOWS[what](engine, open_tables(engine, snapshot), as_of, tuple(notes))


@contextmanager
def _snapshot(folder: Path, mapping: Path | None, day: date | None) -> Iterator[tuple["Snapshot", list[str]]]:
    """Give the snapshot in a folder, or one made from other people's tables and thrown away afterwards."""
    from closeout.records.snapshot import SnapshotError, open_snapshot  # noqa: PLC0415 - as above

    try:
        if mapping is None:
            snapshot = open_snapshot(folder)
            yield snapshot, _about_day(snapshot, day)
            return
        with TemporaryDirectory() as place:
            notes = _checked(folder, mapping, day, Path(place) / "snapshot")
            yield open_snapshot(Path(place) / "snapshot"), notes
    except SnapshotError as error:
        raise refusal(VERB, str(error)) from error


def _about_day(snapshot: "Snapshot", day: date | None) -> list[str]:
    if day is None or day <= snapshot.as_of:
        return []
    return [f"The records stand as of {snapshot.as_of}: what happened after that day is not in them."]


def _checked(folder: Path, mapping: Path, day: date | None, out: Path) -> list[str]:
    """Check tables through a mapping into a snapshot; return what was quarantined or left out, in words."""
    from closeout.records.checking.check import check  # noqa: PLC0415 - as above
    from closeout.records.checking.folder import CannotWriteError  # noqa: PLC0415 - as above
    from closeout.records.checking.sources import NothingToCheckError  # noqa: PLC0415 - as above
    from closeout.records.mapping import MappingError, load_mapping  # noqa: PLC0415 - as above

    if not mapping.exists():
        raise refusal(VERB, f"there is no mapping file {mapping}")
    try:
        given = load_mapping(mapping, beside=folder if folder.is_dir() else folder.parent)
        report = check(folder, as_of=day or _today(), mapping=given, out=out)
    except (MappingError, NothingToCheckError) as error:
        raise refusal(VERB, " ".join(str(error).split())) from error
    except CannotWriteError as error:
        raise refusal(VERB, " ".join(str(error).split()), FAILED) from error
    return [
        note
        for table in report.tables
        for note in _kept_apart(table.table, table.read, table.quarantined, table.files)
    ]


def _kept_apart(table: str, read: int, quarantined: int, files: "Sequence[FileReport]") -> Iterator[str]:
    """Yield what of a table takes no part in the analysis, a sentence each."""
    if quarantined:
        out = agreeing(
            quarantined, "was quarantined by the check and takes", "were quarantined by the check and take"
        )
        yield f"{table}: {some_of(quarantined, read, 'row')} {out} no part."
    for file in files:
        for reason, rows in file.left.left_out.items():
            if not reason.startswith(_SAME):
                takes = agreeing(rows, "takes", "take")
                yield f"{table}: {counted(rows, 'row')} of {file.taken.name} {takes} no part: {reason}."


def _check_out(out: Path | None) -> None:
    if out is not None and out.suffix not in _OUT_KINDS:
        raise refusal(VERB, f"{out} must end in {' or '.join(_OUT_KINDS)}")
    if out is not None and not out.absolute().parent.is_dir():
        raise refusal(VERB, f"there is no folder {out.parent} to write {out.name} into")


def _write(out: Path, shown: "Shown") -> None:
    from closeout.cli.analyze_out import as_csv, as_text  # noqa: PLC0415 - only where it is used

    try:
        out.write_text(as_csv(shown) if out.suffix == ".csv" else as_text(shown.plain), encoding="utf-8")
    except OSError as error:
        raise refusal(VERB, f"{out} cannot be written: {error.strerror}", FAILED) from error


def _today() -> date:
    return datetime.now().astimezone().date()
