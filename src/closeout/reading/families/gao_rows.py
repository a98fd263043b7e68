"""Rows of GAO's tables of recommendations, however the page's table was turned into text.

A row is an agency, the demand, a status and a narrative. The agency may be glued in front of the
demand or stand in a cell or line of its own; cells may have pipes between them or not; the
status may be lost. What is certain is taken first: status labels and number tags anchor the rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.families.gao_agencies import agency_length, is_agency_name, is_congress, is_demand
from closeout.reading.families.gao_labels import HEADER, STATUS, TAG, is_priority, is_status, is_tooltip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CELL = re.compile(r"[^|\n]+")
_RULE = re.compile(r"[\s:|-]+")
_MARKUP = "*_#> \t\r\xa0"
_STATUS_IN_FRONT = re.compile(rf"(?:{STATUS.pattern})(?=\s*<br ?/?>|\s{{2,}}|\t)", re.IGNORECASE)
_PRIORITY_IN_FRONT = re.compile(
    r"Priority\s+Rec\.[*_]*\s*(?:<br ?/?>)?\s*(?:This\s+is\s+a\s+priority"
    r"\s+recommendation\.)?[*_]*\s*(?:<br ?/?>)?\s*",
    re.IGNORECASE,
)
_AFTER_TABLE = re.compile(r"\|[ \t\r]*\n[ \t\r]*\n")
_REACH = 12
"""Pieces to look ahead or back for the status of a row (a demand may run over several lines)."""


class Piece(NamedTuple):
    """A cell or line of a table, without white space and markup at its ends."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: offsets in the text it was found in; an absent part is None."""

    text: tuple[int, int]
    agency: tuple[int, int] | None = None
    status: tuple[int, int] | None = None
    narrative: tuple[int, int] | None = None
    is_priority: bool = False


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Return the cells and lines of `text[start:end]` that hold words, column headings left out."""
    return [
        piece
        for line in _lines(text, start, end)
        if not HEADER.fullmatch(text, *line) and not _RULE.fullmatch(text, *line)
        for piece in _cells(text, *line)
    ]


def _table_end(text: str, start: int, end: int) -> int:
    """Return where a table ends whose last cell is closed by a pipe and followed by other lines."""
    last = text.rfind("|", start, end)
    if last < 0 or not _AFTER_TABLE.match(text, last, end):
        return end
    left, right = _trim(text, max(start, text.rfind("|", start, last) + 1), last)
    cell = text[left:right]
    tag = TAG.search(cell)
    is_whole = cell and not is_status(cell) and not (tag and not cell[tag.end() :].strip(" ."))
    is_over = not any(is_status(said) for said in map(str.strip, text[last + 1 : end].splitlines()))
    return last if is_whole and is_over else end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stop + 1


def _cells(text: str, start: int, end: int) -> Iterator[Piece]:
    for cell in _CELL.finditer(text, start, end):
        left, right = _trim(text, cell.start(), cell.end())
        mark = _PRIORITY_IN_FRONT.match(text, left, right)
        if mark and mark.end() < right:
            yield Piece(left, left + len(mark[0].rstrip(_MARKUP)), mark[0].rstrip(_MARKUP))
            left = _trim(text, mark.end(), right)[0]
        label = _STATUS_IN_FRONT.match(text, left, right)
        if label:
            yield Piece(left, label.end(), label[0])
            left = _trim(text, label.end(), right)[0]
            left += len("<br>") if text.startswith("<br>", left) else 0
        if left < right:
            yield Piece(left, right, text[left:right])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _MARKUP:
        start += 1
    while end > start and text[end - 1] in _MARKUP:
        end -= 1
    return start, end


def read_rows(text: str, start: int, end: int, known: Iterable[str] = ()) -> list[Row]:
    """Return the rows of the table in `text[start:end]`, in order.

    Args:
        text: The text.
        start: Where the table's rows begin (column headings may still follow).
        end: Where they end.
        known: Names of agencies that are certain from elsewhere on the page.

    """
    table = pieces(text, start, _table_end(text, start, end))
    names = {*known, *_bare_names(table)}
    heads = _heads(table, names)
    ends = [*heads[1:], len(table)]
    return [_row(text, table[head:stop], names) for head, stop in zip(heads, ends, strict=False)]


def _bare_names(table: Sequence[Piece]) -> Iterator[str]:
    for piece, after in pairwise(table):
        if is_priority(after.text) and is_agency_name(piece.text):
            yield piece.text


def _heads(table: Sequence[Piece], names: set[str]) -> list[int]:
    """Return where rows begin: at a lone agency, at an agency with a demand, or at a bare demand."""
    heads: list[int] = []
    taken = -1
    for index, piece in enumerate(table):
        if index <= taken or is_status(piece.text):
            continue
        text_at = _text_index(table, index, names)
        if text_at is None:
            continue
        heads.append(index)
        taken = text_at
    return heads


def _text_index(table: Sequence[Piece], index: int, names: set[str]) -> int | None:
    """Return where the demand of a row that begins at `index` stands; None when no row does."""
    piece = table[index]
    at = index + 1
    while at < len(table) and is_priority(table[at].text):
        at += 1
    is_lone_agency = piece.text in names or is_agency_name(piece.text)
    if is_lone_agency and at < len(table) and is_demand(table[at].text) and _is_anchored(table, at):
        return at
    if is_lone_agency and at > index + 1 and at == len(table) - 1 and not is_status(table[at].text):
        return at  # marked as a priority, and the demand cut off before it can be told
    length = agency_length(piece.text, names)
    if length:
        rest = piece.text[length:].strip()
        is_cut_off = index + 1 == len(table) and piece.text[:length] in names
        return index if is_cut_off or (is_demand(rest) and _is_anchored(table, index)) else None
    is_matter = is_congress(piece.text) and _is_anchored(table, index)
    return index if is_matter or (_is_before_status(table, index) and is_demand(piece.text)) else None


def _is_before_status(table: Sequence[Piece], index: int) -> bool:
    return index + 1 < len(table) and is_status(table[index + 1].text)


def _is_anchored(table: Sequence[Piece], index: int) -> bool:
    """Say whether a tag or a status shows that a demand begins here, or the table ends with it."""
    for piece in table[index : index + _REACH]:
        if TAG.search(piece.text) or is_status(piece.text):
            return True
    return len(table) - index <= _REACH


def _row(text: str, row: Sequence[Piece], names: set[str]) -> Row:
    agency, first, marked = _agency(row, names)
    body = row[first:]
    status_at = next((i for i, piece in enumerate(body) if i and is_status(piece.text)), None)
    last = _text_end(body, status_at)
    start = body[0].start + (agency[1] - body[0].start if agency and agency[0] == body[0].start else 0)
    start = _trim(text, start, body[0].end)[0]
    status = body[status_at] if status_at is not None else None
    told = [
        piece
        for piece in body[(last if status_at is None else status_at) + 1 :]
        if not is_tooltip(piece.text)
    ]
    return Row(
        text=(start, body[last].end),
        agency=agency,
        status=(status.start, status.end) if status else None,
        narrative=(told[0].start, told[-1].end) if told else None,
        is_priority=marked,
    )


def _agency(row: Sequence[Piece], names: set[str]) -> tuple[tuple[int, int] | None, int, bool]:
    """Return the agency's range, the index of the piece with the demand, and whether it is a priority."""
    marks = 1
    while marks < len(row) and is_priority(row[marks].text):
        marks += 1
    piece = row[0]
    if marks < len(row) and (marks > 1 or piece.text in names or is_agency_name(piece.text)):
        return (piece.start, piece.end), marks, marks > 1
    length = agency_length(piece.text, names)
    return ((piece.start, piece.start + length) if length else None), 0, False


def _text_end(body: Sequence[Piece], status_at: int | None) -> int:
    """Return the index of the last piece of the demand."""
    if status_at is not None:
        return status_at - 1
    tagged = (i for i, piece in enumerate(body[:_REACH]) if TAG.search(piece.text))
    return next(tagged, 0)
