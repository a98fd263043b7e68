"""Which HTML tables hold data, and which only lay out a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS = "p, div, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, br, hr"
_MAX_CELL_CHARS = 400


def data_tables(body: LexborNode) -> frozenset[int]:
    """Return the memory ids of the tables whose rows are to be read as rows.

    A table with headings is data unless another table lies in it. One without headings is data
    when it has several columns and rows and each cell is a short run of words; old pages lay
    themselves out with tables that have whole columns of paragraphs in a cell.
    """
    tables = body.css("table")
    outer = {parent for table in tables if (parent := _table_around(table)) is not None}
    return frozenset(table.mem_id for table in tables if table.mem_id not in outer and _holds_data(table))


def _table_around(table: LexborNode) -> int | None:
    node = table.parent
    while node is not None and node.tag != "table":
        node = node.parent
    return None if node is None else node.mem_id


def _holds_data(table: LexborNode) -> bool:
    if table.attributes.get("role") in {"presentation", "none"}:
        return False
    if table.css_first("th") is not None:
        return True
    rows = [_cells(row) for row in table.css("tr")]
    wide = [cells for cells in rows if len(cells) > 1]
    return len(wide) > 1 and all(_is_short(cell) for cells in rows for cell in cells)


def _cells(row: LexborNode) -> list[LexborNode]:
    return [child for child in row.iter() if child.tag in {"td", "th"}]


def _is_short(cell: LexborNode) -> bool:
    return cell.css_first(_BLOCKS) is None and len(cell.text()) <= _MAX_CELL_CHARS
