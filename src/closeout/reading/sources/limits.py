"""How much one input may cost before it is refused, so that memory and time stay bounded."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings on one input; the defaults hold every oversight report we know of many times over.

    Attributes:
        file_bytes: Size of one file, or of one member of an archive.
        unpacked_bytes: Everything that comes out of one archive, nested ones included.
        ratio: Unpacked bytes per packed byte of an archive, once it has unpacked a MiB.
        members: Files in one archive, nested ones included.
        depth: Archives within archives; 1 allows none inside another.
        ocr_seconds: Time text recognition may take for one PDF.

    """

    file_bytes: int = 256 * MIB
    unpacked_bytes: int = 1024 * MIB
    ratio: float = 200.0
    members: int = 20_000
    depth: int = 3
    ocr_seconds: float = 1_800.0


DEFAULT_LIMITS = Limits()
