"""What `closeout duties` can be asked, and how each answer is found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import track

from closeout.cli import duties_show as show
from closeout.cli.duties_out import write_out
from closeout.duties.clauses import State
from closeout.duties.compare import changes
from closeout.duties.explain import Asking, explain
from closeout.duties.listing import Asked, Filters, page, summary, summary_expression
from closeout.duties.run import not_computed
from closeout.duties.statistics import statistics
from closeout.duties.terms import near

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Pack
    from closeout.engines import Engine

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answer is wanted, and how much of it."""

    is_list: bool = False
    limit: int = 50
    after: str = ""
    why: tuple[str, str] = ("", "")
    compare: date | None = None
    is_statistics: bool = False
    since: date | None = None
    until: date | None = None
    is_sql: bool = False
    out: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: as plain values, and how people see it."""

    plain: dict[str, Any]
    show: Callable[[Console], None] = field(default=lambda _: None)


def asked_of(
    engine: "Engine",
    pack: "Pack",
    tables: "Mapping[str, ir.Table]",
    as_of: date,
    filters: Filters,
    wanted: Wanted,
) -> Asked:
    """Return what is asked for; raise LookupError where a kind, state or office is not known."""
    known = [clause.duty for clause in pack.clauses]
    for kind in (*filters.kinds, *(word for word in wanted.why[:1] if word)):
        if kind not in known:
            hint = near(kind, known) or " `closeout duties DIR` lists them."
            msg = f"there is no duty {kind}.{hint}"
            raise LookupError(msg)
    states = [one.value for one in State]
    for state in filters.states:
        if state not in states:
            msg = f"there is no state {state}; there are {', '.join(states)}"
            raise LookupError(msg)
    if filters.office and "offices" in tables:
        offices = engine.to_arrow(tables["offices"].select("office_id")).column(0).to_pylist()
        if filters.office not in offices:
            msg = f"there is no office {filters.office}; there are {', '.join(sorted(offices))}"
            raise LookupError(msg)
    return Asked(pack.clauses, tables, as_of, pack.holidays, filters)


def answered(engine: "Engine", pack: "Pack", asked: Asked, wanted: Wanted) -> Answer:
    """Return the answer that is wanted."""
    lacking = {
        one.clause.duty: one.why
        for one in not_computed(pack, asked.tables)
        if not asked.filters.kinds or one.clause.duty in asked.filters.kinds
    }
    if wanted.is_sql:
        return _statements(engine, asked, wanted)
    if wanted.why[0]:
        return _explained(engine, pack, asked, wanted, lacking)
    if wanted.out is not None:
        return _written(engine, asked, wanted.out, lacking)
    if wanted.compare is not None:
        found = changes(engine, asked, wanted.compare, limit=wanted.limit if wanted.is_list else 0)
        return Answer(found | {"not_computed": lacking}, lambda out: show.changes(out, found, lacking))
    if wanted.is_statistics:
        return _statistics(engine, asked, wanted, lacking)
    return _listing(engine, asked, wanted, lacking) if wanted.is_list else _summary(engine, asked, lacking)


def _written(engine: "Engine", asked: Asked, path: Path, lacking: dict[str, str]) -> Answer:
    said = {"written": str(path), "instances": write_out(engine, asked, path), "not_computed": lacking}
    return Answer(said, lambda out: show.written(out, said))


def _listing(engine: "Engine", asked: Asked, wanted: Wanted, lacking: dict[str, str]) -> Answer:
    shown = page(engine, asked, limit=wanted.limit, after=wanted.after)
    plain = {"instances": shown.rows, "after": shown.after, "not_computed": lacking}
    return Answer(plain, lambda out: show.listing(out, plain, asked.as_of))


def tracked(clauses: "Iterable[Clause]", total: int) -> "Iterator[Clause]":
    """Yield clauses, with progress on the error stream where a person looks on."""
    errors = Console(stderr=True)
    yield from track(
        clauses, "Working out", total=total, console=errors, transient=True, disable=not errors.is_terminal
    )


def _summary(engine: "Engine", asked: Asked, lacking: dict[str, str]) -> Answer:
    clauses = asked.computed()
    rows = summary(engine, asked, tracked(clauses, len(clauses)))
    totals: dict[str, int] = {}
    for row in rows:
        for state, number in row["states"].items():
            totals[state] = totals.get(state, 0) + number
    plain = {"duties": rows, "states": totals, "not_computed": lacking}
    return Answer(plain, lambda out: show.summary(out, plain, asked.as_of))


def _statistics(engine: "Engine", asked: Asked, wanted: Wanted, lacking: dict[str, str]) -> Answer:
    until = wanted.until or asked.as_of
    since = wanted.since or until - _YEAR
    if since > until:
        msg = f"the period ends on {until}, before it begins on {since}"
        raise LookupError(msg)
    clauses = asked.computed()
    rows = statistics(engine, asked, tracked(clauses, len(clauses)), since=since, until=until)
    plain = {"from": since, "to": until, "duties": rows, "not_computed": lacking}
    return Answer(plain, lambda out: show.statistics(out, plain, asked.as_of))


def _statements(engine: "Engine", asked: Asked, wanted: Wanted) -> Answer:
    found = {
        clause.duty: engine.sql(asked.rows(clause) if wanted.is_list else summary_expression(clause, asked))
        for clause in asked.computed()
    }
    return Answer({"statements": found}, lambda out: show.statements(out, found))


def _explained(
    engine: "Engine", pack: "Pack", asked: Asked, wanted: Wanted, lacking: dict[str, str]
) -> Answer:
    duty, named = wanted.why
    if duty in lacking:
        msg = f"{duty} is not computed: {lacking[duty]}"
        raise LookupError(msg)
    subject, mark, number = named.rpartition("#")
    if not mark:
        subject, number = named, ""
    if number and not number.isdecimal():
        msg = f"{named} names no instance; write its key, or key#2 for its second"
        raise LookupError(msg)
    asking = Asking(engine, asked.tables, pack.clause(duty), asked.as_of, pack.holidays)
    found = explain(asking, subject, int(number) if number else None)
    basis = asdict(found.version.basis) if found.version else None
    plain = {
        "duty": duty,
        "title": found.clause.title,
        "section": found.clause.section,
        "instance": dict(found.instance),
        "basis": basis,
        "steps": [asdict(step) for step in found.steps],
        "rows": [asdict(row) for row in found.rows],
    }
    return Answer(plain, lambda out: show.explanation(out, found))
