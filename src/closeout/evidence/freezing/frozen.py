"""A frozen result: what was found, and all that is needed to find it again on any machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from closeout.evidence.freezing.canonical import (
    digest,
    digest_of_plain,
    digest_of_plain_rows,
    digest_of_rows,
    plain_mapping,
)
from closeout.records.snapshot import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
_ID_DIGITS = 12
_SEAL_DIGITS = 16
_UNSEALED = frozenset({"rows", "seals", "record_sha256"})
"""What has no seal of its own: the rows' digest stands for the rows."""


class FrozenError(ValueError):
    """A file or folder is no frozen result, or cannot be read as one."""


class Kind(StrEnum):
    """What was frozen."""

    MEASURE = "measure"
    VERDICT = "verdict"
    DUTIES = "duties"
    STAFFING = "staffing"
    HIRING = "hiring"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Answer:
    """A result that can be frozen, or that was worked out again.

    Attributes:
        kind: What it is.
        code: Its name: a measure's code, a verdict's name, `duties`, `staffing`, `hiring`, a table's code.
        title: Its name in words.
        definition: How it is declared.
        query: The statement that ran; empty where there is none.
        parameters: What it was asked for: as-of date, pack, office, period and the like.
        keys: The columns that name a row.
        rows: What was found.
        reads: The tables it rests on; None: every table of the snapshot.

    """

    kind: Kind
    code: str
    title: str
    definition: Mapping[str, Any] = field(repr=False)
    query: str = field(repr=False)
    parameters: Mapping[str, Any]
    keys: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    reads: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SnapshotUsed:
    """The records that a result rests on.

    Attributes:
        manifest_sha256: Digest of the manifest's file.
        as_of: The day the records stand as of.
        source: Where they come from, as the manifest says.
        schema_version: Of their tables.
        tables: Every table that the result reads with its files: path inside the snapshot, rows, SHA-256. A
            table without files was not there.

    """

    manifest_sha256: str
    as_of: date
    source: str
    schema_version: int
    tables: Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen result.

    Attributes:
        kind, code, title, definition, query, parameters, keys, rows: As in `Answer`.
        engine: The engine's name.
        versions: Versions of Closeout, Python and the packages that worked it out.
        snapshot: The records it rests on; None for a table that comes from no snapshot.
        result_sha256: Digest of the rows.
        effective_on: The day from which the result is in effect.
        frozen_at: The instant it was frozen, with its time zone.
        seals: Digits of the digest of each part of the record, so that what was touched can be named; none
            in records older than seals.
        record_sha256: Digest over everything here but the rows, which `result_sha256` stands for.
        id: Its name: code, as-of date, and digits that its content gives, whenever it was frozen.

    """

    kind: Kind
    code: str
    title: str
    definition: Mapping[str, Any] = field(repr=False)
    query: str = field(repr=False)
    parameters: Mapping[str, Any]
    keys: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...] = field(repr=False)
    engine: str
    versions: Mapping[str, str]
    snapshot: SnapshotUsed | None
    effective_on: date
    frozen_at: datetime
    seals: Mapping[str, str] = field(default_factory=dict)
    result_sha256: str = ""
    record_sha256: str = ""
    id: str = ""
    format: int = field(default=FORMAT)


def sealed(frozen: Frozen) -> Frozen:
    """Return a frozen result with its id and digests."""
    said = record(frozen)  # once: records with many rows are long
    with_rows = replace(frozen, result_sha256=digest_of_plain_rows(said["rows"]))
    named = replace(with_rows, id=id_of(with_rows))
    said |= {"result_sha256": named.result_sha256, "id": named.id}
    seals = _seals(said)
    return replace(named, seals=seals, record_sha256=_digest_of(said | {"seals": seals}))


def id_of(frozen: Frozen) -> str:
    """Return the id that a result's content gives: the same content has the same id on another day."""
    snapshot = frozen.snapshot
    content = [
        frozen.kind,
        frozen.code,
        frozen.definition,
        frozen.parameters,
        snapshot.manifest_sha256 if snapshot else "",
        frozen.effective_on,
        frozen.result_sha256,
    ]
    return f"{frozen.code}.{frozen.parameters.get('as_of', '')}.{digest(content)[:_ID_DIGITS]}"


def record_digest(frozen: Frozen) -> str:
    """Return the digest over everything but the rows and the digest itself."""
    return _digest_of(record(frozen))


def _digest_of(said: Mapping[str, Any]) -> str:
    return digest_of_plain({name: said[name] for name in said if name not in {"rows", "record_sha256"}})


def broken_seals(frozen: Frozen) -> list[str]:
    """Return a line for each digest that is not that of what it stands for; none if nothing was touched."""
    found = []
    if digest_of_rows(frozen.rows) != frozen.result_sha256:
        found.append("the rows are not those that were frozen")
    if record_digest(frozen) != frozen.record_sha256:
        touched = _touched(frozen)
        found.append(f"the record is not the one that was frozen{touched}")
    elif id_of(frozen) != frozen.id:
        found.append("the record's id is not the one its content gives")
    return found


def _seals(said: Mapping[str, Any]) -> dict[str, str]:
    """Return digits of the digest of each part of a record."""
    return {
        name: digest_of_plain(said[name])[:_SEAL_DIGITS] for name in sorted(said) if name not in _UNSEALED
    }


def _touched(frozen: Frozen) -> str:
    """Return what of a record was touched, as its seals tell; empty where it has none."""
    if not frozen.seals:
        return ""
    now = _seals(record(frozen))
    broken = [
        name for name in sorted(now.keys() | frozen.seals.keys()) if now.get(name) != frozen.seals.get(name)
    ]
    return f"; changed: {', '.join(broken or ['seals or record_sha256'])}"


def record(frozen: Frozen) -> dict[str, Any]:
    """Return a frozen result as JSON has it."""
    said = plain_mapping({one.name: getattr(frozen, one.name) for one in fields(frozen)} | _used(frozen))
    if not frozen.seals:
        del said["seals"]
    return said


def _used(frozen: Frozen) -> dict[str, Any]:
    return {"snapshot": None if frozen.snapshot is None else asdict(frozen.snapshot)}


def read_record(said: Mapping[str, Any], rows: list[dict[str, Any]] | None = None) -> Frozen:
    """Return the frozen result that JSON says.

    Args:
        said: The record.
        rows: Its rows, where they lie in a file of their own.

    Raises:
        FrozenError: It is none, or of another format.

    """
    if said.get("format") != FORMAT:
        msg = f"it has format {said.get('format')}; this Closeout reads {FORMAT}"
        raise FrozenError(msg)
    try:
        return Frozen(
            **{
                **said,
                "kind": Kind(said["kind"]),
                "keys": tuple(said["keys"]),
                "rows": tuple(said["rows"] if rows is None else rows),
                "snapshot": _snapshot(said["snapshot"]),
                "effective_on": date.fromisoformat(said["effective_on"]),
                "frozen_at": datetime.fromisoformat(said["frozen_at"]),
            }
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"it cannot be read as a frozen result: {error}"
        raise FrozenError(msg) from error


def _snapshot(said: Mapping[str, Any] | None) -> SnapshotUsed | None:
    if said is None:
        return None
    tables = {name: tuple(Part(**part) for part in parts) for name, parts in said["tables"].items()}
    return SnapshotUsed(**{**said, "as_of": date.fromisoformat(said["as_of"]), "tables": tables})
