"""Which papers an assessment has, and that every one is written and listed."""

from __future__ import annotations

import json
import pickle
from functools import partial
from hashlib import sha256

import pytest

from closeout.evidence.assessment import Assessment
from closeout.evidence.letters.dossier import dossiers_of
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.press import Draft, Press, write_all
from closeout.evidence.letters.reports import Reports
from closeout.evidence.letters.write import Wanted, early, folder_names, lacking, late
from tests.evidence.letters.making import AS_OF, SOURCES, frozen, make_assessment, make_measured
from tests.evidence.letters.test_reports import analysed, matrix, years
from tests.followup.factories import make_followed

FOLDER = "papers/recommendations/dhs-oig-OIG-24-901-2"
EMPTY = Assessment("B", AS_OF, (), ())


def every_report():
    """Return what records of a contract, facilities and a partner say."""
    partners = years()
    return Reports(matrix(), analysed(), partners)


def written(out, assessment=None, *, reports=None, wanted=None, told=None):
    """Write the papers of an assessment; return their index."""
    assessment, wanted = assessment or make_assessment(), wanted or Wanted()
    reports = reports or Reports()
    with Press(out, told or (lambda _said: None)) as press:
        press.take(early(assessment, reports, wanted))
        press.take(late(assessment, dossiers_of(assessment, [frozen()]), wanted))
        return press.finished(assessment, lacking(assessment, reports))


def paths(index):
    return [each.path for each in index.papers]


def test_every_paper_is_written_and_listed_in_the_order_of_a_reader(tmp_path):
    asked = make_measured("parents-asked", group=18, section="F1")
    index = written(tmp_path, make_assessment([make_measured(), asked]), reports=every_report())
    assert paths(index) == [
        "papers/gao-ig-act.xlsx",
        "papers/semiannual.xlsx",
        "papers/poam.json",
        "papers/parents-report.pdf",
        "papers/determination-memo.pdf",
        "papers/determination-memo.docx",
        "papers/deficiency-analysis.pdf",
        "papers/deficiency-analysis.docx",
        "papers/partner-summaries.pdf",
        "papers/partner-summaries.docx",
        f"{FOLDER}/closeout-letter.pdf",
        f"{FOLDER}/closeout-letter.docx",
        f"{FOLDER}/dossier.pdf",
        f"{FOLDER}/dossier.json",
        f"{FOLDER}/letter.json",
    ]
    assert index.not_written == ()


def test_the_index_says_what_is_in_each_file(tmp_path):
    for each in written(tmp_path, reports=every_report()).papers:
        data = (tmp_path / each.path).read_bytes()
        assert (each.bytes, each.sha256) == (len(data), sha256(data).hexdigest())
        assert each.bytes > 500
        assert each.as_of == AS_OF
        assert each.source.startswith("Source: ")
        assert each.suppression.startswith("Suppression: ")


def test_a_paper_names_only_the_sources_it_has(tmp_path):
    source = {each.kind: each.source for each in written(tmp_path, reports=every_report()).papers}
    assert source["gao-ig-act"] == "Source: 1 document."
    assert source["determination-memo"] == "Source: records of an example, as of 2025-06-30."
    assert source["dossier"] == "Source: 1 document and records of an example, as of 2025-06-30."


def test_papers_of_a_recommendation_are_found_by_its_key(tmp_path):
    index = written(tmp_path)
    of_it = index.of("dhs-oig/OIG-24-901/2")
    assert {each.kind for each in of_it} == {"closeout-letter", "dossier", "letter-words"}
    assert of_it[0].title == "Closeout letter: recommendation 2 of OIG-24-901"
    assert index.of("dhs-oig/OIG-24-901/3") == ()


def test_writing_twice_gives_the_same_files(tmp_path):
    first = written(tmp_path / "one", reports=every_report())
    assert written(tmp_path / "two", reports=every_report()) == first


def test_a_register_of_closed_recommendations_has_no_plan_and_says_so(tmp_path):
    index = written(tmp_path, make_assessment(followed=make_followed("2", status="closed-implemented")))
    assert "papers/poam.json" not in paths(index)
    assert ("poam", "no recommendation is open") in [(each.kind, each.why) for each in index.not_written]


def test_an_assessment_without_recommendations_says_what_there_is_not(tmp_path):
    index = written(tmp_path, EMPTY)
    assert index.papers == ()
    why = {each.kind: each.why for each in index.not_written}
    assert list(why) == ["gao-ig-act", "semiannual", "poam", "parents-report", "closeout-letter", "dossier"]
    assert why["dossier"] == "no recommendation was read"
    assert index.failures == ()


def test_what_the_records_lack_is_named(tmp_path):
    reports = Reports(lacking={"determination-memo": "the records have no table contract_standards"})
    named = [each.why for each in written(tmp_path, EMPTY, reports=reports).not_written]
    assert "the records have no table contract_standards" in named


def test_each_file_is_told_of(tmp_path):
    told = []
    written(tmp_path, told=told.append)
    assert f"Writing {FOLDER}/closeout-letter.pdf" in told


def test_a_paper_that_cannot_be_made_is_named_and_the_others_are_written(tmp_path):
    index = written(tmp_path, wanted=Wanted(template=tmp_path / "none.docx"))
    assert f"{FOLDER}/closeout-letter.docx" not in paths(index)
    assert f"{FOLDER}/dossier.pdf" in paths(index)
    (failure,) = index.failures
    assert failure.startswith("Closeout letter: recommendation 2 of OIG-24-901: not written, ")


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(LetterError, match=r"gao-ig-act\.xlsx cannot be written"):
        written(tmp_path / "out")


def test_an_error_of_our_own_is_not_swallowed(tmp_path):
    def broken():
        raise ZeroDivisionError

    with Press(tmp_path) as press:
        press.take([Draft("papers/a.pdf", "poam", broken)])
        with pytest.raises(ZeroDivisionError):
            press.finished(EMPTY, ())


def made(data):
    """Return what makes a paper of some bytes, or fails without any."""
    if not data:
        message = "nothing to write"
        raise LetterError(message)
    return data


def drafts():
    """Yield papers of which the first and the last can be made in another process."""
    yield Draft("papers/a.docx", "poam", partial(made, b"a"), subject="1", is_apart=True)
    yield Draft("papers/b.pdf", "poam", partial(made, b"b"), subject="1")
    yield Draft("papers/c.docx", "poam", partial(made, b""), subject="1", is_apart=True)


def test_what_python_alone_makes_is_made_beside_and_listed_in_its_place(tmp_path):
    given = []

    def beside(some):
        given.extend(pickle.loads(pickle.dumps(some)))  # noqa: S301 - our own
        return lambda: write_all(given)

    with Press(tmp_path, beside=beside) as press:
        press.take(drafts())
        index = press.finished(EMPTY, ())
    assert [path.name for path, _ in given] == ["a.docx", "c.docx"]
    assert [(each.path, each.bytes) for each in index.papers] == [("papers/a.docx", 1), ("papers/b.pdf", 1)]
    assert [each.why for each in index.not_written] == ["nothing to write"]
    assert (tmp_path / "papers" / "a.docx").read_bytes() == b"a"


def test_what_is_expected_is_what_is_written(tmp_path):
    with Press(tmp_path) as press:
        press.take(early(make_assessment(), every_report(), Wanted()))
        expected = press.expected(make_assessment(), ())
        assert paths(press.finished(make_assessment(), ())) == paths(expected)


def test_a_dossier_as_json_states_its_day_source_and_suppression(tmp_path):
    written(tmp_path)
    plain = json.loads((tmp_path / FOLDER / "dossier.json").read_text(encoding="utf-8"))
    assert plain["as_of"] == "2025-06-30"
    assert plain["sources"] == SOURCES
    assert plain["suppression"].startswith("Suppression: counts from 1 to 10 are not shown")


def test_folders_are_named_after_their_keys_and_no_two_alike():
    names = folder_names(["dhs-oig/A-1/2", "dhs-oig/A/1/2", "..", "שלום", "x" * 300])
    assert names["dhs-oig/A-1/2"].startswith("dhs-oig-A-1-2-")
    assert len(set(names.values())) == 5
    assert all(name and "/" not in name and not name.startswith(".") for name in names.values())
    assert max(map(len, names.values())) <= 100
