"""Loads as whole numbers, and the groups they fall into."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.assignment.coding import Kind, coded
from closeout.assignment.grouping import shares
from closeout.assignment.rules import Language, Rules
from closeout.assignment.solving import prepared
from tests.assignment.making import case, held, loads, officer

RULES = Rules()


def test_work_and_hours_are_hundredths_of_a_minute() -> None:
    code = coded(loads([officer("S-1", 100.5)], [case(0, "S-1", 1.25)]), RULES)
    assert code.work.tolist() == [7_500]
    assert code.hours.tolist() == [603_000]


def test_an_officer_not_active_has_no_hours() -> None:
    code = coded(loads([officer("S-1", 100, is_active=False)], []), RULES)
    assert code.hours.tolist() == [0]


def test_cases_that_need_the_same_are_one_class() -> None:
    cases = [
        case(0, "S-1"),
        case(1, "S-1", is_child=True),
        case(2, None),
        case(3, "S-1", site_id="A"),
        case(4, "S-1", site_id="A", is_child=True),
    ]
    code = coded(loads([officer("S-1")], cases), RULES)
    assert code.kind[0] == code.kind[2]
    assert len(code.kinds) == 4
    found = [code.kinds[k] for k in code.kind]
    assert found[4] == Kind("F01", frozenset({"juvenile"}), "A")
    assert found[0] == Kind("F01", frozenset(), None)


@pytest.mark.parametrize(
    ("language", "needs"),
    [
        (Language.REQUIRED, [{"lang-es"}, {"lang-es"}, set()]),
        # Preferred: only the case whose holder is certified must stay with one who is.
        (Language.PREFERRED, [{"lang-es"}, set(), set()]),
        (Language.IGNORED, [set(), set(), set()]),
    ],
)
def test_language_decides_as_far_as_the_rules_say(language: Language, needs: list[set[str]]) -> None:
    people = [officer("S-1", 100, "lang-es"), officer("S-2")]
    cases = [case(0, "S-1", language="es"), case(1, "S-2", language="es"), case(2, "S-1", language="en")]
    code = coded(loads(people, cases), Rules(language=language))
    assert [code.kinds[k].skills for k in code.kind] == needs


def test_with_transfer_a_class_belongs_to_no_office() -> None:
    code = coded(loads([officer("S-1")], [case(0, "S-1")]), Rules(allow_transfer=True))
    assert code.kinds == (Kind(None, frozenset(), None),)


def test_a_class_says_who_may_have_it() -> None:
    kind = Kind("F01", frozenset({"juvenile"}), "A")
    assert kind.may(officer("S-1", 100, "juvenile"))
    assert kind.may(officer("S-1", 100, "juvenile", sites=frozenset({"A"})))
    for other in (
        officer("S-1", 0, "juvenile"),
        officer("S-1", 100),
        officer("S-1", 100, "juvenile", office="F02"),
        officer("S-1", 100, "juvenile", sites=frozenset({"B"})),
        officer("S-1", 100, "juvenile", is_active=False),
    ):
        assert not kind.may(other)


def test_each_office_is_a_group_and_those_without_cases_none() -> None:
    people = [officer("S-1"), officer("S-2", office="F02"), officer("S-3", office="F03")]
    given = loads(people, [case(0, "S-1"), case(1, "S-2", office_id="F02")])
    found = list(shares(given, coded(given, RULES), together=False))
    assert [one.office_id for one in found] == ["F01", "F02"]


def test_together_all_officers_are_one_group() -> None:
    people = [officer("S-1"), officer("S-2", office="F02")]
    given = loads(people, [case(0, "S-1"), case(1, "S-2", office_id="F02")])
    (whole,) = shares(given, coded(given, Rules(allow_transfer=True)), together=True)
    assert (whole.office_id, whole.officers.size) == (None, 2)


def test_cases_stand_by_holder_then_heaviest_then_least_attached() -> None:
    cases = [
        case(0, "S-1", 1.0, attachment=2.0),
        case(1, "S-1", 1.0, attachment=1.0),
        case(2, "S-1", 3.0, attachment=9.0),
        case(3, None, 2.0),
    ]
    given = loads([officer("S-1")], cases)
    (whole,) = shares(given, coded(given, RULES), together=False)
    assert whole.cases.tolist() == [3, 2, 1, 0]
    assert whole.holder.tolist() == [-1, 0, 0, 0]


def test_a_leader_from_elsewhere_is_nobody_of_the_group() -> None:
    given = loads([officer("S-1"), officer("S-2", office="F02")], [case(0, "S-2")])
    (whole,) = shares(given, coded(given, RULES), together=False)
    assert whole.holder.tolist() == [-1]


def test_recused_cases_are_a_class_of_their_own_without_the_recused() -> None:
    given = loads([officer("S-1"), officer("S-2")], held(0, 3, "S-1"), ("S-2", "C-001"), ("S-9", "C-002"))
    (whole,) = shares(given, coded(given, RULES), together=False)
    by_case = {
        int(number): whole.may[:, kind].tolist() for number, kind in zip(whole.cases, whole.kind, strict=True)
    }
    place = {given.officers[i].officer_no: at for at, i in enumerate(whole.officers)}
    assert all(by_case[0])
    assert by_case[1] == [at != place["S-2"] for at in range(2)]
    # S-9 is not of this office: nothing changes.
    assert all(by_case[2])


def test_work_that_nobody_may_have_is_fixed_to_whoever_has_it() -> None:
    cases = [case(0, "S-1", 2.0, is_child=True), case(1, None, 1.0, is_child=True), case(2, "S-2")]
    given = loads([officer("S-1"), officer("S-2")], cases)
    (whole,) = shares(given, coded(given, RULES), together=False)
    ready = prepared(whole)
    assert ready.stuck.size == 2
    assert sorted(ready.fixed.tolist()) == [0, 12_000]
    # 2 h fixed and 1 h to share: 1.5 each would be fair, but the 2 h cannot be divided.
    assert sorted(float(u) for u in ready.fair) == pytest.approx([0.01, 0.02])


def test_an_office_without_officers_has_only_what_cannot_be_done() -> None:
    given = loads([officer("S-1")], [case(0, None, office_id="F02")])
    (whole,) = shares(given, coded(given, RULES), together=False)
    ready = prepared(whole)
    assert (ready.stuck.tolist(), ready.levels, np.sum(ready.fixed)) == ([0], (), 0)
