"""HTML to readable text: what a reader of the page sees, its blocks as lines, nothing hidden.

The lines look like what text extractors make of such pages, because the families are written for
both: list items begin with a bullet or number and indent what belongs to them, and a data table
gives its rows as `cell | cell | cell |`, a cell of several blocks continuing on the next lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from closeout.reading.sources.lines import Lines
from closeout.reading.sources.tables import data_tables

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NEVER_SHOWN = re.compile(
    "head|script|style|template|noscript|iframe|frame|object|embed|applet|canvas|audio|video|map|"
    "select|datalist|textarea|input"
).fullmatch
_PARAGRAPH = re.compile("p|h[1-6]|ul|ol|dl|table|blockquote|pre|hr|fieldset|form").fullmatch
_LINE = re.compile(
    "div|section|article|header|footer|main|nav|aside|address|figure|figcaption|details|summary|dialog|"
    "center|dt|dd|li|tr|td|th|thead|tbody|tfoot|caption|legend|body|search|hgroup|menu"
).fullmatch
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    r"\A(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body|title|meta|table|div|section|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 8_192
_ITEM_INDENT = "    "


@dataclass(frozen=True, slots=True)
class PageText:
    """What an HTML page says."""

    text: str
    title: str
    has_script: bool
    """Whether scripts stand on the page: one without text is then drawn by them."""


def looks_like_html(text: str) -> bool:
    """Say whether decoded text is an HTML page (or a saved part of one)."""
    return _LOOKS_LIKE_HTML.match(text[:_HEAD]) is not None


def declared_charset(data: bytes) -> str:
    """Return the encoding an HTML page names in its head, as browsers understand it; else nothing."""
    found = _CHARSET.search(data[:_HEAD])
    if not found:
        return ""
    name = found[1].decode("ascii").lower()
    return "cp1252" if name in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name


def read_html(source: str) -> PageText:
    """Return the readable text of a page and its title.

    Scripts, styles, comments, templates, embedded pages and elements hidden by attribute or
    inline style never enter the text. Pictures give their alternative text.
    """
    parser = LexborHTMLParser(source)
    titles = parser.css("head > title")
    title = " ".join(titles[0].text().split()) if titles else ""
    has_script = parser.css_first("script") is not None
    body = parser.body
    return PageText(_Writer().write(body) if body else "", title, has_script)


class _Writer:
    """Walks a tree once, without recursion, so that deep nesting cannot exhaust the stack."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._lists: list[int | None] = []
        self._is_data: list[bool] = []
        self._data_tables: frozenset[int] = frozenset()

    def write(self, root: LexborNode) -> str:
        """Return the text of everything shown under `root`."""
        self._data_tables = data_tables(root)
        around: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None:
            child = self._enter(node)
            if child is not None:
                around.append(node)
                node = child
                continue
            while around and node.next is None:
                node = around.pop()
                self._leave(node)
            node = node.next if around else None
        return self._lines.text()

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Write what stands before a node's children; return the first child to visit, if any."""
        tag = node.tag
        if tag == "-text":
            self._lines.words(node.text_content or "")
            return None
        if tag is None or tag.startswith("-") or _NEVER_SHOWN(tag) or _is_hidden(node):
            return None
        if tag in _ALONE:
            _ALONE[tag](self._lines, node)
            return None
        if tag in {"td", "th"} and self._is_data and self._is_data[-1]:
            self._cell(node)
            return None
        self._open(tag, node)
        child = node.first_child
        if child is None:
            self._leave(node)
        return child

    def _open(self, tag: str, node: LexborNode) -> None:
        self._break(tag)
        if tag in {"ul", "ol", "menu"}:
            self._lists.append(_first_number(node) if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "table":
            self._is_data.append(node.mem_id in self._data_tables)

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in {"ul", "ol", "menu"} and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._lines.indent = self._lines.indent[: -len(_ITEM_INDENT)]
        elif tag == "table" and self._is_data:
            self._is_data.pop()
        self._break(tag)

    def _cell(self, cell: LexborNode) -> None:
        """Write one cell of a data row; no table lies in it, so this goes one level deep at most."""
        lines = [line.strip() for line in _Writer().write(cell).splitlines() if line.strip()]
        if len(lines) > 1:
            self._lines.break_line()
        for line in lines:
            self._lines.words(line)
            if len(lines) > 1:
                self._lines.break_line()
        self._lines.words("| " if self._lines.at_line_start else " | ")

    def _break(self, tag: str) -> None:
        if _PARAGRAPH(tag):
            self._lines.break_paragraph()
        elif _LINE(tag):
            self._lines.break_line()

    def _item(self) -> None:
        number = self._lists[-1] if self._lists else None
        marker = "•" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1
        self._lines.mark(f"{self._lines.indent}  {marker} ")
        self._lines.indent += _ITEM_INDENT


def _break_line(lines: Lines, _node: LexborNode) -> None:
    lines.newline()


def _rule(lines: Lines, _node: LexborNode) -> None:
    lines.break_paragraph()


def _preformatted(lines: Lines, node: LexborNode) -> None:
    lines.break_paragraph()
    lines.verbatim(node.text())
    lines.break_paragraph()


def _picture(lines: Lines, node: LexborNode) -> None:
    lines.words(node.attributes.get("alt") or "")


def _drawing(lines: Lines, node: LexborNode) -> None:
    title = node.css_first("title")
    if title is not None and title.parent is not None and title.parent.tag == "svg":
        lines.words(title.text())


_ALONE = {
    "br": _break_line,
    "hr": _rule,
    "pre": _preformatted,
    "img": _picture,
    "svg": _drawing,
}


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or (node.tag == "dialog" and "open" not in attributes):
        return True
    return _HIDDEN_STYLE.search(attributes.get("style") or "") is not None


def _first_number(node: LexborNode) -> int:
    start = node.attributes.get("start") or ""
    return int(start) if start.isdecimal() else 1
