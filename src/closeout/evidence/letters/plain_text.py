"""A document as plain text, for a field that a person goes on writing in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.evidence.letters.paper import Grid, Points

if TYPE_CHECKING:
    from closeout.evidence.letters.paper import Paper

_DIGEST = re.compile(r"\b[0-9a-f]{16,}\b")


def plain_text(paper: Paper) -> str:
    """Return a document's words: headings, paragraphs, points and rows of tables, a line each.

    Digests are left out: they stand in the file that goes with the words.
    """
    lines = [paper.title, f"{paper.agency}, figures as of {paper.as_of}", ""]
    for block in paper.blocks:
        if isinstance(block, Grid):
            rows = (" | ".join(row) for row in (block.columns, *block.rows))
            lines += [f"{block.caption}:", *(_DIGEST.sub("[digest]", row) for row in rows), ""]
        elif isinstance(block, Points):
            lines += [*(f"- {item}" for item in block.items), ""]
        else:
            lines += [block.text, ""]
    return "\n".join(lines).strip()
