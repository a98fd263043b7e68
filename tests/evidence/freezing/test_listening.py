"""An engine that is listened to."""

from __future__ import annotations

import pyarrow as pa

from closeout.evidence.freezing.listening import Listening


class Engine:
    """An engine that answers with what it is asked."""

    name = "duckdb"

    def sql(self, expression):
        return f"SELECT {expression}"

    def to_arrow(self, expression):
        return pa.table({"asked": [expression]})


def test_each_statement_is_kept_in_the_order_it_ran():
    engine = Listening(Engine())
    assert engine.to_arrow("2").to_pylist() == [{"asked": "2"}]
    engine.to_arrow("1")
    assert engine.heard == ["SELECT 2", "SELECT 1"]


def test_anything_else_is_the_engines_own():
    engine = Listening(Engine())
    assert engine.name == "duckdb"
    assert engine.sql("3") == "SELECT 3"
    assert engine.heard == []
