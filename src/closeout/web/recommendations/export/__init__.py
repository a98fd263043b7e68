"""Taking tables out of the register: what is shown, in files that any program opens safely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.recommendations.export.formats import MEDIA_TYPES, plain_table, safe, write
from closeout.web.recommendations.export.tables import TABLES, register_table

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.recommendations.queries.listing import Filters, Order

__all__ = ["MEDIA_TYPES", "TABLES", "plain_table", "safe", "write", "write_register", "write_table"]


def write_register(filters: Filters, order: tuple[Order, bool], *, kind: str, as_of: date) -> bytes:
    """Return the list as it is filtered and ordered on a page, as a file.

    Args:
        filters: What narrows it.
        order: What it is ordered by, and whether downwards.
        kind: `csv`, `json` or `xlsx`.
        as_of: The day it is as of.

    """
    return write([register_table(filters, as_of=as_of, order=order[0], is_descending=order[1])], kind)


def write_table(name: str, filters: Filters, *, kind: str, as_of: date) -> bytes:
    """Return one of `TABLES` as a file, for the recommendations under the filters.

    Raises:
        KeyError: There is no such table, or no such kind of file.

    """
    return write(TABLES[name](filters, as_of=as_of), kind)
