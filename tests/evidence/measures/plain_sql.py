"""Expressions of a pack worked out over one row in plain Python, with SQL's three truth values."""

from __future__ import annotations

import operator
from datetime import date, datetime
from functools import cache

import sqlglot
from dateutil.relativedelta import relativedelta
from sqlglot import exp

_COMPARED = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
}


@cache
def _parsed(sql):
    return sqlglot.parse_one(sql, dialect="duckdb")


def is_true(sql, row):
    """Say whether an expression is true of a row; what is not known is not."""
    return sql is None or worked_out(_parsed(sql), row) is True


def worked_out(node, row):
    """Return what an expression yields over a row; None where that is not known."""
    for kinds, work in _WORK:
        if isinstance(node, kinds):
            return work(node, row)
    msg = f"the oracle does not know {type(node).__name__}"
    raise NotImplementedError(msg)


def _compared(node, row):
    left, right = _alike(worked_out(node.left, row), worked_out(node.right, row))
    return None if left is None or right is None else _COMPARED[type(node)](left, right)


def _alike(left, right):
    if isinstance(left, str) and isinstance(right, date):
        return _dated(left, right), right
    if isinstance(right, str) and isinstance(left, date):
        return left, _dated(right, left)
    return left, right


def _dated(said, like):
    return datetime.fromisoformat(said) if isinstance(like, datetime) else date.fromisoformat(said)


def _and(node, row):
    sides = [worked_out(node.left, row), worked_out(node.right, row)]
    if False in sides:
        return False
    return None if None in sides else True


def _or(node, row):
    sides = [worked_out(node.left, row), worked_out(node.right, row)]
    if True in sides:
        return True
    return None if None in sides else False


def _not(node, row):
    found = worked_out(node.this, row)
    return None if found is None else not found


def _is_listed(node, row):
    found = worked_out(node.this, row)
    items = [worked_out(item, row) for item in node.expressions]
    return None if found is None else any(_alike(found, item)[0] == _alike(found, item)[1] for item in items)


def _between(node, row):
    found, low, high = (worked_out(part, row) for part in (node.this, node.args["low"], node.args["high"]))
    if None in {found, low, high}:
        return None
    return _alike(found, low)[1] <= found <= _alike(found, high)[1]


def _summed(node, row):
    sign = 1 if isinstance(node, exp.Add) else -1
    left = worked_out(node.left, row)
    if isinstance(node.expression, exp.Interval):
        unit = str(node.expression.args["unit"]).lower().removesuffix("s")
        step = relativedelta(**{f"{unit}s": sign * int(node.expression.this.this)})
        return None if left is None else left + step
    right = worked_out(node.right, row)
    return None if left is None or right is None else left + sign * right


def _literal(node, _row):
    if node.is_string:
        return node.this
    return float(node.this) if "." in node.this else int(node.this)


def _first(node, row):
    found = (worked_out(part, row) for part in (node.this, *node.expressions))
    return next((one for one in found if one is not None), None)


def _chosen(node, row):
    for branch in node.args["ifs"]:
        if worked_out(branch.this, row) is True:
            return worked_out(branch.args["true"], row)
    return worked_out(node.args["default"], row) if node.args.get("default") else None


def _day(node, row):
    found = worked_out(node.this, row)
    if isinstance(found, str):
        return date.fromisoformat(found)
    return None if found is None else found.date()


_WORK = (
    (tuple(_COMPARED), _compared),
    (exp.And, _and),
    (exp.Or, _or),
    (exp.Not, _not),
    (exp.Paren, lambda node, row: worked_out(node.this, row)),
    (exp.Column, lambda node, row: row[node.name]),
    (exp.Literal, _literal),
    (exp.Boolean, lambda node, _row: bool(node.this)),
    (exp.Null, lambda _node, _row: None),
    (exp.Is, lambda node, row: worked_out(node.this, row) is None),
    (exp.In, _is_listed),
    (exp.Between, _between),
    ((exp.Add, exp.Sub), _summed),
    (exp.Neg, lambda node, row: -worked_out(node.this, row)),
    (exp.Coalesce, _first),
    (exp.Case, _chosen),
    (exp.Date, _day),
    (exp.Cast, lambda node, row: date.fromisoformat(worked_out(node.this, row))),
    (exp.Length, lambda node, row: len(worked_out(node.this, row))),
)
