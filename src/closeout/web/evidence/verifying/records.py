"""Frozen results worked out again, from the snapshots that are kept on this site."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
from pyarrow import ArrowException

from closeout.assess import load_rules
from closeout.engines import connect
from closeout.evidence.freezing import Finding, FrozenError, Hashes, recomputer
from closeout.evidence.freezing.folder import read_frozen, read_index
from closeout.evidence.freezing.frozen import broken_seals
from closeout.evidence.freezing.verify import FINDING_WORDS, verify
from closeout.web.evidence.freezing import ENGINE
from closeout.web.evidence.models import FrozenFigure
from closeout.web.evidence.snapshots import snapshot_of_manifest
from closeout.web.evidence.verifying.found import Answer, ResultFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from closeout.evidence.freezing import Answer as Worked
    from closeout.evidence.freezing import Frozen, Verification
    from closeout.records.snapshot import Snapshot

    Told = Callable[[str], None]

MOST_ROWS = 1_000_000
"""Rows of one file that are read; a frozen figure has thousands at most."""
_ANSWERS = {Finding.EQUAL: Answer.EQUAL, Finding.NOT_RECOMPUTED: Answer.UNSETTLED}
_ELSEWHERE = (
    "no records kept on this site have the digest that it names: it was frozen elsewhere, or its records "
    "are not kept any more; “closeout verify” works it out where they are"
)
_GONE = "it was frozen here, and the records that it names are not kept any more"


def verify_records(path: Path, told: Told) -> tuple[tuple[ResultFound, ...], tuple[str, ...]]:
    """Return what verifying a folder of frozen results, or the file of one, came to, and its own faults.

    Args:
        path: The folder or file.
        told: Told what is being done; what it raises ends the work.

    Raises:
        FrozenError: There are no frozen results there.

    """
    _check_rows(path if path.is_dir() else path.parent)
    frozen = list(_frozen(path))
    known = {one.id for one in frozen}
    found: dict[str, ResultFound] = {}
    faults = _faults_of_index(path)
    for manifest in dict.fromkeys(one.snapshot.manifest_sha256 if one.snapshot else "" for one in frozen):
        some = [one for one in frozen if (one.snapshot.manifest_sha256 if one.snapshot else "") == manifest]
        snapshot = snapshot_of_manifest(manifest)
        if snapshot is None:
            found |= {one.id: _without_records(one) for one in some}
            continue
        ids = {one.id for one in some}
        verified, faults = _verified(path, snapshot, ids, told)
        # What cannot even be read has no id of a record: it stands under its file's name.
        found |= {one.id: one for one in verified if one.id in ids or one.id not in known}
    return tuple(found.values()), faults


def _verified(
    path: Path, snapshot: Snapshot, ids: set[str], told: Told
) -> tuple[list[ResultFound], tuple[str, ...]]:
    """Return every result of a path as verifying it from one snapshot finds it."""
    rules = load_rules()
    told("checking the records that it names")
    with closing(connect()) as engine:
        again = recomputer(engine, snapshot, rules.pack, rules.measures, told=told)

        def recompute(asked: Sequence[Frozen]) -> Mapping[str, Worked | str]:
            return again([one for one in asked if one.id in ids])

        done = verify(
            path,
            snapshot=snapshot,
            recompute=recompute,
            hashes=Hashes(told=told),
            engine=ENGINE,
            pack_digest=rules.pack.digest,
        )
    return [_result(one) for one in done.results], done.faults


def _result(one: Verification) -> ResultFound:
    return ResultFound(
        id=one.id,
        measure=one.code,
        answer=_ANSWERS.get(one.finding, Answer.DIFFERS),
        words=FINDING_WORDS[one.finding],
        faults=one.faults,
        differences=tuple(map(str, one.differences)),
        notes=one.notes,
    )


def _frozen(path: Path) -> Iterator[Frozen]:
    """Yield each frozen result of a folder that can be read, or that of a single file.

    Raises:
        FrozenError: The file is no frozen result, or the folder has no index of any.

    """
    if path.is_file():
        yield read_frozen(path)
        return
    for entry in read_index(path).entries:
        try:
            yield read_frozen(path / entry.file.rpartition("/")[2])
        except FrozenError:
            continue  # verifying the folder says what is wrong with it


def _without_records(frozen: Frozen) -> ResultFound:
    """Return what can be said of a result whose records are not here: whether it is as it was written."""
    broken = tuple(broken_seals(frozen))
    is_known = FrozenFigure.objects.filter(record_digest=frozen.record_sha256).exists()
    if broken:
        answer, words = Answer.DIFFERS, FINDING_WORDS[Finding.TAMPERED]
    elif is_known:
        answer, words = Answer.UNSETTLED, FINDING_WORDS[Finding.NOT_RECOMPUTED]
    else:
        answer, words = Answer.NOT_OURS, "not one of ours; it is as it was written"
    why = _GONE if is_known else _ELSEWHERE
    return ResultFound(frozen.id, frozen.code, answer, words, faults=(*broken, why))


def _faults_of_index(path: Path) -> tuple[str, ...]:
    if path.is_file():
        return ()
    try:
        read_index(path).checked()
    except FrozenError as error:
        return (str(error),)
    return ()


def _check_rows(folder: Path) -> None:
    """Refuse files of rows that say of themselves that they unpack to far more than a figure has."""
    for file in folder.glob("*.parquet"):
        try:
            rows = pq.read_metadata(file).num_rows
        except (ArrowException, OSError):
            continue  # verifying says that it is damaged
        if rows > MOST_ROWS:
            msg = f"{file.name} says it has {rows:,} rows, more than a frozen result can"
            raise FrozenError(msg)
