"""How often the clauses of a pack call for their duties over some months, without listing instances.

What the rules call for, were each duty done on time:
`on`      the rows whose due date lies in the month; not those excused, or whose subject ended, by then
`within`  the triggers in the month; likewise
`every`   rolling: days in scope and in force over the interval; fixed: the periods that ended in the month
and what was done: the events in the month that discharge the duty. A rolling duty that is neglected has one
open instance for ever, and would be understated by a listing. Where no rule was in force nothing is owed.

All clauses together are three expressions: one over the cases, one over all tables about cases, joined to
them once, and one over the rest. Each row becomes a few small whole numbers, and rows are counted by them;
`closeout.workload.unfold` turns the counts into months.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis

from closeout.duties.compile.needs import missing_tables
from closeout.duties.compile.rate_clauses import CASES, OF_CASES, About, add_cases, add_clause, is_own
from closeout.duties.compile.rate_reads import Count, Months, Reads
from closeout.duties.compile.scope import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import ibis.expr.types as ir
    import pyarrow as pa

    from closeout.duties.clauses import Clause, Pack, Text

HOLDER = ("office_id", "officer_no", "docket")


@dataclass(frozen=True, slots=True)
class Branch:
    """What is counted over the rows of one table."""

    columns: tuple[str, ...]
    measures: tuple[str, ...]
    counts: tuple[Count, ...]


@dataclass(slots=True)
class Rates:
    """The clauses of a pack, ready to be counted over some months.

    Counted rows have `branch`, the place of the table in `cases_branch`, `event_branches` or
    `other_branches`; the columns `k0`, `k1` … and `o0`, `o1` … mean what the branch says.
    """

    tables: Mapping[str, ir.Table]
    months: Months
    country: str = "US"
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Duties left out, with the tables they lack."""
    marks: dict[str, ir.BooleanValue] = field(default_factory=dict)
    """Conditions on a case by name; bit n of `marks` is the n-th."""
    _reads: dict[About, Reads] = field(default_factory=dict)

    def reads(self, about: About, rows: ir.Table | None = None) -> Reads:
        """Return the columns counted over a table, or over rows made from it; opened when first asked for."""
        found = self._reads.get(about)
        if found is None:
            found = self._reads[about] = Reads(self.tables[about.table] if rows is None else rows)
        return found

    def opened(self, about: About) -> About:
        """Return the rows of the same table and case that are read already, those given otherwise."""
        same = (
            one for one in self._reads if (one.table, one.case, one.apart) == (about.table, about.case, "")
        )
        return next(same, about)

    def _chosen(self, *, is_case: bool) -> list[tuple[About, Reads]]:
        return [
            (about, reads)
            for about, reads in self._reads.items()
            if bool(about.case) is is_case and not about.is_cases
        ]

    @property
    def has_cases(self) -> bool:
        """Return whether there are cases to count."""
        return CASES in self.tables

    @property
    def cases_branch(self) -> Branch:
        """Return what is counted over the cases themselves."""
        return _branch(self._reads[OF_CASES])

    @property
    def event_branches(self) -> list[Branch]:
        """Return what is counted over the tables about cases, in the order of `branch`."""
        return [_branch(reads) for _, reads in self._chosen(is_case=True)]

    @property
    def other_branches(self) -> list[Branch]:
        """Return what is counted over the tables that are not about cases, in the order of `branch`."""
        return [_branch(reads) for _, reads in self._chosen(is_case=False)]

    def over_cases(self) -> ir.Table:
        """Return the cases, counted by holder, marks and columns.

        Returns:
            `office_id`, `officer_no`, `docket`, `marks`, the columns, `n` rows, `open` of them not closed,
            and the sums of the measures.

        """
        reads = self._reads[OF_CASES]
        cases = self.tables[CASES]
        rows = cases.select(
            *HOLDER,
            **self._marked(),
            is_open=cases.closed_on.isnull(),
            **reads.columns,
            **reads.measures,
        )
        sums = {name: rows[name].sum() for name in reads.measures}
        return rows.group_by(*HOLDER, "marks", *reads.columns).agg(
            n=rows.count(), open=rows.is_open.cast("int64").sum(), **sums
        )

    def _marked(self) -> dict[str, ir.Value]:
        made: ir.IntegerValue = ibis.literal(0, type="int64")
        for place, condition in enumerate(self.marks.values()):
            made += condition.fill_null(False).ifelse(ibis.literal(1 << place, type="int64"), 0)
        return {"marks": made}

    def over_events(self, groups: pa.Table) -> ir.Table | None:
        """Return the rows of the tables about cases, counted by holder, branch and columns.

        Args:
            groups: `office_id`, `officer_no`, `docket`, `marks` of the cases, and `code`, which stands for
                them: distinct rows of `over_cases`.

        Returns:
            `code`, `branch`, `own_office`, `own_officer`, the columns, `n` and the sums of the measures;
            None where no clause reads such a table.

        """
        chosen = self._chosen(is_case=True)
        if not chosen:
            return None
        rows = _union(chosen, ("case_no", "own_office", "own_officer"))
        coded = self._coded(groups)
        joined = rows.inner_join(coded, rows.case_no == coded.its_case)
        by = ["code", "branch", "own_office", "own_officer", *_names(rows, "k")]
        return _counted(joined.select(*by, *_names(rows, "o")), by)

    def _coded(self, groups: pa.Table) -> ir.Table:
        cases = self.tables[CASES]
        rows = cases.select(its_case=cases.case_no, **{n: cases[n] for n in HOLDER}, **self._marked())
        # Empty words stand for null, which equals nothing.
        known = ibis.memtable(groups)
        same = [rows[name].fill_null("") == known[name] for name in HOLDER]
        return rows.inner_join(known, [*same, rows.marks == known.marks]).select("its_case", "code")

    def over_others(self) -> ir.Table | None:
        """Return the rows of the other tables, counted by `own_office`, `own_officer`, branch and columns."""
        chosen = self._chosen(is_case=False)
        if not chosen:
            return None
        rows = _union(chosen, ("own_office", "own_officer"))
        return _counted(rows, ["branch", "own_office", "own_officer", *_names(rows, "k")])


def rates(
    pack: Pack | Iterable[Clause], tables: Mapping[str, ir.Table], months: Months, *, country: str = "US"
) -> Rates:
    """Return the clauses of a pack, ready to be counted over some months.

    Args:
        pack: The pack, or some clauses.
        tables: The tables by name. Clauses that lack one are left out and named in `lacking`.
        months: The months.
        country: Whose holidays are no business days; a pack says its own.

    Rows whose own office owes are counted first, so that a table's other clauses can join them.

    """
    clauses = sorted(getattr(pack, "clauses", pack), key=lambda one: not is_own(one))
    made = Rates(tables, months, getattr(pack, "holidays", country))
    if CASES in tables:
        add_cases(made)
    for clause in clauses:
        lacking = missing_tables(clause, tables)
        if lacking:
            made.lacking[clause.duty] = lacking
        else:
            add_clause(made, clause)
    return made


def _branch(reads: Reads) -> Branch:
    return Branch(tuple(reads.columns), tuple(reads.measures), tuple(reads.counts))


def _names(rows: ir.Table, letter: str) -> list[str]:
    return [name for name in rows.columns if name[0] == letter and name[1:].isdecimal()]


def _union(chosen: list[tuple[About, Reads]], holders: tuple[str, ...]) -> ir.Table:
    """Return the counted rows of all tables under the same columns, the missing ones null or 0."""
    widest = max(len(reads.columns) for _, reads in chosen)
    measures = max(len(reads.measures) for _, reads in chosen)
    made = [
        _narrow(number, about, reads, holders, widest, measures)
        for number, (about, reads) in enumerate(chosen)
    ]
    return ibis.union(*made, distinct=False) if len(made) > 1 else made[0]


def _narrow(
    number: int, about: About, reads: Reads, holders: tuple[str, ...], widest: int, measures: int
) -> ir.Table:
    rows = reads.rows
    known: dict[str, ir.Value] = {
        "own_office": _said(about.office, about, rows),
        "own_officer": _said(about.officer, about, rows),
    }
    if about.case:
        known["case_no"] = rows[about.case]
    columns = {name: known[name] for name in holders}
    columns["branch"] = ibis.literal(number, type="int16")
    columns |= {f"k{place}": reads.columns.get(f"k{place}", ibis.null("int16")) for place in range(widest)}
    columns |= {
        f"o{place}": reads.measures.get(f"o{place}", ibis.literal(0, type="int16"))
        for place in range(measures)
    }
    counted = rows.select(**columns)
    is_counted = ibis.literal(False)
    for place in range(len(reads.columns)):
        is_counted |= counted[f"k{place}"].notnull()
    return counted.filter(is_counted)


def _said(text: Text | str | None, about: About, rows: ir.Table) -> ir.StringValue:
    if text is None:
        return ibis.null("string")
    return rows[text] if isinstance(text, str) else value(text, rows, about.table).cast("string")


def _counted(rows: ir.Table, by: list[str]) -> ir.Table:
    sums = {name: rows[name].sum() for name in _names(rows, "o")}
    return rows.group_by(*by).agg(n=rows.count(), **sums)
