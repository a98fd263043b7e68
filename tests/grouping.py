"""Which tests one worker runs, one after the other, and what is begun first.

Tests of a file stay together, so that what they share is made once. So do those of the files that share what
a conftest makes for the whole run: a cluster, a demonstration, an agency that was measured. The longest begin
first: none is then left over for one worker alone.

The marker `xdist_group` is not used: pytest-xdist 3.8 writes it where pytest 9.2 no longer looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    import pytest

TOGETHER = (
    "tests/engines",
    "tests/docs",
    "tests/evidence/measures",
    "tests/evidence/content",
    "tests/assess",
    "tests/records/example",
)
"""Folders whose conftest makes something large for all files."""
LONGEST = (
    "tests/engines",
    "tests/docs",
    "tests/browser/test_every_page.py",
    "tests/web/casework/duties/test_site_duties.py",
    "tests/evidence/content",
    "tests/browser/test_casework.py",
    "tests/web/test_permission_matrix.py",
    "tests/browser/test_ground.py",
    "tests/web/casework/load/test_load.py",
    "tests/evidence/measures",
    "tests/assess",
    "tests/browser/test_staffing.py",
    "tests/web/casework/test_boundary.py",
    "tests/project/test_settings.py",
    "tests/web/casework/load/test_kill.py",
    "tests/web/casework/test_every_office.py",
    "tests/cli/test_refresh.py",
    "tests/project/test_serving.py",
)
"""Groups that take half a minute and more, the longest first."""


def group_of(nodeid: str) -> str:
    """Return the group of a test: its file's path from the project's root, or that of a folder."""
    file = nodeid.partition("::")[0]
    return next((folder for folder in TOGETHER if file.startswith(f"{folder}/")), file)


class ByGroup(LoadScopeScheduling):
    """Gives a worker the next group when it has almost ended its own."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def put_longest_first(items: list[pytest.Item]) -> None:
    """Bring the longest groups to the front; the others keep the order they have."""
    places = {group: place for place, group in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(group_of(item.nodeid), len(LONGEST)))
