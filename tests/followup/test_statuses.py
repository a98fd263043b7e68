"""The crosswalk between printed statuses and their normal form, and the three axes' words."""

from __future__ import annotations

import pytest

from closeout.followup.statuses import (
    CLOSED_STATUSES,
    CROSSWALK,
    OPEN_STATUSES,
    POSITION_LABELS,
    PROGRESS_LABELS,
    STANCES,
    STATUS_LABELS,
    Progress,
    Stance,
    Vocabulary,
    is_closed,
    is_open,
    normal_status,
    printed_words,
    vocabulary_of,
)
from closeout.reading.model import AuditorStatus, Position

POSITION_OF = {
    Stance.ANY: None,
    Stance.AGREES: Position.CONCUR,
    Stance.DISAGREES: Position.NON_CONCUR,
    Stance.SILENT: None,
}


@pytest.mark.parametrize(
    "line", CROSSWALK, ids=lambda line: f"{line.vocabulary} {line.printed} {line.stance}"
)
def test_every_line_of_the_crosswalk_reads_back(line):
    position = POSITION_OF[line.stance]
    assert normal_status(line.printed, issuer=line.vocabulary, position=position) is line.status
    assert line.printed in printed_words(line.status, issuer=line.vocabulary)


def test_no_printed_status_has_two_meanings_for_one_stance():
    lines = [(line.vocabulary, line.printed, line.stance) for line in CROSSWALK]
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize(
    ("printed", "issuer", "position", "status"),
    [
        ("Open", "GAO", Position.AGREE, AuditorStatus.RESOLVED_OPEN),
        ("Open", "GAO", Position.GENERALLY_AGREE, AuditorStatus.RESOLVED_OPEN),
        ("OPEN", "GAO", Position.NON_CONCUR, AuditorStatus.UNRESOLVED_OPEN),
        ("Open", "GAO", Position.PARTIAL, AuditorStatus.OPEN_UNKNOWN),
        ("Open", "GAO", None, AuditorStatus.OPEN_UNKNOWN),
        ("Open - Partially Addressed", "gao", Position.CONCUR, AuditorStatus.PARTIALLY_ADDRESSED),
        ("Closed \u2014 Implemented", "gao", None, AuditorStatus.CLOSED_IMPLEMENTED),
        ("resolved and open", "State OIG", None, AuditorStatus.RESOLVED_OPEN),
        ("Open-Unresolved", "USAID OIG", Position.CONCUR, AuditorStatus.UNRESOLVED_OPEN),
        ("Resolved", "DOJ OIG", None, AuditorStatus.RESOLVED_OPEN),
        ("Resolved", "GAO", None, None),
        ("Closed Unimplemented", "HHS OIG", None, AuditorStatus.CLOSED_NOT_IMPLEMENTED),
        ("Under study", "GAO", None, None),
        ("", "GAO", None, None),
    ],
)
def test_a_printed_status_has_a_normal_form_in_its_issuers_words(printed, issuer, position, status):
    assert normal_status(printed, issuer=issuer, position=position) is status


def test_an_inspector_general_without_words_of_its_own_uses_the_common_ones():
    assert vocabulary_of("Denali Commission OIG") is Vocabulary.OIG
    assert [vocabulary_of(name) for name in ("gao", "HHS-OIG", "VA OIG", "doj-oig")] == [
        Vocabulary.GAO,
        Vocabulary.HHS_OIG,
        Vocabulary.VA_OIG,
        Vocabulary.DOJ_OIG,
    ]


def test_every_status_is_open_or_closed_and_not_both():
    assert set(AuditorStatus) == OPEN_STATUSES | CLOSED_STATUSES
    assert not OPEN_STATUSES & CLOSED_STATUSES


def test_partially_addressed_stays_open():
    assert is_open(AuditorStatus.PARTIALLY_ADDRESSED)
    assert not is_closed(AuditorStatus.PARTIALLY_ADDRESSED)


def test_a_status_that_is_not_known_is_neither_open_nor_closed():
    assert (is_open(None), is_closed(None)) == (False, False)


def test_every_word_has_a_label_of_its_own_and_every_position_a_stance():
    for labels, words in (
        (STATUS_LABELS, AuditorStatus),
        (POSITION_LABELS, Position),
        (PROGRESS_LABELS, Progress),
    ):
        assert set(labels) == set(words)
        assert len(set(labels.values())) == len(words)
    assert set(STANCES) == set(Position)


def test_gao_prints_every_normal_status():
    assert all(printed_words(status, issuer="gao") for status in AuditorStatus)
    assert printed_words(AuditorStatus.CLOSED_NO_LONGER_VALID, issuer="doj-oig") == ()
