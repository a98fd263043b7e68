"""Verdicts that count people without their small counts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.statistics.kappa import cohen_kappa
from closeout.evidence.suppression import NOT_SHOWN
from closeout.evidence.verdicts.reviews import BasisDefects, ItemAgreement, Reviews
from closeout.evidence.verdicts.training import OfficeTraining, RequirementTraining, Training
from closeout.evidence.verdicts.withheld import withheld_reviews, withheld_training
from tests.evidence.verdicts.making import AS_OF

RULE = "every deportation officer, once"


def office(name, recorded, exceptions, with_evidence=0, exempt=0):
    return OfficeTraining(name, recorded + exceptions, exempt, recorded, with_evidence, exceptions)


def requirement(offices, code="R", rule=RULE, assignments=0):
    total = office(
        "ALL",
        *(
            sum(getattr(one, column) for one in offices)
            for column in ("recorded", "exceptions", "with_evidence", "exempt")
        ),
    )
    return RequirementTraining(code, "CMT", rule, "T.2", True, assignments, total, tuple(offices))


def shown(*requirements, cannot=()):
    made = withheld_training(Training(AS_OF, requirements, cannot))
    return {
        (one["requirement_id"], each["office_id"]): each
        for one in made["requirements"]
        for each in (*one["offices"], one["total"])
    }


def test_large_counts_and_zeros_stay():
    found = shown(requirement([office("A", 20, 15, 20), office("B", 30, 0, 12)]))
    assert found["R", "A"] == {
        "office_id": "A",
        "audience": 35,
        "exempt": 0,
        "recorded": 20,
        "with_evidence": 20,
        "exceptions": 15,
        "officers": [],
    }
    # With evidence: 32 of 50 on record.
    assert found["R", "ALL"]["with_evidence"] == 32


def test_a_small_count_and_what_gives_it_away_are_not_shown():
    # 3 of A's 33 are exceptions: 33 - 30 would tell, and so would the total less B and C.
    found = shown(requirement([office("A", 30, 3), office("B", 40, 20), office("C", 50, 30)]))
    assert found["R", "A"]["exceptions"] == NOT_SHOWN
    assert NOT_SHOWN in (found["R", "A"]["recorded"], found["R", "A"]["audience"])
    hidden = [name for name in ("B", "C", "ALL") if found["R", name]["exceptions"] == NOT_SHOWN]
    assert hidden


def test_a_small_rest_without_evidence_is_not_shown_either():
    # 30 on record, 25 of them with evidence: the other 5 are a small count.
    found = shown(requirement([office("A", 30, 20, 25)]))["R", "A"]
    assert NOT_SHOWN in (found["recorded"], found["with_evidence"])


def test_two_requirements_of_the_same_officers_do_not_tell_on_each_other():
    # A has 9 officers, whichever course is asked for: neither may show it, nor both totals the way to it.
    first = requirement([office("A", 9, 0), office("B", 40, 0)], "R")
    second = requirement([office("A", 0, 9), office("B", 0, 40)], "S")
    found = shown(first, second)
    assert found["R", "A"]["audience"] == found["S", "A"]["audience"] == NOT_SHOWN
    for code in "RS":
        assert NOT_SHOWN in (found[code, "B"]["audience"], found[code, "ALL"]["audience"])
    assert (found["R", "ALL"]["audience"] == NOT_SHOWN) == (found["S", "ALL"]["audience"] == NOT_SHOWN)


def test_few_assignments_and_sentences_with_counts_are_left_out():
    said = ("4 completions on record have no sheet.", "The records name no requirement.")
    made = withheld_training(Training(AS_OF, (requirement([office("A", 30, 20)], assignments=4),), said))
    assert made["requirements"][0]["assignments"] == NOT_SHOWN
    assert made["cannot"] == [said[1]]


def test_sentences_stay_where_nothing_is_withheld():
    said = ("40 completions on record have no sheet.",)
    made = withheld_training(Training(AS_OF, (requirement([office("A", 30, 20)]),), said))
    assert made["cannot"] == list(said)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25), st.integers(0, 25)), min_size=2, max_size=3)
)
def test_no_small_count_can_be_worked_out_by_subtraction(counts):
    offices = [
        office(name, recorded, exceptions, min(recorded, evidence))
        for name, (recorded, exceptions, evidence) in zip("ABC", counts, strict=False)
    ]
    found = shown(requirement(offices))
    for column in ("audience", "recorded", "with_evidence", "exceptions"):
        cells = [found["R", one.office_id][column] for one in (*offices, requirement(offices).total)]
        hidden = [cell for cell in cells if cell == NOT_SHOWN]
        assert len(hidden) != 1
        assert all(cell in (NOT_SHOWN, 0) or cell > 10 for cell in cells)
    for one in found.values():
        three = [one["audience"], one["recorded"], one["exceptions"]]
        assert three.count(NOT_SHOWN) != 1


def basis(name, reviews, items, defects):
    return BasisDefects(name, reviews, items, defects, defects / items, None)


def agreed(item, same, other):
    answers = {("met", "met"): same, ("met", "not_met"): other, ("not_met", "not_met"): 20}
    return ItemAgreement(item, cohen_kappa(answers))


def test_shares_go_with_the_counts_they_rest_on():
    made = withheld_reviews(
        Reviews(AS_OF, 50, (basis("all", 30, 240, 4), basis("random", 20, 160, 40)), (), ())
    )
    first, second = made["bases"]
    assert (first["defects"], first["share"]) == (NOT_SHOWN, NOT_SHOWN)
    assert (second["defects"], second["share"]) == (40, 0.25)


def test_kappa_goes_with_few_disagreements():
    # 60 of 63 and 60 of 85 agree, together 120 of 148.
    every = ItemAgreement("ALL", cohen_kappa({("a", "a"): 120, ("a", "b"): 28}))
    items = (agreed("contact", 40, 3), agreed("medical", 40, 25), every)
    made = withheld_reviews(Reviews(AS_OF, 0, (), items, ("Nothing.",)))
    by_item = {one["item"]: one["agreement"] for one in made["agreements"]}
    assert by_item["contact"]["kappa"] == NOT_SHOWN
    assert [one["kappa"] == NOT_SHOWN for one in by_item.values()].count(True) > 1
    assert made["cannot"] == ["Nothing."]


def test_plenty_of_reviews_are_shown_whole():
    given = Reviews(AS_OF, 30, (basis("random", 30, 240, 40),), (agreed("ALL", 40, 25),), ("30 reviews.",))
    assert withheld_reviews(given) == given.plain()
