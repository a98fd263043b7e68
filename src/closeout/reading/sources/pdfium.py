"""The one place that calls PDFium: text of pages and pictures of pages.

PDFium must not be called from two threads at once, so every call holds one lock.
"""

from __future__ import annotations

import re
import struct
import threading
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCK = threading.Lock()
_REOPEN_EVERY = 250
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LOCKED = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})
_MAX_PICTURE_PIXELS = 40_000_000


class LockedPdfError(ValueError):
    """The PDF needs a password."""


class DamagedPdfError(ValueError):
    """The PDF cannot be opened at all."""


class NoSuchPageError(LookupError):
    """The PDF has no page of that number, or the page is damaged."""


@dataclass(slots=True)
class PdfText:
    """The text layer of a PDF.

    Attributes:
        texts: One text a page, in order; empty for a page without any.
        pictures: Numbers of pages that show something but hold no text.
        damaged: Numbers of pages that could not be read.
        title: The title the file declares, or an empty string.

    """

    texts: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    title: str = ""


def text_layer(data: bytes) -> PdfText:
    """Return the text of every page, the file reopened now and then to bound memory.

    PDFium keeps what it parsed of a file until the file is closed.

    Raises:
        LockedPdfError: The PDF needs a password.
        DamagedPdfError: The PDF cannot be opened.

    """
    found = PdfText()
    total = 1
    while len(found.texts) < total:
        with _LOCK, _opened(data) as pdf:
            total = len(pdf)
            if not found.texts:
                found.title = " ".join(pdf.get_metadata_value("Title").split())
            first = len(found.texts)
            for index in range(first, min(first + _REOPEN_EVERY, total)):
                found.texts.append(_page_text(pdf, index, found))
    return found


def page_picture(data: bytes, number: int, *, scale: float = 1.5) -> bytes:
    """Return a PNG picture of one page.

    Args:
        data: The PDF.
        number: Page number, from 1.
        scale: Pixels per point (72 points are an inch); lowered for a page of enormous size.

    Returns:
        The bytes of a PNG file, 8 bits each of red, green and blue.

    Raises:
        LockedPdfError, DamagedPdfError: As for `text_layer`.
        NoSuchPageError: There is no such page, or it is damaged.

    """
    with _LOCK, _opened(data) as pdf:
        if not 1 <= number <= len(pdf):
            msg = f"the PDF has {len(pdf)} pages, no page {number}"
            raise NoSuchPageError(msg)
        try:
            page = pdf[number - 1]
        except pypdfium2.PdfiumError as error:
            msg = f"page {number} of the PDF is damaged"
            raise NoSuchPageError(msg) from error
        try:
            pixels = page.get_width() * page.get_height() * scale * scale
            fitting = scale * min(1.0, (_MAX_PICTURE_PIXELS / max(pixels, 1.0)) ** 0.5)
            bitmap = page.render(scale=fitting, rev_byteorder=True)
            try:
                return _png(bitmap)
            finally:
                bitmap.close()
        finally:
            page.close()


def printed(text: str) -> str:
    """Return PDFium's text as printed: its mark for a hyphen at a line end becomes that again."""
    # Plain replacements are many times faster than patterns, and this sees every character.
    text = text.replace("\r\n", "\n").replace("\ufffe", "-\n").replace("\x02", "-\n")
    while " \n" in text:
        text = text.replace(" \n", "\n")
    return (_CONTROL.sub("", text) if _CONTROL.search(text) else text).rstrip(" ")


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kind = LockedPdfError if error.err_code in _LOCKED else DamagedPdfError
        raise kind(str(error)) from error


def _page_text(pdf: pypdfium2.PdfDocument, index: int, found: PdfText) -> str:
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        found.damaged.append(index + 1)
        return ""
    try:
        textpage = page.get_textpage()
        text = printed(textpage.get_text_range())
        textpage.close()
    except pypdfium2.PdfiumError:
        found.damaged.append(index + 1)
        return ""
    else:
        if not text.strip() and raw.FPDFPage_CountObjects(page) > 0:
            found.pictures.append(index + 1)
        return text
    finally:
        page.close()


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(_rows(bitmap)), level=6)
    chunks = (b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _rows(bitmap: pypdfium2.PdfBitmap) -> Iterator[bytes]:
    """Yield each row of pixels with PNG's filter byte (0: none) in front."""
    buffer = memoryview(bitmap.buffer).cast("B")
    for row in range(bitmap.height):
        start = row * bitmap.stride
        yield b"\x00" + buffer[start : start + bitmap.width * 3]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
