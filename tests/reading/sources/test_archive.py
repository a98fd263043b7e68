import bz2
import io
import lzma
import tarfile
import zipfile

import pytest

from closeout.reading.model import Document
from closeout.reading.sources import Limits, open_bytes
from tests.reading.samples import LETTER, make_gzip, make_tar, make_zip

WORDS = LETTER.encode()


def opened(name: str, data: bytes, **limits: float) -> list[Document]:
    return list(open_bytes(name, data, limits=Limits(**limits)))


def codes(documents: list[Document]) -> list[str]:
    return [problem.code for document in documents for problem in document.problems]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", make_zip({"2024/one.txt": WORDS, "two.html": b"<html><p>" + WORDS})),
        ("a.tar", make_tar({"2024/one.txt": WORDS, "two.html": b"<html><p>" + WORDS})),
        ("a.tgz", make_tar({"2024/one.txt": WORDS, "two.html": b"<html><p>" + WORDS}, "w:gz")),
        ("a.tar.xz", make_tar({"2024/one.txt": WORDS, "two.html": b"<html><p>" + WORDS}, "w:xz")),
    ],
)
def test_each_member_is_a_document_named_after_archive_and_member(name, data):
    documents = opened(name, data)
    assert [document.path for document in documents] == [f"{name}!/2024/one.txt", f"{name}!/two.html"]
    assert documents[0].text == LETTER
    assert [str(document.medium) for document in documents] == ["text", "html"]


@pytest.mark.parametrize("compress", [make_gzip, bz2.compress, lzma.compress])
def test_one_compressed_file_is_one_document(compress):
    (document,) = opened("letter.txt.gz", compress(WORDS))
    assert (document.path, document.text) == ("letter.txt.gz!/letter.txt", LETTER)


def test_folders_and_hidden_members_are_passed_over():
    data = make_zip(
        {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "d/.hidden": b"x", "d/": b"", "d/a.txt": WORDS}
    )
    assert [document.path for document in opened("a.zip", data)] == ["a.zip!/d/a.txt"]


def test_links_and_devices_in_a_tar_file_are_passed_over():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert opened("a.tar", out.getvalue()) == []


def test_archives_in_archives_are_opened():
    inner = make_zip({"b.txt": WORDS})
    assert [document.path for document in opened("a.zip", make_zip({"in.zip": inner}))] == [
        "a.zip!/in.zip!/b.txt"
    ]


def test_nesting_has_a_limit():
    nested = make_zip({"c.zip": make_zip({"b.zip": make_zip({"a.txt": WORDS})})})
    documents = opened("d.zip", nested, depth=2)
    assert codes(documents) == ["nested-archive"]
    assert documents[0].path == "d.zip!/c.zip!/b.zip"
    assert codes(opened("d.zip", nested, depth=3)) == []


@pytest.mark.parametrize("make", [make_zip, make_tar])
@pytest.mark.parametrize("name", ["../../etc/a.txt", "/etc/a.txt", "C:/a.txt", "..\\..\\a.txt"])
def test_a_member_whose_name_points_outside_is_refused_and_the_rest_read(make, name):
    documents = opened("a.bin", make({name: WORDS, "good.txt": WORDS}))
    assert codes(documents) == ["unsafe-member"]
    assert documents[0].problems[0].fatal
    assert documents[1].text == LETTER


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("zip", make_zip({"zeros.txt": bytes(30_000_000), "good.txt": WORDS})),
        ("gz", make_gzip(bytes(30_000_000))),
        ("tgz", make_tar({"zeros.txt": bytes(30_000_000)}, "w:gz")),
        ("nested", make_zip({"in.gz": make_gzip(bytes(30_000_000))})),
    ],
)
def test_an_archive_that_unpacks_to_many_times_its_size_is_refused(name, data):
    documents = opened(name, data)
    assert codes(documents) == ["archive-bomb"]
    assert documents[0].text == ""
    assert "200 times its size" in documents[0].problems[0].message
    assert "unpack it by hand" in documents[0].problems[0].message


def test_an_archive_that_unpacks_to_too_much_or_too_many_is_refused():
    data = make_zip({f"{number}.txt": WORDS for number in range(20)})
    assert codes(opened("a.zip", data, unpacked_bytes=1_000)) == ["archive-bomb"]
    assert "1,000 bytes" in opened("a.zip", data, unpacked_bytes=1_000)[0].problems[0].message
    assert "10 files" in opened("a.zip", data, members=10)[0].problems[0].message
    assert len(opened("a.zip", data, members=20)) == 20


def test_nested_archives_share_one_allowance():
    inner = make_zip({f"{number}.txt": WORDS for number in range(6)})
    documents = opened("a.zip", make_zip({"x.zip": inner, "y.zip": inner}), members=10)
    assert codes(documents) == ["archive-bomb"]
    assert len(documents) == 7


def test_members_of_a_tar_file_read_before_the_limit_stay():
    data = make_tar({"good.txt": WORDS, "zeros.txt": bytes(30_000_000)}, "w:gz")
    documents = opened("a.tgz", data)
    assert documents[0].text == LETTER
    assert codes(documents) == ["archive-bomb"]


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_a_member_that_is_too_large_is_refused_and_the_rest_read(make):
    documents = opened("a.bin", make({"big.txt": WORDS * 50, "good.txt": WORDS}), file_bytes=1_000)
    assert codes(documents) == ["too-large"]
    assert documents[1].text == LETTER


def test_a_compressed_file_that_is_too_large_is_refused():
    assert codes(opened("a.gz", make_gzip(WORDS * 50), file_bytes=1_000)) == ["too-large"]


@pytest.mark.parametrize(
    "data",
    [
        make_zip({"a.txt": WORDS})[:-30],
        make_gzip(WORDS * 30)[:-20],
        make_tar({"a.txt": WORDS * 20}, "w:gz")[:150],
        b"\xfd7zXZ\x00 and nothing more",
    ],
)
def test_a_cut_archive_is_reported_as_damaged(data):
    (document,) = opened("a.bin", data)
    assert codes([document]) == ["damaged-archive"]
    assert "get it again" in document.problems[0].message


def test_a_damaged_member_does_not_lose_the_ones_before_it():
    data = bytearray(make_zip({"a.txt": WORDS, "b.txt": WORDS * 2}))
    at = data.index(b"b.txt") + 20
    data[at : at + 30] = bytes(30)
    documents = opened("a.zip", bytes(data))
    assert documents[0].text == LETTER
    assert codes(documents) == ["damaged-archive"]


def test_a_locked_member_is_reported_and_the_rest_read():
    data = bytearray(make_zip({"a.txt": WORDS, "b.txt": WORDS}))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    documents = opened("a.zip", bytes(data))
    assert codes(documents) == ["locked-archive"]
    assert documents[0].path == "a.zip!/a.txt"
    assert documents[1].text == LETTER


@pytest.mark.parametrize("member", ["[Content_Types].xml", "mimetype"])
def test_an_office_document_is_called_what_it_is(member):
    (document,) = opened("letter.docx", make_zip({member: b"x", "word/document.xml": b"<w/>"}))
    assert codes([document]) == ["unsupported-format"]
    assert "save it as PDF" in document.problems[0].message


def test_an_unknown_compression_is_damage_not_a_crash():
    data = bytearray(make_zip({"a.txt": WORDS}))
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(signature) + offset] = 97
    assert codes(opened("a.zip", bytes(data))) == ["damaged-archive"]


def test_an_empty_archive_has_no_documents():
    assert opened("a.zip", make_zip({})) == []
    assert zipfile.is_zipfile(io.BytesIO(make_zip({})))
