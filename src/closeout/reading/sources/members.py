"""Documents together with the bytes each was made of, for a store that keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.reading.sources import open_bytes
from closeout.reading.sources.archive import Budget, read_archive
from closeout.reading.sources.kind import Kind, kind_of
from closeout.reading.sources.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.model import Document

_ARCHIVES = frozenset({Kind.ZIP, Kind.TAR, Kind.COMPRESSED})


def open_members(
    name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[Document, bytes]]:
    """Yield the document some bytes hold, or one for each member of an archive, with its own bytes.

    A member that is refused comes with no bytes.

    Args:
        name: What to report it as.
        data: The bytes.
        limits: How much it may cost before it is refused.

    """
    kind = kind_of(data)
    if kind not in _ARCHIVES:
        for document in open_bytes(name, data, limits=limits):
            yield document, data
        return
    held: list[bytes] = []
    budget = Budget(limits, packed_bytes=len(data))

    def open_member(path: str, member: bytes, budget: Budget) -> Iterator[Document]:
        inner = kind_of(member)
        if inner in _ARCHIVES:
            yield from read_archive(path, member, inner, budget, open_member)
            return
        held[:] = [member]
        yield from open_bytes(path, member, limits=limits)

    for document in read_archive(name, data, kind, budget, open_member):
        yield document, held.pop() if held else b""
