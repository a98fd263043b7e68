"""What a run goes by: a measure at fault is left out, and a link to it is no fault of the link."""

import shutil

import pytest

from closeout.assess import load_rules
from closeout.duties.faults import PackError
from closeout.duties.pack import own_folder
from closeout.evidence.measures.declared import OverSource, Source

NUMERATOR = "  numerator: Duties that fell due in the period and were done by their last day\n"
DENOMINATOR = "  denominator: Duties that fell due in the period, without those excused in time\n"
DUTIES = "  duties: all\n  statistic: timeliness\n"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (DENOMINATOR, "", "a measure needs `denominator`"),
        (NUMERATOR, NUMERATOR + "  part_of: duties-on-time\n", "`part_of` goes round in a circle"),
        (DUTIES, "  over: cases\n  counts: colour = 'red'\n", "colour"),
    ],
    ids=["no denominator", "a circle", "an unknown column"],
)
def test_a_measure_at_fault_is_one_line_and_the_others_stay(tmp_path, old, new, says):
    folder = shutil.copytree(own_folder(), tmp_path / "pack")
    path = folder / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    whole, found = load_rules(), load_rules(folder)
    assert all(line.startswith("measures.yaml:") for line in found.left_out)
    assert all(line.endswith("; the measure is left out") for line in found.left_out)
    assert sum(says in line for line in found.left_out) == 1
    assert len(found.measures) == len(whole.measures) - 1
    assert found.links == whole.links


def test_a_duty_at_fault_is_left_out_with_the_measures_that_count_it(tmp_path):
    folder = shutil.copytree(own_folder(), tmp_path / "pack")
    path = folder / "partners.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("starts: operational_on", "starts: operationl_on", 1), encoding="utf-8")
    whole, found = load_rules(), load_rules(folder)
    assert [one.duty for one in found.pack.left_out] == ["agreement-compliance-meeting"]
    assert len(found.pack.clauses) == len(whole.pack.clauses) - 1
    fault, short = found.left_out
    assert fault.startswith("partners.yaml:25: `operationl_on` is no column of agreements.")
    assert fault.endswith("; the duty is left out")
    assert short.startswith("11 measures count what is left out, and are left out too: duties-on-time, ")
    named = short.rpartition(": ")[2].split(", ")
    assert [one for one in whole.measures if one.code not in named] == [
        next(each for each in whole.measures if each.code == one.code) for one in found.measures
    ]
    counting = "agreement-compliance-meeting"
    assert not [one.code for one in found.measures if counting in one.duties]
    assert {one.code for one in whole.measures if counting in one.duties} <= set(named)
    assert {one.code for one in whole.measures if one.over == OverSource(Source.STAFFING)} <= set(named)


def test_sound_rules_leave_nothing_out():
    assert load_rules().left_out == ()


def test_a_link_to_no_measure_is_refused(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text("- measure: nothing\n  recommendations: [{report: OIG-24-951, number: 2}]\n")
    with pytest.raises(PackError, match="`nothing` is no measure of the pack"):
        load_rules(links=path)
