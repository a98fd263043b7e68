"""Documents a second read and joined, from text and from PDF, beside PDFium's text layer alone.

The real documents of `../shared/reports` are copied until there are 2,000, each copy with a last
line of its own so that no two are the same bytes. The PDFs are made of the same texts by typst
(letter paper, 11-point proportional type, line by line), once for each of the 32 documents, and
copies are told apart by a comment behind their end; PDFium has to read each of them anew, and so
have the readers. Both sides use two processes, started within the time measured.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import typst

from closeout.reading.folder import Outcome, Progress, read_paths
from closeout.reading.joining import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.model import DocumentReading

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"
DOCUMENTS = 2_000
WORKERS = 2
TEXT_BAR = 60.0
PDF_SHARE_BAR = 0.7
_PAPER = """#set page("us-letter", margin: 1in)
#set text(size: 11pt)
#for line in read("words.txt").split("\\n") [#line #linebreak()]
"""


@dataclass(slots=True)
class Took:
    """Time by the clock, and time of all processors, which a busy machine changes less."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    documents: int
    took: Took
    bar: str

    @property
    def rate(self) -> float:
        """Return documents a second."""
        return self.documents / self.took.seconds

    def __str__(self) -> str:
        took = f"{self.took.seconds:.1f} | {self.took.cpu_seconds:.1f}"
        return f"| {self.what} | {self.documents:,} | {took} | {self.rate:,.0f} | {self.bar} |"


def main() -> None:
    """Build the folders, time each way of reading them, print a table."""
    if not SHARED.is_dir():
        print("reading: skipped, ../shared/reports is not on this machine")
        return
    texts = real_texts()
    with tempfile.TemporaryDirectory(prefix="closeout-bench-") as name:
        root = Path(name)
        text_folder, pdf_folder = root / "text", root / "pdf"
        write_texts(text_folder, texts)
        write_pdfs(pdf_folder, texts)
        lines = [*time_text(text_folder), *time_pdf(pdf_folder)]
    print("\n| reading, two processes | documents | seconds | CPU seconds | documents/s | bar |")
    print("|---|--:|--:|--:|--:|---|")
    print("\n".join(map(str, lines)))


def real_texts() -> list[str]:
    """Return the texts of the seeds and, without their line of origin, of the practice set."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))]
    practice = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "practice").glob("*.txt"))]
    return seeds + [text.partition("\n")[2] for text in practice]


def write_texts(folder: Path, texts: list[str]) -> None:
    """Write the texts until there are enough, each with a last line of its own."""
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = texts[number % len(texts)]
        (folder / f"{number:04}.txt").write_text(f"{text}\nCopy {number:04}.\n", encoding="utf-8")


def write_pdfs(folder: Path, texts: list[str]) -> None:
    """Write a PDF of each text, and copies of it with a comment of their own behind the end."""
    folder.mkdir()
    with tempfile.TemporaryDirectory() as name:
        paper, words = Path(name, "paper.typ"), Path(name, "words.txt")
        paper.write_text(_PAPER, encoding="utf-8")
        for first, text in enumerate(texts):
            words.write_text(text, encoding="utf-8")
            pdf = typst.compile(paper)
            for number in range(first, DOCUMENTS, len(texts)):
                (folder / f"{number:04}.pdf").write_bytes(pdf + b"\n%% copy %04d\n" % number)


def time_text(folder: Path) -> list[Line]:
    """Time a first run over a folder of text, joining included, and a second one with one new file."""
    readings, took = read_and_join(folder)
    known = {reading.document.sha256: reading for reading in readings}
    text = (folder / "0002.txt").read_text(encoding="utf-8")
    (folder / "new.txt").write_text(f"{text}New.\n", encoding="utf-8")
    events: list[Progress] = []
    with stopwatch() as again:
        count = sum(1 for _ in read_paths([folder], workers=WORKERS, known=known.get, progress=events.append))
    fresh = sum(event.outcome is Outcome.READ for event in events)
    line = Line("text, read and joined", len(readings), took, "")
    met = "met" if line.rate >= TEXT_BAR else "missed"
    return [
        replace(line, bar=f"{TEXT_BAR:.0f} a second: {met}"),
        Line(f"the same folder again, {fresh} new", count, again, "reads only what is new"),
    ]


def time_pdf(folder: Path) -> list[Line]:
    """Time PDFium's text layer alone, and reading and joining, on the same PDFs."""
    paths = sorted(folder.iterdir())
    with stopwatch() as alone:
        pool = multiprocessing.get_context("spawn").Pool(WORKERS)
        characters = sum(pool.imap_unordered(text_layer_alone, paths, chunksize=4))
        pool.close()
        pool.join()
    readings, took = read_and_join(folder)
    pages = sum(len(reading.document.pages) for reading in readings)
    print(f"reading: the PDFs have {pages:,} pages and {characters:,} characters")
    share, cpu_share = alone.seconds / took.seconds, alone.cpu_seconds / took.cpu_seconds
    met = "met" if share >= PDF_SHARE_BAR else "missed"
    return [
        Line("PDF text layer alone (pypdfium2)", len(paths), alone, "the peer"),
        Line(
            "PDF, read and joined",
            len(readings),
            took,
            f"{PDF_SHARE_BAR} × peer: {share:.2f} ({cpu_share:.2f} by CPU), {met}",
        ),
    ]


def read_and_join(folder: Path) -> tuple[list[DocumentReading], Took]:
    """Return what is read from a folder, and what reading and joining it took."""
    with stopwatch() as took:
        readings = list(read_paths([folder], workers=WORKERS))
        with stopwatch() as joining:
            register = join(readings)
    entries, share = len(register.entries), joining.seconds / took.seconds
    print(f"reading: joined into {entries:,} recommendations, which took {share:.0%} of the time")
    return readings, took


def text_layer_alone(path: Path) -> int:
    """Return how many characters PDFium finds in a file; nothing else is done with them."""
    count = 0
    with pypdfium2.PdfDocument(path) as pdf:
        for index in range(len(pdf)):
            page = pdf[index]
            textpage = page.get_textpage()
            count += len(textpage.get_text_range())
            textpage.close()
            page.close()
    return count


@contextmanager
def stopwatch() -> Iterator[Took]:
    """Give what the block took, known when it is over."""
    took = Took()
    start, cpu = time.perf_counter(), cpu_seconds()
    yield took
    took.seconds, took.cpu_seconds = time.perf_counter() - start, cpu_seconds() - cpu


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of the processes it has seen end."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
