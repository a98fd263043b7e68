"""What the package offers, and that the process beside a run loads only what it works with."""

import subprocess
import sys

import pytest

import closeout.assess as package


@pytest.mark.parametrize("name", package.__all__)
def test_every_name_is_there(name):
    assert getattr(package, name).__name__ == name


def test_each_name_is_said_where_it_is():
    """The list for readers and the places to load from name the same."""
    assert sorted(name for names in package._IN.values() for name in names) == sorted(package.__all__)


def test_another_name_is_not_there():
    with pytest.raises(AttributeError, match=r"module 'closeout\.assess' has no attribute 'reports'"):
        _ = package.reports


def test_the_process_beside_a_run_loads_neither_reading_nor_papers():
    heavy = ("closeout.reading.families", "docx", "pypdfium2", "scipy.stats", "typst")
    said = f"import sys, closeout.assess.work; print([one for one in {heavy} if one in sys.modules])"
    found = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
