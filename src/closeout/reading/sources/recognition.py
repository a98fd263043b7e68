"""Text of scanned pages, through the `ocrmypdf` program where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.reading.model import Problem
from closeout.reading.sources.faults import one_line, page_list

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = "ocrmypdf"


class RecognitionError(RuntimeError):
    """Text recognition is not installed, failed, or took too long; the message says which."""


def recognized_copy(data: bytes, pages: Sequence[int], *, seconds: float) -> bytes:
    """Return a copy of a PDF in which the given pages have a text layer.

    Args:
        data: The PDF.
        pages: Numbers of the pages to recognize, from 1.
        seconds: How long it may take.

    Returns:
        The bytes of the new PDF.

    Raises:
        RecognitionError: `ocrmypdf` is missing, failed, or ran out of time.

    """
    program = shutil.which(PROGRAM)
    if program is None:
        msg = f"install {PROGRAM} and read the file again"
        raise RecognitionError(msg)
    with tempfile.TemporaryDirectory(prefix="closeout-") as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(data)
        numbers = ",".join(str(page) for page in pages)
        options = ["--quiet", "--skip-text", "--output-type", "pdf", "--optimize", "0", "--jobs", "1"]
        _run([program, *options, "--pages", numbers, str(source), str(target)], seconds)
        if not target.is_file():
            msg = f"{PROGRAM} wrote no result; run it by hand on the file to see why"
            raise RecognitionError(msg)
        return target.read_bytes()


def unread_pages(pages: Sequence[int], advice: str) -> Problem:
    """Return the problem of a PDF some of whose pages are pictures that nobody has read."""
    message = f"{page_list(pages)} scanned, without text, and not read; {advice}"
    return Problem("pages-without-text", message)


def _run(command: list[str], seconds: float) -> None:
    """Run the program in its own process group, so that its children end with it."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    process = subprocess.Popen(  # noqa: S603 - the program was found on the path; no shell
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        msg = f"{PROGRAM} took longer than {seconds:.0f} seconds; run it by hand and read the PDF it makes"
        raise RecognitionError(msg) from None
    finally:
        _end(process)
    if process.returncode:
        lines = errors.decode(errors="replace").strip().splitlines() or ["no reason given"]
        msg = f"{PROGRAM} failed ({one_line(lines[-1])}); run it by hand on the file to see why"
        raise RecognitionError(msg)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
