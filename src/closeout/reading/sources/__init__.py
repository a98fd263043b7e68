"""Bytes in, documents out: the only package that opens a document format.

What a file is, is judged by its content. Bad input never raises: it gives a document without
text whose fatal problem says what is wrong and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.reading.model import Document, Medium
from closeout.reading.sources.archive import Budget, read_archive
from closeout.reading.sources.endings import cut_page, cut_table, cut_text
from closeout.reading.sources.faults import sha256_of, unread
from closeout.reading.sources.html import declared_charset, looks_like_html, read_html
from closeout.reading.sources.kind import Kind, kind_of, unsupported_name
from closeout.reading.sources.limits import DEFAULT_LIMITS, Limits
from closeout.reading.sources.pdf import read_pdf
from closeout.reading.sources.rows import looks_like_csv
from closeout.reading.sources.text import Decoded, NotTextError, decode
from closeout.reading.sources.webarchive import is_web_archive, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["DEFAULT_LIMITS", "Limits", "open_bytes", "open_documents", "open_raw"]

_SAVE_AS = "save it as PDF or text and read that"
_MIN_PAGE_CHARS = 40
_ARCHIVES = frozenset({Kind.ZIP, Kind.TAR, Kind.COMPRESSED})


def open_documents(path: Path, *, limits: Limits = DEFAULT_LIMITS, name: str = "") -> Iterator[Document]:
    """Yield the document a file holds, or one for each member of an archive.

    Args:
        path: An existing file.
        limits: How much it may cost before it is refused.
        name: What to report it as; the path when empty.

    """
    name = name or path.as_posix()
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            message = f"refused: it has {size:,} bytes, more than {limits.file_bytes:,}; split it"
            yield unread(name, b"", code="too-large", message=message)
            return
        data = path.read_bytes()
    except OSError as error:
        message = (
            f"it cannot be opened ({error.strerror or error}); check that it exists and that you may read it"
        )
        yield unread(name, b"", code="unreadable-file", message=message)
        return
    yield from open_bytes(name, data, limits=limits)


def open_bytes(name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Document]:
    """Yield the document some bytes hold (an upload), or one for each member of an archive."""
    yield from _open(name, data, Budget(limits, packed_bytes=len(data)))


def open_raw(name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every document that `open_bytes` would open, in the same order.

    A member that is refused has no bytes.
    """
    if kind_of(data) not in _ARCHIVES:
        yield name, data
        return
    last: list[bytes] = []

    def keep(name: str, data: bytes, budget: Budget) -> Iterator[Document]:
        if (kind := kind_of(data)) in _ARCHIVES:
            yield from read_archive(name, data, kind, budget, keep)
        else:
            last.append(data)
            yield Document(name, "", Medium.TEXT, "")

    for document in read_archive(name, data, kind_of(data), Budget(limits, len(data)), keep):
        yield document.path, last.pop() if last else b""


def _open(name: str, data: bytes, budget: Budget) -> Iterator[Document]:
    kind = kind_of(data)
    if kind in _ARCHIVES:
        yield from read_archive(name, data, kind, budget, _open)
    elif kind is Kind.PDF:
        yield read_pdf(name, data, budget.limits)
    elif kind is Kind.UNSUPPORTED:
        message = f"it is {unsupported_name(data)}, which cannot be read; {_SAVE_AS}"
        yield unread(name, data, code="unsupported-format", message=message)
    else:
        yield _open_text(name, data)


def _open_text(name: str, data: bytes) -> Document:
    """Return text, a web page or a CSV export, told apart by what the decoded text looks like."""
    try:
        decoded = _decode(data)
    except NotTextError:
        message = f"it holds binary data, no text; if it is a report, {_SAVE_AS}"
        return unread(name, data, code="binary-file", message=message)
    if not decoded.text.strip():
        return unread(name, data, code="empty-file", message="the file is empty; get it again")
    is_page = looks_like_html(decoded.text)
    if name.lower().endswith(".pdf"):
        return _not_a_pdf(name, data, decoded.text, is_page=is_page)
    if is_page:
        return _page(name, data, decoded)
    if decoded.text.lstrip().startswith("<?xml"):
        message = f"it is an XML file, which cannot be read; {_SAVE_AS}"
        return unread(name, data, code="unsupported-format", message=message)
    is_table = looks_like_csv(decoded.text)
    medium, ending = (Medium.CSV, cut_table) if is_table else (Medium.TEXT, cut_text)
    problems = (*decoded.problems, *ending(decoded.text))
    return Document(name, sha256_of(data), medium, decoded.text, problems=problems)


def _decode(data: bytes) -> Decoded:
    """Return the text of a file, or of the page inside one that a browser saved as MHTML."""
    if is_web_archive(data):
        page, charset = page_of(data)
        return decode(page, declared=charset or declared_charset(page))
    return decode(data, declared=declared_charset(data))


def _page(name: str, data: bytes, decoded: Decoded) -> Document:
    page = read_html(decoded.text)
    if len(page.text.strip()) < _MIN_PAGE_CHARS:
        reason = "its words are drawn by script" if page.has_script else "it holds no words"
        message = f"the page cannot be read: {reason}; open it in a browser and save it as PDF"
        return unread(name, data, code="no-text", message=message, medium=Medium.HTML, title=page.title)
    problems = (*decoded.problems, *cut_page(decoded.text))
    return Document(name, sha256_of(data), Medium.HTML, page.text, problems=problems, title=page.title)


def _not_a_pdf(name: str, data: bytes, source: str, *, is_page: bool) -> Document:
    title = read_html(source).title if is_page else ""
    what = "a web page" if is_page else "plain text"
    said = f' ("{title}")' if title else ""
    message = (
        f"it is {what}{said} named .pdf, often a server's error message; "
        "download the PDF again, or rename the file if the page is what you want"
    )
    return unread(
        name, data, code="not-a-pdf", message=message, medium=Medium.HTML if is_page else Medium.TEXT
    )
