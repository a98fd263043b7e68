"""What the tests of the casework share."""

from tests.web.casework.pages.conftest import as_, world
from tests.web.casework.sites import site

__all__ = ["as_", "site", "world"]
