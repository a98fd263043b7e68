"""Files people bring: a plain name, a size within bounds, and a type told from the bytes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from closeout.web.recommendations.actions.errors import UnfitFileError
from closeout.web.recommendations.models import Blob

if TYPE_CHECKING:
    from collections.abc import Mapping

MIB = 1024 * 1024
MOST_EVIDENCE_BYTES = 50 * MIB
MOST_DOCUMENT_BYTES = 256 * MIB
_LONGEST_NAME = 120
_UNSAFE = re.compile(r"[^\w.()\[\] -]+")
_DOTS_AND_SPACES = re.compile(r"\s+|\.{2,}")

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
)
_OFFICE: Mapping[bytes, str] = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_ENDINGS: Mapping[str, frozenset[str]] = {
    "application/pdf": frozenset({".pdf"}),
    "image/png": frozenset({".png"}),
    "image/jpeg": frozenset({".jpg", ".jpeg"}),
    "application/zip": frozenset({".zip"}),
    _OFFICE[b"word/"]: frozenset({".docx"}),
    _OFFICE[b"xl/"]: frozenset({".xlsx"}),
    _OFFICE[b"ppt/"]: frozenset({".pptx"}),
    "text/plain": frozenset({".txt", ".csv", ".tsv", ".json", ".md", ".log"}),
}
_SCRIPTED = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|\?xml)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FitFile:
    """A file as it is kept: its plain name, its type as the bytes show it, and the bytes."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes as 64 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


def plain_name(name: str) -> str:
    """Return a file's name without folders, control signs, or anything a system might act on."""
    last = PurePosixPath(unicodedata.normalize("NFKC", name).replace("\\", "/")).name
    plain = _DOTS_AND_SPACES.sub(lambda found: "." if "." in found[0] else " ", _UNSAFE.sub("_", last))
    stem, dot, ending = plain.strip(". ").rpartition(".")
    if not dot:
        return (ending or "file")[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"


def fit_evidence(name: str, data: bytes) -> FitFile:
    """Return an evidence file fit to keep.

    Pages that may hold script are refused, as is a file whose ending says another type than its
    bytes do: evidence is opened by people who trust it.

    Raises:
        UnfitFileError: It is empty, too large, of a kind that is not taken, or misnamed.

    """
    _check_size(data, MOST_EVIDENCE_BYTES)
    media_type = media_type_of(data)
    if media_type is None:
        msg = "this kind of file is not taken; bring a PDF, picture, text, CSV, Office file, or ZIP archive"
        raise UnfitFileError(msg)
    kept = plain_name(name)
    if PurePosixPath(kept).suffix.lower() not in _ENDINGS[media_type]:
        msg = f"the file's name says something else than its content, which is {media_type}; rename it"
        raise UnfitFileError(msg)
    return FitFile(kept, media_type, data)


def fit_document(name: str, data: bytes) -> FitFile:
    """Return a document to be read. What it is, and what is wrong with it, the reader says.

    Raises:
        UnfitFileError: It is too large to keep.

    """
    if len(data) > MOST_DOCUMENT_BYTES:
        _check_size(data, MOST_DOCUMENT_BYTES)
    return FitFile(plain_name(name), "application/octet-stream", data)


def _check_size(data: bytes, most: int) -> None:
    if not data:
        msg = "the file is empty"
        raise UnfitFileError(msg)
    if len(data) > most:
        msg = f"the file has {len(data) / MIB:.0f} MiB, more than {most // MIB}"
        raise UnfitFileError(msg)


def media_type_of(data: bytes) -> str | None:
    """Return the type of a file by its bytes, or None for a kind that is not taken."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return _office_type(data) if media_type == "application/zip" else media_type
    if b"\x00" in data or _SCRIPTED.search(data[:4096]):
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return "text/plain"


def _office_type(data: bytes) -> str:
    if b"[Content_Types].xml" in data:
        for folder, media_type in _OFFICE.items():
            if folder in data:
                return media_type
    return "application/zip"


def keep_bytes(file: FitFile) -> Blob:
    """Store a file's bytes under their hash, once."""
    return Blob.objects.get_or_create(pk=file.sha256, defaults={"size": len(file.data), "data": file.data})[0]
