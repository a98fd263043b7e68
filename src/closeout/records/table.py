"""What every declared table has, and the register of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import dataframely as dy

from closeout.records.columns import OneAtATime

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl


class Table(dy.Schema):
    """A table of an agency's records. The docstring of each says in one line what a row is.

    `section` is the item of the systems list that needs it, `cluster_by` the columns its file is sorted
    by, `is_event` whether rows are events that keep arriving (and so the bulk of a snapshot).
    """

    section: ClassVar[str] = ""
    cluster_by: ClassVar[tuple[str, ...]] = ()
    is_event: ClassVar[bool] = False

    @classmethod
    def key(cls) -> str:
        """Return the name of the key column; every table has one."""
        (only,) = cls.primary_key()
        return only

    @classmethod
    def references(cls) -> Mapping[str, str]:
        """Return the table that each referring column points into, by column."""
        return {
            column: made.metadata["references"]
            for column, made in cls.columns().items()
            if made.metadata and "references" in made.metadata
        }

    @classmethod
    def row_rules(cls) -> Mapping[str, pl.Expr]:
        """Return the rules across columns, by name: each an expression that is true where a row keeps it."""
        rules = cls._schema_validation_rules()
        return {name: rule.expr for name, rule in rules.items() if name != "primary_key"}

    @classmethod
    def group_rules(cls) -> Mapping[str, OneAtATime]:
        """Return the rules that only several rows together can break, by name."""
        return {name: rule for name, rule in vars(cls).items() if isinstance(rule, OneAtATime)}
