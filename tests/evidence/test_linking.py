"""Links meet recommendations by number or title and by nothing that is only alike."""

from __future__ import annotations

import pytest

from closeout.evidence.assessment import Standing
from closeout.evidence.linking import link
from closeout.evidence.measures.measure import Link
from closeout.evidence.needs import Need
from tests.evidence.made import followed, linked, off_target, on_target


def met(report: str, number: str, **given: object) -> tuple[str, ...]:
    """Return the measures of the one recommendation that there is."""
    made = link([followed(**given)], [off_target(links=linked(report, number))], {})
    return made.assessed[0].measures


@pytest.mark.parametrize(
    ("report", "number"),
    [
        ("OIG-17-51", "2"),
        ("oig 17-51", "2"),
        ("DHS OIG-17-51", "2"),
        ("Report No. OIG-17-51", "2"),
        ("deportation operations", "2"),
        ("Deportation  Operations", "Rec. 2"),
    ],
)
def test_a_link_meets_by_number_or_by_title(report, number):
    assert met(report, number) == ("reviews-on-time",)


@pytest.mark.parametrize(
    ("report", "number"),
    [("OIG-17-5", "2"), ("OIG-17-51", "3"), ("Deportation Operation", "2"), ("Operations", "2"), ("", "2")],
)
def test_what_is_only_alike_is_not_met(report, number):
    assert met(report, number) == ()


def test_an_alias_of_the_title_is_met():
    each = followed()
    report = each.report.__class__(each.report.key, "DHS OIG", "", "Another title", aliases=("Old title",))
    each = each.__class__(each.entry, report, each.state, each.ledger)
    made = link([each], [off_target(links=linked("Old Title", "2"))], {})
    assert made.assessed[0].measures == ("reviews-on-time",)


def test_a_declared_recommendation_is_met_by_its_place():
    declared = followed(None, text=None, key="dhs-oig/OIG-21-36/declared-1", report="OIG-21-36")
    made = link([declared], [off_target(links=linked("OIG-21-36", "1"))], {})
    assert made.assessed[0].measures == ("reviews-on-time",)
    assert link([declared], [off_target(links=linked("OIG-21-36", "2"))], {}).assessed[0].measures == ()


def test_a_link_that_leads_nowhere_is_a_note_once_a_report():
    measures = [off_target("a", links=linked("GAO-1-1", "10")), off_target("b", links=linked("GAO-1-1", "9"))]
    made = link([followed()], measures, {})
    assert made.notes == ("Measures answer recommendation 9, 10 of “GAO-1-1”, which no document read makes",)


def test_further_links_count_beside_the_packs():
    further = {"reviews-on-time": (Link("OIG-17-51", "2"),)}
    made = link([followed()], [off_target()], {}, further)
    assert made.assessed[0].measures == ("reviews-on-time",)


def test_a_measure_linked_twice_is_named_once():
    further = {"reviews-on-time": (Link("OIG-17-51", "2"),)}
    made = link([followed()], [off_target(links=linked())], {}, further)
    assert made.assessed[0].measures == ("reviews-on-time",)


def test_a_need_is_covered_only_by_the_words_of_a_link():
    needs = {"dhs-oig/OIG-17-51/2": [Need("Evidence of the Reviews held", "a.txt"), Need("A plan", "a.txt")]}
    made = link([followed()], [on_target(links=linked("OIG-17-51", "2", "evidence of the reviews"))], needs)
    covered, left = made.assessed[0].needs
    assert covered.measures == ("reviews-on-time",)
    assert left.measures == ()
    assert made.assessed[0].missing == ("The auditor needs “A plan”: not covered by any measure",)


def test_a_link_without_words_covers_no_need():
    needs = {"dhs-oig/OIG-17-51/2": [Need("Evidence of the reviews held", "a.txt")]}
    made = link([followed()], [on_target(links=linked())], needs)
    assert made.assessed[0].needs[0].measures == ()


def test_words_that_no_need_has_are_a_note():
    made = link([followed()], [on_target(links=linked("OIG-17-51", "2", "a hiring plan"))], {})
    assert made.notes == ("reviews-on-time: no need of dhs-oig/OIG-17-51/2 has the words “a hiring plan”",)


def test_every_recommendation_comes_back_in_its_order():
    made = link([followed("1"), followed("2"), followed("3")], [off_target(links=linked())], {})
    assert [each.followed.entry.number for each in made.assessed] == ["1", "2", "3"]
    assert [each.standing for each in made.assessed] == [
        Standing.NOT_ASSESSED,
        Standing.NOT_DONE,
        Standing.NOT_ASSESSED,
    ]
