"""What the tests of the casework share."""

from tests.web.casework.pages.conftest import as_, world
from tests.web.casework.sites import _migrated_file, site

__all__ = ["_migrated_file", "as_", "site", "world"]
