"""The parts of breakdowns: frozen, worked out again, named when touched, and withheld together."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.duties.pack import load_pack
from closeout.evidence.freezing import Hashes, Wanted, answers, freeze, recomputer, verify, write_frozen
from closeout.evidence.freezing.answers import (
    MEASURE_KEYS,
    PART_KEYS,
    measure_answer,
)
from closeout.evidence.freezing.differences import Difference
from closeout.evidence.freezing.folder import entry_of, write_index
from closeout.evidence.freezing.frozen import sealed
from closeout.evidence.freezing.recompute import measured_of
from closeout.evidence.measures.read import load_measures
from closeout.evidence.suppression import Counts, Sum, Withheld, exposed, suppress_measured
from tests.evidence.freezing.making import AS_OF, NOON, write_snapshot
from tests.evidence.suppression.test_measured import in_parts, measure, measured

PACK = load_pack()
CODE = "travel-packages-complete"
MEASURES = tuple(one for one in load_measures(None, PACK) if one.code in {CODE, "posts-filled"})
PACKAGES = next(one for one in MEASURES if one.code == CODE)
COUNTRIES = [{"country": "GTM", "label": "Guatemala"}, {"country": "HND", "label": "Honduras"}]
# By country: Guatemala 30 of 50 complete, Honduras 20 of 36; by office A 36 of 56, B 14 of 30.
LARGE = {("A", "GTM"): (22, 32), ("A", "HND"): (14, 24), ("B", "GTM"): (8, 18), ("B", "HND"): (6, 12)}
# And El Salvador 1 of 4, which is few.
SMALL = LARGE | {("A", "SLV"): (1, 4)}


def requests(figures):
    """Return travel document requests: of each office and country how many were complete, of how many."""
    return [
        {
            "office_id": office,
            "country": country,
            "sent_on": date(2026, 3, 2),
            "package_version": 1,
            "missing_at_send": 0 if place < complete else 2,
        }
        for (office, country), (complete, sent) in figures.items()
        for place in range(sent)
    ]


def records(folder, figures=None, countries=COUNTRIES):
    rows = requests(LARGE if figures is None else figures)
    return write_snapshot(folder, travel_document_requests=rows, countries=countries)


def freeze_all(engine, snapshot, folder, measures=(PACKAGES,), **said):
    made = answers(engine, snapshot, PACK, Wanted(measures=measures, **said), AS_OF)
    return keep(engine, snapshot, folder, made)


def keep(engine, snapshot, folder, made):
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name}
    kept = [freeze(one, effective_on=AS_OF, frozen_at=NOON, **given) for one in made]
    write_frozen(folder, kept)
    return next(one for one in kept if one.code == CODE)


def verified(engine, snapshot, folder):
    again = recomputer(engine, snapshot, PACK, MEASURES)
    found = verify(folder, snapshot=snapshot, recompute=again, hashes=Hashes(), engine=engine.name)
    return next(one for one in found.results if one.code in {CODE, ""})


def parts(one):
    return {
        (row["by"], row["category"]): (row["label"], row["numerator"], row["denominator"], row["outcome"])
        for row in one.rows
        if row["by"] is not None
    }


# What is frozen.


def test_the_parts_are_frozen_beside_offices_and_periods(engine, tmp_path):
    made = freeze_all(engine, records(tmp_path / "records"), tmp_path / "evidence")
    assert made.keys == PART_KEYS
    assert parts(made) == {
        ("country", "GTM"): ("Guatemala", 30, 50.0, "computed"),
        ("country", "HND"): ("Honduras", 20, 36.0, "computed"),
    }
    offices = {row["office_id"]: row["numerator"] for row in made.rows if row["until"] == AS_OF.isoformat()}
    assert offices == {"A": 36, "B": 14, None: 20}  # the last row of all offices is a part
    assert all(row["office_id"] is None for row in made.rows if row["by"] is not None)
    assert "countries" in made.snapshot.tables  # what they are called is frozen, too


def test_they_are_worked_out_again_and_equal_alone_or_with_others(engine, tmp_path):
    snapshot = records(tmp_path / "records")
    freeze_all(engine, snapshot, tmp_path / "one")
    freeze_all(engine, snapshot, tmp_path / "several", measures=MEASURES)
    alone, beside = (verified(engine, snapshot, tmp_path / name) for name in ("one", "several"))
    assert (alone.finding.value, beside.finding.value) == ("equal", "equal")
    assert alone.id == beside.id


def test_a_measure_without_breakdowns_is_frozen_as_it_always_was():
    answer = measure_answer(measured({"A": (40, 60), "B": (30, 50)}), PACK)
    assert answer.keys == MEASURE_KEYS
    assert not any({"by", "category", "label"} & row.keys() for row in answer.rows)


def test_what_has_no_category_is_a_part_with_an_empty_one():
    answer = measure_answer(in_parts({"A": (40, 60)}, parts={"x": (20, 30), "": (20, 30)}), PACK)
    assert [(row["by"], row["category"], row["label"]) for row in answer.rows] == [
        (None, None, None),
        (None, None, None),
        ("docket", "x", "x"),
        ("docket", "", ""),
    ]


# What is named when it is not as it was.


def test_a_part_that_moved_is_named_and_the_offices_are_equal(engine, tmp_path):
    freeze_all(engine, records(tmp_path / "records"), tmp_path / "evidence")
    moved = LARGE | {("A", "GTM"): (21, 32), ("A", "HND"): (15, 24)}  # one complete package of A, swapped
    found = verified(engine, records(tmp_path / "other", moved), tmp_path / "evidence")
    assert found.finding.value == "differs"
    said = "; ".join(map(str, found.differences))
    assert "until 2026-09-30, by country, category GTM: numerator was 30, is 29" in said
    assert {one.row["category"] for one in found.differences} == {"GTM", "HND"}
    assert {(one.before, one.after) for one in found.differences if one.column == "numerator"} == {
        (30, 29),
        (20, 21),
    }


def test_a_part_that_was_tampered_with_is_named_with_what_the_records_give(engine, tmp_path):
    snapshot = records(tmp_path / "records")
    made = freeze_all(engine, snapshot, tmp_path / "evidence")
    path = tmp_path / "evidence" / f"{made.id}.json"
    said = json.loads(path.read_text())
    row = next(row for row in said["rows"] if row["category"] == "HND")
    row["numerator"] = 33
    path.write_text(json.dumps(said))
    found = verified(engine, snapshot, tmp_path / "evidence")
    assert found.finding.value == "tampered"
    (told,) = found.differences
    assert str(told).endswith("by country, category HND: numerator was 33, is 20")


def test_a_part_that_is_left_out_and_sealed_anew_is_named(engine, tmp_path):
    snapshot = records(tmp_path / "records")
    made = freeze_all(engine, snapshot, tmp_path / "evidence")
    rows = tuple(row for row in made.rows if row["category"] != "HND")
    (tmp_path / "forged").mkdir()
    forged = sealed(replace(made, rows=rows))
    write_index(tmp_path / "forged", [entry_of(tmp_path / "forged", forged)])
    found = verified(engine, snapshot, tmp_path / "forged")
    assert found.finding.value == "differs"
    assert [str(one) for one in found.differences] == [
        "since 2024-10-01, until 2026-09-30, by country, category HND: the row is new"
    ]


def test_a_country_that_is_called_otherwise_is_told(engine, tmp_path):
    freeze_all(engine, records(tmp_path / "records"), tmp_path / "evidence")
    other = [COUNTRIES[0] | {"label": "Elsewhere"}, COUNTRIES[1]]
    found = verified(engine, records(tmp_path / "other", countries=other), tmp_path / "evidence")
    (told,) = found.differences
    assert (told.row["category"], told.column, told.before, told.after) == (
        "GTM",
        "label",
        "Guatemala",
        "Elsewhere",
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"office_id": "A", "by": None, "category": None}, "office_id A: value was 1, is 2"),
        ({"office_id": None, "by": None, "category": None}, "office_id none: value was 1, is 2"),
        ({"office_id": None, "by": "docket", "category": "x"}, "by docket, category x: value was 1, is 2"),
        (
            {"office_id": None, "by": "docket", "category": ""},
            "by docket, category (none): value was 1, is 2",
        ),
        ({"part": "", "of": ""}, "as a whole: value was 1, is 2"),
    ],
)
def test_a_row_is_named_by_what_it_is_of(row, said):
    assert str(Difference(row, "value", 1, 2)) == said


# Results that were frozen before parts were.


def older(engine, snapshot, folder, *, parts_were_withheld):
    """Freeze a measure with small parts as it was done before parts were frozen."""
    found = list(measured_of(engine, snapshot, PACK, [PACKAGES], AS_OF).values())
    (shown,) = suppress_measured(found if parts_were_withheld else [replace(found[0], breakdowns=())])
    return keep(engine, snapshot, folder, [measure_answer(shown, PACK, is_withheld=True, has_parts=False)])


@pytest.mark.parametrize("parts_were_withheld", [True, False])
def test_a_result_without_parts_is_equal_as_before(engine, tmp_path, parts_were_withheld):
    snapshot = records(tmp_path / "records", SMALL)
    made = older(engine, snapshot, tmp_path / "evidence", parts_were_withheld=parts_were_withheld)
    assert made.keys == MEASURE_KEYS
    assert not any("by" in row for row in made.rows)
    assert verified(engine, snapshot, tmp_path / "evidence").finding.value == "equal"


def test_a_result_without_parts_that_differs_is_told_apart_without_them(engine, tmp_path):
    older(engine, records(tmp_path / "records"), tmp_path / "evidence", parts_were_withheld=False)
    moved = LARGE | {("A", "GTM"): (21, 32), ("B", "HND"): (7, 12)}
    found = verified(engine, records(tmp_path / "other", moved), tmp_path / "evidence")
    assert {(one.row["office_id"], one.column) for one in found.differences} >= {
        ("A", "numerator"),
        ("B", "numerator"),
    }
    assert not any("by" in one.row for one in found.differences)


def test_exact_results_without_parts_are_equal_as_before(engine, tmp_path):
    snapshot = records(tmp_path / "records", SMALL)
    found = measured_of(engine, snapshot, PACK, [PACKAGES], AS_OF)
    answer = measure_answer(found[CODE], PACK, has_parts=False)
    keep(engine, snapshot, tmp_path / "evidence", [answer])
    assert verified(engine, snapshot, tmp_path / "evidence").finding.value == "equal"


# What is withheld.


def test_a_small_part_is_withheld_with_another_and_verifies_so(engine, tmp_path):
    snapshot = records(tmp_path / "records", SMALL)
    made = freeze_all(engine, snapshot, tmp_path / "evidence")
    found = parts(made)
    # El Salvador has 4. Of 90 sent, 50 + 36 would tell it, so that Honduras goes with it.
    assert found["country", "SLV"] == ("SLV", None, None, "suppressed")
    assert found["country", "HND"] == ("Honduras", None, None, "suppressed")
    assert found["country", "GTM"] == ("Guatemala", 30, 50.0, "computed")
    assert verified(engine, snapshot, tmp_path / "evidence").finding.value == "equal"


def test_exact_keeps_small_parts(engine, tmp_path):
    snapshot = records(tmp_path / "records", SMALL)
    made = freeze_all(engine, snapshot, tmp_path / "evidence", is_exact=True)
    assert parts(made)["country", "SLV"][1:] == (1, 4.0, "computed")
    assert verified(engine, snapshot, tmp_path / "evidence").finding.value == "equal"


_FIGURE = st.tuples(st.integers(0, 30), st.integers(0, 14))


@given(st.lists(st.tuples(_FIGURE, _FIGURE), min_size=1, max_size=4), st.lists(_FIGURE, max_size=3))
@settings(max_examples=25)
def test_no_small_part_of_a_frozen_result_can_be_worked_out(laid, moved):
    """The rows as frozen are all that a reader has: totals, offices, and parts two ways."""
    given = _laid(laid, moved)
    (shown,) = suppress_measured([given])
    answer, whole = measure_answer(shown, PACK, is_withheld=True), measure_answer(given, PACK)
    assert exposed(*_as_read(answer.rows, whole.rows)) == {}


def _laid(laid, moved):
    """Return a share: each office has rows in docket x and in docket y, and some are of one country."""
    offices = {f"O-{place}": (a + c, a + b + c + d) for place, ((a, b), (c, d)) in enumerate(laid)}
    dockets = {
        "x": tuple(map(sum, zip(*[(a, a + b) for (a, b), _ in laid], strict=True))),
        "y": tuple(map(sum, zip(*[(c, c + d) for _, (c, d) in laid], strict=True))),
    }
    total = tuple(map(sum, zip(*offices.values(), strict=True)))
    some = [(min(a, total[0]), b) for a, b in moved[:1]]
    here = tuple((a, a + min(b, total[1] - total[0])) for a, b in some)
    countries = {"X": here[0], "": tuple(t - h for t, h in zip(total, here[0], strict=True))} if here else {}
    one = in_parts(offices, parts=dockets)
    if not countries:
        return one
    other = in_parts(offices, by="country", parts=countries)
    return replace(one, breakdowns=(*one.breakdowns, *other.breakdowns))


def _as_read(shown, true):
    """Return every count of a frozen result, how they add up, and which of them its rows do not tell."""
    cells, told, sums = {}, set(), []
    groups = {}
    for row, exact in zip(shown, true, strict=True):
        assert [row[key] for key in MEASURE_KEYS] == [exact[key] for key in MEASURE_KEYS]
        name = (exact.get("by"), exact.get("category"), exact["office_id"])
        number, whole = exact["numerator"] or 0, int(exact["denominator"] or 0)
        counts = {"numerator": number, "rest": whole - number, "denominator": whole}
        cells |= {(*name, part): count for part, count in counts.items()}
        if row["outcome"] != "suppressed":
            told |= {(*name, part) for part in counts}
        sums.append(Sum((*name, "denominator"), ((*name, "numerator"), (*name, "rest"))))
        groups.setdefault((name[0], name[2] is None), []).append(name)
    for (by, is_all), names in groups.items():
        if by is not None or not is_all:
            sums += [
                Sum((None, None, None, part), tuple((*name, part) for name in names))
                for part in ("numerator", "rest", "denominator")
            ]
    counts = Counts(cells, tuple(sums))
    untold = frozenset(cells) - told
    zeros = {key for key in untold if cells[key] == 0}
    withheld = untold - zeros
    return counts, Withheld(withheld & counts.small, withheld - counts.small)


@given(
    st.lists(st.tuples(_FIGURE, _FIGURE), min_size=1, max_size=3),
    st.lists(st.tuples(_FIGURE, _FIGURE), min_size=3, max_size=3),
)
@settings(max_examples=15)
def test_what_one_command_froze_of_the_same_rows_cannot_be_subtracted(laid, other):
    """Two measures over the same rows: what one prints of the rows there are tells nothing of the other."""
    first = _laid(laid, [])
    # The same rows looked at for something else: other numerators, no more than there are rows.
    again = [
        tuple((min(n, a + b), a + b - min(n, a + b)) for (a, b), (n, _) in zip(pairs, figures, strict=True))
        for pairs, figures in zip(laid, other, strict=False)
    ]
    second = replace(_laid(again, []), measure=measure("refused"))
    shown = [measure_answer(one, PACK, is_withheld=True) for one in suppress_measured([first, second])]
    true = [measure_answer(one, PACK) for one in (first, second)]
    cells, sums, told = {}, [], set()
    for one, exact in zip(shown, true, strict=True):
        counts, withheld = _as_read(one.rows, exact.rows)
        # Numerators are the measure's own; of the rows there are both tell.
        names = {key: key if key[-1] == "denominator" else (one.code, *key) for key in counts.cells}
        cells |= {names[key]: count for key, count in counts.cells.items()}
        sums += [Sum(names[each.total], tuple(names[part] for part in each.parts)) for each in counts.sums]
        told |= {names[key] for key in counts.cells if key not in withheld and counts.cells[key]}
    counts = Counts(cells, tuple(dict.fromkeys(sums)))
    untold = frozenset(key for key, count in cells.items() if count and key not in told)
    assert exposed(counts, Withheld(untold & counts.small, untold - counts.small)) == {}
