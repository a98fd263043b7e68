"""A slow, plain reading of an expression over one row: SQL's three-valued logic in Python.

It shares nothing with `closeout.duties` but the parser, so it can say what the engine should answer.
"""

import operator
from datetime import date, datetime, time

import sqlglot
from dateutil.relativedelta import relativedelta
from sqlglot import exp

_COMPARE = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
}
_FUNCTIONS = {exp.Upper: str.upper, exp.Lower: str.lower, exp.Length: len, exp.Neg: operator.neg}


def evaluate(sql, row):
    """Return what an expression yields over a row (a dict by column); None is null."""
    return _value(sqlglot.parse_one(sql, dialect="duckdb"), row)


def _value(node, row):
    return _READERS[type(node)](node, row)


def _column(node, row):
    return row[node.name]


def _paren(node, row):
    return _value(node.this, row)


def _literal(node, _row):
    return node.this if node.is_string else _number(node.this)


def _function(node, row):
    value = _value(node.this, row)
    return None if value is None else _FUNCTIONS[type(node)](value)


def _day(node, row):
    value = _value(node.this, row)
    return value.date() if isinstance(value, datetime) else _as(value, date.min)


def _coalesce(node, row):
    values = [_value(one, row) for one in (node.this, *node.expressions)]
    found = next((value for value in values if value is not None), None)
    model = next((value for value in values if isinstance(value, date)), found)
    return _as(found, model)


def _case(node, row):
    for branch in node.args["ifs"]:
        if _value(branch.this, row) is True:
            return _value(branch.args["true"], row)
    return _value(node.args["default"], row) if node.args.get("default") else None


def _is_null(node, row):
    return _value(node.this, row) is None


def _listed(node, row):
    subject = _value(node.this, row)
    return _any([_compare(operator.eq, subject, _value(item, row)) for item in node.expressions])


def _between(node, row):
    value, low, high = (_value(one, row) for one in (node.this, node.args["low"], node.args["high"]))
    return _all([_compare(operator.ge, value, low), _compare(operator.le, value, high)])


def _compared(node, row):
    return _compare(_COMPARE[type(node)], _value(node.left, row), _value(node.right, row))


def _compare(compare, left, right):
    if left is None or right is None:
        return None
    return compare(_as(left, right), _as(right, left))


def _as(value, model):
    """Return a written string as a date or an instant where its counterpart is one."""
    if isinstance(value, str) and isinstance(model, datetime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(model, date):
        return date.fromisoformat(value)
    return value


def _logic(node, row):
    if isinstance(node, exp.Not):
        value = _value(node.this, row)
        return None if value is None else not value
    both = [_value(node.left, row), _value(node.right, row)]
    return _all(both) if isinstance(node, exp.And) else _any(both)


def _all(values):
    if False in values:
        return False
    return None if None in values else True


def _any(values):
    if True in values:
        return True
    return None if None in values else False


def _sum(node, row):
    left = _value(node.left, row)
    sign = 1 if isinstance(node, exp.Add) else -1
    if isinstance(node.expression, exp.Interval):
        unit = node.expression.args["unit"].name.lower().removesuffix("s") + "s"
        step = relativedelta(**{unit: sign * int(node.expression.this.this)})
        return None if left is None else _as(left, date.min) + step
    right = _value(node.right, row)
    return None if left is None or right is None else left + sign * right


def _number(said):
    return int(said) if said.isdigit() else float(said)


def as_date(value):
    """Return a date however the engine handed it back."""
    is_midnight = isinstance(value, datetime) and value.time() == time.min
    return value.date() if is_midnight else value


_READERS = {
    exp.Column: _column,
    exp.Paren: _paren,
    exp.Literal: _literal,
    exp.Boolean: lambda node, _row: bool(node.this),
    exp.Null: lambda _node, _row: None,
    exp.Cast: lambda node, _row: date.fromisoformat(node.this.this),
    exp.Date: _day,
    exp.Coalesce: _coalesce,
    exp.Case: _case,
    exp.Is: _is_null,
    exp.In: _listed,
    exp.Between: _between,
    **dict.fromkeys((exp.And, exp.Or, exp.Not), _logic),
    **dict.fromkeys((exp.Add, exp.Sub), _sum),
    **dict.fromkeys(_FUNCTIONS, _function),
    **dict.fromkeys(_COMPARE, _compared),
}
