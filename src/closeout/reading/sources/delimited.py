"""Comma-separated values with the place of every field in the raw text.

The standard library's reader drops offsets, and a reading must be able to show the words it came
from. This scanner keeps them. It takes what spreadsheets and content systems write: quotes
doubled inside quotes, line breaks inside quotes, rows of any length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTE = '"'
_BLANK = " \t"


class Field(NamedTuple):
    """One field: its value with quotes undone, and where the value stands, quotes left out."""

    value: str
    span: Span


Row = tuple[Field, ...]


def scan_rows(text: str, start: int = 0, *, delimiter: str = ",") -> Iterator[Row]:
    """Yield the rows of delimited text from `start` on, blank lines left out.

    A field that begins with a quote ends at its closing quote; blanks around it are ignored. A
    quote that is never closed takes in the rest of the text, as the standard says.
    """
    at, row = start, []
    while at < len(text):
        field, at = _scan_field(text, at, delimiter)
        row.append(field)
        if at < len(text) and text[at] == delimiter:
            at += 1
            if at == len(text) or text[at] in "\r\n":
                row.append(Field("", Span(at, at)))
            else:
                continue
        at = _past_line_end(text, at)
        if len(row) > 1 or row[0].value:
            yield tuple(row)
        row = []
    if row:
        yield tuple(row)


def scan_flat_rows(text: str, start: int, width: int, *, delimiter: str = ",") -> Iterator[Row]:
    """Yield rows of `width` fields from delimited text whose line breaks were lost.

    Copied from a browser, rows follow each other with a blank between. Such a blank is told from
    one inside a row by the number of fields.
    """
    at = start
    row: list[Field] = []
    while at < len(text):
        is_last = len(row) == width - 1
        field = Field("", Span(at, at))
        if not (is_last and text[at] in _BLANK):
            field, at = _scan_field(text, at, delimiter, is_last=is_last)
        row.append(field)
        if not is_last and at < len(text) and text[at] == delimiter:
            at += 1
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        yield tuple(row)
        row = []
    if row:
        yield (*row, Field("", Span(at, at)))


def _scan_field(text: str, start: int, delimiter: str, *, is_last: bool = False) -> tuple[Field, int]:
    """Return the field that begins at `start` and where its delimiter or line end stands.

    A last field of a flat row ends before a blank and a quote.
    """
    at = start
    while at < len(text) and text[at] in _BLANK and text[at] != delimiter:
        at += 1
    if text.startswith(_QUOTE, at):
        return _scan_quoted(text, at, "" if is_last else delimiter)
    end = _field_end(text, start, ' "' if is_last else delimiter)
    value = text[start:end].strip()
    left = start + text[start:end].find(value) if value else start
    return Field(value, Span(left, left + len(value))), end


def _scan_quoted(text: str, quote: int, delimiter: str) -> tuple[Field, int]:
    at = quote + 1
    while True:
        close = text.find(_QUOTE, at)
        if close < 0:
            return Field(text[quote + 1 :].replace('""', _QUOTE), Span(quote + 1, len(text))), len(text)
        if not text.startswith(_QUOTE, close + 1):
            break
        at = close + 2
    value = text[quote + 1 : close].replace('""', _QUOTE)
    return Field(value, Span(quote + 1, close)), _field_end(
        text, close + 1, delimiter
    ) if delimiter else close + 1


def _field_end(text: str, start: int, delimiter: str) -> int:
    ends = [hit for mark in (delimiter, "\n", "\r") if (hit := text.find(mark, start)) >= 0]
    return min(ends, default=len(text))


def _past_line_end(text: str, at: int) -> int:
    if text.startswith("\r\n", at):
        return at + 2
    return at + 1 if at < len(text) else at
