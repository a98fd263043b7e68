"""What the pack that comes with Closeout measures: all groups, all recommendations, targets with a basis."""

from pathlib import Path

import closeout
from closeout.duties.pack import load_pack
from closeout.evidence.linking_file import load_links
from closeout.evidence.measures.declared import OverDuties, OverSource, OverTable, Source, Statistic
from closeout.evidence.measures.measure import Shape
from closeout.evidence.measures.read import check_measures, load_measures
from closeout.evidence.measures.reference import GROUPS
from closeout.evidence.needs import RESULTS
from tests.each import for_each

PACK = load_pack()
MEASURES = load_measures(None, PACK)
BY_CODE = {measure.code: measure for measure in MEASURES}
DEMO = Path(closeout.__file__).parent / "demo"
DETENTION = "Immigration Detention: ICE Should Enhance Its Use of Facility Oversight Data and Management of"
ALTERNATIVES = (
    "Alternatives to Detention: ICE Needs to Better Assess Program Performance and Improve Contract"
)
AGREEMENTS = "Immigration Enforcement: ICE Can Further Enhance Its Planning and Oversight of State and Local"
POPULATIONS = "Immigration Enforcement: Arrests, Detentions, and Removals, and Issues Related to Selected"
FIREARMS = (
    "Firearms Trafficking: U.S. Efforts to Disrupt Gun Smuggling into Mexico Would Benefit from Additional"
)
WORKFORCE = (
    "U.S. Immigration and Customs Enforcement: Improvements Needed to Workforce and Expansion Plans for Unit"
)
SEEDS = {
    "OIG-17-51": "1 2 3 4 5",
    "OIG-21-36": "1 2",
    f"{AGREEMENTS} Agreements": "1 2 3",
    f"{ALTERNATIVES} Oversight": "6 7 8",
    f"{DETENTION} Detainee Complaints": "3",
    f"{POPULATIONS} Populations": "1",
    f"{FIREARMS} Data and Analysis": "4",
    f"{WORKFORCE} of Native American Law Enforcement Personnel": "2 3 4",
}
"""The recommendations that the first agency's reports show, by report."""
RECOMMENDATIONS = [(report, number) for report, numbers in SEEDS.items() for number in numbers.split()]
LINKED = {(link.report, link.number) for measure in MEASURES for link in measure.links}


def test_the_pack_is_sound():
    assert check_measures(None, PACK) == []


def test_all_22_groups_are_there():
    assert {measure.group for measure in MEASURES} == set(range(1, 23)) == GROUPS.keys()


@for_each("report, number", RECOMMENDATIONS)
def test_every_recommendation_has_a_measure(report, number):
    assert (report, number) in LINKED


def test_no_measure_answers_a_recommendation_that_there_is_not():
    assert set(RECOMMENDATIONS) == LINKED


def test_every_duty_has_its_share_in_a_measure_of_its_own():
    """Besides the wholes, the timeliness or currency of each duty is in a measure with few others."""
    own = [
        set(measure.over.duties)
        for measure in MEASURES
        if isinstance(measure.over, OverDuties) and len(measure.over.duties) <= 5
    ]
    covered = set().union(*own)
    left = {clause.duty for clause in PACK.clauses} - covered
    assert left == MEASURED_OTHERWISE


MEASURED_OTHERWISE = {
    # Stages of a request: lengths of time, and documents that expired, over the requests themselves.
    *("travel-package", "travel-request-sending", "travel-decision", "travel-document-use"),
    # Steps on the way to a custody review, which is measured.
    *("custody-review-notice", "custody-travel-package"),
    # In the projection of coverage; the report asks about the other model.
    "partner-inspection-jail",
    # By the integrity checks of local procedures, and over the statements themselves.
    *("local-procedure-approval", "worker-statement"),
}


def test_a_target_names_its_text_or_says_that_it_is_made_up():
    targets = [measure.target for measure in MEASURES if measure.target is not None]
    assert all(bool(target.basis) is not target.is_made_up for target in targets)
    assert sum(bool(target.basis) for target in targets) > 20


@for_each("code", sorted(BY_CODE))
def test_a_measure_says_in_words_what_it_counts(code):
    measure = BY_CODE[code]
    assert measure.numerator[0].isupper()
    assert len(measure.closes_when) > 20
    assert not measure.closes_when.endswith(".")
    assert bool(measure.denominator) is (measure.shape is not Shape.COUNT)


def test_a_part_is_part_of_one_with_more_duties_or_rules():
    for measure in MEASURES:
        whole = BY_CODE.get(measure.part_of)
        if whole is None:
            continue
        if isinstance(measure.over, OverDuties):
            assert isinstance(whole.over, OverDuties)
            assert set(measure.over.duties) < set(whole.over.duties)
            assert measure.over.statistic is whole.over.statistic
        else:
            assert (measure.over.source, whole.over.rules) == (Source.INTEGRITY, ())


def test_nothing_is_given_for_a_person():
    for measure in MEASURES:
        if isinstance(measure.over, OverTable):
            steps = {step.column for step in measure.over.office}
            assert not steps & {"officer_no", "holder_no"}
            assert measure.over.cluster not in {"officer_no", "case_no"}


def test_backlogs_and_currencies_have_no_period():
    over = [(one, one.over) for one in MEASURES if isinstance(one.over, OverDuties)]
    assert all((one.period is None) is (of.statistic is not Statistic.TIMELINESS) for one, of in over)


def test_what_no_query_gives_is_of_a_known_source():
    sources = {measure.over.source for measure in MEASURES if isinstance(measure.over, OverSource)}
    assert sources == set(Source)


def test_the_demonstrations_links_name_measures_or_results_and_reports_it_has():
    links = load_links(DEMO / "links.yaml", list(BY_CODE))
    assert links.keys() <= BY_CODE.keys() | RESULTS.keys()
    told = (DEMO / "truth.json").read_text(encoding="utf-8")
    assert all(link.report in told for some in links.values() for link in some)
    assert {link.report for some in links.values() for link in some} >= {"OIG-24-951", "GAO-24-990218"}
