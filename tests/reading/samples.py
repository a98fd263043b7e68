"""Small files of every format, made on the spot; all their words are fictional."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import pypdf
import typst

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LETTER = (
    "The Office of Lamps – as its “first” inspector’s letter says – owes the Ministry an answer.\n"
    "The Director of Lamps should count every lamp in the harbor each week. (Recommendation 1)\n"
)


@cache
def make_pdf(*pages: str, title: str = "", setup: str = "") -> bytes:
    """Return a PDF with the given typst markup on each page."""
    parts = [
        f"#set document(title: {title!r})".replace("'", '"') if title else "",
        '#set text(lang: "en")',
        setup,
        "\n#pagebreak(weak: false)\n".join(pages),
    ]
    return typst.compile("\n".join(parts).encode())


@cache
def make_scan(pages: int = 1) -> bytes:
    """Return a PDF whose pages show something but hold no text."""
    return make_pdf(*["#rect(width: 4cm, height: 2cm, fill: black)"] * pages)


@cache
def make_blank_pdf() -> bytes:
    """Return a PDF of one page with nothing on it."""
    return make_pdf("")


def make_locked(data: bytes) -> bytes:
    """Return the PDF locked with a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("sesame", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_long_pdf(page: bytes, pages: int) -> bytes:
    """Return a PDF that repeats the first page of another; each copy is a page object of its own."""
    source = pypdf.PdfReader(io.BytesIO(page)).pages[0]
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_page(source)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_damaged_page(page: bytes, pages: int) -> bytes:
    """Return a PDF of several pages whose second is no page."""
    data = make_long_pdf(page, pages)
    mark = b"/Type /Page\n"
    second = data.index(mark, data.index(mark) + 1)
    return data[:second] + b"/Type /Pig1" + data[second + len(mark) - 1 :]


def make_zip(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_tar(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """Return a tar archive; `w:gz` compresses it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def make_gzip(data: bytes) -> bytes:
    """Return the bytes compressed with gzip."""
    return gzip.compress(data)


def write_all(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder and return the folder."""
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder
