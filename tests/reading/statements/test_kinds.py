"""The small rules: placeholder, monitoring, benefit, update and report."""

from __future__ import annotations

import pytest

from closeout.reading.statements import benefit, monitoring, placeholder, update


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("When we confirm what actions the bureau has taken, we will provide updated information.", True),
        ("When we determine what steps the bureau has taken, we will provide updated information.", True),
        ("Once we confirm the actions taken, we will say so.", True),
        ("No updates are available.", True),
        ("No update available.", True),
        ("There is no information at this time.", True),
        ("Update pending.", True),
        ("When the bureau confirms what actions it took, we will look.", False),
        ("As of May 2023, the bureau has acted.", False),
        ("", False),
    ],
)
def test_a_placeholder_only_says_that_there_is_no_update(sentence, holds):
    assert placeholder.is_placeholder(sentence) is holds


@pytest.mark.parametrize(
    "sentence",
    [
        "We will continue to monitor the bureau’s efforts.",
        "We will continue to follow-up on the bureau’s efforts.",
        "We will continue to follow up on this.",
        "GAO will continue to monitor progress.",
        "We will monitor the count.",
        "We plan to follow up in the spring.",
        "We are continuing to monitor the count.",
        "The DHS OIG will continue to track this.",
        "We will continue our efforts to monitor this.",
    ],
)
def test_monitoring_is_what_the_auditor_goes_on_doing(sentence):
    assert monitoring.is_monitoring(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bureau will continue to monitor the lamps.",
        "We monitored the count in 2019.",
        "We will publish the guide.",
        "We continue to believe that the lamps should burn.",
        "",
    ],
)
def test_other_watching_is_no_monitoring(sentence):
    assert not monitoring.is_monitoring(sentence)


@pytest.mark.parametrize(
    ("sentence", "is_gained"),
    [
        ("Keeping a log of every lamp will help the bureau ensure that ships are safe.", True),
        ("As a result, the bureau is better able to count lamps.", True),
        ("As a result of these steps, the bureau should be better positioned to count.", True),
        ("These steps will enable the bureau to count.", True),
        ("Doing so should improve the count.", True),
        ("This guide has helped the bureau count.", True),
        ("A log could help the bureau count.", False),
        ("By keeping a log, the bureau could count more lamps.", False),
        ("Doing so would better position the bureau to count.", False),
        ("Without a log, the bureau may reduce its count.", False),
    ],
)
def test_a_benefit_is_gained_only_when_something_was_done(sentence, is_gained):
    assert benefit.is_benefit(sentence)
    assert benefit.is_gained(sentence) is is_gained


@pytest.mark.parametrize(
    "sentence", ["The bureau keeps a log.", "PORTS concurred.", "Lamps burn oil.", "It will light them.", ""]
)
def test_other_sentences_are_no_benefit(sentence):
    assert not benefit.is_benefit(sentence)
    assert not benefit.is_gained(sentence)


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("These actions meet the intent of our recommendation.", True),
        ("This guide addresses the intent of the recommendation.", True),
        ("The steps taken satisfy the intent of our recommendation.", True),
        ("These steps fully address our recommendation.", True),
        ("PORTS met the intent of the recommendation.", True),
        ("If it acts, PORTS would meet the intent of our recommendation.", False),
        ("PORTS has not met the intent of our recommendation.", False),
        ("To meet the intent of our recommendation, PORTS must act.", False),
        ("PORTS’s response addresses the intent of the recommendation.", False),
        ("PORTS’s planned steps meet the intent of the recommendation.", False),
        ("The recommendation has an intent.", False),
    ],
)
def test_the_intent_is_met_only_when_the_auditor_says_so_of_what_was_done(sentence, holds):
    assert benefit.meets_intent(sentence) is holds


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("In May 2021, we reported on the lamps.", True),
        ("We found that no log is kept.", True),
        ("As a result, we recommended that PORTS keep a log.", True),
        ("GAO reported in May 2021 that no log is kept.", True),
        ("However, as we noted in our report, lamps burn.", True),
        ("The bureau reported in May 2021 that it keeps a log.", False),
        ("In May 2021, PORTS told us that we may look.", False),
        ("Lamps burn.", False),
    ],
)
def test_a_report_is_what_the_auditor_found_or_recommended(sentence, holds):
    assert update.is_reported(sentence) is holds


@pytest.mark.parametrize(
    ("sentence", "is_dated", "holds"),
    [
        ("As of June 2022, PORTS had a log.", True, True),
        ("In May 2023, officials said that they count.", True, True),
        ("According to PORTS, it counts lamps and has a log.", False, True),
        ("In May 2021, we reported on lamps.", True, False),
        ("In May 2021, we will look again.", True, False),
        ("PORTS has a log.", False, False),
        ("In May 2023, lamps.", True, False),
    ],
)
def test_an_update_is_dated_and_about_the_agency(sentence, is_dated, holds):
    assert update.is_update(sentence, is_dated=is_dated) is holds


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Efforts are ongoing.", True),
        ("PORTS is finalizing the guide.", True),
        ("The guide was undergoing review.", True),
        ("The program is on hold.", True),
        ("PORTS has not provided a log.", True),
        ("PORTS plans to count lamps.", True),
        ("There have been no changes.", True),
        ("PORTS finished the count.", False),
        ("Developing a log will help PORTS.", False),
    ],
)
def test_work_that_is_not_finished_is_told_from_work_that_is(sentence, holds):
    assert update.is_ongoing(sentence) is holds
