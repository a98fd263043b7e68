"""What is not as it was when a result was frozen, and is no fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.freezing.canonical import text
from closeout.evidence.freezing.versions import versions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.evidence.freezing.frozen import Answer, Frozen


def notes_on(
    frozen: Frozen, *, answer: Answer | None, manifest_sha256: str, engine: str, pack_digest: str
) -> tuple[str, ...]:
    """Return a line for each circumstance that is another one.

    Args:
        frozen: The result as frozen.
        answer: The result as worked out now; None where it could not be.
        manifest_sha256: Of the snapshot's manifest.
        engine: The engine's name.
        pack_digest: Of the pack.

    """
    found = []
    if frozen.snapshot and frozen.snapshot.manifest_sha256 != manifest_sha256:
        found.append(
            f"the snapshot is another one: its manifest is {manifest_sha256[:12]}, "
            f"then {frozen.snapshot.manifest_sha256[:12]} as of {frozen.snapshot.as_of}"
        )
    found += _versions(frozen, engine)
    then = frozen.parameters.get("pack_digest", "")
    if pack_digest and then and then != pack_digest:
        found.append(f"the pack is another one: its digest is {pack_digest[:12]}, then {then[:12]}")
    if answer is not None:
        found += _declared(frozen, answer, engine)
    return tuple(found)


def _versions(frozen: Frozen, engine: str) -> list[str]:
    found = [] if frozen.engine == engine else [f"the engine is {engine}, then {frozen.engine}"]
    now: Mapping[str, str] = versions(engine)
    other = [
        f"{name} {now[name]}, then {then}"
        for name, then in frozen.versions.items()
        if name in now and now[name] != then
    ]
    return found + ([f"versions differ: {'; '.join(other)}"] if other else [])


def _declared(frozen: Frozen, answer: Answer, engine: str) -> list[str]:
    found = []
    if text(frozen.definition) != text(answer.definition):
        found.append(f"{frozen.code} is declared otherwise now")
    is_same = frozen.engine == engine and frozen.versions == versions(engine)
    if is_same and frozen.query != answer.query:
        found.append("the statement that ran is another one")
    return found
