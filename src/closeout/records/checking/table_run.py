"""One table: all its files, row by row, then what only all rows together can show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np
import polars as pl

from closeout.records.checking.chunks import ROW, ahead
from closeout.records.checking.groups import GROUP, GroupLedger
from closeout.records.checking.keys import KeyLedger, KnownKeys, Numbers, among, numbers_of
from closeout.records.checking.private import identifies
from closeout.records.checking.rows import REFERENCE, REFERENCE_REFUSED, RowChecker
from closeout.records.checking.tally import AT, FILE, REASON, RULES, Failing, Tally, kept_apart
from closeout.records.checking.values import lenient, typed
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from closeout.records.checking.feeds import Apart, Feed, Stretch
    from closeout.records.checking.rows import Split

PRIMARY_KEY = "primary_key"
_NOWHERE = pl.DataFrame(schema={AT: pl.Int64, FILE: pl.Int32, ROW: pl.Int64})


class Sink(Protocol):
    """Where rows go once it is known what becomes of them."""

    def wants(self, table: str) -> Collection[str] | None:
        """Return the columns it wants of accepted rows; None for all."""

    def accept(self, table: str, rows: pl.DataFrame) -> None:
        """Take accepted rows: `_at` (counted from 0 in the table), `_file`, `_row`, the wanted columns."""

    def refuse(self, table: str, rows: pl.DataFrame) -> None:
        """Take rows as the quarantine keeps them."""

    def close(self, table: str, files: list[str], late: pl.DataFrame) -> None:
        """End a table; `late` names accepted rows that are quarantined after all, and why."""


@dataclass(slots=True)
class TableRun:
    """The check of one table, while it goes on."""

    table: str
    as_of: date
    known: Mapping[str, KnownKeys]
    sinks: tuple[Sink, ...]
    files: list[str] = field(default_factory=list)
    read: int = 0
    quarantined: int = 0
    tally: Tally = field(default_factory=Tally)
    _accepted: int = 0
    _ledger: KeyLedger = field(default_factory=KeyLedger)
    _within: list[pl.DataFrame] = field(default_factory=list)
    _groups: dict[str, GroupLedger] = field(init=False)

    def __post_init__(self) -> None:
        """Make ready for the rules across rows."""
        rules = TABLES[self.table].group_rules()
        self._groups = {name: GroupLedger(rule) for name, rule in rules.items()}

    def take(self, feed: Feed, moved: Callable[[int], None]) -> None:
        """Check all rows of one file; `moved` is told how many rows were read since it last was."""
        self.files.append(feed.facts.name)
        # One thread reads ahead, one checks ahead, and this one keeps count.
        for stretch, split in ahead(self._splits(ahead(feed.stretches()))):
            feed.facts.rows += stretch.read
            self.read += stretch.read
            for apart in stretch.apart:
                self._set_apart(apart)
            if split is not None:
                self._take_in(split)
            moved(stretch.read)

    def _splits(self, stretches: Iterator[Stretch]) -> Iterator[tuple[Stretch, Split | None]]:
        """Yield stretches with what became of their rows; None where there are none."""
        checker: RowChecker | None = None
        for stretch in stretches:
            if stretch.rows.is_empty():
                yield stretch, None
                continue
            if checker is None:
                checker = self._checker(stretch.rows)
            yield stretch, checker.split(stretch.rows)

    def close(self) -> KnownKeys:
        """Settle what only all rows together can show; return the keys others may refer to."""
        shared = {name: self._sharing(groups) for name, groups in self._groups.items()}
        known, duplicates = self._ledger.close()
        reason = f"{TABLES[self.table].key()} is on more than one row"
        late = [self._late(duplicates, PRIMARY_KEY, TABLES[self.table].key(), reason)]
        for name, rows in shared.items():
            apart = pl.concat([each.select(AT) for each in late])
            known, crowded = self._one_at_a_time(name, rows, known, apart)
            late.append(crowded)
        for column in self._own_references():
            known, broken = self._settle(column, known, pl.concat([each.select(AT) for each in late]))
            late += broken
        withdrawn = pl.concat(late)
        self.quarantined += withdrawn.height
        for sink in self.sinks:
            sink.close(self.table, self.files, withdrawn)
        return known

    def _checker(self, rows: pl.DataFrame) -> RowChecker:
        return RowChecker(
            self.table,
            self.files[-1],
            columns=frozenset(rows.columns) - {ROW},
            as_of=self.as_of,
            known=self.known,
            wanted=self._wanted(),
        )

    def _wanted(self) -> frozenset[str] | None:
        """Return the columns that anybody wants of accepted rows; None for all."""
        wanted = {TABLES[self.table].key(), *self._own_references()}
        for groups in self._groups.values():
            wanted |= groups.columns
        for sink in self.sinks:
            asked = sink.wants(self.table)
            if asked is None:
                return None
            wanted.update(asked)
        return frozenset(wanted)

    def _take_in(self, split: Split) -> None:
        file, key = len(self.files) - 1, TABLES[self.table].key()
        numbered = split.accepted.with_row_index(AT, offset=self._accepted)
        accepted = numbered.with_columns(pl.col(AT).cast(pl.Int64), pl.lit(file, pl.Int32).alias(FILE))
        self._accepted += accepted.height
        self._ledger.accept(accepted[key], accepted[ROW], file)
        for groups in self._groups.values():
            groups.accept(accepted)
        for column in self._own_references():
            given = accepted.filter(pl.col(column).is_not_null()).select(AT, FILE, ROW, own=key, to=column)
            numbers = [pl.Series(name, numbers_of(given[name])) for name in ("own", "to")]
            self._within.append(given.with_columns(numbers).with_columns(column=pl.lit(column)))
        for sink in self.sinks:
            sink.accept(self.table, accepted)
        if split.refused is not None and split.keys is not None:
            self._ledger.refuse(split.keys)
            self._refuse(split.refused, split.failing)

    def _set_apart(self, apart: Apart) -> None:
        if apart.rows.is_empty():
            return
        everyone = pl.repeat(value=True, n=apart.rows.height, dtype=pl.Boolean, eager=True)
        failing = Failing(apart.rule, apart.column, apart.reason, everyone)
        key = TABLES[self.table].key()
        if key in apart.rows.columns:
            declared = TABLES[self.table].columns()[key]
            text = apart.rows.select(lenient(declared, pl.col(key)))
            keys = text.select(typed(declared, pl.col(key), pl.String())).to_series()
            self._ledger.refuse(keys)
        cells = [name for name in TABLES[self.table].column_names() if name in apart.rows.columns]
        hidden = apart.rows.with_columns(
            pl.when(~identifies(apart.rows[name])).then(pl.col(name)).alias(name) for name in cells
        )
        self._refuse(kept_apart(self.table, hidden, self.files[-1], [failing]), (failing,))

    def _refuse(self, rows: pl.DataFrame, failing: tuple[Failing, ...]) -> None:
        self.quarantined += rows.height
        for each in failing:
            self.tally.add(each, self.files[-1], rows[ROW])
        for sink in self.sinks:
            sink.refuse(self.table, rows)

    def _own_references(self) -> list[str]:
        return [column for column, to in TABLES[self.table].references().items() if to == self.table]

    def _sharing(self, groups: GroupLedger) -> pl.DataFrame:
        """Return where the rows stand that share the values of a rule, and their keys."""
        shared = groups.close()
        if shared.is_empty():
            return shared
        return self._ledger.places(shared[AT].to_numpy()).with_columns(shared[GROUP])

    def _one_at_a_time(
        self, name: str, shared: pl.DataFrame, known: KnownKeys, late: pl.DataFrame
    ) -> tuple[KnownKeys, pl.DataFrame]:
        """Quarantine all rows of which there may be one: nobody can tell which is meant.

        Rows that are kept apart already do not count against the others.
        """
        broken = shared.join(late, on=AT, how="anti").filter(pl.col(GROUP).is_duplicated())
        if broken.is_empty():
            return known, self._late(_NOWHERE, name, "", "")
        rule = TABLES[self.table].group_rules()[name]
        reason = f"not the only one with its {', '.join(rule.columns)}: {rule.meaning.rstrip('.')}"
        return _without(known, broken["own"].to_numpy()), self._late(broken.sort(AT), name, "", reason)

    def _settle(
        self, column: str, known: KnownKeys, late: pl.DataFrame
    ) -> tuple[KnownKeys, list[pl.DataFrame]]:
        """Quarantine rows that refer to a row of the same table that is not accepted, until none does."""
        here = [each for each in self._within if each["column"].first() == column]
        if not here:
            return known, []
        rows = pl.concat(here).join(late, on=AT, how="anti")
        found: list[pl.DataFrame] = []
        while True:
            holds = pl.Series(among(rows["to"].to_numpy(), known.accepted))
            broken, rows = rows.filter(~holds), rows.filter(holds)
            if broken.is_empty():
                return known, found
            refused = pl.Series(among(broken["to"].to_numpy(), known.refused))
            said = f"{column} names a row of {self.table} that is "
            found.append(self._late(broken.filter(~refused), REFERENCE, column, said + "not there"))
            found.append(
                self._late(broken.filter(refused), REFERENCE_REFUSED, column, said + "itself quarantined")
            )
            known = _without(known, broken["own"].to_numpy())

    def _late(self, places: pl.DataFrame, rule: str, column: str, reason: str) -> pl.DataFrame:
        for (file,), rows in places.group_by(FILE, maintain_order=True):
            everyone = pl.repeat(value=True, n=rows.height, dtype=pl.Boolean, eager=True)
            self.tally.add(Failing(rule, column, reason, everyone), self.files[int(str(file))], rows[ROW])
        return places.select(AT, FILE, ROW, pl.lit(rule).alias(RULES), pl.lit(reason).alias(REASON))


def _without(known: KnownKeys, gone: Numbers) -> KnownKeys:
    refused = np.union1d(known.refused, gone)
    return KnownKeys(np.setdiff1d(known.accepted, gone, assume_unique=True), refused)
