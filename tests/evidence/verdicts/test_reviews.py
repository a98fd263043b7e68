"""File reviews: shares only from files drawn at random, kappa by hand, nobody named."""

from __future__ import annotations

import json
from datetime import date

import pytest

from closeout.evidence.verdicts.reading import LacksTablesError
from closeout.evidence.verdicts.reviews import Reviews, reviews
from closeout.evidence.verdicts.tables import agreement_table
from tests.duties.making import opened_rows
from tests.evidence.verdicts.making import AS_OF


def review(office="OFF-1", basis="random", items=8, defects=1, completed=date(2026, 5, 1), **said):
    return {
        "case_no": "C-000001",
        "office_id": office,
        "reviewer": "S-001",
        "completed_on": completed,
        "items": items,
        "defects": defects,
        "sample_basis": basis,
    } | said


def twice(first, second, count, item="contact", found=date(2026, 5, 1)):
    return [
        {"review_id": 1, "item": item, "result": first, "second_result": second, "found_on": found}
    ] * count


def made(rows, items=None, as_of=AS_OF) -> Reviews:
    given = {"file_reviews": rows} | ({} if items is None else {"file_review_items": items})
    with opened_rows(given) as (engine, tables):
        return reviews(engine, tables, as_of)


def basis(found: Reviews, name: str):
    return next(one for one in found.bases if one.basis == name)


def test_random_reviews_give_a_share_with_an_interval_over_offices():
    found = basis(made([review(), review("OFF-2", defects=3)]), "random")
    assert (found.reviews, found.items, found.defects, found.share) == (2, 16, 4, 0.25)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(1 / 8)
    assert found.interval.high == pytest.approx(3 / 8)


@pytest.mark.parametrize("name", ["targeted", "supervisor"])
def test_files_taken_on_purpose_give_counts_and_no_share(name: str):
    found = made([review(basis=name)])
    assert (basis(found, name).defects, basis(found, name).share, basis(found, name).interval) == (
        1,
        None,
        None,
    )
    assert found.cannot[0].startswith(f"Files taken on purpose say nothing about the others: {name} (1).")


def test_all_files_give_a_share():
    assert basis(made([review(basis="all")]), "all").share == 0.125


def test_items_that_were_not_looked_at_give_no_share():
    assert basis(made([review(items=0, defects=0)]), "random").share is None


def test_few_offices_are_said():
    assert any("only 2 groups" in one for one in made([review(), review("OFF-2")]).cannot)


def test_reviews_completed_later_are_not_known():
    found = made([review(), review(completed=date(2026, 10, 1)), review(completed=None)])
    assert found.reviews == 1


def test_kappa_by_hand_and_by_item():
    # 20 and 15 the same of 50, by chance half: 0.4; the second item always the same.
    items = [
        *twice("right", "right", 20),
        *twice("right", "defect", 5),
        *twice("defect", "right", 10),
        *twice("defect", "defect", 15),
        *twice("right", "right", 4, "medical"),
    ]
    found = made([review()], items)
    assert [one.item for one in found.agreements] == ["contact", "medical", "ALL"]
    contact, medical, every = (one.agreement for one in found.agreements)
    assert contact.kappa == pytest.approx(0.4)
    assert medical.kappa is None
    assert (every.n, every.agreed) == (54, 39)
    assert any("Fewer than 30 double reviews of medical" in one for one in found.cannot)
    assert any("throughout for medical: no kappa" in one for one in found.cannot)


def test_items_reviewed_once_or_later_take_no_part():
    later = twice("right", "right", 3, found=date(2026, 10, 1))
    found = made([review()], [*twice("right", None, 5), *later])
    assert found.agreements == ()
    assert "whether reviewers see the same is not assessed" in found.cannot[-1]


def test_no_review_by_the_day_is_not_assessed():
    found = made([review()], as_of=date(2020, 1, 1))
    assert found.cannot == ("The records hold no file review completed by this day: nothing was assessed.",)


def test_nobody_is_named():
    found = made([review()], twice("right", "right", 3))
    assert "S-" not in json.dumps(found.plain())
    assert agreement_table(found).records()[0]["reviewed_twice"] == 3


def test_without_the_table_it_says_which():
    with opened_rows({}) as (engine, tables), pytest.raises(LacksTablesError, match="no table file_reviews"):
        reviews(engine, tables, AS_OF)
