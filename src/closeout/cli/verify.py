"""`closeout verify`: work frozen results out again and say what differs."""

from collections import Counter
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from closeout.cli.opening import declared_measures, faults, sound_pack
from closeout.cli.options import EMBEDDED, EngineAddress, PackFolder
from closeout.cli.store import FAILED, USAGE, AsJson, console, print_json, refusal
from closeout.duties.faults import PackError
from closeout.engines import EngineError, connect
from closeout.evidence.freezing import Finding, FrozenError, Hashes, recomputer
from closeout.evidence.freezing import verify as verified_of
from closeout.evidence.freezing.verify import FINDING_WORDS
from closeout.reading.countwords import counted
from closeout.records.snapshot import MANIFEST, SnapshotError, open_snapshot

if TYPE_CHECKING:
    from closeout.evidence.freezing import Verification, Verified

VERB = "verify"
_MOST = 10
"""Differences of one result that are printed; `--json` has all."""


def verify(
    frozen: Annotated[Path, typer.Argument(help="A folder of frozen results, or the file of one.")],
    folder: Annotated[Path, typer.Argument(help="The folder of the snapshot to work them out from.")],
    expect: Annotated[
        str, typer.Option(help="The digest that the folder's index had when it was frozen.")
    ] = "",
    pack: PackFolder = None,
    engine: EngineAddress = EMBEDDED,
    as_json: AsJson = False,
) -> None:
    """Check the seals of frozen results and of the records, work them out again, and say what differs.

    The exit code is 0 when all are equal, 1 when anything differs, was changed, is missing or could not be
    worked out again, 2 when the command was used wrongly. Other versions, another engine and another pack
    are told, and are no difference by themselves.
    """
    errors = Console(stderr=True)
    try:
        rules = sound_pack(VERB, pack)
        measures = declared_measures(VERB, pack, rules).measures
        snapshot = open_snapshot(folder, may_lack_files=True)
        with errors.status("opening") as status, closing(connect(engine)) as opened:
            found = verified_of(
                frozen,
                snapshot=snapshot,
                recompute=recomputer(opened, snapshot, rules, measures, told=status.update),
                hashes=Hashes(told=status.update),
                engine=opened.name,
                pack_digest=rules.digest,
                expected=expect,
            )
    except PackError as error:
        raise faults(VERB, error) from error
    except SnapshotError as error:
        is_one = (folder / MANIFEST).is_file()
        raise refusal(VERB, str(error), FAILED if is_one else USAGE) from error
    except FrozenError as error:
        raise refusal(VERB, str(error)) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error
    if as_json:
        print_json(_plain(found))
    else:
        _print(console(), found)
    raise typer.Exit(0 if found.is_equal else FAILED)


def _plain(found: "Verified") -> dict[str, Any]:
    said = asdict(found)
    return {"is_equal": found.is_equal, **said}


def _print(out: Console, found: "Verified") -> None:
    for fault in found.faults:
        out.print(f"The folder: {fault}", soft_wrap=True)
    for one in found.results:
        if one.finding is not Finding.EQUAL:
            _print_one(out, one)
    for note, number in Counter(note for one in found.results for note in one.notes).items():
        out.print(
            f"Told, no difference: {note}{f' ({number} results)' if number > 1 else ''}", soft_wrap=True
        )
    counts = Counter(one.finding for one in found.results)
    said = "; ".join(f"{counts[finding]} {FINDING_WORDS[finding]}" for finding in Finding if counts[finding])
    out.print(f"{counted(len(found.results), 'result')}: {said or 'none'}.", soft_wrap=True)
    if found.digest:
        out.print(f"Digest of the index: {found.digest}", soft_wrap=True)


def _print_one(out: Console, one: "Verification") -> None:
    out.print(f"{one.id}: {FINDING_WORDS[one.finding]}", soft_wrap=True)
    for line in (*one.faults, *map(str, one.differences[:_MOST])):
        out.print(f"  {line}", soft_wrap=True)
    if (more := len(one.differences) - _MOST) > 0:
        out.print(f"  ... and {more:,} more (--json has all)")
