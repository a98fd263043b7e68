import pytest

from closeout.evidence.beside_points import names_beside


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ([(1, 0, "A"), (9, 0, "B")], ["A", "B"]),
        ([(1, 0, "A"), (1, 5, "B")], ["A", "B"]),
        ([(1, 5.2, "B"), (1, 5, "A")], ["", "A, B"]),
        ([(1, 0, "C"), (1, 0, ""), (1, 0, "A"), (2, 0.5, "B")], ["A +2", "", "", ""]),
        ([(1, 0, name) for name in "EDCBA"], ["A +4", "", "", "", ""]),
        ([(1, 0.0, "A"), (1, 0.5, "B"), (1, 1.0, "C"), (1, 3.0, "D")], ["A +2", "", "", "D"]),
        ([], []),
    ],
    ids=["apart across", "apart upwards", "close", "unnamed between", "many", "a chain", "none"],
)
def test_names_that_would_overlap_are_one_text(points, said):
    assert names_beside(points, width=10, height=10) == said


def test_every_name_stands_somewhere_or_is_counted():
    points = [(place % 4, place * 0.2, f"F{place:02d}") for place in range(20)]
    said = [one for one in names_beside(points, width=4, height=4) if one]
    alone = [name for one in said if " +" not in one for name in one.split(", ")]
    more = [1 + int(one.partition(" +")[2]) for one in said if " +" in one]
    assert len(alone) + sum(more) == 20
    assert len(set(alone)) == len(alone)
