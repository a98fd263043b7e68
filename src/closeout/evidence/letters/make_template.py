"""Make the template of the closeout letter: `python -m closeout.evidence.letters.make_template`.

An agency makes its own by changing a copy in Word: letterhead, wording and order are free, as long as the
fields that every letter needs stay in.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.evidence.letters.closeout_word import TEMPLATE
from closeout.evidence.letters.paper import Grid, Heading
from closeout.evidence.letters.word import add_block, add_table, new_document, saved

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MADE_ON = date(2026, 1, 1)
_TABLES = {
    "needs": (
        "What your office said it needs, and what covers it",
        ("What is needed", "Where it is said", "Covered", "By"),
        ("text", "place", "covered", "by"),
        (10, 5, 3, 6),
    ),
    "measures": (
        "What the records show",
        ("Measure", "Period", "Figure (interval), of how many", "Target", "Result"),
        ("title", "period", "figure", "target", "result"),
        (7, 5, 8, 4, 4),
    ),
    "promises": (
        "Dates promised",
        ("Promised for", "What", "By", "Said", "What became of it"),
        ("due", "what", "by", "said_on", "became"),
        (4, 6, 4, 4, 6),
    ),
    "frozen": (
        "Frozen evidence",
        ("Measure", "True of", "Frozen on", "SHA-256 of the result"),
        ("title", "effective_on", "frozen_on", "result_sha256"),
        (8, 4, 4, 6),
    ),
}


def closeout_template() -> bytes:
    """Return the template as a Word file, the same bytes each time."""
    word = new_document("Closeout letter (template)", "Closeout", _MADE_ON)
    word.add_paragraph("{{ notice }}", style="Intense Quote")
    word.add_paragraph("{{ agency }}")
    word.add_paragraph("{{ title }}", style="Title")
    word.add_paragraph("{%p for fact in facts %}")
    line = word.add_paragraph()
    line.add_run("{{ fact.name }}: ").bold = True
    line.add_run("{{ fact.value }}")
    word.add_paragraph("{%p endfor %}")
    word.add_paragraph("{{ salutation }}")
    _each(word, "opening")
    add_block(word, Heading("The recommendation"))
    word.add_paragraph("{{ text }}", style="Quote")
    for name in _TABLES:
        _table(word, name)
    word.add_paragraph("{{ snapshot }}")
    add_block(word, Heading("What is still missing"))
    word.add_paragraph("{%p if gaps_said %}")
    word.add_paragraph("{{ gaps_said }}")
    word.add_paragraph("{%p endif %}")
    _each(word, "gaps", "List Bullet")
    _each(word, "closing")
    _each(word, "signature")
    add_block(word, Heading("About these figures"))
    _each(word, "about", "List Bullet")
    return saved(word, _MADE_ON)


def _each(word: WordDocument, field: str, style: str | None = None) -> None:
    """Add a paragraph for each text of a field."""
    word.add_paragraph(f"{{%p for each in {field} %}}")
    word.add_paragraph("{{ each }}", style=style)
    word.add_paragraph("{%p endfor %}")


def _table(word: WordDocument, name: str) -> None:
    """Add a heading, the count, and a table with a row for each; without rows the table is left out."""
    heading, columns, keys, widths = _TABLES[name]
    add_block(word, Heading(heading))
    caption = word.add_paragraph(f"{{{{ {name}_said }}}}", style="Caption")
    caption.paragraph_format.keep_with_next = True
    condition = word.add_paragraph(f"{{%p if {name} %}}")
    empty = ("",) * (len(keys) - 1)
    rows = (
        (f"{{%tr for row in {name} %}}", *empty),
        tuple(f"{{{{ row.{key} }}}}" for key in keys),
        ("{%tr endfor %}", *empty),
    )
    add_table(condition, Grid(heading, columns, rows, widths))
    word.add_paragraph("{%p endif %}")


def main() -> None:
    """Write the template where the package keeps it."""
    (Path(__file__).parent / "templates" / TEMPLATE).write_bytes(closeout_template())


if __name__ == "__main__":
    main()
