"""The records of a run: a snapshot whose files are what its manifest says, or tables checked into one."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.assess.errors import CannotKeepError, NothingToAssessError
from closeout.records.beginning import before_records
from closeout.records.snapshot import (
    MANIFEST,
    Snapshot,
    SnapshotError,
    open_snapshot,
    sha256_of,
    verify,
    without_tables,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

SNAPSHOT = "snapshot"
"""Where in an assessment's folder the checked tables lie."""
_STAMP = "checked-from.json"


@dataclass(frozen=True, slots=True)
class Records:
    """The records to stand on.

    Attributes:
        snapshot: The tables, without those whose files are not what the manifest says.
        notes: What was left out or quarantined, a sentence each.
        facts: Where they come from, for the record: counts and digests.
        is_whole: Whether nothing was left out, quarantined or in disagreement.

    """

    snapshot: Snapshot
    notes: tuple[str, ...]
    facts: dict[str, Any]
    is_whole: bool


def open_records(folder: Path, *, as_of: date, work: Path, told: Callable[[str], None]) -> Records:
    """Return the records in a folder.

    Args:
        folder: A snapshot, or a folder of CSV or Parquet tables, which are checked first.
        as_of: The day the tables stand as of, where they are checked.
        work: Where the checked snapshot and the quarantine are kept.
        told: Told which table is being checked.

    Raises:
        NothingToAssessError: There is no such folder, no table in it, or a manifest that cannot be read.
        CannotKeepError: The checked tables cannot be written.

    """
    if not folder.exists():
        message = f"there is no folder {folder}; `closeout example --out DIR` makes one to try"
        raise NothingToAssessError(message)
    if (folder / MANIFEST).is_file():
        return _verified(folder, as_of)
    return _checked(folder, as_of, work / SNAPSHOT, told)


def _verified(folder: Path, as_of: date) -> Records:
    try:
        snapshot = open_snapshot(folder, may_lack_files=True)
        faults = verify(snapshot)
    except (SnapshotError, OSError) as error:
        raise NothingToAssessError(str(error)) from error
    parts = snapshot.manifest.tables
    changed = [name for name in parts if any(line.startswith(f"{name}/") for line in faults)]
    notes = [f"{line}; the table is left out" for line in faults]
    whole = without_tables(snapshot, changed)
    if not whole.manifest.tables:
        message = f"no file of {folder} is what its manifest says; take the snapshot anew"
        raise NothingToAssessError(message)
    return Records(whole, (*notes, *_days(whole, as_of)), _facts(whole), is_whole=not faults)


def _checked(folder: Path, as_of: date, out: Path, told: Callable[[str], None]) -> Records:
    """Check tables into a snapshot; what an interrupted run made of the same files is taken again."""
    from closeout.records.checking.check import check  # noqa: PLC0415 - not needed for a snapshot
    from closeout.records.checking.folder import CannotWriteError  # noqa: PLC0415 - as above
    from closeout.records.checking.report import as_plain  # noqa: PLC0415 - as above
    from closeout.records.checking.sources import NothingToCheckError  # noqa: PLC0415 - as above

    stamp = _stamp(folder, as_of)
    said = out / _STAMP
    report: dict[str, Any]
    if said.is_file() and (before := json.loads(said.read_text(encoding="utf-8")))["of"] == stamp:
        report = before["report"]
    else:
        shutil.rmtree(out, ignore_errors=True)
        try:
            made = check(folder, as_of=as_of, out=out, progress=lambda at: told(f"Checking {at.table}"))
        except NothingToCheckError as error:
            raise NothingToAssessError(" ".join(str(error).split())) from error
        except CannotWriteError as error:
            raise CannotKeepError(" ".join(str(error).split())) from error
        report = as_plain(made)
        said.write_text(json.dumps({"of": stamp, "report": report}, default=str), encoding="utf-8")
    snapshot = open_snapshot(out)
    return Records(snapshot, tuple(_found(report)), _facts(snapshot) | _check(report), report["is_clean"])


def _stamp(folder: Path, as_of: date) -> list[list[Any]]:
    """Return what tells whether the same files are checked for the same day."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]
    return [
        [as_of.isoformat(), 0, ""],
        *([path.name, path.stat().st_size, sha256_of(path)] for path in files),
    ]


def _found(report: dict[str, Any]) -> list[str]:
    """Return what a check found, a sentence a table."""
    notes = [
        f"{table['table']}: {table['quarantined']:,} of {table['read']:,} rows are in the quarantine"
        for table in report["tables"]
        if table["quarantined"]
    ]
    notes += [f"{one['name']}: not read, {one['why']}" for one in report["unread"]]
    if missed := len(report["reconciliations"]["missed"]):
        notes.append(f"{missed:,} sums of the tables do not agree; `closeout check` lists them")
    return notes


def _check(report: dict[str, Any]) -> dict[str, Any]:
    return {"checked": {name: report[name] for name in ("read", "accepted", "quarantined")}}


def _days(snapshot: Snapshot, as_of: date) -> list[str]:
    if as_of == snapshot.as_of:
        return []
    if said := before_records(snapshot, as_of):
        return [said[:1].upper() + said[1:]]
    days = (as_of - snapshot.as_of).days
    return [f"The records stand as of {snapshot.as_of}, {days:,} days before {as_of}"]


def _facts(snapshot: Snapshot) -> dict[str, Any]:
    """Return what a snapshot is, with a digest for every file."""
    manifest = snapshot.manifest
    return {
        "source": manifest.source,
        "as_of": manifest.as_of.isoformat(),
        "manifest_sha256": sha256_of(snapshot.folder / MANIFEST),
        "tables": [
            {
                "table": name,
                "rows": manifest.rows(name),
                "files": [{"path": part.path, "rows": part.rows, "sha256": part.sha256} for part in parts],
            }
            for name, parts in sorted(manifest.tables.items())
        ],
    }
