"""What a clause owes, worked out row by row in plain Python from the text of the rules.

Slow on purpose, and written apart from the engine: periods come from `closeout.duties.periods`, holds are
counted day by day, events are handed out one at a time. `reads` gives each expression of the clause as a
function of a row, by its text.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

import holidays as public

from closeout.duties.clauses import Cycle, Shape
from closeout.duties.periods import add, add_hours, subtract
from closeout.records.tables import TABLES

DAY = timedelta(days=1)
BEGINNING = date(1979, 10, 1)


@lru_cache
def days_off(country):
    return frozenset(public.country_holidays(country, years=range(2015, 2035)))


def as_day(found):
    return found.date() if isinstance(found, datetime) else found


class Oracle:
    """The instances of one clause over lists of rows."""

    def __init__(self, clause, tables, as_of, *, reads, country="US"):
        self.clause, self.tables, self.as_of, self.reads = clause, tables, as_of, reads
        self.off = days_off(country)

    def read(self, text, row):
        return None if text is None else self.reads[text.sql](row)

    def known(self, found):
        """Return a day or instant that had come by the as-of date, else None."""
        return found if found is not None and as_day(found) <= self.as_of else None

    def instances(self):
        key = TABLES[self.clause.owes].key()
        made = []
        for row in self.tables[self.clause.owes]:
            if self.clause.when is not None and not self.read(self.clause.when, row):
                continue
            for number, one in enumerate(self.opened(row), 1):
                made.append(self.judged(one | {"row": row, "subject": str(row[key]), "sequence": number}))
        return sorted(made, key=lambda one: (one["subject"], one["sequence"]))

    # -- which instances there are

    def opened(self, row):
        if self.clause.shape is Shape.EVERY:
            return self.every(row)
        return self.one(row)

    def one(self, row):
        clause, is_on = self.clause, self.clause.shape is Shape.ON
        start = self.read(clause.due if is_on else clause.starts, row)
        if start is None:
            return []
        came = as_day(self.read(clause.opened, row)) if is_on else as_day(start)
        if came is not None and came > self.as_of:
            return []
        excused = None
        if clause.excused is not None and self.read(clause.excused, row):
            own = row[clause.done.column] if self.is_own() else None
            excused = self.known(as_day(self.read(clause.excused_on, row) or own or start))
        return [
            {
                "start": start,
                "opened_on": came or as_day(start),
                "done": self.done_of(row, as_day(start)),
                "excused_on": excused,
                "ended_on": self.known(as_day(self.read(clause.ends, row))),
            }
        ]

    def is_own(self):
        return self.clause.done.table == self.clause.owes and not self.clause.done.match

    def done_of(self, row, trigger):
        done = self.clause.done
        if self.is_own():
            counts = done.where is None or self.read(done.where, row)
            return self.known(row[done.column]) if counts else None
        events = [
            event[done.column]
            for event in self.tables[done.table]
            if event[done.match] == row[done.subject]
            and (done.where is None or self.read(done.where, event))
            and self.known(event[done.column])
            and (self.clause.shape is Shape.ON or as_day(event[done.column]) >= trigger)
        ]
        return min(events, default=None)

    def events(self, row, start, ended):
        """Return the days of a subject's events, and whether each was an excuse and nothing else."""
        clause, done = self.clause, self.clause.done
        found = {}
        for event in self.tables[done.table]:
            if (
                event[done.match or TABLES[done.table].key()]
                != row[done.subject or TABLES[clause.owes].key()]
            ):
                continue
            is_excuse = bool(clause.excused is not None and self.read(clause.excused, event))
            if not is_excuse and done.where is not None and not self.read(done.where, event):
                continue
            day = as_day(event[done.column])
            if is_excuse:
                day = as_day(self.read(clause.excused_on, event)) or day
            if day is None or day > self.as_of or day < start or (ended is not None and day > ended):
                continue
            said = event[done.year or done.period] if done.year or done.period else None
            found[day, said] = found.get((day, said), True) and is_excuse
        return [(day, said, found[day, said]) for day, said in sorted(found, key=lambda one: one[0])]

    def every(self, row):
        start, ended = self.read(self.clause.starts, row), self.known(self.read(self.clause.ends, row))
        if start is None or start > self.as_of or (ended is not None and ended <= start):
            return []
        events = self.events(row, start, ended)
        made = (
            self.rolling(start, events, ended)
            if self.clause.cycle is None
            else self.fixed(start, events, ended)
        )
        return [one | {"ended_on": ended} for one in made]

    def rolling(self, start, events, ended):
        made, opened = [], start
        for day, _, is_excuse in events:
            made.append({"start": opened, "opened_on": opened, **closing(day, is_excuse)})
            opened = day
            if ended is not None and opened >= ended:
                return made
        return [*made, {"start": opened, "opened_on": opened, **closing(None, False)}]

    def fixed(self, start, events, ended):
        periods = [
            one
            for one in self.periods()
            if one["last"] >= start and one["first"] <= self.as_of and (ended is None or one["first"] < ended)
        ]
        for day, said, is_excuse in events:
            for one in periods:
                if self.fits(one, day, said) and "closed" not in one:
                    one["closed"] = closing(day, is_excuse)
                    break
        return [
            {"start": one["last"], "opened_on": one["first"], **one.get("closed", closing(None, False))}
            for one in periods
        ]

    def fits(self, period, day, said):
        """Tell whether an event of a day may discharge a period, by what it says of itself if anything."""
        if self.clause.done.year:
            return period["year"] == said
        if self.clause.done.period:
            return said is not None and period["first"] <= said <= period["last"]
        return period["first"] <= day <= period["until"]

    def periods(self):
        cycle = self.clause.cycle
        months = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.FISCAL_QUARTER: 3}.get(cycle, 12)
        first = BEGINNING if cycle is not Cycle.CALENDAR_YEAR else date(1980, 1, 1)
        made = []
        while first <= self.as_of + timedelta(days=1000):
            count = first.year * 12 + first.month - 1 + months
            following = date(count // 12, count % 12 + 1, 1)
            year = first.year + (cycle in {Cycle.FISCAL_YEAR, Cycle.FISCAL_QUARTER} and first.month >= 10)
            made.append({"first": first, "last": following - DAY, "year": year})
            first = following
        until = BEGINNING
        for one, after in pairwise(made):
            rule = self.in_force(after["first"])
            until = max(until, add(rule.period, after["last"], self.off) if rule else after["last"])
            one["until"] = until
        return made[:-1]

    # -- what the rule says of one

    def in_force(self, day):
        for version in self.clause.versions:
            if version.in_force_from <= day <= (version.in_force_to or date.max):
                return version
        return None

    def governing(self, one):
        rule = self.in_force(one["opened_on"])
        closed = [as_day(one[name]) for name in ("done", "excused_on", "ended_on") if one[name] is not None]
        for version in self.clause.versions:
            begins = version.in_force_from
            comes_later = one["opened_on"] < begins <= self.as_of
            if comes_later and version.takes_over_open and not any(day < begins for day in closed):
                rule = version
        return rule

    def due(self, one, rule):
        """Return the due day and, for clocks in hours, the instant, before any hold."""
        is_taken_over = one["opened_on"] < rule.in_force_from
        if rule.period.hours:
            start = one["start"]
            start = start if isinstance(start, datetime) else datetime.combine(start, time.min)
            at = add_hours(rule.period, start, self.off)
            if is_taken_over:
                at = max(at, datetime.combine(rule.in_force_from, time.max))
            return at.date(), at
        is_first = self.clause.shape is Shape.EVERY and self.clause.cycle is None and one["sequence"] == 1
        period = rule.first if is_first and rule.first is not None else rule.period
        day = add(period, as_day(one["start"]), self.off)
        return (max(day, rule.in_force_from) if is_taken_over else day), None

    def held(self, one, due_on, rule, case_no):
        """Return the days held, and the kind of hold on the as-of date if it stops this clock."""
        closed = [as_day(one[name]) for name in ("done", "excused_on", "ended_on") if one[name] is not None]
        stop = closed[0] if closed else self.as_of
        holds = [
            hold
            for hold in self.tables["holds"]
            if hold["case_no"] == case_no
            and hold["kind"] in self.clause.holds
            and hold["from_on"] <= self.as_of
        ]

        def is_held(day):
            return any(hold["from_on"] <= day < (hold["to_on"] or date.max) for hold in holds)

        now = sorted(h["kind"] for h in holds if self.as_of < (h["to_on"] or date.max))
        day, running, count, runs_on, is_stopped = one["opened_on"], due_on, 0, False, True
        while day <= self.as_of:
            if not is_held(day):
                runs_on = False
            elif not runs_on:
                runs_on = True
                is_stopped = is_stopped and day <= self.last_day(running, rule)
            if is_held(day) and is_stopped and day < stop and day < self.as_of:
                running, count = running + DAY, count + 1
            day += DAY
        return count, (now[0] if now and is_stopped else None)

    def last_day(self, due_on, rule):
        return due_on if rule.period.hours else add(rule.grace, due_on, self.off)

    def judged(self, one):
        row, clause = one["row"], self.clause
        case_no = row[clause.case] if clause.case else None
        done_on, rule = as_day(one["done"]), self.governing(one)
        made = {
            "duty": clause.duty,
            "subject_table": clause.owes,
            "subject": one["subject"],
            "sequence": one["sequence"],
            "case_no": case_no,
            "opened_on": one["opened_on"],
            "done_on": done_on,
            "done_at": one["done"] if isinstance(one["done"], datetime) else None,
            "ended_on": None if done_on else one["excused_on"] or one["ended_on"],
            "opens_on": None,
            "due_on": None,
            "due_at": None,
            "last_day": None,
            "days_held": 0,
            "is_missed": False,
            "rule": "",
            "state": "no_basis",
            "reason": "no_rule_in_force",
        }
        if rule is not None:
            made |= self.ruled(one, made, rule, case_no)
        is_closed = made["state"] in {"done", "done_late", "excused"}
        holder_on = min(made["due_on"], self.as_of) if is_closed else self.as_of
        return made | self.holder(row, case_no, holder_on)

    def ruled(self, one, made, rule, case_no):
        due_on, due_at = self.due(one, rule)
        count, now = (0, None)
        if self.clause.holds and case_no is not None:
            count, now = self.held(one, due_on, rule, case_no)
        due_on += timedelta(days=count)
        due_at = due_at + timedelta(days=count) if due_at else None
        last = self.last_day(due_on, rule)
        basis = f"{rule.basis.policy}/{rule.basis.clause}@{rule.in_force_from.isoformat()}"
        said = {"due_on": due_on, "due_at": due_at, "last_day": last, "days_held": count, "rule": basis}
        said["opens_on"] = subtract(rule.lead, due_on, self.off)
        return said | self.state(one, made | said, now)

    def state(self, one, made, now):
        if made["done_on"] is not None:
            in_time = made["done_on"] <= made["last_day"]
            if made["due_at"] is not None and made["done_at"] is not None:
                in_time = made["done_at"] <= made["due_at"]
            return {"state": "done" if in_time else "done_late", "reason": "", "is_missed": not in_time}
        if one["excused_on"] is not None or one["ended_on"] is not None:
            reason = self.clause.excused_reason if one["excused_on"] is not None else "subject_ended"
            passed = made["last_day"] < made["ended_on"]
            return {"state": "excused", "reason": reason, "is_missed": passed and reason != "service_issue"}
        if now:
            return {"state": "on_hold", "reason": now, "is_missed": False}
        is_over = self.as_of > made["last_day"]
        if made["due_at"] is not None:
            is_over = made["due_at"] < datetime.combine(self.as_of + DAY, time.min)
        if is_over:
            return {"state": "overdue", "reason": "", "is_missed": True}
        return {
            "state": "due" if self.as_of >= made["opens_on"] else "upcoming",
            "reason": "",
            "is_missed": False,
        }

    # -- whose it is

    def holder(self, row, case_no, on):
        clause = self.clause
        office, officer = self.read(clause.office, row), self.read(clause.officer, row)
        case = next((case for case in self.tables["cases"] if case["case_no"] == case_no), None)
        if clause.case and clause.office is None and case is not None:
            sent = [
                (move["accepted_on"], move["transfer_id"], move["from_office_id"])
                for move in self.tables["transfers"]
                if move["case_no"] == case_no and move["accepted_on"] and move["accepted_on"] > on
            ]
            office = min(sent)[2] if sent else case["office_id"]
        if clause.case and clause.officer is None and case is not None:
            led = sorted(
                (given["from_on"], given["assignment_id"], given["to_on"], given["officer_no"])
                for given in self.tables["assignments"]
                if given["case_no"] == case_no and given["role"] == "lead" and given["to_on"]
            )
            officer = case["officer_no"]
            for place, (since, _, to, who) in enumerate(led):
                until = min(to, led[place + 1][0]) if place + 1 < len(led) else to
                if since <= on < until:
                    officer = who
        return {"office_id": office, "officer_no": officer}


def closing(day, is_excuse):
    return {"done": None if is_excuse else day, "excused_on": day if is_excuse else None}
