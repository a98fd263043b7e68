"""Links beside a pack's: read whole or refused with file and line."""

from __future__ import annotations

import pytest

from closeout.cli.demo_documents import DEMO
from closeout.duties.faults import PackError
from closeout.duties.pack import LINKS, load_pack, own_folder
from closeout.evidence.linking_file import load_links
from closeout.evidence.measures.measure import Link
from closeout.evidence.measures.read import load_measures

CODES = ("reviews-on-time", "files-reviewed")


def read(tmp_path, text: str):
    """Return the links of a text."""
    path = tmp_path / "links.yaml"
    path.write_text(text)
    return load_links(path, CODES)


def faults(tmp_path, text: str) -> list[str]:
    """Return what is wrong with a text, without the folder."""
    with pytest.raises(PackError) as raised:
        read(tmp_path, text)
    return [str(fault).rpartition("/")[2] for fault in raised.value.faults]


def test_a_link_has_report_number_line_and_words(tmp_path):
    found = read(
        tmp_path,
        "- measure: files-reviewed\n  recommendations:\n"
        "    - report: OIG-24-951\n      number: 4\n      covers: [the reviews held]\n",
    )
    assert found == {"files-reviewed": (Link("OIG-24-951", "4", 3, ("the reviews held",)),)}


def test_a_measure_named_twice_has_both_links(tmp_path):
    text = "- {measure: files-reviewed, recommendations: [{report: A-1, number: 1}]}\n"
    assert [one.number for one in read(tmp_path, text + text.replace(": 1", ": 2"))["files-reviewed"]] == [
        "1",
        "2",
    ]


def test_everything_wrong_is_said_at_once(tmp_path):
    text = (
        "- {measure: files-review, recommendations: [{report: A-1, number: 1}]}\n"
        "- {measure: files-reviewed}\n"
        "- {measure: files-reviewed, recommendations: [{report: A-1}], colour: red}\n"
    )
    said = faults(tmp_path, text)
    assert [line.partition(": ")[0] for line in said] == [
        "links.yaml:1",
        "links.yaml:2",
        "links.yaml:3",
        "links.yaml:3",
    ]
    assert "`files-review` is no measure of the pack" in said[0]
    assert "needs `recommendations`" in said[1]


def test_a_file_that_is_no_list_is_refused(tmp_path):
    assert faults(tmp_path, "measure: files-reviewed\n") == [
        "links.yaml:1: must be a list, each item beginning with `- measure:`"
    ]


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(PackError, match="cannot be read"):
        load_links(tmp_path / "none.yaml", CODES)


def test_the_demonstrations_links_name_measures_of_the_pack():
    codes = [one.code for one in load_measures(None, load_pack())]
    assert len(load_links(DEMO / "links.yaml", codes)) >= 10


def test_a_result_that_is_no_measure_may_be_linked(tmp_path):
    found = read(
        tmp_path,
        "- result: hiring\n  recommendations: [{report: OIG-24-951, number: 3, covers: [hiring plan]}]\n",
    )
    assert found == {"hiring": (Link("OIG-24-951", "3", 2, ("hiring plan",)),)}


def test_a_result_that_is_not_known_is_refused_with_what_there_is(tmp_path):
    (fault,) = faults(tmp_path, "- result: luck\n  recommendations: [{report: OIG-24-951, number: 3}]\n")
    assert fault == "links.yaml:1: `result: luck` is not known. Known: hiring."


def test_the_pack_says_which_need_a_hiring_plan_covers():
    (one,) = load_links(own_folder() / LINKS, ())["hiring"]
    assert (one.report, one.number, one.covers) == ("OIG-17-51", "3", ("multi-year hiring plan",))
