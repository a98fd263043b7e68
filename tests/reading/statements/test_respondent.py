from __future__ import annotations

import pytest

from closeout.reading.statements.respondent import find_respondent

VERB = "signed"


def respondent(sentence: str):
    return find_respondent(sentence, sentence.index(VERB))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The Bureau signed it.", "Bureau"),
        ("PORTS signed it.", "PORTS"),
        ("The Bureau of Ports signed it.", "Bureau of Ports"),
        ("In its letter, the Bureau of Ports and Lights signed it.", "Bureau of Ports and Lights"),
        ("U.S. Coast Patrol (USCP) signed it.", "U.S. Coast Patrol (USCP)"),
        ("PORTS officials signed it.", "PORTS officials"),
        ("Your office signed it.", "Your office"),
        ("Management signed it.", "Management"),
        ("In 2010 PORTS signed it.", "PORTS"),
        ("However, PORTS signed it.", "PORTS"),
        ("However PORTS signed it.", "PORTS"),
        ("As a result DHS signed it.", "DHS"),
        ("PORTS DHS signed it.", "DHS"),
        ("DHS PORTS signed it.", "DHS PORTS"),
        ("HHS and DOJ signed it.", "HHS and DOJ"),
        ("(PORTS signed it.)", "PORTS"),
        ("PORTS’s management signed it.", "PORTS’s management"),
        ("The Acting Director of the Bureau signed it.", "Acting Director of the Bureau"),
    ],
)
def test_the_name_before_the_verb_is_the_respondent(sentence, name):
    found = respondent(sentence)
    assert found.name == name
    assert found.start is not None
    assert sentence[found.start :].removeprefix("The ").removeprefix("the ").startswith(name)


@pytest.mark.parametrize("sentence", ["It signed it.", "they signed it.", "which signed it."])
def test_a_pronoun_has_a_place_but_no_name(sentence):
    found = respondent(sentence)
    assert (found.name, found.start) == ("", 0)
    assert not found.is_auditor


@pytest.mark.parametrize(
    "sentence", ["We signed it.", "As noted, we signed it.", "GAO signed it.", "I signed it."]
)
def test_the_auditor_is_no_respondent(sentence):
    assert respondent(sentence).is_auditor


@pytest.mark.parametrize(
    "sentence", ["signed by hand", "and then signed", "the lamps were signed", "12 signed"]
)
def test_without_a_name_there_is_no_respondent(sentence):
    found = respondent(sentence)
    assert (found.name, found.start) == ("", None)
