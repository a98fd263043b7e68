"""The quick pass over rows gives what asking every row every rule gives."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.records.checking.chunks import ROW
from closeout.records.checking.keys import KnownKeys, numbers_of
from closeout.records.checking.rows import RowChecker
from closeout.records.checking.rules import has_same_form
from closeout.records.tables import TABLES
from tests.records.checking.made import AS_OF

CELLS = {
    "entry_id": ["1", "2", " 3", "4.0", "x", "0", None],
    "officer_no": ["S-0001", "S-0002", "S-0009", "Officer", "", None],
    "office_id": ["OFF-01", "OFF-02", "-", "A123456789", None],
    "worked_on": ["2025-01-06", "2025-02-30", "2031-01-01", "1899-12-31", None],
    "activity": ["review", "call", "born 1990", "\t", "x" * 65, None],
    "minutes": ["30", "-1", "3.5", "many", None],
    "case_no": ["C-000001", "C-000002", "C-NOWHERE", "C-1", "no case", None],
    "is_overtime": ["true", "0", "perhaps", None],
}
GOOD = {name: cells[0] for name, cells in CELLS.items()}
ROWS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), max_size=12
)


class AskingAll(RowChecker):
    """Doubts every row, so that each is asked every rule."""

    def _is_fine(self, rows):
        return pl.repeat(value=False, n=rows.height, dtype=pl.Boolean, eager=True)


def keys(accepted, refused=()):
    return KnownKeys(*(np.sort(numbers_of(pl.Series(each, dtype=pl.String))) for each in (accepted, refused)))


KNOWN = {
    "offices": keys(["OFF-01", "OFF-02"]),
    "officers": keys(["S-0001", "S-0002"], ["S-0009"]),
    "cases": keys(["C-000001", "C-000002"]),
}


def checker(kind, known=KNOWN):
    return kind("time_entries", "time.csv", columns=frozenset(CELLS), as_of=AS_OF, known=known)


def frame(rows, first=1):
    cells = pl.DataFrame(rows, schema=dict.fromkeys(CELLS, pl.String), orient="row")
    return cells.with_columns(pl.Series(ROW, range(first, first + len(rows)), dtype=pl.Int64))


def told(split):
    refused = [] if split.refused is None else split.refused.to_dicts()
    return split.accepted.to_dicts(), refused


@given(rows=ROWS, more=ROWS)
@settings(max_examples=60, deadline=None)
def test_the_quick_pass_accepts_and_refuses_as_asking_every_row_does(rows, more):
    quick, slow = checker(RowChecker), checker(AskingAll)
    for stretch in (frame(rows), frame(more, 100)):
        if not stretch.is_empty():
            assert told(quick.split(stretch)) == told(slow.split(stretch))


@pytest.mark.parametrize("column", CELLS)
def test_a_bad_cell_among_many_different_good_ones_is_found(column):
    """Three hundred different cases and officers: too many to be asked as different texts."""
    many = [f"C-{number:06}" for number in range(300)], [f"S-{number:04}" for number in range(300)]
    known = KNOWN | {"cases": keys(many[0]), "officers": keys(many[1], ["S-9999"])}
    rows = [
        GOOD | {"entry_id": str(n + 1), "case_no": c, "officer_no": o}
        for n, (c, o) in enumerate(zip(*many, strict=True))
    ]
    for place, cell in enumerate(CELLS[column]):
        rows[40 * place] |= {column: cell}
    quick, slow = (checker(kind, known).split(frame(rows)) for kind in (RowChecker, AskingAll))
    assert told(quick) == told(slow)
    assert quick.refused is not None


def test_a_text_found_good_in_one_stretch_does_not_make_another_good():
    quick = checker(RowChecker)
    assert quick.split(frame([GOOD])).refused is None
    split = quick.split(frame([GOOD, GOOD | {"activity": "A123456789"}], 2))
    assert split.accepted[ROW].to_list() == [2]
    assert split.refused["_rules"].to_list() == [["private"]]


def test_references_that_are_codes_have_the_form_of_the_key_they_hold():
    declared = TABLES["time_entries"].columns()
    assert has_same_form(declared["case_no"], TABLES["cases"])
    assert not has_same_form(declared["case_no"], TABLES["offices"])
    assert not has_same_form(declared["entry_id"], TABLES["time_entries"])
