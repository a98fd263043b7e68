import pytest

from closeout.reading.sources.webarchive import is_web_archive, page_of

SAVED = """From: <Saved by Blink>
Subject: =?utf-8?Q?Lamps?=
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----edge"

------edge
Content-Type: {kind}
Content-Transfer-Encoding: quoted-printable

<html><body><p>The inspector=E2=80=99s page, drawn from one fi=
le.</p></body></html>
------edge
Content-Type: text/html

<p>A framed page.</p>
------edge--
"""


def saved(kind: str = 'text/html; charset="utf-8"') -> bytes:
    return SAVED.format(kind=kind).replace("\n", "\r\n").encode()


def test_a_saved_page_gives_its_html_and_encoding_and_leaves_out_framed_pages():
    data, charset = page_of(saved())
    assert (
        data.decode(charset) == "<html><body><p>The inspector’s page, drawn from one file.</p></body></html>"
    )
    assert is_web_archive(saved())


def test_without_an_html_part_there_is_no_page():
    assert page_of(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n") == (b"", "")


@pytest.mark.parametrize(
    "data", [b"", b"From: the Director\nTo: the Inspector\n\nmultipart/related", b"<html>multipart/related"]
)
def test_letters_and_pages_are_no_saved_pages(data):
    assert not is_web_archive(data)
