"""A file as it was brought: what kind it is, its text, or a frozen folder unpacked with care."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MIB = 1024 * 1024
MOST_UNPACKED = 256 * MIB
MOST_MEMBERS = 5_000
_INDEX = "index.json"
_WORDS = "word/document.xml"
_SAFE = re.compile(r"[\w()\[\]-][\w.()\[\] -]{0,199}")
_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"</w:p>|<w:br\b[^>]*>|<w:tab\b[^>]*>")


class Sort(StrEnum):
    """What a file is, by its bytes."""

    JSON = "json"
    """The record of a frozen result."""
    FOLDER = "folder"
    """A ZIP archive with the index of frozen results in it."""
    PDF = "pdf"
    WORD = "word"
    TEXT = "text"
    OTHER = "other"


class UnfitArchiveError(ValueError):
    """An archive cannot be opened, or holds more than is taken."""


def sort_of(data: bytes) -> Sort:
    """Return what a file is.

    Raises:
        UnfitArchiveError: It is an archive that cannot be opened.

    """
    if data.startswith(b"%PDF-"):
        return Sort.PDF
    if data.startswith(b"PK\x03\x04"):
        with _opened(data) as archive:
            names = archive.namelist()
        if _WORDS in names:
            return Sort.WORD
        return Sort.FOLDER if any(PurePosixPath(name).name == _INDEX for name in names) else Sort.OTHER
    if b"\x00" in data or not _decodes(data):
        return Sort.OTHER
    return Sort.JSON if data.lstrip()[:1] == b"{" and b"record_sha256" in data else Sort.TEXT


def word_text(data: bytes) -> str:
    """Return the words of a Word file, a paragraph a line; nothing in it is run or followed.

    Raises:
        UnfitArchiveError: It is damaged, or unpacks to more than is taken.

    """
    with _opened(data) as archive:
        said = _read(archive, archive.getinfo(_WORDS), MOST_UNPACKED).decode(errors="replace")
    plain = _TAG.sub("", _PARAGRAPH.sub("\n", said))
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, sign)
    return plain


def unpack(data: bytes, into: Path) -> list[Path]:
    """Write each folder of frozen results of an archive into a folder of its own, and return those.

    Only files beside an index are written, under their plain names: no path of the archive is followed.

    Args:
        data: The archive.
        into: An empty folder.

    Raises:
        UnfitArchiveError: It is damaged, holds too much, or a name in it is not one that freezing gives.

    """
    with _opened(data) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        homes = sorted(
            {str(PurePosixPath(one.filename).parent) for one in members if _name(one) == _INDEX},
            key=lambda home: (len(PurePosixPath(home).parts), home),
        )
        left = MOST_UNPACKED
        folders = []
        for number, home in enumerate(homes):
            folder = into / str(number)
            folder.mkdir()
            for member in (one for one in members if str(PurePosixPath(one.filename).parent) == home):
                name = _name(member)
                if not _SAFE.fullmatch(name):
                    msg = "a file in the archive has a name that freezing does not give"
                    raise UnfitArchiveError(msg)
                content = _read(archive, member, left)
                left -= len(content)
                (folder / name).write_bytes(content)
            folders.append(folder)
    return folders


def _decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _name(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).name


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        msg = "the archive is damaged and cannot be opened"
        raise UnfitArchiveError(msg) from error
    if len(archive.infolist()) > MOST_MEMBERS:
        archive.close()
        msg = f"the archive holds more than {MOST_MEMBERS:,} files"
        raise UnfitArchiveError(msg)
    return archive


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """Return a member's bytes, never more than is left to take, whatever the archive says of its size."""
    try:
        with archive.open(member) as packed:
            content = packed.read(most + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        msg = "a file in the archive is damaged, locked or packed in a way that is not taken"
        raise UnfitArchiveError(msg) from error
    if len(content) > most:
        msg = f"the archive unpacks to more than {MOST_UNPACKED // MIB} MiB"
        raise UnfitArchiveError(msg)
    return content
