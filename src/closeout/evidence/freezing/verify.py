"""Verify frozen results: check their seals and their records, work them out again, and say what differs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.evidence.freezing.differences import Difference, compared
from closeout.evidence.freezing.folder import INDEX, read_frozen, read_index
from closeout.evidence.freezing.frozen import FrozenError, broken_seals, record_digest
from closeout.evidence.freezing.notes import notes_on
from closeout.records.snapshot import MANIFEST, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from closeout.evidence.freezing.folder import Index, IndexEntry
    from closeout.evidence.freezing.frozen import Answer, Frozen
    from closeout.evidence.freezing.hashing import Hashes
    from closeout.records.snapshot import Snapshot

    Recompute = Callable[[Sequence[Frozen]], Mapping[str, Answer | str]]
    """Works frozen results out again: by id the answer, or why there is none."""


class Finding(StrEnum):
    """What verifying came to."""

    EQUAL = "equal"
    """Worked out again from the same files, with the same result."""
    RECORDS_CHANGED = "records_changed"
    """The same result, from files that are not those that were frozen."""
    DIFFERS = "differs"
    """Another result."""
    TAMPERED = "tampered"
    """The record, its rows or the index are not those that were written."""
    DAMAGED = "damaged"
    """A file is missing, cannot be read, or is not what the snapshot's own manifest says."""
    NOT_RECOMPUTED = "not_recomputed"
    """The seals hold, and it could not be worked out again; the faults say why."""


FINDING_WORDS = {
    Finding.EQUAL: "equal",
    Finding.RECORDS_CHANGED: "the records changed, the result is the same",
    Finding.DIFFERS: "differs",
    Finding.TAMPERED: "the record was tampered with",
    Finding.DAMAGED: "a file is missing or damaged",
    Finding.NOT_RECOMPUTED: "not worked out again",
}


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying one frozen result came to.

    Attributes:
        id: The result's id, or the file's name where no id can be read.
        code: The measure or table.
        finding: In a word.
        faults: What is wrong, a line each; none where equal.
        differences: What differs from what was frozen; of rows that were tampered with, what they say and
            what the records give.
        notes: What is not as it was and is no fault: versions, engine, pack, snapshot.

    """

    id: str
    code: str
    finding: Finding
    faults: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a folder came to.

    Attributes:
        results: Each frozen result.
        faults: What is wrong with the folder itself.
        digest: The index's digest; empty for a single file.

    """

    results: tuple[Verification, ...]
    faults: tuple[str, ...] = ()
    digest: str = ""

    @property
    def is_equal(self) -> bool:
        """Say whether every result is equal and nothing is wrong with the folder."""
        return not self.faults and all(one.finding is Finding.EQUAL for one in self.results)


@dataclass(slots=True)
class _Read:
    """A frozen result as it was read, with what is wrong so far."""

    id: str
    code: str
    frozen: Frozen | None = None
    finding: Finding | None = None
    faults: list[str] = field(default_factory=list)
    is_whole: bool = True
    """Whether the tables it rests on are what their manifest says."""

    def damaged(self, fault: str) -> None:
        self.is_whole = False
        self.found(Finding.DAMAGED, fault)

    def found(self, finding: Finding, fault: str) -> None:
        self.finding = self.finding or finding
        self.faults.append(fault)

    @property
    def can_be_worked_out(self) -> bool:
        """Say whether its record can be relied on and nothing is damaged: then its rows can be compared."""
        if self.finding is None:
            return True
        one = self.frozen
        is_tampered = self.finding is Finding.TAMPERED and self.is_whole
        return is_tampered and one is not None and record_digest(one) == one.record_sha256


def verify(
    path: Path,
    *,
    snapshot: Snapshot,
    recompute: Recompute,
    hashes: Hashes,
    engine: str,
    pack_digest: str = "",
    expected: str = "",
) -> Verified:
    """Verify a folder of frozen results, or a single one.

    Args:
        path: The folder, or the file of one result.
        snapshot: The records to work them out from.
        recompute: Works them out again.
        hashes: Digests of files, kept for the run.
        engine: The name of the engine that works them out.
        pack_digest: Of the pack that they are worked out with.
        expected: The digest that the folder's index had, where it was noted elsewhere; empty if unknown.

    Returns:
        What it came to.

    Raises:
        FrozenError: There are no frozen results there.

    """
    read, faults, digest = _read(path)
    if expected and expected != digest:
        faults.append(f"the index's digest is {digest[:12] or 'none'}, and not {expected[:12]} as expected")
    sound = [one for one in read if one.frozen is not None and one.can_be_worked_out]
    damaged = hashes.changed(snapshot, [name for one in sound for name in _tables(one.frozen)])
    for one in sound:
        for name in _tables(one.frozen):
            if name in damaged:
                one.damaged(damaged[name])
    asked = [one.frozen for one in sound if one.frozen is not None and one.can_be_worked_out]
    answers = recompute(asked) if asked else {}
    manifest = snapshot.folder / MANIFEST
    now = _Now(snapshot, hashes.of([manifest])[manifest] or "", engine, pack_digest)
    return Verified(tuple(_verified(one, answers, now) for one in read), tuple(faults), digest)


@dataclass(frozen=True, slots=True)
class _Now:
    """What results are worked out with this time."""

    snapshot: Snapshot
    manifest_sha256: str
    engine: str
    pack_digest: str


def _read(path: Path) -> tuple[list[_Read], list[str], str]:
    """Return the results there with what is wrong with their files and seals, and with the folder."""
    if path.is_file() and path.name != INDEX:
        return [_result(path, path.stem, "")], [], ""
    folder = path.parent if path.is_file() else path
    index = read_index(folder)
    try:
        index.checked()
        faults = []
    except FrozenError as error:
        faults = [str(error)]
    faults += _strays(folder, index)
    return [_listed(folder, entry) for entry in index.entries], faults, index.digest


def _strays(folder: Path, index: Index) -> list[str]:
    listed = {INDEX, *(name for entry in index.entries for name in (entry.file, entry.rows_file))}
    return [
        f"{each.name} is not in the index" for each in sorted(folder.iterdir()) if each.name not in listed
    ]


def _listed(folder: Path, entry: IndexEntry) -> _Read:
    """Return a result that an index names, with what is wrong with its files."""
    changed = []
    for name, listed in ((entry.file, entry.sha256), (entry.rows_file, entry.rows_sha256)):
        each = folder / Path(name).name
        if name and each.is_file() and sha256_of(each) != listed:
            changed.append(f"{name} is not the file that the index lists")
    one = _result(folder / Path(entry.file).name, entry.id, entry.code)
    for line in changed:
        one.found(Finding.TAMPERED, line)
    if one.frozen is not None and (one.frozen.id, one.frozen.code) != (entry.id, entry.code):
        one.found(Finding.TAMPERED, f"the index calls it {entry.id}, the record {one.frozen.id}")
    return one


def _result(path: Path, named: str, code: str) -> _Read:
    try:
        frozen = read_frozen(path)
    except FrozenError as error:
        return _Read(named, code, None, Finding.DAMAGED, [str(error)])
    one = _Read(frozen.id, frozen.code, frozen)
    for line in broken_seals(frozen):
        one.found(Finding.TAMPERED, line)
    return one


def _tables(frozen: Frozen | None) -> tuple[str, ...]:
    return tuple(frozen.snapshot.tables) if frozen and frozen.snapshot else ()


def _verified(one: _Read, answers: Mapping[str, Answer | str], now: _Now) -> Verification:
    frozen = one.frozen
    if frozen is None or one.finding is not None:
        differences = _touched(one, answers)
        return Verification(one.id, one.code, one.finding or Finding.DAMAGED, tuple(one.faults), differences)
    answer = answers.get(frozen.id, "nothing here works it out")
    notes = notes_on(
        frozen,
        answer=None if isinstance(answer, str) else answer,
        manifest_sha256=now.manifest_sha256,
        engine=now.engine,
        pack_digest=now.pack_digest,
    )
    if isinstance(answer, str):
        return Verification(frozen.id, frozen.code, Finding.NOT_RECOMPUTED, (answer,), notes=notes)
    differences, close = compared(frozen.keys, frozen.rows, answer.rows)
    changed = _changed_tables(frozen, now.snapshot)
    if close:
        notes = (*notes, close)
    if differences:
        return Verification(frozen.id, frozen.code, Finding.DIFFERS, changed, differences, notes)
    return Verification(
        frozen.id, frozen.code, Finding.RECORDS_CHANGED if changed else Finding.EQUAL, changed, (), notes
    )


def _touched(one: _Read, answers: Mapping[str, Answer | str]) -> tuple[Difference, ...]:
    """Return where rows that were touched differ from what the records give."""
    answer = answers.get(one.frozen.id, "") if one.frozen and one.can_be_worked_out else ""
    if one.frozen is None or isinstance(answer, str):
        return ()
    return compared(one.frozen.keys, one.frozen.rows, answer.rows)[0]


def _changed_tables(frozen: Frozen, snapshot: Snapshot) -> tuple[str, ...]:
    """Return a line for each table whose files are not those that were frozen."""
    found = []
    for name, parts in frozen.snapshot.tables.items() if frozen.snapshot else ():
        now = snapshot.manifest.tables.get(name, ())
        if [part.sha256 for part in now] != [part.sha256 for part in parts]:
            before, after = (sum(part.rows for part in each) for each in (parts, now))
            found.append(f"table {name} is not the one that was frozen: {before:,} rows then, {after:,} now")
    return tuple(found)
