"""A verdict as rows: everything it says, each thing named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from closeout.evidence.freezing.verdicts import VERDICTS
from closeout.evidence.verdicts.rows import rows_of_verdict


def named(plain):
    return {(row["part"], row["of"]): row for row in rows_of_verdict(plain)}


def test_what_is_said_once_stands_in_one_row():
    plain = {"as_of": "2026-09-30", "trend": {"n": 3, "test": {"p": 0.5}}, "funnel": None}
    assert rows_of_verdict(plain) == (
        {"part": "", "of": "", "as_of": "2026-09-30", "trend.n": 3, "trend.test.p": 0.5, "funnel": None},
    )


def test_what_is_said_several_times_becomes_rows_named_by_what_they_are():
    cell = {"period_from": "2026-04-01", "result": {"verdict": "meets"}}
    found = named({"rows": [{"standard_id": "K-01", "cells": [cell]}, {"standard_id": "K-02", "cells": []}]})
    assert list(found) == [("", ""), ("rows", "K-01"), ("rows/cells", "K-01/2026-04-01"), ("rows", "K-02")]
    assert found["rows/cells", "K-01/2026-04-01"]["result.verdict"] == "meets"


def test_lists_inside_an_object_are_found_too():
    found = named({"funnel": {"placed": [{"unit": {"name": "F-1", "observed": 3}}], "phi": 1.5}})
    assert found["", ""] == {"part": "", "of": "", "funnel.phi": 1.5}
    assert found["funnel.placed", "F-1"]["unit.observed"] == 3


def test_things_of_one_name_are_numbered():
    points = [{"label": "2026-03-02", "value": 1}, {"label": "2026-03-02", "value": 2}]
    assert [key for key in named({"points": points}) if key[0]] == [("points", "1"), ("points", "2")]


def test_years_and_kinds_name_a_row_together():
    years = [{"fiscal_year": 2025, "kind": "odo"}, {"fiscal_year": 2025, "kind": "special"}]
    assert [of for part, of in named({"years": years}) if part] == ["2025 odo", "2025 special"]


def test_sentences_and_pairs_are_numbered():
    found = named({"cannot": ["Nothing.", "Little."], "signed_by_year": [[2024, 3]]})
    assert found["cannot", "2"]["value"] == "Little."
    assert found["signed_by_year", "1"] == {
        "part": "signed_by_year",
        "of": "1",
        "value 1": 2024,
        "value 2": 3,
    }


def test_a_table_gives_its_rows_by_the_names_of_its_columns():
    table = {
        "code": "x",
        "columns": [{"name": "month_from"}, {"name": "all"}],
        "rows": [["2026-01-01", 12], ["ALL", "not shown"]],
    }
    found = named({"months": table})
    assert found["months", "ALL"]["all"] == "not shown"


TREES = st.recursive(
    st.none() | st.integers(0, 9) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("pqrs"), inner, max_size=3),
    max_leaves=8,
)


def leaves(value):
    """Return how many values a tree holds that are neither list nor object."""
    if isinstance(value, dict | list):
        return sum(map(leaves, value.values() if isinstance(value, dict) else value))
    return 1


@given(st.dictionaries(st.sampled_from("pqrs"), TREES, max_size=4))
def test_nothing_is_left_out_and_no_two_rows_are_named_alike(plain):
    found = rows_of_verdict(plain)
    held = [value for row in found for name, value in row.items() if name not in {"part", "of"}]
    # What stands in a row may itself be a list of lists: its values are counted there.
    assert sum(map(leaves, held)) == leaves(plain)
    assert len({(row["part"], row["of"]) for row in found}) == len(found)


def test_every_verdict_that_can_be_frozen_says_what_it_reads():
    assert list(VERDICTS) == ["standards", "deficiencies", "training", "traces", "agreements", "reviews"]
    assert all(one.needs and not set(one.needs) & set(one.adds) for one in VERDICTS.values())
