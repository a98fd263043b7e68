"""Documents as Word files: real headings, lists, table headers, language and title, same bytes each time."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from closeout.evidence.letters.paper import Grid, Heading, Points
from closeout.evidence.letters.word_grid import grid_element
from closeout.evidence.letters.words import seen

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from closeout.evidence.letters.paper import Block, Paper

LANGUAGE = "en-US"
FONT = "Times New Roman"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest a file in a ZIP archive can be of."""
_LEVELS = 2


def to_docx(paper: Paper) -> bytes:
    """Return a document as a Word file. The same document always gives the same bytes."""
    word = new_document(paper.title, paper.agency, paper.as_of)
    if paper.notice:
        _paragraph(word, style="IntenseQuote").add_run(seen(paper.notice)).bold = True
    word.add_paragraph(seen(paper.agency))
    _paragraph(word, paper.title, "Title")
    for name, value in paper.facts:
        line = word.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{seen(name)}: ").bold = True
        line.add_run(seen(value))
    if paper.salutation:
        word.add_paragraph(seen(paper.salutation))
    for block in paper.blocks:
        add_block(word, block)
    for each in paper.signature:
        line = word.add_paragraph(seen(each))
        line.paragraph_format.space_after = Pt(0)
    if paper.about:
        add_block(word, Heading("About these figures"))
        add_block(word, Points(paper.about))
    return saved(word, paper.as_of)


def new_document(title: str, agency: str, day: date) -> WordDocument:
    """Return an empty Word document with its title, author, date, language, page size and fonts set."""
    word = Document()
    core = word.core_properties
    core.title, core.author, core.language = seen(title), seen(agency), LANGUAGE
    core.subject, core.comments, core.last_modified_by = "", "", ""
    core.created = core.modified = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    core.revision = 1
    section = word.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    _set_language(word)
    _set_fonts(word)
    return word


def _paragraph(word: WordDocument, text: str = "", style: str = "") -> Paragraph:
    """Add a paragraph of a style, given by its id: by its name, python-docx looks all styles through."""
    made = word.add_paragraph(seen(text))
    if style:
        made._p.style = style  # noqa: SLF001 - python-docx has no other way
    return made


def add_block(word: WordDocument, block: Block) -> None:
    """Add one block to the end of a Word document."""
    if isinstance(block, Heading):
        _paragraph(word, block.text, f"Heading{min(block.level, _LEVELS)}")
    elif isinstance(block, Points):
        for item in block.items:
            _paragraph(word, item, "ListBullet")
    elif isinstance(block, Grid):
        _add_grid(word, block)
    else:
        line = _paragraph(word, style="Quote" if block.style == "quote" else "")
        line.add_run(seen(block.text)).italic = True if block.style == "fill" else None


def _add_grid(word: WordDocument, grid: Grid) -> None:
    caption = _paragraph(word, grid.caption, "Caption")
    caption.paragraph_format.keep_with_next = True
    add_table(caption, grid)
    word.add_paragraph()


def add_table(above: Paragraph, grid: Grid) -> None:
    """Add a table under a paragraph: its header row repeated on each page, and no row broken in two."""
    above._p.addnext(grid_element(grid, "TableGrid"))  # noqa: SLF001 - python-docx has no other way


def _set_language(word: WordDocument) -> None:
    for style in word.styles.element.iter(qn("w:rPrDefault")):
        properties = style.find(qn("w:rPr"))
        language = properties.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            properties.append(language)
        language.set(qn("w:val"), LANGUAGE)


def _set_fonts(word: WordDocument) -> None:
    styles: Any = word.styles
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.color.rgb = None
    styles["Normal"].font.size = Pt(11)
    styles["Title"].font.size = Pt(17)
    styles["Heading 1"].font.size, styles["Heading 2"].font.size = Pt(13), Pt(11)
    styles["Caption"].font.size, styles["Caption"].font.color.rgb = Pt(10), None


def saved(word: WordDocument, day: date) -> bytes:
    """Return a Word document's bytes, its date set and its archive free of the time of writing."""
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    word.core_properties.created = word.core_properties.modified = stamp
    target = BytesIO()
    word.save(target)
    return timeless(target.getvalue())


def timeless(data: bytes) -> bytes:
    """Return a ZIP archive with the same members and no times of writing."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(
                zipfile.ZipInfo(name, _FIRST_DAY), old.read(name), compress_type=zipfile.ZIP_DEFLATED
            )
    return target.getvalue()
