"""A measure rests on the tables it names: frozen alone it is the same as among all others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables
from closeout.evidence.freezing.answers import lies_elsewhere, measure_answer
from closeout.evidence.freezing.reads import tables_of_measure
from closeout.evidence.freezing.recompute import measured_of
from closeout.evidence.freezing.verdicts import VERDICTS
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.special_look import look

PACK = load_pack()
DECLARED = {one.code: one for one in load_measures(None, PACK)}
OTHERS = [
    one.code for one in DECLARED.values() if isinstance(one.over, OverSource) and not lies_elsewhere(one.over)
]
"""The measures that no query gives."""
_KEPT = {"past_offices", "past_officers"}


class Asked(dict):
    """Tables, and the names that were asked for."""

    def __init__(self, tables):
        super().__init__(tables)
        self.names = set()

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)


@pytest.fixture(scope="module")
def snapshot(agency):
    return agency


@pytest.fixture(scope="module")
def tables(engine, snapshot):
    return open_tables(engine, snapshot)


@pytest.mark.parametrize("code", OTHERS)
def test_a_measure_without_a_query_asks_for_no_other_table(engine, snapshot, tables, code):
    asked = Asked(tables)
    look(engine, asked, PACK, [DECLARED[code]], snapshot.as_of)
    named = tables_of_measure(DECLARED[code])
    assert named
    if DECLARED[code].over.source is Source.VERDICTS:
        # Contracts and inspections are looked at together; a figure uses one of them.
        named += (*VERDICTS["standards"].reads, *VERDICTS["deficiencies"].reads)
    assert asked.names - set(named) - {"offices"} <= _KEPT


def test_frozen_alone_it_is_the_same_as_among_all(engine, snapshot):
    wanted = [DECLARED[code] for code in OTHERS]
    together = measured_of(engine, snapshot, PACK, wanted, snapshot.as_of)
    for source in {one.over.source for one in wanted}:
        one = next(one for one in wanted if one.over.source is source)
        alone = measured_of(engine, snapshot, PACK, [one], snapshot.as_of)[one.code]
        assert alone == together[one.code], one.code


def test_what_it_reads_is_in_the_record_with_the_offices(engine, snapshot):
    one = DECLARED["training-changes-work"]
    made = measured_of(engine, snapshot, PACK, [one], snapshot.as_of)[one.code]
    assert made.offices
    assert set(measure_answer(made, PACK).reads) == {
        *one.reads,
        "training_sessions",
        "attendance",
        "officers",
        "offices",
    }


def test_where_it_is_not_known_it_is_every_table(engine, snapshot):
    one = replace(DECLARED["posts-filled"], reads=())
    assert tables_of_measure(one) is None
    made = replace(
        measured_of(engine, snapshot, PACK, [DECLARED["posts-filled"]], snapshot.as_of)["posts-filled"],
        measure=one,
    )
    assert measure_answer(made, PACK).reads is None
