"""PDF files: their text page by page, and what to say when there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.reading.model import Document, Medium, Page, Problem
from closeout.reading.sources.faults import page_list, sha256_of, unread
from closeout.reading.sources.limits import DEFAULT_LIMITS, Limits
from closeout.reading.sources.pdfium import DamagedPdfError, LockedPdfError, PdfText, text_layer
from closeout.reading.sources.recognition import RecognitionError, recognized_copy, unread_pages
from closeout.reading.sources.salvage import salvaged

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE_BREAK = "\f"
_TAIL = 2_048


def read_pdf(path: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Return the text of a PDF, its pages joined by form feeds, with a page map.

    A line end within a hyphenated word comes out as hyphen and line break, as it is printed.
    Pages that are pictures go through text recognition where `ocrmypdf` is installed.

    Args:
        path: The name the document is reported under.
        data: The file's bytes.
        limits: Bounds the time of text recognition.

    Returns:
        The document; one with a fatal problem when the file is locked, damaged, or scanned and
        there is nothing to recognize its text with.

    """
    try:
        layer = text_layer(data)
    except LockedPdfError:
        message = "the PDF is locked with a password; save a copy without one and read that"
        return unread(path, data, code="locked-pdf", message=message, medium=Medium.PDF)
    except DamagedPdfError:
        return _salvaged(path, data)
    problems = [*_cut_problem(data, layer), *_damage_problem(layer)]
    if layer.pictures:
        problems.append(_recognize(data, layer, limits))
    if not any(text.strip() for text in layer.texts):
        return _without_text(path, data, layer, problems)
    text, pages = _join(layer.texts)
    return Document(path, sha256_of(data), Medium.PDF, text, pages, tuple(problems), layer.title)


def _recognize(data: bytes, layer: PdfText, limits: Limits) -> Problem:
    """Fill in the text of pages that are pictures; return what to tell the reader about them."""
    try:
        recognized = text_layer(recognized_copy(data, layer.pictures, seconds=limits.ocr_seconds))
    except (RecognitionError, LockedPdfError, DamagedPdfError) as error:
        return unread_pages(layer.pictures, str(error))
    for number in layer.pictures:
        layer.texts[number - 1] = recognized.texts[number - 1]
    if not any(layer.texts[number - 1].strip() for number in layer.pictures):
        return unread_pages(layer.pictures, "text recognition found no words; look at the pages themselves")
    message = f"{page_list(layer.pictures)} read by text recognition; check figures against the picture"
    return Problem("recognized-text", message)


def _salvaged(path: str, data: bytes) -> Document:
    """Return what can be saved of a PDF that does not open, as when its download broke off."""
    try:
        layer = text_layer(salvaged(data) or b"")
    except (LockedPdfError, DamagedPdfError):
        layer = PdfText()
    found = sum(1 for text in layer.texts if text.strip())
    if not found:
        message = "the PDF is damaged or cut off and cannot be opened; download it again"
        return unread(path, data, code="damaged-pdf", message=message, medium=Medium.PDF)
    message = f"the PDF is cut off; {found} pages were saved, the rest is lost; download it again"
    text, pages = _join(layer.texts)
    return Document(path, sha256_of(data), Medium.PDF, text, pages, (Problem("cut-pdf", message),))


def _join(texts: Sequence[str]) -> tuple[str, tuple[Page, ...]]:
    """Return the pages as one text, each ending its last line, and where each page lies."""
    lines = [f"{text}\n" for text in texts]
    pages, start = [], 0
    for number, text in enumerate(lines, start=1):
        pages.append(Page(number, start, start + len(text)))
        start += len(text) + len(PAGE_BREAK)
    return PAGE_BREAK.join(lines), tuple(pages)


def _cut_problem(data: bytes, layer: PdfText) -> list[Problem]:
    if b"%%EOF" in data[-_TAIL:] or b"startxref" in data[-_TAIL:]:
        return []
    message = f"the PDF is cut off; the {len(layer.texts)} pages still found were read; download it again"
    return [Problem("cut-pdf", message)]


def _damage_problem(layer: PdfText) -> list[Problem]:
    if not layer.damaged:
        return []
    message = f"{page_list(layer.damaged)} damaged and could not be read; download the PDF again"
    return [Problem("damaged-pages", message)]


def _without_text(path: str, data: bytes, layer: PdfText, problems: list[Problem]) -> Document:
    """Return a document that says why a PDF gave no text at all."""
    count = len(layer.texts)
    if layer.damaged:
        code, message = "damaged-pdf", f"none of its {count} pages can be read; download the PDF again"
    elif layer.pictures:
        advice = problems[-1].message.partition("; ")[2]
        code, message = "scanned-pdf", f"unread: it is a scan without text ({count} pages); {advice}"
    else:
        code, message = "empty-file", f"its {count} pages are blank; get the report again"
    return unread(path, data, code=code, message=message, medium=Medium.PDF, title=layer.title)
