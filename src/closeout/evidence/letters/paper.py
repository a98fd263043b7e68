"""A document before it is a PDF or a Word file: headings, paragraphs, lists and tables, as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section (level 1) or of a part of one (level 2)."""

    text: str
    level: int = 1
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. `style` is empty, `quote` (the auditor's words) or `fill` (for a person to fill in)."""

    text: str
    style: str = ""
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Points:
    """A list, one sentence a point."""

    items: tuple[str, ...]
    kind: str = "points"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: caption above, header row repeated on each page.

    Attributes:
        caption: What it shows, its count and its day.
        columns: The header cells.
        rows: Cells as they are printed, as many as there are columns.
        widths: How wide each column is beside the others; empty: all alike.
        numeric: Places of the columns of numbers, set to the right.

    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    numeric: tuple[int, ...] = ()
    kind: str = "grid"

    def __post_init__(self) -> None:
        """Refuse rows and widths that do not fit the columns."""
        if any(len(row) != len(self.columns) for row in self.rows):
            msg = f"{self.caption}: every row must have {len(self.columns)} cells"
            raise ValueError(msg)
        if self.widths and len(self.widths) != len(self.columns):
            msg = f"{self.caption}: {len(self.widths)} widths for {len(self.columns)} columns"
            raise ValueError(msg)


Block: TypeAlias = Heading | Words | Points | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """One document.

    Attributes:
        title: Its title, also that of the file.
        agency: Whose it is.
        as_of: The day its figures stand on; also the file's own date, so that it comes out alike each time.
        facts: Pairs printed under the title: what, and what it is.
        blocks: The body, in order.
        about: What every document says at its end of its figures: sources, suppression, intervals, gaps.
        notice: The line over the title that says that it is a draft.
        signature: Lines of the signature block, placeholders only; empty where none is wanted.
        salutation: How a letter begins; empty for a report.

    """

    title: str
    agency: str
    as_of: date
    blocks: tuple[Block, ...]
    facts: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()
    notice: str = "Draft for review and signature. Not signed, not sent."
    signature: tuple[str, ...] = ()
    salutation: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self) | {"as_of": self.as_of.isoformat()}
