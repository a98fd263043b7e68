"""How often the clauses of a pack call for their duties over some months, without listing instances.

What the rules call for, were each duty done on time:
`on`      the rows whose due date lies in the month; not those excused, or whose subject ended, by then
`within`  the triggers in the month; likewise
`every`   rolling: days in scope and in force over the interval; fixed: the periods that ended in the month
and what was done: the events in the month that discharge the duty. An act that discharges two duties of one
activity is called for once, and done once. A rolling duty that is neglected has one
open instance for ever, and would be understated by a listing. Where no rule was in force nothing is owed.

All clauses together are three expressions: one over the cases, one over all tables about cases, joined to
them once, and one over the rest. Each row becomes a few small whole numbers, and rows are counted by them;
`closeout.workload.unfold` turns the counts into months.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
from ibis.expr.operations import JoinChain

from closeout.duties.clauses import Pack
from closeout.duties.compile.needs import missing_tables
from closeout.duties.compile.rate_about import CASES, OF_CASES, About, is_own
from closeout.duties.compile.rate_acts import planned_for, together
from closeout.duties.compile.rate_clauses import add_cases, add_clause
from closeout.duties.compile.rate_days import numbered
from closeout.duties.compile.rate_once import add_once
from closeout.duties.compile.rate_planned import add_planned
from closeout.duties.compile.rate_reads import A_WORD, Count, Months, Reads
from closeout.duties.compile.scope import open_on, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Text

HOLDER = ("office_id", "officer_no", "docket")
UNKNOWN = -1
"""Stands for a row's own office that is none of the offices."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What is counted over the rows of one table."""

    columns: tuple[str, ...]
    measures: tuple[str, ...]
    counts: tuple[Count, ...]


@dataclass(slots=True)
class Rates:
    """The clauses of a pack, ready to be counted over some months.

    Counted rows have `branch`, the place of the table in `event_branches` or `other_branches`; what the
    columns `k0`, `k1` … (packed into `p0`, `p1` …) and `o0`, `o1` … mean, the branch says.
    """

    tables: Mapping[str, ir.Table]
    months: Months
    country: str = "US"
    as_of: date | None = None
    """The day that open cases are counted on; None: as the tables have them."""
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Duties left out, with the tables they lack."""
    marks: dict[str, ir.BooleanValue] = field(default_factory=dict)
    """Conditions on a case by name; bit n of `marks` is the n-th."""
    together: Mapping[str, Sequence[Clause]] = field(default_factory=dict)
    """The counted clauses that the act of each duty may discharge, itself among them."""
    planned: Mapping[str, Sequence[Clause]] = field(default_factory=dict)
    """The counted clauses whose acts meet the interval of each duty."""
    _reads: dict[About, Reads] = field(default_factory=dict)

    def is_joined(self, about: About) -> bool:
        """Say whether rows come from two tables, so that they are not in the order of a file."""
        return bool(self._reads[about].rows.op().find(JoinChain))

    def has_read(self, about: About) -> bool:
        """Return whether rows have been opened already."""
        return about in self._reads

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

    def abouts(self, *, is_case: bool) -> list[About]:
        """Return the tables counted about cases, or not about cases, in the order of `branch`."""
        return [about for about in self._reads if bool(about.case) is is_case and not about.is_cases]

    def branch(self, about: About) -> Branch:
        """Return what is counted over the rows of a table."""
        reads = self._reads[about]
        return Branch(tuple(reads.columns), tuple(reads.measures), tuple(reads.counts))

    def listed(self, about: About) -> ir.Table:
        """Return the rows of a table that may count, one by one.

        Returns:
            Of cases `case_no`, the holder, `marks` and `is_open`; of other tables `case_no` where they are
            about cases, and what a clause names of `own_office` and `own_officer` (both where they are
            not). Then the columns and measures, unpacked.

        """
        reads = self._reads[about]
        rows = reads.counted(reads.rows)
        if about.is_cases:
            whose = self._held(rows) | {"case_no": rows.case_no}
        else:
            whose = {"case_no": rows[about.case]} if about.case else {}
            for name, text in (("own_office", about.office), ("own_officer", about.officer)):
                if text is not None or not about.case:
                    whose[name] = _said(text, about, rows)
        return rows.select(**whose, **reads.columns, **reads.measures)

    def _held(self, cases: ir.Table) -> dict[str, ir.Value]:
        held = {name: cases[name] for name in HOLDER}
        return held | self.marked() | {"is_open": self.is_open(cases)}

    def is_open(self, cases: ir.Table) -> ir.BooleanValue:
        """Say of each case whether it is open on the day; one closed that day is not."""
        if self.as_of is None:
            return cases.closed_on.isnull()
        is_begun, is_left = open_on(cases, ibis.literal(self.as_of, type="date"))
        return is_begun & is_left

    def _chosen(self, *, is_case: bool) -> list[tuple[About, Reads]]:
        return [(about, self._reads[about]) for about in self.abouts(is_case=is_case)]

    @property
    def has_cases(self) -> bool:
        """Return whether there are cases to count."""
        return CASES in self.tables

    @property
    def cases_branch(self) -> Branch:
        """Return what is counted over the cases themselves."""
        return self.branch(OF_CASES)

    @property
    def event_branches(self) -> list[Branch]:
        """Return what is counted over the tables about cases, in the order of `branch`."""
        return [self.branch(about) for about in self.abouts(is_case=True)]

    @property
    def other_branches(self) -> list[Branch]:
        """Return what is counted over the tables that are not about cases, in the order of `branch`."""
        return [self.branch(about) for about in self.abouts(is_case=False)]

    def over_cases(self) -> ir.Table:
        """Return the cases, counted by holder, marks and columns.

        Returns:
            `office_id`, `officer_no`, `docket`, `marks`, the packed columns, `n` rows, `open` of them not
            closed, and the sums of the measures.

        """
        reads = self._reads[OF_CASES]
        cases = self.tables[CASES]
        packed = reads.packed()
        rows = cases.select(**self._held(cases), **packed, **reads.measures)
        sums = {name: rows[name].sum() for name in reads.measures}
        return rows.group_by(*HOLDER, "marks", *packed).agg(
            n=rows.count(), open=rows.is_open.cast("int64").sum(), **sums
        )

    def marked(self) -> dict[str, ir.Value]:
        """Return the marks of a case as one whole number, a bit each."""
        made: ir.IntegerValue = ibis.literal(0, type="int64")
        for place, condition in enumerate(self.marks.values()):
            made += numbered(condition, ibis.literal(1 << place, type="int64"))
        return {"marks": made}

    def over_events(self, groups: pa.Table, offices: Sequence[str]) -> ir.Table | None:
        """Return the rows of the tables about cases, counted by holder, branch and columns.

        Args:
            groups: `office_id`, `officer_no`, `docket`, `marks` of the cases, and `code`, which stands for
                them: distinct rows of `over_cases`.
            offices: The offices that a row's own may be.

        Returns:
            `code`, `branch`, `own` (the place of the row's own office among the offices, from 1; 0 for
            none, `UNKNOWN` for another), `own_officer` where a clause names one, the packed columns, `n`
            and the sums of the measures; None where no clause reads such a table.

        """
        chosen = self._chosen(is_case=True)
        if not chosen:
            return None
        places = ibis.memtable(
            pa.table(
                {
                    "its_office": pa.array([*offices], pa.string()),
                    "its_place": pa.array(range(1, len(offices) + 1), pa.int64()),
                }
            )
        )
        holders = ["case_no", "own"]
        holders += ["own_officer"] * any(about.officer is not None for about, _ in chosen)
        rows = _union(chosen, tuple(holders), places)
        coded = self._coded(groups)
        joined = rows.inner_join(coded, rows.case_no == coded.its_case)
        by = ["code", "branch", *holders[1:], *_names(rows, "p")]
        return _counted(joined.select(*by, *_names(rows, "o")), by)

    def _coded(self, groups: pa.Table) -> ir.Table:
        cases = self.tables[CASES]
        rows = cases.select(its_case=cases.case_no, **{n: cases[n] for n in HOLDER}, **self.marked())
        # Empty words stand for null, which equals nothing.
        known = ibis.memtable(groups)
        same = [rows[name].fill_null("") == known[name] for name in HOLDER]
        return rows.inner_join(known, [*same, rows.marks == known.marks]).select("its_case", "code")

    def over_others(self) -> ir.Table | None:
        """Return the rows of the other tables, counted by `own_office`, `own_officer`, branch and columns."""
        chosen = self._chosen(is_case=False)
        if not chosen:
            return None
        rows = _union(chosen, ("own_office", "own_officer"), None)
        return _counted(rows, ["branch", "own_office", "own_officer", *_names(rows, "p")])


def rates(
    pack: Pack | Iterable[Clause],
    tables: Mapping[str, ir.Table],
    months: Months,
    *,
    country: str = "US",
    as_of: date | None = None,
) -> Rates:
    """Return the clauses of a pack, ready to be counted over some months.

    Args:
        pack: The pack, or some clauses.
        tables: The tables by name. Clauses that lack one are left out and named in `lacking`.
        months: The months.
        country: Whose holidays are no business days; a pack says its own.
        as_of: The day that open cases are counted on; as the tables have them if None.

    Rows whose own office owes are counted first, so that a table's other clauses can join them.

    """
    clauses = sorted(_clauses_of(pack), key=lambda one: not is_own(one))
    made = Rates(tables, months, pack.holidays if isinstance(pack, Pack) else country, as_of)
    if CASES in tables:
        add_cases(made)
    lacking = {one.duty: missing_tables(one, tables) for one in clauses}
    made.lacking |= {duty: missing for duty, missing in lacking.items() if missing}
    counted = [one for one in clauses if not lacking[one.duty]]
    made.together, made.planned = together(counted), planned_for(counted)
    for clause in counted:
        add_clause(made, clause)
    add_once(made, counted)
    add_planned(made, counted)
    return made


def _clauses_of(pack: Pack | Iterable[Clause]) -> list[Clause]:
    return list(pack.clauses if isinstance(pack, Pack) else pack)


def _names(rows: ir.Table, letter: str) -> list[str]:
    return [name for name in rows.columns if name[0] == letter and name[1:].isdecimal()]


def _union(chosen: list[tuple[About, Reads]], holders: tuple[str, ...], places: ir.Table | None) -> ir.Table:
    """Return the counted rows of all tables under the same columns, the missing ones 0."""
    words = max(len(reads.columns) for _, reads in chosen)
    width = (words + A_WORD - 1) // A_WORD, max(len(reads.measures) for _, reads in chosen)
    made = [
        _narrow(number, about, reads, holders, width, places) for number, (about, reads) in enumerate(chosen)
    ]
    return ibis.union(*made, distinct=False) if len(made) > 1 else made[0]


def _narrow(
    number: int,
    about: About,
    reads: Reads,
    holders: tuple[str, ...],
    width: tuple[int, int],
    places: ir.Table | None,
) -> ir.Table:
    rows = reads.counted(reads.rows)
    nothing = ibis.literal(0, type="int64")
    columns: dict[str, ir.Value] = {}
    if about.case:
        columns["case_no"] = rows[about.case]
    if "own_officer" in holders:
        columns["own_officer"] = _said(about.officer, about, rows)
    if places is None or about.office is not None:
        columns["own_office"] = _said(about.office, about, rows)
    packed = reads.packed()
    columns |= {f"p{place}": packed.get(f"p{place}", nothing) for place in range(width[0])}
    columns |= {f"o{place}": reads.measures.get(f"o{place}", nothing) for place in range(width[1])}
    counted = rows.select(**columns)
    if places is not None and about.office is not None:
        joined = counted.left_join(places, counted.own_office == places.its_office)
        unknown = numbered(joined.own_office.notnull(), ibis.literal(UNKNOWN, type="int64"))
        counted = joined.mutate(own=joined.its_place.fill_null(unknown)).select(*counted.columns, "own")
    elif places is not None:
        counted = counted.mutate(own=nothing)
    names = [*holders, *_names(counted, "p"), *_names(counted, "o")]
    return counted.select(*names, branch=ibis.literal(number, type="int16"))


def _said(text: Text | str | None, about: About, rows: ir.Table) -> ir.StringValue:
    if text is None:
        return ibis.null("string")
    return rows[text] if isinstance(text, str) else value(text, rows, about.table).cast("string")


def _counted(rows: ir.Table, by: list[str]) -> ir.Table:
    sums = {name: rows[name].sum() for name in _names(rows, "o")}
    return rows.group_by(*by).agg(n=rows.count(), **sums)
