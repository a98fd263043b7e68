"""Rows of one file against their table's declaration: accepted with their types, or kept apart.

All rows go through a quick pass. Those it doubts are looked at again: what can be meant without doubt (a
blank behind a number, `3.0` for 3) is accepted, the rest is told rule by rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from closeout.records.checking.chunks import ROW
from closeout.records.checking.keys import slots_of
from closeout.records.checking.private import identifies, may_identify
from closeout.records.checking.rules import FOUND, PRIVATE, checks_of, has_same_form
from closeout.records.checking.tally import Failing, kept_apart
from closeout.records.checking.values import lenient, type_of, typed
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from closeout.records.checking.keys import KnownKeys, Numbers

REFERENCE, REFERENCE_REFUSED = "reference", "reference_quarantined"
_LOOK_AT, _FEW, _SOME = 1000, 250, 10_000


@dataclass(frozen=True, slots=True)
class Split:
    """What became of a stretch of rows.

    Attributes:
        accepted: `_row` and the wanted columns with their types.
        refused: The other rows as the quarantine keeps them; None if there are none.
        failing: The rules that the refused rows break.
        keys: The refused rows' keys, where they could be read.

    """

    accepted: pl.DataFrame
    refused: pl.DataFrame | None = None
    failing: tuple[Failing, ...] = ()
    keys: pl.Series | None = None


class RowChecker:
    """Checks the rows of one file."""

    def __init__(
        self,
        table: str,
        file: str,
        *,
        columns: frozenset[str],
        as_of: date,
        known: Mapping[str, KnownKeys],
        wanted: frozenset[str] | None = None,
    ) -> None:
        """Prepare for a file.

        Args:
            table: Its table.
            file: Its name.
            columns: The declared columns that it has.
            as_of: The day the records stand as of.
            known: The keys of tables checked before.
            wanted: The columns that somebody wants of accepted rows; all where it is None.

        """
        self._table, self._file = table, file
        self._declared = TABLES[table].columns()
        self._there = [name for name in self._declared if name in columns]
        self._wanted = [name for name in self._declared if wanted is None or name in wanted]
        missing = frozenset(self._declared) - columns
        self._checks = checks_of(table, missing=missing, as_of=as_of)
        self._references = {
            column: known[to]
            for column, to in TABLES[table].references().items()
            if to in known and to != table and column in columns
        }
        self._vouched_for = frozenset(
            column
            for column in self._references
            if has_same_form(self._declared[column], TABLES[TABLES[table].references()[column]])
        )
        self._good: dict[str, pl.Series] = {}
        self._slots: dict[str, Numbers] = {}

    def split(self, found: pl.DataFrame) -> Split:
        """Return which rows are accepted; `found` holds `_row` and the declared columns that are there."""
        rows = self._typed(found)
        is_fine = self._is_fine(rows)
        if is_fine.all():
            return Split(self._only_wanted(rows))
        return self._look_again(self._only_wanted(rows).filter(is_fine), found.filter(~is_fine))

    def _typed(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return each cell as found, and beside it as its declared type."""
        named = found.rename({name: FOUND + name for name in self._there})
        return named.with_columns(
            typed(column, pl.col(FOUND + name), found.schema[name]).alias(name)
            if name in self._there
            else pl.lit(None, type_of(column)).alias(name)
            for name, column in self._declared.items()
        )

    def _only_wanted(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.select(ROW, *self._wanted)

    def _is_fine(self, rows: pl.DataFrame) -> pl.Series:
        """Return for each row whether nothing is against it; a row in doubt is not fine."""
        different = self._different_texts(rows)
        # An accepted row's key has its form: a reference to one need not be asked for it again.
        asked_apart = self._vouched_for | different.keys()
        keeps = [
            check.keeps for check in self._checks if not (check.is_of_text and check.column in asked_apart)
        ]
        keeps += [
            ~pl.col(name).is_in(bad.implode()).fill_null(value=False)
            for name, texts in different.items()
            if not (bad := self._bad(texts)).is_empty()
        ]
        kept = rows.select(pl.repeat(value=True, n=pl.len()).alias("?"), *_named(keeps))
        fine = kept.select(pl.all_horizontal(pl.all())).to_series()
        for column, known in self._references.items():
            lost = None if column in different else known.lost(rows[column], self._slots_of(column))
            if lost is not None:
                fine &= ~lost
        return fine

    def _slots_of(self, column: str) -> Numbers:
        """Return the quick look at the keys that a column refers to, made when it is first needed."""
        if column not in self._slots:
            self._slots[column] = slots_of(self._references[column].accepted)
        return self._slots[column]

    def _bad(self, texts: pl.Series) -> pl.Series:
        """Return those of a column's different texts that no row may have; each is asked once.

        An empty cell is never bad here: that it must be given is asked of the rows.
        """
        good = self._good.get(texts.name, texts.clear())
        new = texts.filter(~texts.is_in(good.implode()))
        if new.is_empty():
            return new
        is_bad = self._is_bad(new)
        kept = good if good.len() <= _SOME else good.clear()
        self._good[texts.name] = kept.append(new.filter(~is_bad))
        return new.filter(is_bad)

    def _is_bad(self, texts: pl.Series) -> pl.Series:
        """Return which of a column's different texts no row may have."""
        name = texts.name
        keeps = [check.keeps for check in self._checks if check.is_of_text and check.column == name]
        bad = ~texts.to_frame().select(pl.all_horizontal(pl.lit(value=True), *keeps)).to_series()
        known = self._references.get(name)
        lost = known.lost(texts) if known else None
        return bad if lost is None else bad | lost

    def _different_texts(self, rows: pl.DataFrame) -> dict[str, pl.Series]:
        """Return the different texts of the columns that have few: to ask each once."""
        texts = [name for name in self._there if rows.schema[name] == pl.String]
        few = [name for name in texts if rows[name].head(_LOOK_AT).n_unique() <= _FEW]
        different = {name: rows[name].unique() for name in few}
        return {name: column for name, column in different.items() if column.len() <= _SOME}

    def _look_again(self, fine: pl.DataFrame, doubtful: pl.DataFrame) -> Split:
        mended = doubtful.with_columns(
            lenient(self._declared[name], pl.col(name)).alias(name) for name in self._there
        )
        rows = self._typed(mended)
        as_found = doubtful.with_columns(pl.col(self._there).cast(pl.String, strict=False))
        failing = [*self._failing(rows), *self._identifying(as_found)]
        is_refused = reduce(lambda one, other: one | other, (each.rows for each in failing))
        accepted = self._only_wanted(rows.filter(~is_refused))
        if not accepted.is_empty():
            accepted = pl.concat([fine, accepted]).sort(ROW, maintain_order=True)
        else:
            accepted = fine
        if not is_refused.any():
            return Split(accepted)
        failing = [
            Failing(each.rule, each.column, each.reason, each.rows.filter(is_refused)) for each in failing
        ]
        refused = kept_apart(
            self._table, _without_private(as_found.filter(is_refused), failing), self._file, failing
        )
        return Split(accepted, refused, tuple(failing), rows[TABLES[self._table].key()].filter(is_refused))

    def _failing(self, rows: pl.DataFrame) -> list[Failing]:
        checks = [check for check in self._checks if check.rule != PRIVATE]
        fails = rows.with_columns((~check.keeps).alias("?" + check.name) for check in checks)
        failing = [
            Failing(check.rule, check.column, check.reason, fails["?" + check.name]) for check in checks
        ]
        for column, known in self._references.items():
            gone, refused = known.broken(rows[column])
            said = f"{column} names a row of {TABLES[self._table].references()[column]} that is "
            failing.append(Failing(REFERENCE, column, said + "not there", gone))
            failing.append(Failing(REFERENCE_REFUSED, column, said + "itself quarantined", refused))
        return failing

    def _identifying(self, as_found: pl.DataFrame) -> list[Failing]:
        """Return the cells that identify somebody, in whatever column they stand."""
        asked = as_found.select(may_identify(pl.col(name)).any().alias(name) for name in self._there)
        return [
            Failing(
                PRIVATE,
                name,
                f"{name} looks as if it identified a person; its value is not kept",
                identifies(as_found[name]),
            )
            for name in self._there
            if asked[name].any()
        ]


def _named(keeps: list[pl.Expr]) -> list[pl.Expr]:
    return [expression.alias(f"?{place}") for place, expression in enumerate(keeps)]


def _without_private(rows: pl.DataFrame, failing: list[Failing]) -> pl.DataFrame:
    return rows.with_columns(
        pl.when(~each.rows).then(pl.col(each.column)).alias(each.column)
        for each in failing
        if each.rule == PRIVATE and each.rows.any()
    )
