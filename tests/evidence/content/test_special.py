"""Measures that no query gives: which offices, which order, and what is said where nothing is known."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.evidence.figures import Outcome
from closeout.evidence.measures.declared import Source
from closeout.evidence.measures.measure import Shape, Verdict
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.run_tally import NO_OFFICE
from closeout.evidence.measures.special import Site, special
from closeout.evidence.measures.special_figures import counted, middle, shared
from closeout.evidence.measures.special_findings import Finding, Findings, findings_figure, rules_of
from closeout.evidence.measures.special_look import Found, look
from closeout.evidence.measures.special_site import Leak, look_for_leaks, site_figure, text_columns
from closeout.evidence.measures.special_verdicts import (
    Standing,
    funnel_figure,
    look_at_standards,
    look_at_visits,
    standards_figure,
    visits_figure,
)
from closeout.evidence.statistics.acceptance import AqlVerdict
from closeout.evidence.statistics.intervals import Interval
from closeout.evidence.statistics.standardize import Part
from closeout.evidence.verdicts.repeats import NextVisit
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES
from tests.duties.making import day, opened
from tests.evidence.content.making import AS_OF, followed, measure

RULES = ("deviation-unapproved", "certificate-lapsed")
FINDINGS = Findings(
    (
        Finding(RULES[0], "A", date(2026, 9, 20), 2),
        Finding(RULES[0], "B", date(2026, 9, 10), 1),
        Finding(RULES[1], None, None, 4),
    ),
    frozenset(RULES),
    {},
)
FOUND = Found(("A", "B", "C"), FINDINGS)


def one(of, **known):
    (made,) = special([of], as_of=AS_OF, **known)
    return made


def test_findings_are_counted_by_office_and_add_up():
    made = one(measure(rules=RULES, target=0), found=FOUND)
    assert made.total.figure.value == 7
    assert {part.office_id: part.figure.value for part in made.offices} == {
        "A": 2,
        "B": 1,
        "C": 0,
        NO_OFFICE: 4,
    }
    assert made.total.verdict is Verdict.NOT_MET
    assert made.offices[2].verdict is Verdict.MET


def test_what_has_no_office_is_left_out_where_there_is_none():
    made = one(measure(rules=RULES[:1]), found=FOUND)
    assert [part.office_id for part in made.offices] == ["A", "B", "C"]


def test_the_age_of_findings_counts_rows_and_leaves_out_the_undated():
    """Two of 10 days and one of 20: the middle one is 10."""
    figure = findings_figure(measure(shape=Shape.MEDIAN, rules=RULES), FINDINGS, AS_OF)
    assert (figure.value, figure.denominator) == (10, 3)


def test_rules_that_could_not_be_looked_at_are_told():
    lacking = Findings((), frozenset(RULES[:1]), {RULES[1]: ("training_assignments",)})
    figure = findings_figure(measure(rules=RULES), lacking, AS_OF)
    assert (figure.value, figure.reason) == (0, "not looked at for want of training_assignments: some rules")
    nothing = Findings((), frozenset(), {RULES[1]: ("training_assignments",)})
    assert findings_figure(measure(rules=RULES), nothing, AS_OF).outcome is Outcome.NO_DATA


def test_tables_without_a_row_are_no_data_and_not_zero():
    empty = replace(FINDINGS, found=(), empty=frozenset(RULES))
    figure = findings_figure(measure(rules=RULES), empty, AS_OF)
    assert (figure.outcome, figure.value) == (Outcome.NO_DATA, None)
    half = replace(FINDINGS, found=(), empty=frozenset(RULES[:1]))
    assert findings_figure(measure(rules=RULES), half, AS_OF).value == 0


def test_a_day_before_the_records_stand_has_no_findings():
    later = replace(FOUND, stands_on=date(2026, 10, 1))
    made = one(measure(rules=RULES), found=later)
    assert made.total.figure.outcome is Outcome.NO_DATA
    assert "stand as of 2026-10-01" in made.total.figure.reason


def test_records_without_any_row_give_no_figure_and_no_fault():
    engine, pack = connect(threads=1), load_pack()
    tables = {name: engine.from_arrow(name, arrow_schema(name).empty_table()) for name in TABLES}
    measures = load_measures(None, pack)
    for some in (tables, {}):
        found = look(engine, some, pack, measures, AS_OF)
        for made in special(measures, as_of=AS_OF, found=found):
            assert made.total.figure.value is None
            assert made.total.figure.reason
    engine.close()


def test_a_measure_that_names_no_rule_is_about_all():
    assert len(rules_of(measure())) > 50


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        (Source.INTEGRITY, Outcome.NO_DATA),
        (Source.VERDICTS, Outcome.NO_DATA),
        (Source.COMPARISON, Outcome.NO_DATA),
        (Source.PROJECTION, Outcome.NO_DATA),
        (Source.RECOMMENDATIONS, Outcome.NOT_ASSESSED),
        (Source.SITE, Outcome.NOT_ASSESSED),
    ],
)
def test_where_nothing_is_known_the_outcome_says_so(source, outcome):
    made = one(measure(source=source))
    assert made.total.figure.outcome is outcome
    assert made.total.verdict is Verdict.NOT_ASSESSED
    assert made.offices == ()


def test_measures_keep_their_order_and_those_with_a_query_are_left_out():
    of = [measure("b", source=Source.SITE), measure("a", rules=RULES), measure("c", source=Source.VERDICTS)]
    queried = replace(measure("queried"), over=None)
    made = special([of[0], queried, *of[1:]], as_of=AS_OF)
    assert [one.measure.code for one in made] == ["b", "a", "c"]


def test_recommendations_are_taken_as_followed():
    counting = measure("recommendations-open", source=Source.RECOMMENDATIONS)
    assert one(counting, followed=[followed()]).total.figure.value == 1
    assert one(counting, followed=[]).total.figure.outcome is Outcome.NO_DATA


def test_only_a_site_tells_of_its_log():
    site = Site(break_glass=4, reviewed=3, verifications=30, whole=30)
    reviewed = one(measure("break-glass-reviewed", Shape.SHARE, Source.SITE, target=1), site=site)
    assert (reviewed.total.figure.numerator, reviewed.total.figure.denominator) == (3, 4)
    whole = site_figure("audit-chain-whole", None, site)
    assert whole.value == 1
    assert site_figure("audit-chain-whole", None, None).outcome is Outcome.NOT_ASSESSED
    assert site_figure("audit-chain-whole", None, Site(0, 0, 0, 0)).outcome is Outcome.NO_DATA
    assert site_figure("made-up", None, site).outcome is Outcome.NOT_ASSESSED


def test_words_that_identify_are_counted_and_only_their_column_is_named():
    figure = site_figure(
        "identifiers-found", [Leak("offices", "label", 2), Leak("courses", "label", 1)], None
    )
    assert figure.value == 3
    assert figure.reason == "in offices.label, courses.label"
    assert site_figure("identifiers-found", (), None).value == 0
    assert site_figure("identifiers-found", None, None).outcome is Outcome.NO_DATA


def test_the_scan_finds_a_number_of_a_person_and_an_address():
    engine = connect(threads=1)
    schema = arrow_schema("offices")
    labels = ["Office of A 123-456-789", "Call 404-555-0142", "North office", None]
    rows = [
        dict.fromkeys(schema.names) | {"office_id": f"F{at}", "label": text} for at, text in enumerate(labels)
    ]
    tables = {"offices": engine.from_arrow("offices", pa.Table.from_pylist(rows, schema=schema))}
    assert look_for_leaks(engine, tables) == (Leak("offices", "label", 2),)
    assert look_for_leaks(engine, {}) is None
    engine.close()


def test_the_scan_reads_labels_and_codes_and_no_keys_of_cases():
    columns = text_columns()
    assert ("offices", "label") in columns
    assert ("weight_adjustments", "rationale") in columns
    assert ("cases", "case_no") not in columns
    assert ("closure_proposals", "evidence_digest") not in columns
    assert ("check_ins", "office_id") not in columns


def test_a_standard_is_assessed_where_surveillance_and_record_both_are():
    """`insufficient_sample` is an assessment; no verdict, `not_assessed` and a planned sample are none."""
    shown, nothing = AqlVerdict.MEETS, AqlVerdict.NOT_ASSESSED
    said = [
        (shown, "meets"),
        (shown, "does_not_meet"),
        (AqlVerdict.INSUFFICIENT_SAMPLE, "insufficient_sample"),
    ]
    said += [(shown, ""), (shown, "not_assessed"), (nothing, "meets")]
    standings = [Standing(f"S{at}", "HQ", AS_OF, *one) for at, one in enumerate(said)]
    assert [one.is_assessed for one in standings] == [True, True, True, False, False, False]
    figure = standards_figure(standings)
    assert (figure.numerator, figure.denominator) == (3, 6)
    assert standards_figure(standings, "F01").outcome is Outcome.NO_DATA
    assert standards_figure(None).outcome is Outcome.NO_DATA


STANDARD = {
    "contract_id": "K",
    "aql": 0.05,
    "direction": "most_defects",
    "method": "random",
    "frequency": "quarterly",
    "starts_on": date(2024, 1, 1),
}
RECORDED = {
    "period_from": date(2026, 4, 1),
    "period_to": date(2026, 6, 30),
    "verdict": "meets",
    "state": "signed",
}


def test_a_verdict_that_no_sample_allows_is_not_assessed():
    """Of three, all on record as met: one looked at, one by a planned sample, one by nobody."""
    names = ("A", "B", "C")
    seen = {"observed_on": date(2026, 5, 1), "sampled": 200, "defects": 0, "inference_allowed": True}
    given = {
        "contracts": [{"contract_id": "K", "office_id": "HQ", "starts_on": date(2024, 1, 1)}],
        "contract_standards": [
            {"standard_id": name, "number": at, **STANDARD} for at, name in enumerate(names)
        ],
        "surveillance_events": [
            {"standard_id": "A", "method": "random", **seen},
            {"standard_id": "B", "method": "planned", **seen},
        ],
        "standard_assessments": [{"standard_id": name, **RECORDED} for name in names],
    }
    with opened(**given) as (engine, tables):
        standings = look_at_standards(engine, tables, AS_OF)
        assert look_at_standards(engine, {}, AS_OF) is None
    assert [(one.standard_id, one.office_id, one.is_assessed) for one in standings] == [
        ("A", "HQ", True),
        ("B", "HQ", False),
        ("C", "HQ", False),
    ]


def test_what_the_next_visit_showed():
    """Nine of ten verified: 0.9, with an interval over facilities; nobody came again: no data."""
    ends = Interval(0.8, 0.97, 0.95, "cluster bootstrap")
    figure = visits_figure(NextVisit(9, 1, 10, 0.9, ends))
    assert (figure.value, figure.low, figure.high) == (0.9, 0.8, 0.97)
    assert (figure.numerator, figure.denominator, figure.method) == (9, 10, "cluster bootstrap")
    assert visits_figure(NextVisit(0, 0, 0, None, None)).outcome is Outcome.NO_DATA
    assert visits_figure(None).outcome is Outcome.NO_DATA


def test_the_next_visit_is_of_the_last_two_years():
    """On 30 September 2026 a visit of 1 October 2024 counts and one of 30 September does not."""
    days = {"F-1": ("2023-10-01", "2024-10-01"), "F-2": ("2023-10-01", "2024-09-30")}
    inspections, cited, actions = [], [], []
    for facility, ended in days.items():
        for on in ended:
            number = len(inspections) + 1
            inspections.append({"inspection_id": number, "facility_id": facility, "ended_on": day(on)})
        first = number - 1
        cited.append(
            {"deficiency_id": first, "inspection_id": first, "component_id": "A", "cited_on": day(ended[0])}
        )
        actions.append({"deficiency_id": first, "state": "verified", "verified_on": day("2024-03-01")})
    given = {"inspections": inspections, "deficiencies": cited, "corrective_actions": actions}
    with opened(**given) as (engine, tables):
        found = look_at_visits(engine, tables, AS_OF)
        assert look_at_visits(engine, {"inspections": tables["inspections"]}, AS_OF) is None
    assert (found.verified, found.followed) == (1, 1)


def test_a_facility_far_from_all_others_lies_outside_the_funnel():
    """Nineteen with 5 of 100 and one with 40 of 100: expected 6.75 each, and P(X >= 40) is nothing."""
    alike = [Part(f"F{at:02}", "set", 5, 100) for at in range(19)]
    figure = funnel_figure([*alike, Part("F19", "set", 40, 100)])
    assert (figure.numerator, figure.denominator) == (1, 20)
    assert funnel_figure(alike).numerator == 0


def test_few_facilities_make_no_funnel():
    assert funnel_figure([Part("F1", "set", 5, 100)]).outcome is Outcome.INSUFFICIENT_SAMPLE
    assert funnel_figure(None).outcome is Outcome.NO_DATA


def test_few_rows_have_the_exact_interval_and_many_wilsons():
    assert shared(5, 39, nothing="").method == "exact"
    assert shared(5, 40, nothing="").method == "wilson"
    assert shared(0, 0, nothing="there is none").reason == "there is none"


def test_a_count_and_a_median_say_what_weakens_them():
    assert counted(3, note="some").reason == "some"
    assert counted(3).method == "poisson"
    assert middle({4: 1, 9: 2}, nothing="").value == 9
    assert middle({}, nothing="there is none").outcome is Outcome.NO_DATA
