"""HTML in small pieces: every piece of text goes through `text`, so that nothing of a document is markup."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def text(said: object) -> str:
    """Return text as HTML shows it."""
    return escape(str(said), quote=True)


def anchor(name: str) -> str:
    """Return a name as an anchor: letters, digits and hyphens."""
    return "".join(letter if letter.isalnum() else "-" for letter in name)


def link(to: str, said: str) -> str:
    """Return a link to an anchor of the page."""
    return f'<a href="#{anchor(to)}">{text(said)}</a>'


def paragraph(said: str, kind: str = "") -> str:
    """Return text as a paragraph, of a class if one is given."""
    return f"<p{_class(kind)}>{text(said)}</p>"


def bullets(items: Iterable[str]) -> str:
    """Return items of HTML as a list; nothing if there are none."""
    made = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{made}</ul>" if made else ""


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return terms with what is said of each, in HTML; pairs with nothing to say are left out."""
    made = "".join(f"<div><dt>{text(term)}</dt><dd>{said}</dd></div>" for term, said in pairs if said)
    return f"<dl>{made}</dl>" if made else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, whether it holds numbers, and whether these wrap, as with long units."""

    title: str
    is_number: bool = False
    wraps: bool = False


def table(key: str, caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose first column heads its rows.

    It scrolls sideways by itself on a narrow screen, with the keyboard too, and repeats its heading on
    each printed page.

    Args:
        key: A name that no other table of the page has.
        caption: What it holds, in words.
        columns: The columns.
        rows: Of each cell its HTML.

    """
    name = f"{anchor(key)}-caption"
    heads = "".join(f'<th scope="col"{_number(one)}>{text(one.title)}</th>' for one in columns)
    body = "".join(_row(columns, row) for row in rows)
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-labelledby="{name}">'
        f'<table><caption id="{name}">{text(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )


def _row(columns: Sequence[Column], row: Sequence[str]) -> str:
    first = f'<th scope="row"{_number(columns[0])}>{row[0]}</th>'
    rest = "".join(
        f"<td{_number(column)}>{cell}</td>" for column, cell in zip(columns[1:], row[1:], strict=True)
    )
    return f"<tr>{first}{rest}</tr>"


def _number(column: Column) -> str:
    return _class("number wraps" if column.wraps else "number") if column.is_number else ""


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
