"""Expressions of a pack: SQL over the columns of one declared table, checked before anything runs.

A pack is somebody else's text. No expression is ever pasted into a statement: it is parsed, every piece is
looked up in a short list, typed against the declaration, and built anew as an Ibis expression.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import sqlglot
from sqlglot.errors import SqlglotError

from closeout.duties.faults import Fault, PackError
from closeout.duties.grammar import Scope
from closeout.duties.terms import Kind, RefusedError, Term, a, as_day, columns_of
from closeout.records.tables import table_name

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from sqlglot import exp

    from closeout.duties.clauses import Text
    from closeout.records.table import Table

_LONGEST = 2_000
_MARKS = ("--", "/*", ";")


def build(text: Text, table: ir.Table, declared: type[Table]) -> ir.Value:
    """Build an expression over a table.

    Args:
        text: The expression, with where it stands.
        table: The table, with the declared columns under their names.
        declared: Its declaration.

    Returns:
        The value: one a row. An expression without columns gives a scalar.

    Raises:
        PackError: The expression is not allowed, or does not fit the declaration.

    """
    return _term(text, declared).make(table)


def kind_of(text: Text, declared: type[Table]) -> Kind:
    """Return what an expression yields over a declared table; raise PackError where it is not allowed."""
    return _term(text, declared).kind


def check(text: Text, declared: type[Table], wants: str) -> None:
    """Check that an expression is allowed and yields what is wanted.

    Args:
        text: The expression, with where it stands.
        declared: The declaration of the table it is over.
        wants: `boolean`, `date`, `date or instant`, `string` or `number`.

    Raises:
        PackError: It is not allowed, does not fit the declaration, or yields something else. Names file,
            line and the piece.

    """
    term = _term(text, declared)
    if term.written is not None and wants == Kind.DATE:
        try:
            as_day(term, text.sql)
        except RefusedError as refused:
            raise _error(text, refused) from None
    elif term.kind not in wants.split(" or "):
        raise _error(text, RefusedError(text.sql, f"is {a(term.kind)}, where a {wants} is needed"))


@lru_cache(maxsize=4096)
def _term(text: Text, declared: type[Table]) -> Term:
    try:
        node = _parsed(text.sql)
        return Scope(table_name(declared), columns_of(declared)).read(node)
    except RefusedError as refused:
        raise _error(text, refused) from None
    except RecursionError:
        raise _error(text, RefusedError(text.sql[:40] + " …", "is nested too deeply")) from None


def _parsed(sql: str) -> exp.Expression:
    if len(sql) > _LONGEST:
        raise RefusedError(sql[:40] + " …", f"is longer than {_LONGEST:,} characters")
    mark = next((mark for mark in _MARKS if mark in _without_strings(sql)), None)
    if mark is not None:
        raise RefusedError(mark, "starts a comment or another statement; write one expression")
    try:
        nodes = [node for node in sqlglot.parse(sql, dialect="duckdb") if node is not None]
    except (SqlglotError, ValueError) as error:
        said = str(error).splitlines()[0]
        raise RefusedError(sql, f"cannot be read as an expression ({said})") from None
    if len(nodes) != 1:
        raise RefusedError(sql, "is no single expression")
    return nodes[0]


def _without_strings(sql: str) -> str:
    return "".join(part for at, part in enumerate(sql.split("'")) if at % 2 == 0)


def _error(text: Text, refused: RefusedError) -> PackError:
    stop = "" if refused.why.endswith(("?", ".")) else "."
    return PackError([Fault(text.path, text.line, f"`{refused.piece}` {refused.why}{stop}")])
