"""Tables of Word files, written as a whole: python-docx looks a table through for every cell it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from closeout.evidence.letters.words import seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.evidence.letters.paper import Grid

_PAGE_TWIPS = 9_360
"""Six inches and a half, between the margins."""
_HALF_POINTS = 18
"""The size of the letters of a cell."""


def grid_element(grid: Grid, style: str) -> Any:  # noqa: ANN401 - an element of lxml, which has no types
    """Return a table with its header row repeated on each page, and no row broken in two.

    Args:
        grid: The table.
        style: The id of its style in the document.

    """
    widths = _twips(grid.widths or (1,) * len(grid.columns))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, widths, grid.numeric) for row in grid.rows)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblStyle w:val={quoteattr(style)}/>"
        f'<w:tblW w:type="dxa" w:w="{sum(widths)}"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val={quoteattr(seen(grid.caption))}/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{_row(grid.columns, widths, grid.numeric, is_header=True)}{rows}</w:tbl>"
    )


def _twips(shares: Sequence[int]) -> list[int]:
    """Return the page's width shared among columns, in twentieths of a point."""
    return [_PAGE_TWIPS * share // sum(shares) for share in shares]


def _row(
    cells: Sequence[str], widths: Sequence[int], numeric: Sequence[int], *, is_header: bool = False
) -> str:
    header = "<w:tblHeader/>" if is_header else ""
    made = "".join(
        _cell(text, width, is_right=place in numeric, is_bold=is_header)
        for place, (text, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{made}</w:tr>"


def _cell(text: str, width: int, *, is_right: bool, is_bold: bool) -> str:
    right = '<w:pPr><w:jc w:val="right"/></w:pPr>' if is_right else ""
    bold = "<w:b/>" if is_bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr><w:p>{right}<w:r>'
        f'<w:rPr>{bold}<w:sz w:val="{_HALF_POINTS}"/></w:rPr>{_text(text)}</w:r></w:p></w:tc>'
    )


def _text(said: str) -> str:
    """Return text with its line breaks."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in seen(said).split("\n"))
    return "<w:br/>".join(lines)
