"""Read one clause of a pack and check it against the declared tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.duties.clauses import Clause, Cycle, Done, Shape, Text
from closeout.duties.faults import PackError
from closeout.duties.fields import Fields
from closeout.duties.predicates import kind_of
from closeout.duties.read_version import read_versions
from closeout.duties.terms import Kind, columns_of, near
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.duties.faults import Faults
    from closeout.duties.marked import Marked
    from closeout.records.table import Table

_KNOWN = (
    "duty title section owes when on every within starts ends opened done excused holds case office officer "
    "minutes versions"
)
_SLUG = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_MOMENT = (Kind.DATE, Kind.INSTANT)
_FIXED_YEARS = (Cycle.CALENDAR_YEAR, Cycle.FISCAL_YEAR)


def read_clause(marked: Marked, path: Path, faults: Faults) -> Clause | None:
    """Return a clause of a pack.

    Args:
        marked: The clause as it was read.
        path: Its file.
        faults: Where everything that is wrong is noted.

    Returns:
        The clause; None where so much is missing that there is none. It is sound only if no fault was
        noted.

    """
    fields = Fields(marked, path, faults, known=_KNOWN, what="a clause")
    duty = fields.word("duty", _SLUG, needed=True)
    owes = fields.one_of("owes", list(TABLES), needed=True)
    shape, cycle = _shape(fields)
    if not duty or not owes or shape is None:
        return None
    declared = TABLES[owes]
    starts = _starts(fields, shape, declared)
    done = _done(fields, shape, cycle, owes)
    excused, excused_on, reason = _excused(fields, shape, declared, done)
    case = _case(fields, declared, owes)
    return Clause(
        duty=duty,
        title=fields.word("title", r".{3,120}", needed=True),
        section=fields.word("section", r"[A-J][0-9]{1,2}", needed=True),
        shape=shape,
        owes=owes,
        versions=read_versions(fields, shape, cycle, is_instant=_is_instant(starts, declared)),
        done=done,
        when=fields.expression("when", declared, "boolean"),
        starts=starts,
        opened=_only(fields, "opened", shape, (Shape.ON,), declared, "date or instant"),
        due=_only(fields, "on", shape, (Shape.ON,), declared, "date"),
        ends=_only(fields, "ends", shape, (Shape.EVERY, Shape.WITHIN), declared, "date"),
        excused=excused,
        excused_on=excused_on,
        excused_reason=reason,
        cycle=cycle,
        holds=_holds(fields, case),
        case=case,
        office=_office(fields, declared, case),
        officer=fields.expression("officer", declared, "string"),
        minutes=fields.word("minutes", _SLUG),
        path=path,
        line=fields.line,
    )


def _shape(fields: Fields) -> tuple[Shape | None, Cycle | None]:
    given = [shape for shape in Shape if shape.value in fields]
    if len(given) != 1:
        said = " and ".join(f"`{shape}`" for shape in given) or "none"
        fields.wrong("duty", f"a clause needs one of `on`, `every` and `within`; this has {said}")
        return None, None
    if given[0] is not Shape.EVERY:
        return given[0], None
    mode = fields.one_of("every", ["rolling", *(cycle.value for cycle in Cycle)], needed=True)
    return Shape.EVERY, Cycle(mode) if mode not in ("", "rolling") else None


def _only(
    fields: Fields, key: str, shape: Shape, shapes: tuple[Shape, ...], declared: type[Table], wants: str
) -> Text | None:
    if key in fields and shape not in shapes:
        fields.wrong(key, f"`{key}` is not for `{shape}`; it is for {' and '.join(shapes)}")
        return None
    return fields.expression(key, declared, wants, needed=key == Shape.ON and shape is Shape.ON)


def _starts(fields: Fields, shape: Shape, declared: type[Table]) -> Text | None:
    if shape is Shape.WITHIN:
        if "starts" in fields:
            fields.wrong("starts", "`starts` is for `every`; the trigger of `within` stands behind the word")
        return fields.expression("within", declared, "date or instant", needed=True)
    if shape is Shape.EVERY:
        return fields.expression("starts", declared, "date", needed=True)
    return _only(fields, "starts", shape, (Shape.EVERY,), declared, "date")


def _is_instant(starts: Text | None, declared: type[Table]) -> bool:
    try:
        return starts is not None and kind_of(starts, declared) is Kind.INSTANT
    except PackError:
        return True  # Its fault is noted already; hours are not to blame.


def _done(clause: Fields, shape: Shape, cycle: Cycle | None, owes: str) -> Done:
    marked = clause.raw("done")
    if marked is None:
        clause.wrong("done", "a clause needs `done: {table, column, match}`: what discharges the duty")
        return Done(owes, "")
    known = "table column match subject where year period"
    fields = Fields(marked, clause.path, clause.faults, known=known, what="`done`")
    table = fields.one_of("table", list(TABLES)) or owes
    column = _column(fields, "column", table, _MOMENT, needed=True)
    match, subject = _match(fields, table, owes)
    year = _column(fields, "year", table, (Kind.NUMBER,))
    if year and (shape is not Shape.EVERY or cycle not in _FIXED_YEARS):
        fields.wrong("year", "`year` is for `every: calendar_year` and `every: fiscal_year` only")
    period = _column(fields, "period", table, (Kind.DATE,))
    if period and (cycle is None or year):
        fields.wrong("period", "`period` is for an `every` with a cycle, and not beside `year`")
    where = fields.expression("where", TABLES[table], "boolean")
    return Done(table, column, match, subject, where, year, period)


def _match(fields: Fields, table: str, owes: str) -> tuple[str, str]:
    if table == owes:
        for key in ("match", "subject"):
            if key in fields:
                fields.wrong(key, f"`{key}` is for another table; here the row's own column discharges it")
        return "", ""
    any_kind = tuple(Kind)
    match = _column(fields, "match", table, any_kind, needed=True)
    default = match if match in TABLES[owes].columns() else ""
    subject = _column(fields, "subject", owes, any_kind, needed=not default) or default
    if match and subject:
        one, other = columns_of(TABLES[table])[match].kind, columns_of(TABLES[owes])[subject].kind
        if one is not other:
            fields.wrong("match", f"{table}.{match} is a {one} and {owes}.{subject} a {other}")
    return match, subject


def _column(fields: Fields, key: str, table: str, kinds: tuple[Kind, ...], *, needed: bool = False) -> str:
    name = fields.word(key, needed=needed)
    columns = columns_of(TABLES[table])
    if not name:
        return ""
    if name not in columns:
        hint = near(name, list(columns)) or f" It has {', '.join(columns)}."
        fields.wrong(key, f"`{name}` is no column of {table}.{hint}")
        return ""
    if columns[name].kind not in kinds:
        wanted = " or ".join(kinds)
        fields.wrong(key, f"{table}.{name} is a {columns[name].kind}, where a {wanted} is needed")
        return ""
    return name


def _excused(
    clause: Fields, shape: Shape, declared: type[Table], done: Done
) -> tuple[Text | None, Text | None, str]:
    marked = clause.raw("excused")
    if marked is None:
        return None, None, "service_issue"
    fields = Fields(marked, clause.path, clause.faults, known="when on reason", what="`excused`")
    over = TABLES[done.table] if shape is Shape.EVERY else declared
    when = fields.expression("when", over, "boolean", needed=True)
    reason = fields.word("reason", r"[a-z]+(_[a-z]+)*", needed=True)
    return when, fields.expression("on", over, "date"), reason


def _holds(fields: Fields, case: str) -> tuple[str, ...]:
    kinds = columns_of(TABLES["holds"])["kind"].words or frozenset()
    said = fields.words("holds")
    if said and not case:
        fields.wrong("holds", "`holds` stop the clock of a case; the clause needs `case`")
    for word, line in said:
        if word not in kinds:
            message = (
                f"`{word}` is no kind of hold.{near(word, sorted(kinds))} Kinds: {', '.join(sorted(kinds))}."
            )
            fields.faults.add(fields.path, line, message)
    return tuple(word for word, _ in said)


def _case(fields: Fields, declared: type[Table], owes: str) -> str:
    name = fields.word("case")
    if not name:
        return ""
    if name not in declared.columns() or (declared.references().get(name) != "cases" and owes != "cases"):
        known = [column for column, to in declared.references().items() if to == "cases"]
        fields.wrong("case", f"`{name}` is no column of {owes} that refers to a case; {known or 'none'} does")
        return ""
    return name


def _office(fields: Fields, declared: type[Table], case: str) -> Text | None:
    if "office" not in fields and not case:
        fields.wrong("office", "a clause needs `office` (who owes it) or `case` (whoever holds the case)")
    return fields.expression("office", declared, "string")
