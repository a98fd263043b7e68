"""The snapshots that assessments were worked out from, kept so that a frozen figure still computes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from closeout.records.snapshot import MANIFEST, Snapshot, SnapshotError, open_snapshot, sha256_of
from closeout.web.evidence.models import FrozenFigure

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_DIGEST = re.compile(r"[0-9a-f]{64}")


def _root() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "snapshots"


def keep_snapshot(snapshot: Snapshot, digest: str) -> Snapshot:
    """Move a snapshot to where it is kept, and remove those that no frozen figure needs; return it there.

    Args:
        snapshot: In a folder that may go.
        digest: SHA-256 of its manifest, which names it.

    """
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    kept = root / digest
    if not kept.exists():
        coming = root / f"{digest}.part"
        shutil.rmtree(coming, ignore_errors=True)
        shutil.move(str(snapshot.folder), coming)
        coming.rename(kept)
    needed = set(FrozenFigure.objects.values_list("records_digest", flat=True)) | {digest}
    _remove_others(root, needed)
    return open_snapshot(kept)


def kept_snapshot(digest: str) -> Snapshot | None:
    """Return a kept snapshot by the SHA-256 of its manifest; None where it is not kept."""
    if not _DIGEST.fullmatch(digest):
        return None
    try:
        return open_snapshot(_root() / digest)
    except SnapshotError:
        return None


def snapshot_of_manifest(manifest_sha256: str) -> Snapshot | None:
    """Return the kept snapshot whose manifest's file has a SHA-256; None where none has."""
    root = _root()
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        path = folder / MANIFEST
        if path.is_file() and sha256_of(path) == manifest_sha256:
            return kept_snapshot(folder.name)
    return None


def _remove_others(root: Path, needed: AbstractSet[str]) -> None:
    for folder in root.iterdir():
        if folder.name not in needed and _DIGEST.fullmatch(folder.name.removesuffix(".part")):
            shutil.rmtree(folder, ignore_errors=True)
