"""What a clause calls for in some months, and what was done, worked out row by row and day by day.

Slow on purpose and written apart from the rates: no clipping, no counting by buckets, no sums of stretches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

from closeout.duties.clauses import DayKind, Shape
from closeout.duties.periods import add, is_counted
from closeout.records.tables import TABLES
from tests.duties.oracle import Oracle, as_day, days_off

DAY = timedelta(days=1)
DAYS_A_MONTH = 365.2425 / 12


class SlowVolumes:
    """The volumes of one clause over lists of rows, by office, officer, docket and month."""

    def __init__(self, clause, tables, first, end, *, reads):
        self.clause, self.tables, self.first, self.end, self.reads = clause, tables, first, end, reads
        self.cases = {case["case_no"]: case for case in tables["cases"]}
        self.window = [first + DAY * number for number in range((end - first).days)]

    def read(self, text, row):
        return None if text is None else self.reads[text.sql](row)

    def in_force(self, day):
        for version in self.clause.versions:
            if version.in_force_from <= day <= (version.in_force_to or day):
                return version
        return None

    def is_own(self):
        return not self.clause.case or self.clause.office is not None

    def holder(self, row, *, own):
        """Return office, officer and docket; None for rows of a case that is not there."""
        case = self.cases.get(row.get(self.clause.case)) if self.clause.case else None
        if self.clause.case and case is None:
            return None
        held = (case["office_id"], case["officer_no"], case["docket"]) if case else (None, None, None)
        if not own:
            return held
        return self.read(self.clause.office, row) or held[0], held[1], held[2]

    def rows(self):
        return [
            row
            for row in self.tables[self.clause.owes]
            if self.clause.when is None or self.read(self.clause.when, row)
        ]

    def owed(self):
        made = defaultdict(float)
        for row in self.rows():
            holder = self.holder(row, own=self.is_own())
            for day, number in self.calls(row) if holder else ():
                made[*holder, day.replace(day=1)] += number
        return {key: value for key, value in made.items() if value > 1e-12}

    def calls(self, row):
        if self.clause.shape is not Shape.EVERY:
            return self.once(row)
        start, end = self.read(self.clause.starts, row), self.read(self.clause.ends, row)
        if start is None or (end is not None and end <= start):
            return []
        if self.clause.cycle is None:
            return [
                (day, 1 / self.interval(self.in_force(day)))
                for day in self.window
                if start <= day and (end is None or day < end) and self.in_force(day)
            ]
        periods = Oracle(self.clause, self.tables, self.end, reads=self.reads).periods()
        return [
            (one["last"], 1)
            for one in periods
            if self.first <= one["last"] < self.end
            and start <= one["last"]
            and (end is None or one["first"] < end)
            and self.in_force(one["first"])
        ]

    def once(self, row):
        is_on = self.clause.shape is Shape.ON
        day = as_day(self.read(self.clause.due if is_on else self.clause.starts, row))
        if day is None:
            return []
        rule = self.in_force((self.read(self.clause.opened, row) or day) if is_on else day)
        if rule is None:
            return []
        if is_on:
            day = add(rule.period, day, days_off("US"))
        ends = self.read(self.clause.ends, row)
        is_over = (ends is not None and as_day(ends) <= day) or self.is_excused(row, day)
        return [(day, 1)] if self.first <= day < self.end and not is_over else []

    def is_own_row(self):
        return self.clause.done.table == self.clause.owes and not self.clause.done.match

    def is_excused(self, row, day):
        clause, done = self.clause, self.clause.done
        if clause.excused is None or not self.read(clause.excused, row):
            return False
        own = row[done.column] if self.is_own_row() else None
        if own is not None and (done.where is None or self.read(done.where, row)):
            return False
        on = self.read(clause.excused_on, row) if clause.excused_on else as_day(own)
        return (on or day) <= day

    def interval(self, rule):
        period = rule.period
        if period.counts is DayKind.CALENDAR:
            return period.months * DAYS_A_MONTH + period.days
        counted = sum(is_counted(day, period.counts, days_off("US")) for day in self.window)
        return period.days * len(self.window) / counted

    def done(self):
        """Return the discharging events: of the case's holder, or of whom the owing row names."""
        made = Counter()
        for holder, event in self.events():
            day = as_day(event[self.clause.done.column])
            where = self.clause.done.where
            is_called = day and self.first <= day < self.end and self.in_force(day)
            if is_called and (where is None or self.read(where, event)):
                made[*holder, day.replace(day=1)] += 1
        return dict(made)

    def events(self):
        clause, done = self.clause, self.clause.done
        if self.is_own_row():
            found = [(self.holder(row, own=self.is_own()), row) for row in self.rows()]
        elif clause.owes == "cases":
            owing = {row["case_no"] for row in self.rows()}
            found = [
                (self.holder(event, own=False), event)
                for event in self.tables[done.table]
                if event[done.match] in owing
            ]
        elif clause.case:
            found = [(self.holder(event, own=False), event) for event in self.tables[done.table]]
        else:
            key = done.subject or TABLES[clause.owes].key()
            found = [
                (self.holder(row, own=True), event)
                for event in self.tables[done.table]
                for row in self.rows()
                if event[done.match] == row[key]
            ]
        return [(holder, event) for holder, event in found if holder]
