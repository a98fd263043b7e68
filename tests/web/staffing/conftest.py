"""What the tests of staffing share: two small offices, and people signed in."""

from tests.web.casework.pages.conftest import as_, world

__all__ = ["as_", "world"]
