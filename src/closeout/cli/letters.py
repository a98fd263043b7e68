"""`closeout letters`: letters and reports of an assessment, written anew."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from closeout.cli.store import FAILED, AsJson, print_json, refusal

if TYPE_CHECKING:
    from closeout.engines import Engine
    from closeout.evidence.letters.stored import Stored

VERB = "letters"
LETTER, DIFFERENCES, MEMO, ANALYSIS, PARTNERS = "letter", "differences", "memo", "deficiencies", "partners"
KINDS = (LETTER, DIFFERENCES, MEMO, ANALYSIS, PARTNERS)
_FROM_RECORDS = frozenset({MEMO, ANALYSIS, PARTNERS})


def letters(  # noqa: PLR0913, PLR0917 - the options of a command
    folder: Annotated[Path, typer.Argument(help="The folder of an assessment.")],
    out: Annotated[Path, typer.Option(help="The folder to write to, made if need be.")],
    kind: Annotated[str, typer.Option(help=f"What to write: {', '.join(KINDS)}.")] = LETTER,
    recommendation: Annotated[
        str, typer.Option(help="The key of one recommendation, or the end of it; all if left out.")
    ] = "",
    template: Annotated[
        Path | None, typer.Option(help="An agency's own template of the letter (.docx).")
    ] = None,
    auditors_lists: Annotated[
        list[Path] | None,
        typer.Option("--auditors-list", help="For differences: CSV with report, recommendation, status."),
    ] = None,
    records: Annotated[
        Path | None, typer.Option(help="For reports from the records: the snapshot that was assessed.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="For partners: the fiscal year.")] = None,
    partner: Annotated[str, typer.Option(help="For partners: the code of one; all if left out.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write letters of an assessment from another template, and further reports from its records.

    Every letter is a draft: nobody signs here. Exit code 1 when something cannot be written, 2 when what is
    asked for is not there.
    """
    if kind not in KINDS:
        raise refusal(VERB, f"there is no kind {kind!r}; there are {', '.join(KINDS)}")
    said = _assessment(folder)
    if kind == LETTER:
        made = _letters(folder, recommendation, template)
    elif kind == DIFFERENCES:
        made = _differences(said, auditors_lists or [])
    else:
        made = _reports(kind, said, _records(folder, records), year, partner)
    with _one_line():
        written = [_write(out / name, data) for name, data in made]
    if as_json:
        print_json({"files": [str(path) for path in written]})
    else:
        for path in written:
            typer.echo(path)


def _assessment(folder: Path) -> dict[str, Any]:
    """Return what an assessment's folder says."""
    import json  # noqa: PLC0415 - nothing is read where the options are wrong

    path = folder / "assessment.json"
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        date.fromisoformat(said["as_of"])
    except FileNotFoundError:
        raise refusal(VERB, f"{folder} holds no assessment; `closeout assess` makes one") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise refusal(VERB, f"{path} cannot be read as an assessment: {error}") from None
    return said


def _letters(folder: Path, key: str, template: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield the letters of one or of all recommendations, from what was kept of them."""
    from closeout.evidence.letters.closeout_word import filled  # noqa: PLC0415 - takes a second to load
    from closeout.evidence.letters.pdf import to_pdf  # noqa: PLC0415 - as above

    for name, stored in _chosen(folder, key):
        yield f"{name}/closeout-letter.pdf", to_pdf(stored.paper)
        yield f"{name}/closeout-letter.docx", filled(stored.fields, stored.paper.as_of, template)


def _chosen(folder: Path, key: str) -> list[tuple[str, "Stored"]]:
    from closeout.evidence.letters.stored import KEPT, read_kept  # noqa: PLC0415 - as above
    from closeout.evidence.letters.write import RECOMMENDATIONS  # noqa: PLC0415 - as above

    with _one_line():
        found = [
            (path.parent.name, read_kept(path)) for path in sorted(folder.glob(f"{RECOMMENDATIONS}/*/{KEPT}"))
        ]
    if not found:
        raise refusal(VERB, f"{folder} holds no letters; run `closeout assess` without --no-letters")
    wanted = key.replace(" ", "/").strip("/").casefold()
    if not wanted:
        return found
    exact = [each for each in found if each[1].key.casefold() == wanted]
    ending = exact or [each for each in found if each[1].key.casefold().endswith(f"/{wanted}")]
    if len(ending) == 1:
        return ending
    if ending:
        keys = ", ".join(stored.key for _, stored in ending)
        raise refusal(VERB, f"{key!r} fits several: {keys}")
    keys = ", ".join(stored.key for _, stored in found)
    raise refusal(VERB, f"there is no recommendation {key!r}; there are {keys}")


def _differences(said: Mapping[str, Any], paths: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the differences of the register from the auditors' own lists."""
    from closeout.evidence.letters.act_tables import differences_xlsx, read_auditors_lists  # noqa: PLC0415 - as above

    if not paths:
        raise refusal(VERB, "differences need --auditors-list FILE, the auditor's own list")
    with _one_line():
        yield "differences.xlsx", differences_xlsx(said, read_auditors_lists(paths))


def _records(folder: Path, records: Path | None) -> Path:
    """Return the snapshot that was assessed: the one named, or the one the assessment made."""
    chosen = records or folder / "snapshot"
    if not (chosen / "manifest.json").is_file():
        told = f"{chosen} is no snapshot" if records else "the assessment made no snapshot of its own"
        raise refusal(VERB, f"{told}; name the snapshot that was assessed with --records DIR")
    return chosen


def _reports(
    kind: str, said: Mapping[str, Any], records: Path, year: int | None, partner: str
) -> Iterator[tuple[str, bytes]]:
    """Yield a report from the records."""
    from closeout.cli import letters_reports as reports  # noqa: PLC0415 - as above
    from closeout.evidence.letters.records_paper import Whose  # noqa: PLC0415 - as above

    whose = Whose(said["agency"], said.get("sources"))
    as_of = date.fromisoformat(said["as_of"])
    with _one_line(), _opened(records) as (engine, tables):
        if kind == MEMO:
            yield from reports.memo(engine, tables, as_of, whose)
        elif kind == ANALYSIS:
            yield from reports.analysis(engine, tables, as_of, whose)
        else:
            yield from reports.partners(engine, tables, as_of, whose, year=year, partner=partner)


@contextmanager
def _opened(records: Path) -> Iterator[tuple["Engine", Any]]:
    from closeout.duties.run import open_tables  # noqa: PLC0415 - as above
    from closeout.engines import connect  # noqa: PLC0415 - as above
    from closeout.records.snapshot import SnapshotError, open_snapshot  # noqa: PLC0415 - as above

    try:
        snapshot = open_snapshot(records)
    except SnapshotError as error:
        raise refusal(VERB, str(error)) from None
    with closing(connect()) as engine:
        yield engine, open_tables(engine, snapshot)


@contextmanager
def _one_line() -> Iterator[None]:
    """Say what cannot be written in one line."""
    from closeout.evidence.letters.errors import LetterError  # noqa: PLC0415 - as above
    from closeout.evidence.verdicts.reading import LacksTablesError  # noqa: PLC0415 - as above

    try:
        yield
    except (LetterError, LacksTablesError) as error:
        raise refusal(VERB, str(error), FAILED) from None


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise refusal(VERB, f"{path} cannot be written: {error.strerror}", FAILED) from None
    return path
