"""Archives: each member is a document of its own, and none may cost more than the limits allow."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from closeout.reading.sources.faults import unread
from closeout.reading.sources.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from closeout.reading.model import Document
    from closeout.reading.sources.limits import Limits

INSIDE = "!/"
"""Stands between the archive's path and the member's name, as in `2024.zip!/march.pdf`."""
_BLOCK = 65_536
_RATIO_FROM_BYTES = 1024 * 1024
_TAR_MAGIC = slice(257, 262)
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
)
_OFFICE = "[Content_Types].xml"
_BOMB = "refused: it unpacks to more than {what}; unpack it by hand if you trust it and read the folder"


class ArchiveBombError(ValueError):
    """An archive unpacks to more than the limits allow; the message says which."""


@dataclass(slots=True)
class Budget:
    """What an archive, with everything nested in it, may still cost."""

    limits: Limits
    packed_bytes: int
    depth: int = 0
    unpacked_bytes: int = field(default=0, init=False)
    members: int = field(default=0, init=False)

    def unpack(self, count: int) -> None:
        """Count unpacked bytes; raise `ArchiveBombError` over the limits."""
        self.unpacked_bytes += count
        self.check(self.unpacked_bytes, self.members)

    def check(self, unpacked_bytes: int, members: int) -> None:
        """Raise `ArchiveBombError` when so many bytes and members are over the limits."""
        limits = self.limits
        if members > limits.members:
            raise ArchiveBombError(_BOMB.format(what=f"{limits.members:,} files"))
        if unpacked_bytes > limits.unpacked_bytes:
            raise ArchiveBombError(_BOMB.format(what=f"{limits.unpacked_bytes:,} bytes"))
        if unpacked_bytes > max(_RATIO_FROM_BYTES, limits.ratio * self.packed_bytes):
            raise ArchiveBombError(_BOMB.format(what=f"{limits.ratio:.0f} times its size"))


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    data: bytes


def read_archive(
    path: str,
    data: bytes,
    kind: Kind,
    budget: Budget,
    open_member: Callable[[str, bytes, Budget], Iterator[Document]],
) -> Iterator[Document]:
    """Yield the documents of an archive in its own order; hidden members are passed over.

    Args:
        path: The name the archive is reported under.
        data: The archive's bytes.
        kind: Which kind of archive it is.
        budget: What it may still cost; shared with archives nested in it.
        open_member: Called with each member's path (`archive!/member`), bytes and the budget.

    Yields:
        The members' documents. A member that is refused, and an archive that is damaged, locked
        or a bomb, give a document with a fatal problem; members read before it stay.

    """
    if budget.depth >= budget.limits.depth:
        message = f"archives are nested more than {budget.limits.depth} deep; unpack it and read the folder"
        yield unread(path, data, code="nested-archive", message=message)
        return
    budget.depth += 1
    try:
        for member in _members(path, data, kind, budget):
            if isinstance(member, _Member):
                yield from open_member(f"{path}{INSIDE}{member.name}", member.data, budget)
            else:
                yield member
    except ArchiveBombError as error:
        yield unread(path, data, code="archive-bomb", message=str(error))
    except _DAMAGE:
        message = "the archive is damaged or cut off; members after this point are lost; get it again"
        yield unread(path, data, code="damaged-archive", message=message)
    finally:
        budget.depth -= 1


def _members(path: str, data: bytes, kind: Kind, budget: Budget) -> Iterator[_Member | Document]:
    if kind is Kind.ZIP:
        return _zip_members(path, data, budget)
    if kind is Kind.TAR:
        return _tar_members(path, BytesIO(data), budget)
    return _compressed_members(path, data, budget)


def _zip_members(path: str, data: bytes, budget: Budget) -> Iterator[_Member | Document]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        names = {info.filename for info in infos}
        if _OFFICE in names or "mimetype" in names:
            message = "an Office document cannot be read; save it as PDF or text and read that"
            yield unread(path, data, code="unsupported-format", message=message)
            return
        declared = budget.unpacked_bytes + sum(info.file_size for info in infos)
        budget.check(declared, budget.members + len(infos))
        for info in infos:
            if info.flag_bits & 1:
                message = "the archive member is locked with a password; unpack it and read the folder"
                yield unread(f"{path}{INSIDE}{info.filename}", b"", code="locked-archive", message=message)
            else:
                with archive.open(info) as file:
                    yield from _checked(path, info.filename, info.file_size, file, budget)


def _tar_members(path: str, file: IO[bytes], budget: Budget) -> Iterator[_Member | Document]:
    # As a stream: a tar file is never sought in, so each unpacked byte is counted once.
    with tarfile.open(fileobj=file, mode="r|") as archive:
        for info in archive:
            opened = archive.extractfile(info) if info.isreg() else None
            if opened is not None:
                yield from _checked(path, info.name, info.size, opened, budget)


def _compressed_members(path: str, data: bytes, budget: Budget) -> Iterator[_Member | Document]:
    """Read one compressed file, which may be a tar archive."""
    with _decompressor(data) as file:
        start = file.read(512)
    with _decompressor(data) as file:
        if start[_TAR_MAGIC] == b"ustar":
            yield from _tar_members(path, file, budget)
        else:
            yield from _checked(path, PurePosixPath(path).stem, 0, file, budget)


def _decompressor(data: bytes) -> BufferedReader:
    if data.startswith(b"\x1f\x8b"):
        return BufferedReader(gzip.GzipFile(fileobj=BytesIO(data)))
    return BufferedReader(
        bz2.BZ2File(BytesIO(data)) if data.startswith(b"BZh") else lzma.LZMAFile(BytesIO(data))
    )


def _checked(
    path: str, name: str, declared_bytes: int, file: IO[bytes], budget: Budget
) -> Iterator[_Member | Document]:
    """Yield one member with its bytes, or the reason why it is refused; nothing for a hidden one."""
    budget.members += 1
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "__MACOSX" or parts[-1].startswith("."):
        return
    if ".." in parts or parts[0] == "/" or parts[0].endswith(":"):
        message = "refused: its name points outside the archive; unpack it by hand if you trust it"
        yield unread(f"{path}{INSIDE}{name}", b"", code="unsafe-member", message=message)
        return
    limit = budget.limits.file_bytes
    data = _read(file, limit, budget) if declared_bytes <= limit else None
    if data is None:
        message = f"refused: it is larger than {limit:,} bytes; split it"
        yield unread(f"{path}{INSIDE}{name}", b"", code="too-large", message=message)
        return
    yield _Member("/".join(parts), data)


def _read(file: IO[bytes], limit: int, budget: Budget) -> bytes | None:
    """Return a member's bytes, counted against the budget as they come; None when over `limit`."""
    parts: list[bytes] = []
    size = 0
    while block := file.read(_BLOCK):
        budget.unpack(len(block))
        size += len(block)
        if size > limit:
            return None
        parts.append(block)
    return b"".join(parts)
