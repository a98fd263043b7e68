"""The measures of a pack worked out slowly, row by row, from the file as it is written."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

import yaml
from dateutil.relativedelta import relativedelta

from closeout.records.tables import TABLES
from tests.evidence.measures.plain_sql import is_true

DAY = timedelta(days=1)
OPEN = {"upcoming", "due", "overdue", "on_hold"}


@dataclass
class Expected:
    """What a figure should be: its counts and its value, None where there should be none."""

    numerator: int = 0
    denominator: int = 0
    value: float | None = None
    lengths: list = field(default_factory=list)


class Oracle:
    """Works out measures over tables that are lists of rows, and instances that are lists of dicts."""

    def __init__(self, path, tables, instances, clauses, as_of):
        text = path.read_text(encoding="utf-8")
        said = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - all words, so that `on` is one, too
        self.declared = {one["measure"]: one for one in said}
        self.tables, self.instances, self.as_of = tables, instances, as_of
        self.sections = defaultdict(list)
        for clause in clauses:
            self.sections[clause.section].append(clause.duty)
        self.duties = [clause.duty for clause in clauses]
        self.by_key = {}

    def periods(self, one):
        """Return the periods, oldest first, as first and last days."""
        if "period" not in one:
            return [(None, self.as_of)]
        series = one.get("series", {"step": "P3M", "points": 8})
        after = self.as_of + DAY
        return [
            (
                after - shift(one["period"]) - shift(series["step"], number),
                after - shift(series["step"], number) - DAY,
            )
            for number in reversed(range(int(series["points"])))
        ]

    def figures(self, code):
        """Return what is expected of each period, and of each office in the newest."""
        one = self.declared[code]
        rows = self.of_table(one) if "over" in one else self.of_duties(one)
        periods = [self.expected(one, self.within(rows, since, until)) for since, until in self.periods(one)]
        offices = defaultdict(list)
        for row in self.within(rows, *self.periods(one)[-1]):
            offices[row["office"] or ""].append(row)
        return periods, {office: self.expected(one, mine) for office, mine in offices.items()}

    def parts(self, code):
        """Return what is expected of the newest period by category, for each thing it is broken down by."""
        one = self.declared[code]
        said = one.get("by", [])
        rows = self.of_table(one) if "over" in one else self.of_duties(one)
        rows = self.within(rows, *self.periods(one)[-1])
        found = []
        for place, by in enumerate(said if isinstance(said, list) else [said]):
            grouped = defaultdict(list)
            for row in rows:
                grouped[row["by"][place] if "over" in one else row[by]].append(row)
            if by == "age":
                for band in range(5):
                    grouped[str(band)] += []
                grouped.pop("", None)
            if by == "duty":
                for duty in self.named(one):
                    grouped[duty] += []
            found.append({category: self.expected(one, mine) for category, mine in grouped.items()})
        return found

    def within(self, rows, since, until):
        return [row for row in rows if since is None or since <= row["day"] <= until]

    def expected(self, one, rows):
        if one["shape"] in {"median", "survival"}:
            return self.of_lengths(one, rows)
        made = Expected(sum(row["numerator"] for row in rows), sum(row["denominator"] for row in rows))
        if one["shape"] == "count":
            made.value = float(made.numerator)
        elif made.denominator and made.denominator >= int(one.get("min_n", 1)):
            made.value = made.numerator / made.denominator
        return made

    def of_lengths(self, one, rows):
        lengths = sorted(row["length"] for row in rows if row["has_ended"])
        least = int(one.get("min_n", 1))
        if one["shape"] == "median":
            if len(lengths) < least:
                return Expected(0, len(lengths))
            value = lengths[ceil(Fraction(str(one.get("quantile", "0.5"))) * len(lengths)) - 1]
            return Expected(sum(length <= value for length in lengths), len(lengths), value)
        if len(rows) < least:
            return Expected(0, len(rows))
        still_open, at_risk = Fraction(1), len(rows)
        for length in sorted({row["length"] for row in rows}):
            here = [row for row in rows if row["length"] == length]
            still_open *= 1 - Fraction(sum(row["has_ended"] for row in here), at_risk)
            at_risk -= len(here)
            if still_open <= Fraction(1, 2):
                return Expected(len(lengths), len(rows), length)
        return Expected(len(lengths), len(rows))

    def of_cases(self, one):
        """Return the open cases, each with whether none of its duties is overdue."""
        rows = [row for duty in self.named(one) for row in self.instances[duty]]
        late = {row["case_no"] for row in rows if row["state"] == "overdue" and row["case_no"]}
        return [
            {
                "office": case["office_id"],
                "day": None,
                "numerator": int(case["case_no"] not in late),
                "denominator": 1,
                "docket": case["docket"],
            }
            for case in self.tables["cases"]
            if case["opened_on"] <= self.as_of and (not case["closed_on"] or case["closed_on"] > self.as_of)
        ]

    def of_duties(self, one):
        if one["statistic"] == "cases":
            return self.of_cases(one)
        made = []
        for duty in self.named(one):
            if one["statistic"] == "currency":
                made += [row | {"duty": duty} for row in self.subjects(self.instances[duty])]
                continue
            for row in self.instances[duty]:
                is_owed = row["is_missed"] or row["state"] == "done"
                if one["statistic"] == "backlog" and row["state"] == "overdue":
                    made.append(self.counted(row, 1) | {"duty": duty})
                elif one["statistic"] == "timeliness" and is_owed and row["due_on"] is not None:
                    made.append(self.counted(row, int(row["state"] == "done")) | {"duty": duty})
        return made

    def named(self, one):
        if "sections" in one:
            return [duty for section in one["sections"] for duty in self.sections[section]]
        return self.duties if one["duties"] == "all" else one["duties"]

    def subjects(self, instances):
        still_open = defaultdict(list)
        for row in instances:
            if row["state"] in OPEN:
                still_open[row["subject"]].append(row)
        return [
            self.counted(mine[0], int(all(row["state"] != "overdue" for row in mine)))
            for mine in still_open.values()
        ]

    def counted(self, row, numerator):
        case = self.keyed("cases").get(row["case_no"], {})
        return {
            "office": row["office_id"],
            "day": row["due_on"],
            "numerator": numerator,
            "denominator": 1,
            "docket": case.get("docket") or "",
            "age": self.band(row["due_on"]),
        }

    def band(self, day):
        """Return the band of an age: to 30 days, 90, 180, 365, and longer."""
        return (
            "" if day is None else str(sum((self.as_of - day).days >= least for least in (31, 91, 181, 366)))
        )

    def known(self, table, row):
        """Return a row without the days that had not come, but for due dates."""
        columns = TABLES[table].columns()
        return {
            name: None
            if hasattr(value, "year")
            and as_day(value) > self.as_of
            and not (columns[name].metadata or {}).get("future")
            else value
            for name, value in row.items()
        }

    def of_table(self, one):
        table = one["over"]
        placed = one.get("on") or one.get("from")
        rows = []
        for raw in self.tables[table]:
            row = self.known(table, raw)
            needed = [row[one[key]] for key in ("from", "sum", "exposure") if key in one]
            is_in = placed is None or (row[placed] is not None and as_day(row[placed]) <= self.as_of)
            if is_in and None not in needed and is_true(one.get("where"), row):
                rows.append(row)
        rows = self.latest(one, rows)
        events = self.events(one)
        made = [self.one_row(one, row, events) for row in rows]
        return [row for row in made if row.get("length", 0) >= 0]

    def latest(self, one, rows):
        if "latest" not in one:
            return rows
        key, last = TABLES[one["over"]].key(), {}
        for row in sorted(rows, key=lambda row: (row[one["from"]], row[key])):
            last[row[one["latest"]]] = row
        return list(last.values())

    def events(self, one):
        found = defaultdict(int)
        said = one.get("events")
        for raw in self.tables[said["table"]] if said else ():
            row = self.known(said["table"], raw)
            if is_true(said.get("where"), row):
                found[row[said["match"]]] += 1
        return found

    def one_row(self, one, row, events):
        placed = one.get("on") or one.get("from")
        amount = row[one["sum"]] if "sum" in one else 1
        if "events" in one:
            amount = events[row[TABLES[one["over"]].key()]]
        made = {
            "office": self.office(one, row),
            "day": as_day(row[placed]) if placed else None,
            "numerator": amount if is_true(one.get("counts"), row) else 0,
            "denominator": row[one["exposure"]] if "exposure" in one else 1,
        }
        if "from" in one:
            made |= self.length(one, row)
        said = one.get("by", [])
        made["by"] = [self.category(one, row, by) for by in (said if isinstance(said, list) else [said])]
        return made

    def category(self, one, row, by):
        """Return what a row belongs to, by the way from it to a column."""
        if by == "age":
            return self.band(as_day(row[one["on"]]))
        *way, last = by.split(".")
        table, here = one["over"], row
        for column in way:
            table = TABLES[table].references()[column]
            here = self.keyed(table).get(here[column], {})
        return here.get(last) or ""

    def length(self, one, row):
        end = self.as_of if one["to"] == "as_of" else row[one["to"]]
        has_ended = end is not None
        if one["unit"] == "hours":
            last = datetime.combine(self.as_of + DAY, datetime.min.time())
            begin = row[one["from"]]
            if not isinstance(begin, datetime):
                begin = datetime.combine(begin, datetime.min.time())
            until, since = (moment.replace(second=0, microsecond=0) for moment in (end or last, begin))
            length = (until - since) // timedelta(hours=1)
        else:
            length = (as_day(end or self.as_of) - as_day(row[one["from"]])).days
        return {"length": length, "has_ended": has_ended}

    def office(self, one, row):
        table, here = one["over"], row
        for column in one["office"].split(".") if "office" in one else ():
            found = here[column]
            table = TABLES[table].references().get(column, "offices")
            if table == "offices" or found is None:
                return found
            here = self.keyed(table).get(found)
            if here is None:
                return None
        return here["office_id"] if "office" in one else None

    def keyed(self, table):
        if table not in self.by_key:
            key = TABLES[table].key()
            self.by_key[table] = {row[key]: row for row in self.tables[table]}
        return self.by_key[table]


def as_day(found):
    return found.date() if isinstance(found, datetime) else found


def shift(period, times=1):
    """Return an ISO period, some times over."""
    parts = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", period).groups()
    years, months, weeks, days = (int(part or 0) * times for part in parts)
    return relativedelta(months=12 * years + months, days=7 * weeks + days)
