"""What a file is, judged by its bytes and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum

_HEAD = 4096
_TAR_MAGIC = slice(257, 262)


class Kind(StrEnum):
    """What the first bytes of a file say it is."""

    PDF = "pdf"
    ZIP = "zip"
    TAR = "tar"
    COMPRESSED = "compressed"
    UNSUPPORTED = "unsupported"
    TEXT = "text"
    """Everything else: text in some encoding, HTML, CSV, or bytes that turn out to be none."""


_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .ppt or .msg)"),
    (b"{\\rtf", "a rich-text file (.rtf)"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"wOFF", "a font"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
)
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_BINARY_ONLY = (b"BM", b"MZ", b"GIF8", b"ID3", b"PAR1")
"""Magic of plain letters: text may begin with them, so they count only in front of a NUL byte."""
_PDF = re.compile(rb"%PDF-[12]\.\d")


def kind_of(data: bytes) -> Kind:
    """Return what the bytes are; text, HTML and CSV are told apart only once decoded."""
    head = data[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Kind.ZIP
    if head.startswith(_COMPRESSED):
        return Kind.COMPRESSED
    if head[_TAR_MAGIC] == b"ustar":
        return Kind.TAR
    if _is_pdf(head):
        return Kind.PDF
    return Kind.UNSUPPORTED if unsupported_name(data) else Kind.TEXT


def unsupported_name(data: bytes) -> str:
    """Return what the format is called when we know it and cannot read it; else an empty string."""
    for magic, name in _MAGIC:
        if data.startswith(magic) and (magic not in _BINARY_ONLY or b"\x00" in data[:_HEAD]):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture"
    return "a film or sound recording" if data[4:8] == b"ftyp" else ""


def _is_pdf(head: bytes) -> bool:
    """Say whether a PDF begins here; the format lets up to 1024 bytes of debris stand in front."""
    found = _PDF.search(head[:1032])
    return found is not None and (found.start() == 0 or b"<" not in head[: found.start()])
