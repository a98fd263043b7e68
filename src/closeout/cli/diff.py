"""`closeout diff`: what changed between two versions of a page."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from closeout.cli.store import FAILED, AsJson, StoreUrl, console, opened, print_json, refusal
from closeout.followup.differences import differences
from closeout.reading.read import read_document
from closeout.reading.sources import open_documents

if TYPE_CHECKING:
    from closeout.followup.differences import Change
    from closeout.reading.model import DocumentReading
    from closeout.web.recommendations.models import Capture

VERB = "diff"
_EXCERPT = 100
_DIFFERENT = 1


@dataclass(frozen=True, slots=True)
class _Side:
    """One version: what to call it and what was read from it."""

    name: str
    reading: "DocumentReading"


def diff(
    older: Annotated[str, typer.Argument(help="The older file; or a document in the store; or capture:ID.")],
    newer: Annotated[
        str, typer.Argument(help="The newer file or capture:ID; left out, the document's last two captures.")
    ] = "",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when anything changed.")
    ] = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """Say what a newer version of a page adds, changes, or no longer shows. Nothing is ever closed by it.

    A recommendation is missing only from a page that shows all it declares.
    """
    sides = (_side(older, store), _side(newer, store)) if newer else _last_two(older, store)
    found = differences(sides[0].reading, sides[1].reading)
    if as_json:
        print_json(
            {
                "older": sides[0].name,
                "newer": sides[1].name,
                "newer_complete": sides[1].reading.complete,
                "changes": [_plain(change, sides) for change in found],
            }
        )
    else:
        _print(found, sides)
    raise typer.Exit(_DIFFERENT if exit_code and found else 0)


def _side(name: str, store: str | None) -> _Side:
    if name.startswith("capture:"):
        return _captured(name, store)
    path = Path(name)
    if not path.is_file():
        raise refusal(VERB, f"{name} is no file, and no capture:ID of the store")
    documents = list(open_documents(path))
    if len(documents) != 1:
        raise refusal(VERB, f"{name} is an archive; give one document")
    reading = read_document(documents[0])
    for problem in reading.problems:
        if problem.fatal:
            raise refusal(VERB, f"{name}: {problem.message}", FAILED)
    return _Side(name, reading)


def _captured(name: str, store: str | None) -> _Side:
    opened(store, None)
    from closeout.web.recommendations.models import Capture  # noqa: PLC0415 - needs Django set up

    number = name.removeprefix("capture:")
    capture = Capture.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if capture is None:
        raise refusal(VERB, f"there is no {name} in the store")
    return _of(capture)


def _last_two(name: str, store: str | None) -> tuple[_Side, _Side]:
    opened(store, None)
    from closeout.web.recommendations.models import Capture  # noqa: PLC0415 - needs Django set up

    captures = Capture.objects.filter(document__origin__endswith=name).order_by("-got_at", "-pk")
    if len({capture.document_id for capture in captures}) > 1:
        origins = ", ".join(sorted({capture.document.origin for capture in captures}))
        raise refusal(VERB, f"{name!r} fits several documents: {origins}")
    if len(captures) < 2:  # noqa: PLR2004 - two versions
        raise refusal(
            VERB, f"the store holds {len(captures)} captures of a document {name!r}; two are needed"
        )
    return _of(captures[1]), _of(captures[0])


def _of(capture: "Capture") -> _Side:
    from closeout.web.recommendations.ingest.captures import reading_of  # noqa: PLC0415 - needs Django set up

    reading = reading_of(capture)
    name = f"capture:{capture.pk} of {capture.document.origin}, {capture.got_at:%Y-%m-%d}"
    return _Side(name, replace(reading, document=replace(reading.document, text=capture.text)))


def _record(change: "Change", sides: tuple[_Side, _Side]) -> tuple[str, str]:
    """Return the number and words of the recommendation a change is about."""
    side, index = (1, change.newer) if change.newer is not None else (0, change.older)
    record = sides[side].reading.records[index or 0]
    return record.number or "", record.text or ""


def _plain(change: "Change", sides: tuple[_Side, _Side]) -> dict[str, object]:
    number, text = _record(change, sides)
    return {
        "kind": change.kind.value,
        "number": number,
        "text": text,
        "before": change.before,
        "after": change.after,
        "sentences": list(change.sentences),
        "span": [change.span.start, change.span.end] if change.span else None,
        "needs_review": change.needs_review,
    }


def _print(found: "tuple[Change, ...]", sides: tuple[_Side, _Side]) -> None:
    out = console()
    count = f"{len(found)} change{'' if len(found) == 1 else 's'}"
    out.print(f"{count if found else 'No change'} from {sides[0].name} to {sides[1].name}.")
    if sides[1].reading.complete is not True:
        out.print("The newer version does not show all there is, so nothing counts as gone.")
    if not found:
        return
    table = Table(box=None, pad_edge=False)
    for title in ("Change", "No.", "What is asked", "From", "To"):
        table.add_column(title)
    for change in found:
        number, text = _record(change, sides)
        after = change.after or " ".join(change.sentences)
        asked = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
        doubt = " (matched by likeness)" if change.needs_review else ""
        table.add_row(f"{change.kind.value.replace('-', ' ')}{doubt}", number, asked, change.before, after)
    out.print()
    out.print(table)
