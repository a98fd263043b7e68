"""Tables of counts to withhold from."""

from __future__ import annotations

from hypothesis import strategies as st

from closeout.evidence.suppression import Counts, Sum

COUNT = st.one_of(st.integers(0, 14), st.integers(0, 60))


def row(*parts):
    """Return one row with its total `t`: cells 0, 1, 2 …"""
    cells = dict(enumerate(parts)) | {"t": sum(parts)}
    return Counts(cells, (Sum("t", tuple(range(len(parts)))),))


def grid(rows):
    """Return a table of rows and columns with the totals of both."""
    tall, wide = len(rows), len(rows[0])
    cells = {(i, j): count for i, line in enumerate(rows) for j, count in enumerate(line)}
    sums = []
    for i in range(tall):
        cells[i, "t"] = sum(rows[i])
        sums.append(Sum((i, "t"), tuple((i, j) for j in range(wide))))
    for j in [*range(wide), "t"]:
        cells["t", j] = sum(cells[i, j] for i in range(tall))
        sums.append(Sum(("t", j), tuple((i, j) for i in range(tall))))
    sums.append(Sum(("t", "t"), tuple(("t", j) for j in range(wide))))
    return Counts(cells, tuple(sums))


@st.composite
def grids(draw, most_rows=5, most_columns=4):
    wide = draw(st.integers(1, most_columns))
    line = st.lists(COUNT, min_size=wide, max_size=wide)
    return grid(draw(st.lists(line, min_size=1, max_size=most_rows)))


@st.composite
def trees(draw):
    """Return offices in regions, and regions in all: totals of totals."""
    regions = draw(st.lists(st.lists(COUNT, min_size=1, max_size=5), min_size=1, max_size=4))
    cells, sums = {}, []
    for number, offices in enumerate(regions):
        names = tuple(f"office {number}.{i}" for i in range(len(offices)))
        cells |= dict(zip(names, offices, strict=True)) | {f"region {number}": sum(offices)}
        sums.append(Sum(f"region {number}", names))
    cells["all"] = sum(map(sum, regions))
    sums.append(Sum("all", tuple(f"region {number}" for number in range(len(regions)))))
    return Counts(cells, tuple(sums))
