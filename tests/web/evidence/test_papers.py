"""Papers of an assessment: kept by run, listed by reader, taken out by who may, each time written down."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from closeout.evidence.letters import kinds
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.index import NotWritten, PaperFile, PaperIndex, write_index
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.audit.models import Event
from closeout.web.evidence.actions.papers import name_of, take_paper
from closeout.web.evidence.papers import (
    BY_RECOMMENDATION,
    KEPT_RUNS,
    READERS,
    WHAT,
    folder_of,
    for_readers,
    index_of,
    keep_papers,
    kept_runs,
    papers_of,
)
from closeout.web.recommendations.actions.errors import NotNowError
from tests.web.evidence.made import AS_OF, keep

LIST = reverse("evidence:paper-list")


def make_paper(path, kind, *, subject="", data=b"words"):
    return PaperFile(
        path=path,
        kind=kind,
        title=kinds.KINDS[kind].title,
        subject=subject,
        media_type=kinds.MEDIA_TYPES[path.rpartition(".")[2]],
        bytes=len(data),
        sha256=sha256(data).hexdigest(),
        as_of=AS_OF,
        source="Source: 3 documents.",
        suppression="Suppression: counts from 1 to 10 are not shown.",
    )


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files" / "uploads"
    return tmp_path / "files"


@pytest.fixture
def made(tmp_path):
    """Return a function that writes papers with their index into a folder."""

    def write(*papers, missing=(), more=()):
        folder = tmp_path / "made"
        folder.mkdir(exist_ok=True)
        for path in (*(each.path for each in papers), *more):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(b"words")
        write_index(PaperIndex("Example agency", AS_OF, papers, tuple(missing)), folder)
        return folder

    return write


@pytest.fixture
def run(register):
    return keep(register.liaison)


@pytest.fixture
def kept(run, register, made):
    """Keep papers of each reader but one, and a letter and a dossier of the register's recommendation."""
    key = register.rec.key
    papers = (
        make_paper("report.html", kinds.ASSESSMENT),
        make_paper("papers/gao-ig-act.xlsx", kinds.GAO_IG_ACT),
        make_paper("papers/poam.json", kinds.POAM),
        make_paper("papers/determination-memo.pdf", kinds.MEMO),
        make_paper("papers/determination-memo.docx", kinds.MEMO),
        make_paper("papers/partner-summaries.pdf", kinds.PARTNERS),
        make_paper("papers/recommendations/a/closeout-letter.pdf", kinds.LETTER, subject=key),
        make_paper("papers/recommendations/a/closeout-letter.docx", kinds.LETTER, subject=key),
        make_paper("papers/recommendations/a/letter.json", kinds.WORDS, subject=key),
        make_paper("papers/recommendations/a/dossier.pdf", kinds.DOSSIER, subject=key),
    )
    missing = [
        NotWritten(kinds.PARENTS, "Report on parents", "the records lack the table parental_decisions")
    ]
    return keep_papers(run.pk, made(*papers, missing=missing))


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).css_first("main").text().split())


def address(run, path):
    return reverse("evidence:paper-file", args=[run.pk, path])


def test_papers_are_listed_by_who_reads_them_in_all_their_forms(run, kept, register, as_):
    said = words(as_(register.liaison).get(LIST))
    assert "10 files; 1 paper was not written" in said
    assert "Example agency, as of June 1, 2026" in said
    order = [said.index(reader.title) for reader in READERS]
    assert order == sorted(order)
    assert "PDF: Determination of contract standards, 5\xa0bytes" in said.replace("5 bytes", "5\xa0bytes")
    assert "Report on parents: not written, the records lack the table parental_decisions." in said
    assert "Counts from 1 to 10 are not shown." in said
    assert "ZIG-26-07" in said


def test_every_kind_of_paper_has_a_reader_and_says_what_it_is():
    listed = [kind for reader in READERS for kind in reader.kinds]
    assert len(listed) == len(set(listed))
    assert {*listed, *BY_RECOMMENDATION, kinds.WORDS} == set(kinds.KINDS)
    assert set(WHAT) == set(kinds.KINDS) - {kinds.WORDS}


def test_a_kind_that_nobody_is_named_for_stands_with_the_auditors():
    strange = replace(make_paper("papers/new.pdf", kinds.POAM), kind="new")
    by_reader = {reader.name: papers for reader, papers, _ in for_readers(PaperIndex("A", AS_OF, (strange,)))}
    assert [paper.kind for paper in by_reader["auditor"]] == ["new"]
    assert sum(map(len, by_reader.values())) == 1


def test_the_words_for_programs_are_not_listed_for_people():
    of_one = {"subject": "gao:1"}
    papers = papers_of(
        [make_paper("a/letter.json", kinds.WORDS, **of_one), make_paper("a/l.pdf", kinds.LETTER, **of_one)]
    )
    assert [paper.kind for paper in papers] == [kinds.LETTER]


def test_a_paper_is_sent_as_a_download_and_that_is_written_down(run, kept, register, as_):
    path = "papers/determination-memo.pdf"
    before = Event.objects.count()
    answer = as_(register.liaison).get(address(run, path))
    assert b"".join(answer.streaming_content) == b"words"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="determination-memo-2026-06-01.pdf"'
    events = list(Event.objects.order_by("seq")[before:])
    assert [(event.action, event.object_id, event.after["path"]) for event in events] == [
        ("paper.take", str(run.pk), path)
    ]


@pytest.mark.parametrize(
    "path",
    [
        "papers.json",
        "papers/none.pdf",
        "../secret-key",
        "papers/../../../secret-key",
        "/etc/passwd",
        "papers/determination-memo.pdf/",
    ],
)
def test_nothing_but_what_the_index_names_is_sent(run, kept, register, as_, files, path):
    (files / "secret-key").write_text("key")
    before = Event.objects.count()
    assert as_(register.liaison).get(address(run, "x").replace("x", path)).status_code == 404
    assert Event.objects.count() == before


@pytest.mark.parametrize("role", Role.values)
def test_who_may_not_export_sees_the_list_and_takes_nothing(run, kept, world, as_, role):
    client = as_(world.person(role))
    may_take = {Permission.ASSESSMENT_READ, Permission.RECOMMENDATION_EXPORT} <= GRANTS[role]
    before = Event.objects.count()
    answer = client.get(address(run, "report.html"))
    if answer.streaming:
        assert b"".join(answer.streaming_content) == b"words"
    assert answer.status_code == (200 if may_take else 403)
    assert Event.objects.count() == before + may_take
    if Permission.ASSESSMENT_READ in GRANTS[role]:
        assert ("/files/" in client.get(LIST).content.decode()) is may_take
    if not may_take:
        with pytest.raises(PermissionDenied):
            take_paper(by=world.person(role), run=run, path="report.html")


@pytest.mark.parametrize("change", ["write", "unlink"])
def test_a_paper_that_was_changed_on_disk_is_not_sent(run, kept, register, as_, change):
    file = folder_of(run.pk) / "papers/poam.json"
    file.write_bytes(b"other") if change == "write" else file.unlink()
    before = Event.objects.count()
    answer = as_(register.liaison).get(address(run, "papers/poam.json"), follow=True)
    assert "The file is not the one that was written" in words(answer)
    assert Event.objects.filter(action="paper.take").count() == 0
    assert Event.objects.count() == before
    with pytest.raises(NotNowError):
        take_paper(by=register.liaison, run=run, path="papers/poam.json")


@pytest.mark.parametrize(
    ("kind", "subject", "path", "name"),
    [
        (kinds.POAM, "", "papers/poam.json", "poam-2026-06-01.json"),
        (
            kinds.LETTER,
            "gao:GAO-17-1/../../x\r\ny#1",
            "papers/l.docx",
            "closeout-letter-gao-gao-17-1-x-y-1-2026-06-01.docx",
        ),
    ],
)
def test_a_paper_goes_out_under_a_plain_name(kind, subject, path, name):
    assert name_of(make_paper(path, kind, subject=subject)) == name


def test_only_what_the_index_names_is_kept(run, made):
    keep_papers(run.pk, made(make_paper("report.html", kinds.ASSESSMENT), more=["assessment.json"]))
    assert sorted(each.name for each in folder_of(run.pk).iterdir()) == ["papers.json", "report.html"]


def test_a_folder_without_its_papers_is_not_kept(run, made, tmp_path):
    folder = made(make_paper("report.html", kinds.ASSESSMENT))
    (folder / "report.html").unlink()
    with pytest.raises(LetterError, match=r"report\.html cannot be kept"):
        keep_papers(run.pk, folder)
    assert not folder_of(run.pk).exists()
    with pytest.raises(LetterError, match="no index of papers"):
        keep_papers(run.pk, tmp_path)


def test_papers_of_the_newest_runs_are_kept(register, made):
    folder = made(make_paper("report.html", kinds.ASSESSMENT))
    runs = [keep() for _ in range(KEPT_RUNS + 1)]
    for each in runs:
        keep_papers(each.pk, folder)
    assert kept_runs() == [each.pk for each in reversed(runs[1:])]
    assert index_of(runs[0]) is None


def test_papers_of_an_earlier_assessment_are_reached_from_the_newest(run, kept, register, as_):
    keep()
    client = as_(register.liaison)
    said = words(client.get(LIST))
    assert "No papers of this assessment are kept." in said
    assert "As of June 1, 2026" in said
    assert "papers of an earlier assessment" in words(
        client.get(reverse("evidence:paper-list-of", args=[run.pk]))
    )
    assert client.get(reverse("evidence:paper-list-of", args=[run.pk + 99])).status_code == 404


def test_a_recommendation_that_has_left_the_register_is_named_by_its_key(run, register, made, as_):
    keep_papers(run.pk, made(make_paper("papers/l.pdf", kinds.LETTER, subject="gone:1")))
    assert "not in the register any more" in words(as_(register.liaison).get(LIST))


def test_without_an_assessment_the_page_says_what_would_fill_it(register, as_):
    assert "Nothing has been assessed yet." in words(as_(register.liaison).get(LIST))


def test_a_damaged_index_is_as_none(run, kept, register, as_):
    (folder_of(run.pk) / "papers.json").write_text(json.dumps({"format": "other", "as_of": "2026-06-01"}))
    assert "No papers of this assessment are kept." in words(as_(register.liaison).get(LIST))
