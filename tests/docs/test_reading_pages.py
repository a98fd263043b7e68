"""The pages on reading name every problem and every field there is, and none that is not."""

import re
from collections.abc import Iterator
from pathlib import Path

import closeout
from closeout.reading.contract import schema
from closeout.reading.losses import _LOSSES
from tests.docs.pages import DOCS

READING = Path(closeout.__file__).parent / "reading"
CODE = re.compile(
    r'(?:code=|code, message = |Problem\(\s*|unread_file\([^"]*?|_report\(worker, )"([a-z]+(?:-[a-z]+)*)"'
)
HOW_TO = (DOCS / "how-to" / "read-documents.md").read_text(encoding="utf-8")
REFERENCE = (DOCS / "reference" / "read-json.md").read_text(encoding="utf-8")


def codes_of_sources() -> set[str]:
    sources = [
        *(READING / "sources").glob("*.py"),
        READING / "crew.py",
        READING / "worker.py",
        READING / "losses.py",
    ]
    return {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}


def names_in(values: dict) -> Iterator[str]:
    """Yield every name the contract gives to a value."""
    for part in (values, *values.get("$defs", {}).values()):
        yield from part.get("properties", {})


def test_every_problem_of_opening_a_document_is_explained():
    codes = codes_of_sources()
    assert {"empty-file", "crashed", "out-of-memory", "cut-pdf", "guessed-encoding"} <= codes
    assert {code for code in codes if f"`{code}`" not in HOW_TO} == set()


def test_every_code_that_fails_a_run_is_in_the_table_of_those():
    failing = HOW_TO.partition("These codes end with exit code 1")[2].partition("And these do not")[0]
    assert {code for code in _LOSSES if f"`{code}`" not in failing} == set()


def test_every_field_of_the_contract_is_explained():
    assert {name for name in names_in(schema()) if f"`{name}`" not in REFERENCE} == set()


def test_no_field_is_explained_that_does_not_exist():
    first_cells = re.findall(r"^\| (`[^|]+`) \|", REFERENCE, re.MULTILINE)
    explained = {name for cell in first_cells for name in re.findall(r"`([a-z0-9_]+)`", cell)}
    assert explained - set(names_in(schema())) == set()


def test_the_limits_told_are_the_real_ones():
    from closeout.reading.crew import Bounds  # noqa: PLC0415 - only here
    from closeout.reading.sources import Limits  # noqa: PLC0415

    assert (Bounds().seconds, Bounds().memory_bytes) == (600, 3 * 1024**3)
    assert (Limits().unpacked_bytes, Limits().members, Limits().ratio) == (1024**3, 20_000, 200)
    assert Limits().file_bytes == 256 * 1024**2
